import { describe, expect, test } from 'vitest'
import { input } from '../../../src/index.js'
import { refusal, thrownBy } from '../../support/check.js'

/** Convolutions at run time: shapes, weights, MACs, settings. */

describe('shape and parameters', () => {
  test('CS231n, lecture 7: 10 filters of 5x5 on 32x32x3, padding 2', () => {
    const built = input(32, 32, 3).conv2d(10, 5, { padding: 2 })
    expect([built.output, built.params]).toEqual([[32, 32, 10], 760])
  })

  test('the first layer of AlexNet: 55x55x96 with 34,944 parameters', () => {
    const built = input(227, 227, 3).conv2d(96, 11, { stride: 4 })
    expect([built.output, built.params]).toEqual([[55, 55, 96], 34_944])
  })

  test('one and three dimensions', () => {
    expect(input(100, 8).conv1d(16, 3)).toMatchObject({ output: [98, 16], params: 400 })
    expect(input(16, 56, 56, 3).conv3d(8, 3, { padding: 1 })).toMatchObject({ output: [16, 56, 56, 8], params: 656 })
  })

  test('a value for each axis', () => {
    const built = input(20, 30, 4).conv2d(8, [3, 5], { stride: [1, 2], padding: [1, [0, 1]], dilation: [2, 1] })
    expect(built.output).toEqual([18, 14, 8])
    expect(built.params).toBe(8 * (3 * 5 * 4) + 8)
  })

  test('groups: each filter sees its share of the channels', () => {
    const built = input(27, 27, 96).conv2d(256, 5, { padding: 2, groups: 2 })
    expect(built.params).toBe(256 * 5 * 5 * 48 + 256)
    expect(built.graph.nodes[1]?.weights[0]?.shape).toEqual([5, 5, 48, 256])
  })

  test('depthwise: as many groups as channels', () => {
    expect(input(112, 112, 32).conv2d(32, 3, { padding: 1, groups: 32, bias: false }).params).toBe(288)
  })
})

describe('the node', () => {
  const node = input(9, 11, 4).conv2d(8, 3, { padding: 1, name: 'stem' }).graph.nodes[1]

  test('kernel and bias, channels last', () => {
    expect(node?.weights).toEqual([
      { name: 'kernel', shape: [3, 3, 4, 8], trainable: true },
      { name: 'bias', shape: [8], trainable: true },
    ])
    expect(input(9, 4).conv1d(8, 3, { bias: false }).graph.nodes[1]?.weights).toEqual([
      { name: 'kernel', shape: [3, 4, 8], trainable: true },
    ])
  })

  test('MACs: positions times the cells, channels and filters; biases are not counted', () => {
    expect(node?.macs).toBe(9 * 11 * 3 * 3 * 4 * 8)
    expect(input(27, 27, 96).conv2d(256, 5, { padding: 2, groups: 2 }).graph.nodes[1]?.macs).toBe(27 * 27 * 256 * 25 * 48)
  })

  test('every setting with its default, and the name apart', () => {
    expect(node?.name).toBe('stem')
    expect(node?.settings).toEqual({
      filters: 8,
      kernel: 3,
      stride: 1,
      padding: 1,
      dilation: 1,
      groups: 1,
      rounding: 'exact',
      bias: true,
    })
  })

  test('its window, settled', () => {
    const { window } = input(8, 8, 4).conv2d(8, 3, { stride: 2, padding: 'same' }).graph.nodes[1] ?? {}
    expect(window?.rounding).toBe('exact')
    expect(window?.fits).toEqual([
      { positions: 4, remainder: 0, span: 3, before: 0, after: 1 },
      { positions: 4, remainder: 0, span: 3, before: 0, after: 1 },
    ])
  })

  test('its output is its own', () => expect(node?.memory).toBe('own'))
})

describe('refused', () => {
  test.each([
    ['input(784).conv2d(8, 3)', 'kernel'],
    ['input(7, 7, 3).conv2d(0, 3)', 'filters'],
    ['input(7, 7, 3).conv2d(8)', 'kernel'],
    ['input(7, 7, 3).conv2d()', 'filters'],
    ["input(7, 7, 3).conv2d('8', 3)", 'filters'],
    ["input(7, 7, 3).conv2d(8, '3')", 'kernel'],
    ['input(7, 7, 3).conv2d(8, NaN)', 'kernel'],
    ['input(7, 7, 3).conv2d(8, [3])', 'kernel'],
    ['input(7, 7, 3).conv2d(8, 9)', 'kernel'],
    ['input(7, 7, 3).conv2d(8, 3, { stride: 3 })', 'options.stride'],
    ["input(7, 7, 3).conv2d(8, 3, { stride: '2' })", 'options.stride'],
    ["input(7, 7, 3).conv2d(8, 3, { padding: 'full' })", 'options.padding'],
    ['input(7, 7, 3).conv2d(8, 3, { dilation: [1] })', 'options.dilation'],
    ["input(7, 7, 3).conv2d(8, 3, { rounding: 'round' })", 'options.rounding'],
    ['input(7, 7, 3).conv2d(8, 3, { groups: 2 })', 'options.groups'],
    ['input(7, 7, 3).conv2d(8, 3, { groups: [1, 1] })', 'options.groups'],
    ['input(7, 7, 3).conv2d(8, 3, { groups: NaN })', 'options.groups'],
    ['input(7, 7, 3).conv2d(8, 3, { strides: 2 })', 'options.strides'],
  ])('%s blames %s', (source, argument) => expect(thrownBy(source)).toMatchObject({ name: 'ShapeError', operation: 'conv2d', argument }))

  test('the sentence names the operation of its dimension', () => {
    expect(refusal(() => input(5, 8).conv1d(8, 7 as never))).toMatchObject({
      operation: 'conv1d',
      message: expect.stringMatching(/^conv1d: /),
    })
    expect(refusal(() => input(3, 5, 5, 1).conv3d(8, 5 as never))).toMatchObject({
      operation: 'conv3d',
      message: expect.stringMatching(/^conv3d: /),
    })
  })
})

test('undefined options are as if they were left out', () => {
  const net = input(9, 9, 4) as never as { conv2d(...args: unknown[]): { output: number[]; params: number } }
  const options = { stride: undefined, padding: undefined, dilation: undefined, groups: undefined, rounding: undefined, bias: undefined }
  expect(net.conv2d(8, 3, options)).toMatchObject({ output: [7, 7, 8], params: 296 })
  expect(net.conv2d(8, 3, undefined)).toMatchObject({ output: [7, 7, 8] })
})
