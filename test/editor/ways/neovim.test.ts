import { spawnSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { root } from '../../support/compiler.js'
import { isLong } from '../../support/effort.js'
import { discard, workspaceOf } from '../workspace.js'

/** The language server in a real editor, Debian's Neovim 0.7 (`apt-get install neovim`). It has no inlay hints. */

const isThere = isLong && spawnSync('nvim', ['--version']).status === 0
if (isLong && !isThere) console.warn('There is no nvim: the language server is not tried in it.')

test.runIf(isThere)('a bad stride, the list of fixes, and one of them', () => {
  const text = "import { input } from 'stridewise'\nexport const net = input(7, 7, 3).relu()\n  .conv2d(8, 3, { stride: 3 })\n  .relu()\n"
  const workspace = workspaceOf({ 'net.ts': text })
  symlinkSync(join(root, 'node_modules/typescript-7.1'), join(workspace.folder, 'node_modules/typescript'), 'dir')
  const script = fileURLToPath(new URL('./neovim.lua', import.meta.url))
  const env = { ...process.env, STRIDEWISE_SERVER: join(root, 'dist/cli/stridewise.js') }
  const { stdout } = spawnSync('nvim', ['--headless', '-u', 'NONE', '-c', `luafile ${script}`], {
    cwd: workspace.folder,
    env,
    encoding: 'utf8',
  })
  discard(workspace)
  expect(stdout.trim().split('\n')).toEqual([
    expect.stringMatching(/^error in line 3: Type 'number' .* Use stride 1, 2 or 4, padding 1, or rounding: 'floor'\."'\.$/),
    'hover: shape: `7×7×3 → 7×7×3`  ',
    'fix: Set stride to 1',
    'fix: Set stride to 2',
    'fix: Set stride to 4',
    'fix: Add padding: 1',
    "fix: Add rounding: 'floor'",
    '  .conv2d(8, 3, { stride: 2 })',
    'errors left: 0',
  ])
})
