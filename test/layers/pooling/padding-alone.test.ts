import { describe, expect, test } from 'vitest'
import { checkLines, thrownBy } from '../../support/check.js'

/** A pool's padding must be smaller than the kernel's span, on each side of each axis, since a window of padding alone has no value. */

const sentence = (pool: string, span: number, padding: number): string =>
  `${pool}: padding must be less than the kernel's span of ${span}, not ${padding}: a window of padding alone has no value.`

const refused: readonly (readonly [line: string, sentence: string])[] = [
  ['input(8, 8, 2).maxPool2d(1, { padding: 1 })', sentence('maxPool2d', 1, 1)],
  ['input(8, 8, 2).maxPool2d(2, { padding: 2 })', sentence('maxPool2d', 2, 2)],
  ['input(8, 8, 2).maxPool2d(2, { padding: 9 })', sentence('maxPool2d', 2, 9)],
  ["input(8, 8, 2).avgPool2d(3, { stride: 2, padding: 3, rounding: 'floor' })", sentence('avgPool2d', 3, 3)],
  ["input(8, 8, 2).avgPool2d(3, { stride: 2, padding: 3, rounding: 'ceil' })", sentence('avgPool2d', 3, 3)],
  // Larger than the input as well: the padding is blamed first.
  ['input(4, 4, 2).maxPool2d(16, { padding: 16 })', sentence('maxPool2d', 16, 16)],
  // A dilated kernel spans more.
  ['input(8, 8, 2).maxPool2d(3, { stride: 1, dilation: 2, padding: 5 })', sentence('maxPool2d', 5, 5)],
  // One side of one axis is enough; the first is named.
  ['input(8, 8, 2).maxPool2d([2, 3], { padding: [0, 3] })', sentence('maxPool2d', 3, 3)],
  ['input(8, 8, 2).maxPool2d(3, { stride: 1, padding: [[0, 4], [3, 0]] })', sentence('maxPool2d', 3, 4)],
  ['input(8, 2).avgPool1d(1, { padding: 1 })', sentence('avgPool1d', 1, 1)],
  ['input(8, 2).maxPool1d(2, { padding: [[0, 2]] })', sentence('maxPool1d', 2, 2)],
  ['input(4, 4, 4, 2).avgPool3d(2, { stride: 1, padding: [0, 1, 2] })', sentence('avgPool3d', 2, 2)],
  ['input(4, 4, 4, 2).maxPool3d([1, 1, 1], { padding: [0, 0, 1] })', sentence('maxPool3d', 1, 1)],
]

const accepted: readonly (readonly [line: string, type: string])[] = [
  ['input(8, 8, 2).maxPool2d(2, { padding: 1 })', 'Network<[8, 8, 2], [5, 5, 2], 0>'],
  ['input(8, 8, 2).avgPool2d(3, { stride: 1, padding: 2 })', 'Network<[8, 8, 2], [10, 10, 2], 0>'],
  ['input(8, 8, 2).maxPool2d(3, { stride: 1, dilation: 2, padding: 4 })', 'Network<[8, 8, 2], [12, 12, 2], 0>'],
  ["input(8, 8, 2).maxPool2d(1, { padding: 'same' })", 'Network<[8, 8, 2], [8, 8, 2], 0>'],
  ["input(8, 8, 2).maxPool2d(1, { padding: 'valid' })", 'Network<[8, 8, 2], [8, 8, 2], 0>'],
  // A convolution of padding alone is its bias.
  ['input(8, 8, 2).conv2d(4, 1, { padding: 1 })', 'Network<[8, 8, 2], [10, 10, 4], 12>'],
]

/** Over unions, each padding is refused that some kernel does not reach over. */
const unions: readonly (readonly [line: string, refused: boolean])[] = [
  ['input(9, 9, 2).maxPool2d(2, { stride: 1, padding: oneOrTwo })', true],
  ['input(9, 9, 2).maxPool2d(oneOrTwo, { stride: 1, padding: 1 })', true],
  ['input(9, 9, 2).maxPool2d(3, { stride: 1, padding: oneOrTwo })', false],
  ['input(9, 9, 2).maxPool2d(3, { stride: 1, padding: many })', false],
  ['input(9, 9, 2).maxPool2d(many, { padding: 1 })', false],
  ['input(9, 9, 2).maxPool2d(3, { stride: 1, padding: list })', false],
]

const checked = checkLines(
  [...refused, ...accepted, ...unions].map(([line]) => line),
  'declare const oneOrTwo: 1 | 2, many: number, list: number[]',
)

describe('a window of padding alone is refused', () => {
  test.each(refused)('%s', (line, expected) => {
    expect(thrownBy(line)).toMatchObject({ name: 'ShapeError', message: expected, argument: 'options.padding' })
    expect(checked.get(line)?.sentences).toEqual([expected])
  })
})

describe('and no other', () => {
  test.each(accepted)('%s', (line, type) => {
    expect(thrownBy(line)).toBeUndefined()
    expect(checked.get(line)).toMatchObject({ type, diagnostics: [] })
  })
})

test.each(unions)('%s: %s', (line, isRefused) => {
  expect(checked.get(line)?.diagnostics.map(({ code }) => code)).toEqual(isRefused ? [2322] : [])
})
