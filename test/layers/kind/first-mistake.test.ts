import { expect, test } from 'vitest'
import { conv2d, input } from '../../../src/index.js'
import { checkLines, refusal } from '../../support/check.js'

/** If a layer value has several mistakes, the types and the run time report the same one: the first among the arguments. */

const lines: readonly [line: string, build: () => unknown][] = [
  ['input(10).apply(conv2d(0, 3))', () => input(10).apply(conv2d(0, 3) as never)],
  ['input(10).apply(conv2d(8, 3, { stride: 0 }))', () => input(10).apply(conv2d(8, 3, { stride: 0 }) as never)],
  ['input(9, 9, 4).apply(conv2d(0, 3, 2))', () => input(9, 9, 4).apply(conv2d(0, 3, 2 as never) as never)],
  ['input(10).apply(conv2d(0, 0, { stride: 0 }))', () => input(10).apply(conv2d(0, 0, { stride: 0 }) as never)],
]

const checked = checkLines(
  lines.map(([line]) => line),
  "import { conv2d } from 'stridewise'",
)

test.each(lines)('%s', (line, build) => {
  const { diagnostics, sentence } = checked.get(line) ?? { diagnostics: [] }
  expect(diagnostics).toHaveLength(1)
  expect(sentence).toBe(refusal(build).message)
})
