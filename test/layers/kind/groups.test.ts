import { describe, expect, test } from 'vitest'
import { input } from '../../../src/index.js'
import { refusal } from '../../support/check.js'

/** Groups have to divide the channels and the filters. */

const refused = (channels: number, filters: number, groups: number) =>
  refusal(() => (input as (...shape: number[]) => { conv2d(...args: unknown[]): unknown })(7, 7, channels).conv2d(filters, 3, { groups }))

describe('refused', () => {
  test.each([
    [3, 8, 2, 'conv2d: 2 groups do not divide 3 input channels: 3/2 = 1.5. Use groups 1.'],
    [4, 9, 2, 'conv2d: 2 groups do not divide 9 filters: 9/2 = 4.5. Use groups 1.'],
    [6, 9, 2, 'conv2d: 2 groups do not divide 9 filters: 9/2 = 4.5. Use groups 1 or 3.'],
    [6, 9, 4, 'conv2d: 4 groups do not divide 6 input channels: 6/4 = 1.5. Use groups 1 or 3.'],
    [24, 48, 5, 'conv2d: 5 groups do not divide 24 input channels: 24/5 = 4.8. Use groups 1, 2, 3, 4, 6 or 8.'],
    [2, 4, 4, 'conv2d: 4 groups do not divide 2 input channels: 2/4 = 0.5. Use groups 1 or 2.'],
    [3000, 2999, 2998, 'conv2d: 2998 groups do not divide 3000 input channels: 3000/2998 = 1 + 2/2998. Use groups 1.'],
  ])('%i channels, %i filters, %i groups', (channels, filters, groups, message) => {
    expect(refused(channels, filters, groups)).toEqual({ message, operation: 'conv2d', argument: 'options.groups' })
  })
})

test.each([
  [4, 8, 2],
  [4, 8, 4],
  [32, 64, 32],
  [1, 1, 1],
])('%i channels, %i filters, %i groups', (channels, filters, groups) => {
  const net = input(7, 7, 1).conv2d(channels, 1) as never as { conv2d(...args: unknown[]): { output: number[] } }
  expect(net.conv2d(filters, 3, { groups }).output).toEqual([5, 5, filters])
})
