import { describe, expect, test } from 'vitest'
import { type Hyperparameters, slide, windowAxes } from '../../src/shape/windows.js'

/** A window on all axes at run time. */

const given = (change: Partial<Hyperparameters>): Hyperparameters => ({ kernel: 3, stride: 1, padding: 0, dilation: 1, ...change })

describe('windowAxes', () => {
  test('one value is for every axis', () => {
    expect(windowAxes([7, 9], given({ padding: 1 }))).toEqual([
      { size: 7, kernel: 3, stride: 1, padding: 1, dilation: 1 },
      { size: 9, kernel: 3, stride: 1, padding: 1, dilation: 1 },
    ])
  })

  test('one value for each, in the order of the shape', () => {
    const axes = windowAxes([7, 8, 9], given({ kernel: [1, 2, 3], stride: [4, 5, 6], padding: [0, [1, 2], 3], dilation: [7, 8, 9] }))
    expect(axes).toEqual([
      { size: 7, kernel: 1, stride: 4, padding: 0, dilation: 7 },
      { size: 8, kernel: 2, stride: 5, padding: [1, 2], dilation: 8 },
      { size: 9, kernel: 3, stride: 6, padding: 3, dilation: 9 },
    ])
  })

  test("'same' is for every axis", () => {
    expect(windowAxes([7, 9], given({ padding: 'same' })).map(({ padding }) => padding)).toEqual(['same', 'same'])
  })
})

describe('slide', () => {
  const sizes = (spatial: readonly number[], change: Partial<Hyperparameters>, rounding: 'exact' | 'floor' | 'ceil') =>
    slide(windowAxes(spatial, given(change)), rounding).sizes

  test.each([
    ['exact', undefined],
    ['floor', [3, 3]],
    ['ceil', [4, 4]],
  ] as const)('%s on what does not fit', (rounding, expected) => {
    expect(sizes([8, 8], { stride: 2 }, rounding)).toEqual(expected)
  })

  test.each(['exact', 'floor', 'ceil'] as const)('%s changes nothing where it fits', (rounding) => {
    expect(sizes([7, 7], { stride: 2 }, rounding)).toEqual([3, 3])
  })

  test('one axis that does not fit is enough to refuse', () => {
    expect(sizes([7, 8], { stride: 2 }, 'exact')).toBeUndefined()
    expect(sizes([7, 8], { stride: [2, 5] }, 'exact')).toEqual([3, 2])
  })

  test.each(['exact', 'floor', 'ceil'] as const)('%s does not help where the kernel is larger', (rounding) => {
    expect(sizes([2, 8], {}, rounding)).toBeUndefined()
  })

  test('each axis is rounded alone', () => {
    expect(sizes([7, 8], { stride: 2 }, 'ceil')).toEqual([3, 4])
    expect(sizes([7, 8], { stride: 2 }, 'floor')).toEqual([3, 3])
    expect(sizes([8], { stride: 2 }, 'ceil')).toEqual([4])
    expect(sizes([7, 8, 9], { stride: 3 }, 'ceil')).toEqual([3, 3, 3])
  })
})
