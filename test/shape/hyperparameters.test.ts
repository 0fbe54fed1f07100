import { describe, expect, test } from 'vitest'
import { requireHyperparameters } from '../../src/shape/hyperparameters.js'
import { refusal } from '../support/check.js'

/** What only plain JavaScript can get wrong: counts of values, and words. */

const sound = { kernel: 3, stride: 1, padding: 0, dilation: 1 }

const refused = (change: Record<string, unknown>, rank: 1 | 2 | 3 = 2, rounding: unknown = 'exact') =>
  refusal(() => requireHyperparameters('conv2d', rank, { ...sound, ...change } as never, rounding as string))

describe('accepted', () => {
  test.each([
    { kernel: [3, 5] },
    { stride: [1, 2] },
    { padding: 'same' },
    { padding: 'valid' },
    { padding: [0, 1] },
    {
      padding: [
        [0, 1],
        [2, 2],
      ],
    },
    { padding: [[0, 1], 2] },
    { dilation: [1, 2] },
  ])('%j', (change) => {
    expect(() => requireHyperparameters('conv2d', 2, { ...sound, ...change } as never, 'exact')).not.toThrow()
  })

  test.each(['exact', 'floor', 'ceil'])('rounding %s', (rounding) => {
    expect(() => requireHyperparameters('conv2d', 2, sound, rounding)).not.toThrow()
  })
})

describe('another count of values than axes', () => {
  test.each([
    ['kernel', [3], 'kernel'],
    ['kernel', [3, 3, 3], 'kernel'],
    ['stride', [], 'options.stride'],
    ['padding', [1], 'options.padding'],
    ['padding', [1, 1, 1], 'options.padding'],
    ['dilation', [1, 1, 1], 'options.dilation'],
  ])('%s %j', (name, value, argument) => {
    expect(refused({ [name]: value })).toEqual({
      message: `conv2d: ${name} takes one value for each of [height, width], 2 in all, not ${JSON.stringify(value)}.`,
      operation: 'conv2d',
      argument,
    })
  })

  test('in one and three dimensions', () => {
    expect(refused({ kernel: [3, 3] }, 1).message).toBe('conv2d: kernel takes one value for each of [length], 1 in all, not [3,3].')
    expect(refused({ kernel: [3, 3] }, 3).message).toContain('each of [depth, height, width], 3 in all, not [3,3].')
  })
})

describe('words', () => {
  test.each(['full', 'SAME', '1', ''])('padding %j', (padding) => {
    expect(refused({ padding })).toEqual({
      message: `conv2d: padding must be a number, one per axis, [before, after] per axis, 'same' or 'valid', not "${padding}".`,
      operation: 'conv2d',
      argument: 'options.padding',
    })
  })

  test.each([
    ['round', '"round"'],
    ['', '""'],
    [true, 'true'],
    [null, 'null'],
    [2, '2'],
  ])('rounding %j', (rounding, shown) => {
    expect(refused({}, 2, rounding)).toEqual({
      message: `conv2d: rounding must be 'exact', 'floor' or 'ceil', not ${shown}.`,
      operation: 'conv2d',
      argument: 'options.rounding',
    })
  })

  test.each([
    [
      [
        [1, 1, 1],
        [0, 0],
      ],
      '[[1,1,1],[0,0]]',
    ],
    [[[1], [0, 0]], '[[1],[0,0]]'],
    [[[], 1], '[[],1]'],
  ])('padding %j is no pair per axis', (padding, shown) => {
    expect(refused({ padding }).message).toBe(`conv2d: padding must be [before, after] per axis, not ${shown}.`)
  })
})

test('the first that is wrong is named: kernel, stride, padding, dilation, rounding', () => {
  const all = { kernel: 0, stride: 0, padding: -1, dilation: 0 }
  expect(refused(all, 2, 'round').argument).toBe('kernel')
  expect(refused({ ...all, kernel: 1 }, 2, 'round').argument).toBe('options.stride')
  expect(refused({ ...all, kernel: 1, stride: 1 }, 2, 'round').argument).toBe('options.padding')
  expect(refused({ ...all, kernel: 1, stride: 1, padding: 0 }, 2, 'round').argument).toBe('options.dilation')
  expect(refused(sound, 2, 'round').argument).toBe('options.rounding')
})
