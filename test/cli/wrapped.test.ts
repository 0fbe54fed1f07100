import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wrapped } from '../../src/cli/output/wrapped.js'
import { type Project, projectOf } from '../support/command.js'

/** Messages in the lines of a terminal. */

test('lines end between words, and a longer word stays whole', () => {
  expect(wrapped('one two three', 7)).toBe('one two\nthree')
  expect(wrapped('one two three', 9, 2)).toBe('one two\n  three')
  expect(wrapped('a nets/deep/file.ts:12:5: b', 8)).toBe('a\nnets/deep/file.ts:12:5:\nb')
  expect(wrapped('one two', Number.POSITIVE_INFINITY, 2)).toBe('one two')
  expect(wrapped('', 8)).toBe('')
})

const hasScript = spawnSync('script', ['--version']).status === 0

describe.skipIf(!hasScript)(hasScript ? 'on a terminal' : 'not run: there is no `script` here, which makes terminals', () => {
  let project: Project
  beforeAll(() => {
    project = projectOf({
      'net.mjs': "import { input } from 'stridewise'\nexport const net = input(7, 7, 1).conv2d(8, 3, { stride: 3 })\n",
      'fits.mjs': "import { input } from 'stridewise'\nexport const net = input(7, 7, 1).conv2d(8, 3).relu().flatten()\n",
    })
  })
  afterAll(() => project.remove())

  /** What the command says in so many columns. */
  const inTerminal = (columns: number, args: string): string[] => {
    const command = `stty cols ${columns}; "${process.execPath}" node_modules/stridewise/dist/cli/stridewise.js ${args}`
    const env = { ...process.env, NO_COLOR: '1' }
    const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], { cwd: project.folder, env, encoding: 'utf8' })
    return stdout.trimEnd().split(/\r?\n/)
  }

  test.each([40, 80])('check: no line is longer than %i columns, and each problem is one paragraph', (columns) => {
    const lines = inTerminal(columns, 'check --no-types --timeout 3600 net.mjs fits.mjs')
    expect(lines.filter((line) => line.length > columns && line.trim().includes(' '))).toEqual([])
    const text = lines.join('\n').replace(/\n {9}/g, ' ')
    expect(text).toContain(
      '\n       net.mjs:2:35: conv2d: a 3x3 filter with stride 3 does not fit a 7x7 input: (7 - 3 + 2*0)/3 + 1 = 2.33. ' +
        "Use stride 1, 2 or 4, padding 1, or rounding: 'floor'.\n",
    )
  })

  test('nothing is wrapped where the width is not known', () => {
    expect(inTerminal(0, 'report net.mjs fits.mjs --export none')).toHaveLength(1)
  })

  test('an error', () => {
    const [first = '', ...others] = inTerminal(50, 'report net.mjs fits.mjs --export none')
    expect(first).toMatch(/^error \S/)
    expect([first, ...others].filter((line) => line.length > 50)).toEqual([])
    expect(others.every((line) => line.startsWith('      '))).toBe(true)
  })
})
