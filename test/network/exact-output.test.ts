import { describe, expect, test } from 'vitest'
import { input, networkFrom } from '../../src/index.js'
import { checkLines, thrownBy } from '../support/check.js'

/**
 * Sizes beyond 2^53 - 1, where numbers are no longer exact: no network has one. A type has `number` in such a place, or the sentence.
 */

const sentence = (kind: string): string =>
  `${kind}: a size of its output is more than 9007199254740991 (2^53 - 1): JavaScript has no exact number for it.`

const tooLarge: readonly (readonly [line: string, kind: string])[] = [
  ['input(9, 9, 3).zeroPad(9007199254740991)', 'zeroPad'],
  ['input(9007199254740991, 1).zeroPad(1)', 'zeroPad'],
  ['input(9007199254740991, 2).flatten()', 'flatten'],
  ['input(3000000000, 3000000000, 3).flatten().dense(10)', 'flatten'],
  ['input(9, 9, 3).upsample(9007199254740991)', 'upsample'],
  ['input(9007199254740991, 3).conv1d(1, 1, { padding: 1 })', 'conv1d'],
  ['input(9, 9, 3).convTranspose2d(3, 9007199254740991)', 'convTranspose2d'],
  ['input(9, 9, 3).convTranspose2d(3, 3, { stride: 9007199254740991 })', 'convTranspose2d'],
  ['input(9007199254740991, 2).classToken()', 'classToken'],
  ['input(1, 9007199254740991).concat((x) => x, (x) => x)', 'concat'],
]

const exact = [
  'input(9007199254740991, 3).conv1d(1, 1)',
  'input(9007199254740990).dense(2)',
  'input(9007199254740990, 1).zeroPad([[1, 0]])',
  'input(9007199254740991, 3).crop([[9007199254740000, 990]])',
]

/** Sentences with numbers that are beyond what JavaScript has exactly. */
const cut: readonly (readonly [line: string, sentence: string])[] = [
  ['input(9, 9, 3).crop([2, 9007199254740991])', 'width: 9 - 2*9007199254740991 = -18014398509481973. Cut at most 8 of its 9 cells'],
  ['input(9, 9, 3).crop(9007199254740991)', 'height: 9 - 2*9007199254740991 = -18014398509481973. Cut at most 8 of its 9 cells'],
  [
    'input(9, 9, 3).crop([[9007199254740991, 9007199254740991], 0])',
    'height: 9 - 9007199254740991 - 9007199254740991 = -18014398509481973. Cut at most 8 of its 9 cells',
  ],
]

const checked = checkLines([...tooLarge, ...cut].map(([line]) => line).concat(exact))

describe('a size that is not exact', () => {
  test.each(tooLarge)('%s', (line, kind) => {
    expect(thrownBy(line)).toMatchObject({ name: 'ShapeError', message: sentence(kind), operation: kind })
    expect(checked.get(line)?.diagnostics).toEqual([])
    expect(checked.get(line)?.type).toContain('number')
  })

  test('comes into no network from a file', () => {
    const data = JSON.parse(JSON.stringify(input(3000000000, 3, 1).flatten()))
    const larger = { ...data, input: [3000000000, 3000000000, 1] }
    expect(() => networkFrom(larger)).toThrow(sentence('flatten'))
  })

  test.each(exact)('%s has exact sizes', (line) => {
    expect(thrownBy(line)).toBeUndefined()
    expect(checked.get(line)?.diagnostics).toEqual([])
  })
})

test.each(cut)('%s', (line, expected) => {
  expect((thrownBy(line) as Error).message).toContain(expected)
  expect(checked.get(line)?.sentence).toContain(expected)
})
