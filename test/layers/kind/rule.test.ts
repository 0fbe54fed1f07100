import { expect, test } from 'vitest'
import { requireAxes, requireRank } from '../../../src/layers/kind/rule.js'
import { refusal } from '../../support/check.js'

/** The axes that a layer requires. */

test('requireRank', () => {
  expect(() => requireRank('conv2d', 2, [7, 7, 3], 'kernel')).not.toThrow()
  expect(refusal(() => requireRank('conv2d', 2, [784], 'kernel'))).toEqual({
    message: 'conv2d: needs an input of [height, width, channels], not a vector of 784 features.',
    operation: 'conv2d',
    argument: 'kernel',
  })
  expect(refusal(() => requireRank('maxPool1d', 1, [7, 7, 3], 'kernel')).message).toBe(
    'maxPool1d: needs an input of [length, channels], not 7x7x3.',
  )
  expect(refusal(() => requireRank('conv3d', 3, [7, 7, 3], 'kernel')).message).toBe(
    'conv3d: needs an input of [depth, height, width, channels], not 7x7x3.',
  )
})

test('requireAxes', () => {
  for (const shape of [
    [100, 8],
    [7, 7, 3],
    [4, 7, 7, 3],
  ]) {
    expect(() => requireAxes('globalAvgPool', shape, '')).not.toThrow()
  }
  expect(refusal(() => requireAxes('globalAvgPool', [10], ''))).toEqual({
    message: 'globalAvgPool: needs an input with spatial axes, such as [height, width, channels], not a vector of 10 features.',
    operation: 'globalAvgPool',
    argument: '',
  })
})
