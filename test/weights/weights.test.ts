import { describe, expect, test } from 'vitest'
import { type AnyNetwork, input } from '../../src/index.js'
import { FormatError } from '../../src/network/format-error.js'
import { checkWeights } from '../../src/weights/check.js'
import { initialize } from '../../src/weights/initialize.js'
import { channelsFirst, flattenedBefore, flattenOrder, fromTorch, inverseOrder, reorderRows, toTorch } from '../../src/weights/layout.js'
import { weightSpecs } from '../../src/weights/names.js'
import type { Tensor, Weights } from '../../src/weights/weights.js'

const shapes = (network: AnyNetwork) => Object.fromEntries(weightSpecs(network.graph).map(({ name, shape }) => [name, shape.join('x')]))

describe("names and layouts are PyTorch's", () => {
  // Read off the state_dict of the modules of the same names in PyTorch 1.13.
  test('of convolutions', () => {
    const network = input(9, 9, 4)
      .conv2d(6, [3, 5], { name: 'a', groups: 2, padding: 'same' })
      .depthwiseConv2d(3, { name: 'b', padding: 1, multiplier: 2 })
      .convTranspose2d(8, 2, { name: 'c', stride: 2, groups: 2, bias: false })
      .separableConv2d(5, 3, { name: 'd', padding: 1 })
    expect(shapes(network)).toEqual({
      'a.weight': '6x2x3x5',
      'a.bias': '6',
      'b.weight': '12x1x3x3',
      'b.bias': '12',
      'c.weight': '12x4x2x2',
      'd.depthwise.weight': '8x1x3x3',
      'd.pointwise.weight': '5x8x1x1',
      'd.pointwise.bias': '5',
    })
  })

  test('of everything else', () => {
    const network = input(7)
      .embedding(50, 6)
      .lstm(4)
      .gru(6, { bias: false })
      .batchNorm()
      .prelu()
      .multiHeadAttention(2)
      .layerNorm()
      .layerScale()
      .classToken()
      .positionEmbedding()
      .dense(3)
    expect(shapes(network)).toEqual({
      'embedding_1.weight': '50x6',
      'lstm_1.weight_ih_l0': '16x6',
      'lstm_1.weight_hh_l0': '16x4',
      'lstm_1.bias_ih_l0': '16',
      'lstm_1.bias_hh_l0': '16',
      'gru_1.weight_ih_l0': '18x4',
      'gru_1.weight_hh_l0': '18x6',
      'batchNorm_1.weight': '6',
      'batchNorm_1.bias': '6',
      'batchNorm_1.running_mean': '6',
      'batchNorm_1.running_var': '6',
      'prelu_1.weight': '6',
      'multiHeadAttention_1.in_proj_weight': '18x6',
      'multiHeadAttention_1.in_proj_bias': '18',
      'multiHeadAttention_1.out_proj.weight': '6x6',
      'multiHeadAttention_1.out_proj.bias': '6',
      'layerNorm_1.weight': '6',
      'layerNorm_1.bias': '6',
      'layerScale_1.weight': '6',
      'classToken_1.weight': '6',
      'positionEmbedding_1.weight': '8x6',
      'dense_1.weight': '3x6',
      'dense_1.bias': '3',
    })
  })

  test('the values move with their axes, and back', () => {
    // [height 1, width 2, inputs 2, outputs 3]: the value says where it is.
    const own = Float32Array.from({ length: 12 }, (_, index) => index)
    const torch = toTorch('kernel', own, [1, 2, 2, 3])
    expect([...torch]).toEqual([0, 6, 3, 9, 1, 7, 4, 10, 2, 8, 5, 11])
    expect([...fromTorch('kernel', torch, [1, 2, 2, 3])]).toEqual([...own])
    expect([...toTorch('recurrentKernel', own.slice(0, 6), [2, 3])]).toEqual([0, 3, 1, 4, 2, 5])
    expect(toTorch('embedding', own, [4, 3])).toBe(own)
  })
})

