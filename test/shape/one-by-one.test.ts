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
