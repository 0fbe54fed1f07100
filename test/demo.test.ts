import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './support/compiler.js'

const { status, stdout, stderr } = spawnSync(process.execPath, ['examples/demo.mjs'], { cwd: root, encoding: 'utf8' })

test('the demo ends with 0: the stride was rejected', () => {
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(stdout).toContain('The compiler rejected the stride, as expected.')
})

test('it prints VGG-16 with its published parameters and MACs', () => {
  expect(stdout).toMatch(/^total +138,357,544 +15,470,264,320 +60\.95 MB$/m)
})

test("it prints the compiler's message, underlined at the stride", () => {
  const message = stdout.replaceAll(/\n {2}(?=\S)/g, ' ')
  expect(message).toContain(
    `error TS2322: Type 'number' is not assignable to type '"conv2d: a 3x3 filter with stride 3 does not fit a 7x7 input: ` +
      `(7 - 3 + 2*0)/3 + 1 = 2.33. Use stride 1, 2 or 4, padding 1, or rounding: 'floor'."'.`,
  )
  const lines = stdout.split('\n')
  const marked = lines.findIndex((line) => line.includes('~~~~~~'))
  const [code = '', underline = ''] = lines.slice(marked - 1)
  expect(code.slice(underline.indexOf('~'), underline.lastIndexOf('~') + 1)).toBe('stride')
})

test('it prints at most 90 lines, the result last', () => {
  const lines = stdout.trimEnd().split('\n')
  expect(lines.length).toBeLessThanOrEqual(90)
  expect(lines.at(-1)).toBe('The compiler rejected the stride, as expected.')
})

test('it fits a terminal of 100 columns', () => {
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
})

test('in an installed package, without a compiler of its own, it says what it needs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stridewise-demo-'))
  try {
    for (const name of ['dist', 'examples', 'package.json']) {
      cpSync(`${root}${name}`, join(folder, 'node_modules/stridewise', name), { recursive: true })
    }
    const found = spawnSync(process.execPath, ['node_modules/stridewise/examples/demo.mjs'], { cwd: folder, encoding: 'utf8' })
    expect(found.stdout.trimEnd().split('\n').at(-1)).toBe('This part needs a clone of the repository: run npm ci and npm run demo there.')
    expect([found.stdout.includes('bug'), found.stderr, found.status]).toEqual([false, '', 1])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
