import { describe, expect, test } from 'vitest'
import { input, networkFrom } from '../../src/index.js'
import { checkLines, thrownBy } from '../support/check.js'

/** Sizes beyond 2^53 - 1, where numbers are no longer exact. No network has such a size; a type has `number` there, or the message. */

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

/** A padding that leaves nothing, by far: the last digit is that of the sum, odd or even. */
const transposed: readonly (readonly [line: string, expected: string])[] = [
  ['input(8, 8, 3).convTranspose2d(4, 3, { padding: 9007199254740991 })', ' = -18014398509481972.'],
  ['input(9, 9, 3).convTranspose2d(4, 3, { padding: 9007199254740991 })', ' = -18014398509481971.'],
  ['input(9, 3).convTranspose1d(4, 3, { padding: [[9007199254740990, 9007199254740991]], stride: 2 })', ' = -18014398509481962.'],
  ['input(10, 3).convTranspose1d(4, 3, { padding: [[9007199254740991, 9007199254740991]], stride: 3 })', ' = -18014398509481952.'],
]

/** Windows whose sums go beyond: both halves work them out exactly. */
const windows: readonly (readonly [line: string, expected: string])[] = [
  ['input(9, 9, 3).conv2d(3, 3, { dilation: 9007199254740991 })', '18014398509481983 > 9 + 2*0.'],
  ['input(9, 9, 3).conv2d(3, 9007199254740991, { dilation: 9007199254740991 })', '81129638414606654674191240921091 > 9 + 2*0.'],
  ['input(9, 9, 3).conv2d(3, 3, { padding: 9007199254740991, stride: 7 })', '(9 - 3 + 2*9007199254740991)/7 + 1 = 2573485501354570.71.'],
  [
    'input(9, 3).maxPool1d(9007199254740991, { padding: 9007199254740990, stride: 4 })',
    '(9 - 9007199254740991 + 2*9007199254740990)/4 + 1 = 2251799813685250.5.',
  ],
]
const fitting = 'input(9007199254740991, 3).conv1d(3, 3, { padding: 1, stride: 2 })'

const checked = checkLines([fitting, ...[...tooLarge, ...cut, ...transposed, ...windows].map(([line]) => line)].concat(exact))

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

test.each([...cut, ...transposed])('%s', (line, expected) => {
  expect((thrownBy(line) as Error).message).toContain(expected)
  expect(checked.get(line)?.sentence).toContain(expected)
})

test.each(windows)('%s', (line, expected) => {
  expect((thrownBy(line) as Error).message).toContain(expected)
  expect(checked.get(line)?.sentence).toBe((thrownBy(line) as Error).message)
})

test('a window that fits by a sum beyond what is exact', () => {
  expect(input(9007199254740991, 3).conv1d(3, 3, { padding: 1, stride: 2 }).output).toEqual([4503599627370496, 3])
  expect(checked.get(fitting)?.type).toBe('Network<[9007199254740991, 3], [4503599627370496, 3], 30>')
})
