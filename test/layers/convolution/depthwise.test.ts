import { describe, expect, test } from 'vitest'
import { block, depthwiseConv2d, input, separableConv2d } from '../../../src/index.js'
import { acceptedByBoth, gradual, refusedByBoth } from '../../support/both.js'
import { refusal } from '../../support/check.js'

acceptedByBoth([
  ['input(112, 112, 32).depthwiseConv2d(3, { padding: 1 })', 'Network<[112, 112, 32], [112, 112, 32], 320>'],
  [
    "input(112, 112, 32).depthwiseConv2d(3, { multiplier: 2, bias: false, stride: 2, padding: 'same' })",
    'Network<[112, 112, 32], [56, 56, 64], 576>',
  ],
  ['input(15, 15, 7).depthwiseConv2d([3, 5], { dilation: 2 })', 'Network<[15, 15, 7], [11, 7, 7], 112>'],
  ['input(16, 56, 56, 4).depthwiseConv3d(3, { padding: 1 })', 'Network<[16, 56, 56, 4], [16, 56, 56, 4], 112>'],
  ['input(100, 8).depthwiseConv1d(3, { padding: 1 })', 'Network<[100, 8], [100, 8], 32>'],
  ['input(100, 8).separableConv1d(64, 3, { padding: 1 })', 'Network<[100, 8], [100, 64], 600>'],
  ['input(112, 112, 32).separableConv2d(64, 3, { padding: 1 })', 'Network<[112, 112, 32], [112, 112, 64], 2400>'],
  ['input(112, 112, 32).separableConv2d(64, 3, { multiplier: 2, bias: false })', 'Network<[112, 112, 32], [110, 110, 64], 4672>'],
  ["input(7, 7, 32).separableConv2d(64, 3, { stride: 3, rounding: 'floor' })", 'Network<[7, 7, 32], [2, 2, 64], 2400>'],
])

refusedByBoth([
  ['input(7, 7, 32).depthwiseConv2d(3, { stride: 3 })', 'stride', /^depthwiseConv2d: a 3x3 filter with stride 3 does not fit a 7x7 input/],
  ['input(7, 7, 32).depthwiseConv2d(9)', '9', /^depthwiseConv2d: a 9x9 filter is larger/],
  ['input(7, 7, 32).depthwiseConv2d(0)', '0', /kernel must be a whole number of at least 1, not 0/],
  ['input(7, 7, 32).depthwiseConv2d(3, { multiplier: 0 })', 'multiplier', /multiplier must be a whole number of at least 1, not 0/],
  ['input(7, 7, 32).depthwiseConv2d(3, { multiplier: 1.5, stride: 3 })', 'multiplier', /multiplier must be a whole number/],
  ['input(7, 7, 32).depthwiseConv2d(3, { stride: 1, groups: 2 })', 'groups', /^depthwiseConv2d: there is no option 'groups'/],
  ['input(7, 32).depthwiseConv2d(3)', '3', /needs an input of \[height, width, channels\], not 7x32/],
  ['input(7, 7, 32).depthwiseConv1d(3)', '3', /needs an input of \[length, channels\], not 7x7x32/],
  ['input(7, 7, 32).separableConv2d(0, 3)', '0', /^separableConv2d: filters must be a whole number/],
  ['input(7, 7, 32).separableConv2d(0, 9, { multiplier: 0 })', '0', /^separableConv2d: filters must be a whole number/],
  ['input(8, 8, 32).separableConv2d(64, 3, { stride: 2 })', 'stride', /^separableConv2d: a 3x3 filter with stride 2 does not fit/],
  ['input(8, 8, 32).separableConv2d(64, 3, { multiplier: 0.5 })', 'multiplier', /multiplier must be a whole number of at least 1, not 0.5/],
  ['input(8, 8).separableConv2d(64, 3)', '3', /^separableConv2d: needs an input of \[height, width, channels\], not 8x8/],
  ['input(8, 8, 3).separableConv2d(64, 3, { groups: 3, stride: 1 })', 'groups', /there is no option 'groups'/],
])

gradual([
  ['input(7, 7, wide(32)).depthwiseConv2d(3)', 'Network<[7, 7, number], [5, 5, number], number>'],
  ['input(7, 7, 4).depthwiseConv2d(3, { multiplier: wide(2) })', 'Network<[7, 7, 4], [5, 5, number], number>'],
  ['input(7, 7, oneOrFour).depthwiseConv2d(3)', 'Network<[7, 7, 1 | 4], [5, 5, 1 | 4], number>'],
  ['input(7, 7, 4).depthwiseConv2d(3, { multiplier: oneOrFour })', 'Network<[7, 7, 4], [5, 5, 4 | 16], 40 | 160>'],
  ['input(7, 7, 4).depthwiseConv2d(3, anything)', 'Network<[7, 7, 4], [number, number, number], number>'],
  ['input(7, 7, 4).depthwiseConv2d(wide(3))', 'Network<[7, 7, 4], [number, number, 4], number>'],
  ['input(7, 7, 32).separableConv2d(wide(64), 3)', 'Network<[7, 7, 32], [5, 5, number], number>'],
  ['input(7, 7, 32).separableConv2d(anything, 3)', 'Network<[7, 7, 32], [5, 5, number], number>'],
])

describe('at run time', () => {
  test('a depthwise convolution is a convolution with as many groups as channels', () => {
    const [, depthwise] = input(15, 15, 8).depthwiseConv2d(3, { multiplier: 2, stride: 2 }).graph.nodes
    const [, grouped] = input(15, 15, 8).conv2d(16, 3, { groups: 8, stride: 2 }).graph.nodes
    const { kind, name, settings, ...same } = grouped as NonNullable<typeof grouped>
    expect(depthwise).toMatchObject(same)
    expect(depthwise?.settings).toEqual({ multiplier: 2, kernel: 3, stride: 2, padding: 0, dilation: 1, rounding: 'exact', bias: true })
  })

  test('a separable convolution costs what its two parts cost, with one bias', () => {
    const [, separable] = input(16, 16, 8).separableConv2d(32, 3, { multiplier: 2, name: 'mix' }).graph.nodes
    const parts = input(16, 16, 8).depthwiseConv2d(3, { multiplier: 2, bias: false }).conv2d(32, 1)
    expect(separable?.name).toBe('mix')
    expect(separable?.output).toEqual(parts.output)
    expect(separable?.macs).toBe(parts.graph.nodes.reduce((sum, { macs }) => sum + macs, 0))
    expect(separable?.weights.map(({ name, shape }) => [name, shape])).toEqual([
      ['depthwiseKernel', [3, 3, 1, 16]],
      ['pointwiseKernel', [1, 1, 16, 32]],
      ['bias', [32]],
    ])
  })

  test('values do the same as methods', () => {
    const both = block(depthwiseConv2d(3, { padding: 1 }), separableConv2d(64, 3, { padding: 1 }))
    expect(input(7, 7, 32).apply(both).params).toBe(320 + 2400)
    expect(refusal(() => input(7, 32).apply(both as never)).message).toMatch(/^layer 1 of 2: depthwiseConv2d: needs an input/)
  })

  test('what only plain JavaScript can get wrong', () => {
    const net = input(7, 7, 32) as never as Record<string, (...args: unknown[]) => unknown>
    expect(refusal(() => net['depthwiseConv2d']?.(3, { groups: 2 })).argument).toBe('options.groups')
    expect(refusal(() => net['depthwiseConv2d']?.(3, 2)).argument).toBe('options')
    expect(refusal(() => net['separableConv2d']?.(8, 3, { bias: 'no' })).argument).toBe('options.bias')
  })
})