describe('a flattened image', () => {
  test('has its values channel by channel in PyTorch', () => {
    const order = flattenOrder([2, 2, 3])
    expect([...order]).toEqual([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11])
    const rows = Float32Array.from({ length: 24 }, (_, index) => index)
    const moved = reorderRows(rows, order)
    expect([...moved.slice(12, 15)]).toEqual([12, 15, 18])
    expect([...reorderRows(moved, inverseOrder(order))]).toEqual([...rows])
  })

  const found = (network: AnyNetwork) => [...flattenedBefore(network.graph)].map(([name, shape]) => `${name} ${shape.join('x')}`)

  test('goes to dense layers through layers that leave each value in its place', () => {
    const flat = input(5, 5, 3).flatten()
    expect(found(flat.batchNorm().relu().dropout(0.5).dense(4).dense(3))).toEqual(
      ['batchNorm_1', 'relu_1', 'dropout_1', 'dense_1'].map((name) => `${name} 5x5x3`),
    )
    expect(found(flat.branchOut('aux', (x) => x.dense(2)).dense(3))).toEqual(['aux_dense_1 5x5x3', 'dense_1 5x5x3'])
  })

  test('keeps its order where anything else takes it', () => {
    const flat = input(5, 5, 3).flatten()
    expect(found(flat)).toEqual([])
    expect(found(flat.relu())).toEqual([])
    expect(found(flat.groupNorm(5).dense(3))).toEqual([])
    expect(
      found(
        flat
          .concat(
            (x) => x.dense(3),
            (x) => x.relu(),
          )
          .dense(2),
      ),
    ).toEqual([])
    expect(found(input(9, 4).flatten().dense(3))).toEqual([])
    expect(found(input(9, 4).conv1d(4, 1).relu().flatten().dense(3))).toEqual(['dense_1 9x4'])
  })

  test('images are channels first, tokens are not', () => {
    const network = input(8, 8, 3).conv2d(4, 2, { stride: 2 }).toTokens().dense(6).relu().maxPool1d(2).relu().globalAvgPool()
    expect([...channelsFirst(network.graph)]).toEqual(['input', 'conv2d_1', 'maxPool1d_1', 'relu_2'])
  })
})

describe('first weights', () => {
  const network = input(16, 16, 3).conv2d(64, 3, { bias: true }).batchNorm().prelu().flatten().dense(50)
  const deviation = ({ data }: Tensor) => Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length)

  test('are those of the network', () => checkWeights(network, initialize(network)))

  test('He et al. 2015: a deviation of sqrt(2 / fan in)', () => {
    const weights = initialize(network)
    expect(deviation(weights.get('dense_1.weight') as Tensor) / Math.sqrt(2 / (14 * 14 * 64))).toBeCloseTo(1, 2)
    expect(deviation(weights.get('conv2d_1.weight') as Tensor) / Math.sqrt(2 / 27)).toBeCloseTo(1, 1)
  })

  test('Glorot and Bengio 2010: evenly, to sqrt(6 / (fan in + fan out))', () => {
    const { data } = initialize(network, { scheme: 'glorot' }).get('conv2d_1.weight') as Tensor
    const limit = Math.sqrt(6 / (27 + 9 * 64))
    expect(Math.max(...data)).toBeLessThanOrEqual(limit)
    expect(Math.max(...data)).toBeGreaterThan(0.98 * limit)
    expect(Math.min(...data)).toBeLessThan(-0.98 * limit)
  })

  test('zeros, except for scales, variances and slopes', () => {
    const weights = initialize(network, { scheme: 'zeros' })
    const firsts = [...weights].map(([name, { data }]) => [name, data[0]])
    expect(Object.fromEntries(firsts)).toEqual({
      'conv2d_1.weight': 0,
      'conv2d_1.bias': 0,
      'batchNorm_1.weight': 1,
      'batchNorm_1.bias': 0,
      'batchNorm_1.running_mean': 0,
      'batchNorm_1.running_var': 1,
      'prelu_1.weight': 0.25,
      'dense_1.weight': 0,
      'dense_1.bias': 0,
    })
  })

  test('a seed gives the same numbers again, another gives others', () => {
    const first = (seed?: number) =>
      (initialize(network, seed === undefined ? {} : { seed }).get('dense_1.weight') as Tensor).data.slice(0, 4)
    expect([...first(7)]).toEqual([...first(7)])
    expect([...first(7)]).not.toEqual([...first(8)])
    expect([...first()]).toEqual([...first(0)])
  })

  test('unknown options', () => {
    expect(() => initialize(network, { scheme: 'kaiming' as never })).toThrow(
      'initialize: scheme must be one of he, glorot, zeros, not "kaiming".',
    )
    expect(() => initialize(network, { seed: 0.5 })).toThrow('initialize: seed must be a whole number, not 0.5.')
    expect(() => initialize(network, { sede: 1 } as never)).toThrow("initialize: there is no option 'sede'.")
  })
})

