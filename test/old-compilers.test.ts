import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { discard, type Workspace, workspaceOf } from './editor/workspace.js'
import { root } from './support/compiler.js'
import { isLong } from './support/effort.js'
import { tsc } from './support/tsc.js'

/** Compilers below 5.4 say one thing of each import: which TypeScript the package needs. */

const text = `import { input } from 'stridewise'
import { report } from 'stridewise/report'
import { vgg16 } from 'stridewise/zoo'
export const network = input(32, 32, 3).conv2d(8, 3).relu()
export const found = report(vgg16({ classes: 10 })).totals.params
`

let workspace: Workspace
beforeAll(() => {
  workspace = workspaceOf({ 'modern.ts': text })
  writeFileSync(join(workspace.folder, 'common.cts'), text)
  // The command line says everything.
  rmSync(join(workspace.folder, 'tsconfig.json'))
})
afterAll(() => discard(workspace))

const settings = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022']
const ways: readonly [compiler: string, module: string, resolution: string][] = [
  ['typescript-4.9', 'commonjs', 'node'],
  ['typescript-4.9', 'node16', 'node16'],
  ['typescript-4.9', 'nodenext', 'nodenext'],
  ['typescript-5.3', 'commonjs', 'node'],
  ['typescript-5.3', 'node16', 'node16'],
  ['typescript-5.3', 'nodenext', 'nodenext'],
  ['typescript-5.3', 'esnext', 'bundler'],
]

describe.runIf(isLong).each(ways)('%s, module %s, moduleResolution %s', (compiler, module, resolution) => {
  test.each(['true', 'false'])('one message for each import, with skipLibCheck %s', (skip) => {
    const args = [...settings, '--skipLibCheck', skip, '--module', module, '--moduleResolution', resolution]
    const found = tsc(compiler, workspace.folder, [...args, 'modern.ts', 'common.cts'])
    expect(found.map((line) => line.replace(/'.*dist\//, "'").replace('.d.cts', '.d.ts')).sort()).toEqual(
      ['common.cts(1,23)', 'common.cts(2,24)', 'common.cts(3,23)', 'modern.ts(1,23)', 'modern.ts(2,24)', 'modern.ts(3,23)'].map(
        (place) => `${place}: error TS2306: File 'stridewise-needs-typescript-5.4-or-newer.d.ts' is not a module.`,
      ),
    )
  })
})

test.runIf(isLong)('5.4 has the declarations', () => {
  const args = [...settings, '--skipLibCheck', 'false', '--module', 'nodenext', '--moduleResolution', 'nodenext']
  expect(tsc('typescript-5.4', workspace.folder, [...args, 'modern.ts', 'common.cts'])).toEqual([])
})

test('no entry of the package is left out', () => {
  const { exports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
    exports: Record<string, string | Record<string, object>>
  }
  // Plugins are loaded by an editor's TypeScript and by ESLint, and have no types of networks.
  const { './ts-plugin': ofEditors, './eslint-plugin': ofEslint, ...imported } = exports
  expect(ofEditors).toEqual({ types: './dist/ts-plugin/index.d.cts', default: './dist/ts-plugin/index.cjs' })
  expect(ofEslint).toEqual({ types: './dist/eslint-plugin/index.d.cts', default: './dist/eslint-plugin/index.cjs' })
  const ways = Object.values(imported).flatMap((entry) => (typeof entry === 'string' ? [] : Object.values(entry)))
  expect(ways.length).toBeGreaterThan(15)
  for (const way of ways) {
    expect(Object.keys(way).slice(0, 2)).toEqual(['types@<5.4', 'types'])
    expect(Object.keys(way).at(-1)).toBe('default')
  }
})
