import { describe, expect, test } from 'vitest'
import { input } from '../../src/index.js'
import { requireAllWhole, requireWhole } from '../../src/shape/whole.js'
import { refusal } from '../support/check.js'

/** Whole numbers: what is refused at run time, plain JavaScript's mistakes included. */

describe('requireWhole', () => {
  test.each([1, 2, 512, 2 ** 53 - 1])('%j is whole', (value) => {
    expect(() => requireWhole('conv2d', 'kernel', value, 1)).not.toThrow()
  })

  test('0 is for padding only', () => {
    expect(() => requireWhole('conv2d', 'options.padding', 0, 0)).not.toThrow()
    expect(refusal(() => requireWhole('conv2d', 'kernel', 0, 1)).message).toBe(
      'conv2d: kernel must be a whole number of at least 1, not 0.',
    )
  })

  test.each([
    [-1, '-1'],
    [1.5, '1.5'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    ['3', '"3"'],
    ['', '""'],
    [undefined, 'undefined'],
    [null, 'null'],
    [true, 'true'],
    [{}, '{}'],
    [[3], '[3]'],
    [[[1, 2], 3], '[[1,2],3]'],
  ])('%s is refused as %s', (value, shown) => {
    const wrong = () => {
      requireWhole('conv2d', 'options.stride', value, 1)
    }
    expect(refusal(wrong)).toEqual({
      message: `conv2d: stride must be a whole number of at least 1, not ${shown}.`,
      operation: 'conv2d',
      argument: 'options.stride',
    })
  })

  test.each([
    [2 ** 53, '9007199254740992'],
    [1e20, '100000000000000000000'],
    [1e21, '1e+21'],
    [1.5e21, '1.5e+21'],
  ])('%s is whole, but too large', (value, shown) => {
    expect(refusal(() => requireWhole('conv2d', 'options.stride', value, 1)).message).toBe(
      `conv2d: stride must be at most 9007199254740991 (2^53 - 1), not ${shown}.`,
    )
  })

  test('of a list, the first that is wrong', () => {
    expect(() => requireAllWhole('conv2d', 'kernel', [3, 1], 1)).not.toThrow()
    expect(refusal(() => requireAllWhole('conv2d', 'kernel', [3, -1, 0], 1)).message).toContain('not -1.')
    expect(refusal(() => requireAllWhole('conv2d', 'kernel', [[1, 2], 1], 0)).message).toContain('not [1,2].')
  })
})

/** A list is no number where there is one for all axes. */
describe('plain JavaScript gives a list', () => {
  type Chain = Record<string, (...args: unknown[]) => unknown>
  const begin = input as never as (...shape: unknown[]) => Chain

  test.each([
    ['dense([10])', () => begin(10)['dense']?.([10]), 'units'],
    ['conv2d([8], 3)', () => begin(7, 7, 3)['conv2d']?.([8], 3), 'filters'],
    ['conv2d(8, [[3, 3], 3])', () => begin(7, 7, 3)['conv2d']?.(8, [[3, 3], 3]), 'kernel'],
    ['localResponseNorm([5])', () => begin(7, 7, 3)['localResponseNorm']?.([5]), 'size'],
    ['groups: [1, 1]', () => begin(7, 7, 3)['conv2d']?.(8, 3, { groups: [1, 1] }), 'options.groups'],
  ])('%s', (_, build, argument) => {
    const { message, argument: blamed } = refusal(build)
    expect(blamed).toBe(argument)
    expect(message).toContain('must be a whole number of at least 1, not [')
  })

  test('input([224, 224, 3])', () => {
    const { message, argument } = refusal(() => begin([224, 224, 3]))
    expect([message, argument]).toEqual(['input: takes the dimensions one by one, such as input(224, 224, 3), not in a list.', 'shape'])
  })
})
