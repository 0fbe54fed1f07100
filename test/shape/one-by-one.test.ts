import { describe, expect, test } from 'vitest'
import { input } from '../../src/index.js'
import { checkLines, thrownBy } from '../support/check.js'

/** Lists in the place of numbers: both halves show the same of them. */

const lineOf = (length: number): string => `input(8, 8, 4).reshape([${Array.from({ length }, (_, index) => index + 1).join(', ')}])`
const lengths = [1, 3, 20, 21, 40]

/** Lists of which the message shows nothing. */
const notShown = [
  ...[41, 46, 100, 500].map(lineOf),
  'input(8, 8, 4).reshape([])',
  ...['permute', 'expect'].map((method) => lineOf(41).replace('reshape', method)),
  lineOf(41).replace('reshape(', 'unflatten(2, '),
]

describe('a list in the place of numbers', () => {
  const checked = checkLines([...lengths.map(lineOf), ...notShown], "import { input } from '../src/index.js'")

  test.each(lengths)('%i of them', (length) => {
    const line = lineOf(length)
    const { message } = thrownBy(line, { input }) as Error
    expect(checked.get(line)?.sentences).toEqual([message])
    expect(message).toContain(`, ${length})`.replace(', 1)', '(1)'))
  })

  test.each(notShown)('none of them: %s', (line) => {
    const { message } = thrownBy(line, { input }) as Error
    expect(checked.get(line)?.sentences).toEqual([message])
    expect(message).toMatch(/\((2, )?\.\.\.\)/)
  })
})

/** A list of values for each axis that is too long: the message shows up to forty. */
const times = (length: number, item: number | string): string => Array.from({ length }, () => item).join(', ')
const perAxis = [40, 41, 100].flatMap((length) => [
  `input(8, 8, 4).conv2d(8, [${times(length, 3)}])`,
  `input(8, 8, 4).conv2d(8, [${times(length, 10_000)}])`,
  `input(8, 8, 4).conv2d(8, 3, { padding: [${times(length, 1)}] })`,
  `input(8, 8, 4).avgPool2d(2, { stride: [${times(length, 10_000)}] })`,
  `input(8, 8, 4).convTranspose2d(8, 3, { stride: 3, outputPadding: [${times(length, 1)}] })`,
  `input(8, 8, 4).pad([[${times(length, 1)}], 1])`,
  `input(8, 8, 4).crop([1, [${times(length, 10_000)}]])`,
])

describe('a long list of values for each axis', () => {
  const checked = checkLines(perAxis, "import { input } from '../src/index.js'")

  test.each(perAxis)('%s', (line) => {
    const { message } = thrownBy(line, { input }) as Error
    expect(checked.get(line)?.sentences).toEqual([message])
  })
})
