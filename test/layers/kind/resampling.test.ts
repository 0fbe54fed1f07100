import { describe, expect, test } from 'vitest'
import { isWhole, positionOf, type Resampling, sharesAt } from '../../../src/layers/kind/resampling.js'

/** Where new cells of an `upsample` come from. */

const along = (cells: number, size: number, more: Partial<Resampling> = {}): Resampling => ({
  cells,
  size,
  method: 'bilinear',
  factor: undefined,
  alignCorners: false,
  ...more,
})

/** New values from old ones. */
const resample = (values: readonly number[], axis: Resampling): number[] =>
  Array.from({ length: axis.size }, (_, place) =>
    sharesAt(axis, place).reduce((sum, { cell, weight }) => sum + weight * (values[cell] as number), 0),
  )

describe('positions', () => {
  test('nearest is exact where floating point is not', () => {
    const axis = along(3, 10, { method: 'nearest', factor: 3.3333333333333335 })
    expect(Array.from({ length: 10 }, (_, place) => positionOf(axis, place).cell)).toEqual([0, 0, 0, 0, 1, 1, 1, 2, 2, 2])
    for (const cells of [3, 7, 49, 161])
      for (let place = 0; place < 10 * cells; place += 10)
        expect(positionOf(along(cells, 10 * cells, { method: 'nearest' }), place).cell).toBe(place / 10)
  })

  test('whole factors', () => {
    expect(isWhole(along(7, 14))).toBe(true)
    expect(isWhole(along(7, 14, { factor: 2 }))).toBe(true)
    expect(isWhole(along(7, 14, { alignCorners: true }))).toBe(false)
    expect(isWhole(along(7, 7, { factor: 1.1 }))).toBe(false)
    expect(isWhole(along(7, 10))).toBe(false)
  })
})

describe('shares', () => {
  // PyTorch 1.13: torch.nn.functional.interpolate.
  test('bilinear', () => expect(resample([1, 2], along(2, 4, { factor: 2 }))).toEqual([1, 1.25, 1.75, 2]))
  test('bilinear with aligned corners', () => {
    const values = resample([1, 2], along(2, 4, { factor: 2, alignCorners: true }))
    for (const [place, value] of [1, 4 / 3, 5 / 3, 2].entries()) expect(values[place]).toBeCloseTo(value, 12)
  })
  test('bicubic', () => {
    const values = resample([1, 2, 3, 4], along(4, 8, { factor: 2, method: 'bicubic' }))
    const expected = [0.89453125, 1.19140625, 1.66796875, 2.296875, 2.703125, 3.33203125, 3.80859375, 4.10546875]
    for (const [place, value] of expected.entries()) expect(values[place]).toBeCloseTo(value, 12)
    const aligned = resample([1, 2, 3, 4], along(4, 6, { method: 'bicubic', alignCorners: true }))
    for (const [place, value] of [1, 1.504, 2.248, 2.752, 3.496, 4].entries()) expect(aligned[place]).toBeCloseTo(value, 12)
  })
  test('always sum to one', () => {
    for (const method of ['bilinear', 'bicubic'])
      for (const size of [1, 2, 5, 11])
        for (let place = 0; place < size; place += 1)
          expect(sharesAt(along(4, size, { method }), place).reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12)
  })
  test('one cell', () => expect(resample([3], along(1, 3, { method: 'bicubic', alignCorners: true }))).toEqual([3, 3, 3]))
})
