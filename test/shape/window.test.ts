import { describe, expect, test } from 'vitest'
import { type AxisPadding, fitAxis, roundUp } from '../../src/shape/window.js'

/** One axis of a window at run time. */

const axis = (size: number, kernel: number, stride = 1, padding: AxisPadding = 0, dilation = 1) => ({
  size,
  kernel,
  stride,
  padding,
  dilation,
})

describe('fitAxis', () => {
  test.each([
    // CS231n, lecture 7: 7x7 input, 3x3 filter.
    [axis(7, 3, 1), 5, 0],
    [axis(7, 3, 2), 3, 0],
    [axis(7, 3, 3), 2, 1],
    [axis(32, 5, 1, 2), 32, 0],
    [axis(227, 11, 4), 55, 0],
    [axis(55, 3, 2), 27, 0],
    [axis(224, 7, 2, 3), 112, 1],
    [axis(10, 3, 1, [0, 1]), 9, 0],
    [axis(10, 3, 1, 0, 4), 2, 0],
    [axis(3, 3), 1, 0],
    [axis(1, 1, 7), 1, 0],
  ])('%j', (one, positions, remainder) => expect(fitAxis(one)).toMatchObject({ positions, remainder }))

  test('a kernel larger than the padded input has no position', () => {
    expect(fitAxis(axis(5, 7)).positions).toBe(0)
    expect(fitAxis(axis(5, 7, 1, 1)).positions).toBe(1)
    expect(fitAxis(axis(5, 3, 1, 0, 3)).positions).toBe(0)
  })

  test('what the kernel spans: D(F - 1) + 1', () => {
    expect(fitAxis(axis(20, 3, 1, 0, 4)).span).toBe(9)
    expect(fitAxis(axis(20, 1, 1, 0, 4)).span).toBe(1)
  })

  test.each([
    // As TensorFlow: ceil(N / S) positions, the odd zero at the end.
    [axis(7, 3, 2, 'same'), { positions: 4, before: 1, after: 1 }],
    [axis(8, 3, 2, 'same'), { positions: 4, before: 0, after: 1 }],
    [axis(224, 3, 2, 'same'), { positions: 112, before: 0, after: 1 }],
    [axis(224, 7, 2, 'same'), { positions: 112, before: 2, after: 3 }],
    [axis(5, 2, 1, 'same'), { positions: 5, before: 0, after: 1 }],
    [axis(5, 1, 3, 'same'), { positions: 2, before: 0, after: 0 }],
    [axis(3, 9, 5, 'same'), { positions: 1, before: 3, after: 3 }],
    [axis(8, 3, 1, 'same', 2), { positions: 8, before: 2, after: 2 }],
  ])("'same' on %j", (one, expected) => expect(fitAxis(one)).toMatchObject({ ...expected, remainder: 0 }))

  test.each([
    ['valid', 0, 0],
    [2, 2, 2],
    [[1, 3], 1, 3],
  ] as const)('padding %j is %i before and %i after', (padding, before, after) => {
    expect(fitAxis(axis(9, 3, 1, padding))).toMatchObject({ before, after })
  })
})

describe('roundUp', () => {
  const up = (...values: Parameters<typeof axis>) => roundUp(axis(...values), fitAxis(axis(...values)))

  test('adds a window that hangs over the edge', () => {
    expect(up(8, 3, 2)).toBe(4)
    expect(up(7, 3, 3)).toBe(3)
  })

  test('but none that would begin beyond the input and the zeros before it, as PyTorch', () => {
    // torch.nn.MaxPool1d(1, stride=2, ceil_mode=True) on 2 values gives 1.
    expect(up(2, 1, 2)).toBe(1)
    // Only the zeros after would be under it: MaxPool1d(2, stride=2, padding=1, ceil_mode=True) on 3 gives 2.
    expect(up(3, 2, 2, 1)).toBe(2)
    expect(up(4, 2, 2, [0, 1])).toBe(2)
    expect(up(4, 2, 2, [1, 0])).toBe(3)
  })
})
