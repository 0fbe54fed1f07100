import { describe, expect, test } from 'vitest'
import { input } from '../../src/index.js'
import { checkLines, thrownBy } from '../support/check.js'

/** Lists in the place of numbers: both halves show the same of them. */

const lineOf = (length: number): string => `input(8, 8, 4).reshape([${Array.from({ length }, (_, index) => index + 1).join(', ')}])`
const lengths = [1, 3, 20, 21, 40]

describe('a list in the place of numbers', () => {
  const checked = checkLines(lengths.map(lineOf), "import { input } from '../src/index.js'")

  test.each(lengths)('%i of them', (length) => {
    const line = lineOf(length)
    const { message } = thrownBy(line, { input }) as Error
    expect(checked.get(line)?.sentences).toEqual([message])
    expect(message).toContain(`, ${length})`.replace(', 1)', '(1)'))
  })

  test('of many none is repeated', () => {
    expect((thrownBy(lineOf(41), { input }) as Error).message).toContain('reshape(...)')
  })
})