describe('weights of another network', () => {
  const network = input(4).dense(3).batchNorm()
  const changed = (change: (weights: Map<string, unknown>) => void): Weights => {
    const weights = new Map<string, unknown>(initialize(network))
    change(weights)
    return weights as never
  }
  const tensor = (...shape: number[]) => ({
    shape,
    dtype: 'F32',
    data: new Float32Array(shape.reduce((product, size) => product * size, 1)),
  })

  test.each<[string, (weights: Map<string, unknown>) => void, string]>([
    ['missing', (weights) => weights.delete('dense_1.bias'), 'weights: dense_1.bias: is missing: the network has it, [3].'],
    ['extra', (weights) => weights.set('dense_2.bias', tensor(3)), 'weights: dense_2.bias: is no tensor of the network.'],
    [
      'another shape',
      (weights) => weights.set('dense_1.weight', tensor(4, 3)),
      'weights: dense_1.weight: is [4, 3], and in the network [3, 4].',
    ],
    [
      'too few values',
      (weights) => weights.set('dense_1.bias', { ...tensor(2), shape: [3] }),
      'weights: dense_1.bias: has 2 values, and [3] has 3.',
    ],
    [
      'another format',
      (weights) => weights.set('dense_1.bias', { ...tensor(3), dtype: 'F16' }),
      'weights: dense_1.bias: must be a Float32Array, F32.',
    ],
    ['a counter of nothing', (weights) => weights.set('dense_1.num_batches_tracked', tensor()), 'num_batches_tracked: is no tensor'],
  ])('%s', (_, change, sentence) => {
    expect(() => checkWeights(network, changed(change))).toThrow(FormatError)
    expect(() => checkWeights(network, changed(change))).toThrow(sentence)
  })

  test.each([
    ['nothing', null, /^weights: must be a Map of tensors by their names, not null\.$/],
    ['an object', {}, /^weights: must be a Map of tensors by their names, not an object/],
    ['a list', [], /^weights: must be a Map of tensors by their names, not /],
    [
      'numbers alone in it',
      new Map(weightSpecs(network.graph).map(({ name }) => [name, new Float32Array(1)])),
      /weights: \w+\.\w+: must have a shape, dtype and data\.$/,
    ],
  ])('%s is refused in one sentence', (_, weights, sentence) => {
    expect(() => checkWeights(network, weights as unknown as Weights)).toThrow(FormatError)
    expect(() => checkWeights(network, weights as unknown as Weights)).toThrow(sentence)
  })

  test("PyTorch's counter of batches may be there", () => {
    checkWeights(
      network,
      changed((weights) => weights.set('batchNorm_1.num_batches_tracked', tensor())),
    )
  })
})
