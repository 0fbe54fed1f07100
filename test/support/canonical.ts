import { Value } from './value.js'

/** A possible call of every kind, with every option that it has: what is varied where something is not known at compile time. */

export type Canonical = readonly [kind: string, shape: readonly number[], args: readonly unknown[]]

const layer = (kind: string, ...args: unknown[]): Value => new Value(kind, args)
const window = { stride: 2, padding: 1, dilation: 1, rounding: 'floor' }
const keeps = layer('conv2d', 4, 3, { padding: 1 })

const shapes = [[8], [9, 8], [9, 7, 8], [5, 7, 9, 8]] as const
const shapeOf = (rank: number): readonly number[] => shapes[rank] as readonly number[]
const ranks = (kind: string, from: readonly number[], args: (rank: number) => readonly unknown[]): Canonical[] =>
  from.map((rank) => [kind.replace('#', `${rank}`), shapeOf(rank), args(rank)])

export const canonical: readonly Canonical[] = [
  ...ranks('conv#d', [1, 2, 3], () => [8, 3, { ...window, groups: 2, bias: true }]),
  ['conv2d', [9, 7, 8], [8, [3, 1], { stride: [2, 1], padding: [[1, 1], 0], dilation: [1, 2] }]],
  ['conv2d', [8, 8, 3], [8, 3, { padding: 'same' }]],
  ...ranks('depthwiseConv#d', [1, 2, 3], () => [3, { ...window, multiplier: 2, bias: false }]),
  ...ranks('separableConv#d', [1, 2], () => [8, 3, { ...window, multiplier: 2, bias: true }]),
  ...ranks('convTranspose#d', [1, 2, 3], () => [8, 3, { stride: 2, padding: 1, outputPadding: 1, dilation: 2, groups: 2, bias: true }]),
  ['convTranspose2d', [9, 7, 8], [8, [3, 1], { stride: [2, 1], padding: [[1, 0], 0], outputPadding: [1, 0] }]],
  ['convTranspose2d', [8, 8, 3], [8, 3, { padding: 'same', stride: 2 }]],
  ...ranks('maxPool#d', [1, 2, 3], () => [3, window]),
  ...ranks('avgPool#d', [1, 2, 3], () => [3, window]),
  ['maxPool2d', [8, 8, 3], [[2, 4]]],
  ...['globalAvgPool', 'globalMaxPool', 'relu', 'softmax', 'relu6', 'selu', 'softplus', 'silu', 'hardSwish', 'gelu', 'mish'].map(
    (kind): Canonical => [kind, [9, 7, 8], []],
  ),
  ...['sigmoid', 'tanh', 'hardSigmoid', 'logSoftmax', 'identity', 'toTokens'].map((kind): Canonical => [kind, [9, 7, 8], []]),
  ...['classToken', 'positionEmbedding', 'meanTokens'].map((kind): Canonical => [kind, [9, 8], []]),
  ['localResponseNorm', [9, 7, 8], [5]],
  ['layerNorm', [9, 7, 8], [{ affine: true }]],
  ['rmsNorm', [9, 7, 8], [{ affine: true }]],
  ['groupNorm', [9, 7, 8], [2, { affine: true }]],
  ['instanceNorm', [9, 7, 8], [{ affine: false }]],
  ['prelu', [9, 7, 8], [{ shared: false }]],
  ['batchNorm', [9, 7, 8], [{ epsilon: 0.001, scale: true, shift: false }]],
  ['layerScale', [9, 7, 8], []],
  ['affine', [9, 7, 8], [{ scale: true, shift: false }]],
  ['rescale', [9, 7, 8], [2, -1]],
  ['rescale', [9, 7, 3], [[2, 3, 4], 1]],
  ['normalize', [9, 7, 8], []],
  [
    'normalize',
    [9, 7, 3],
    [
      [1, 0, -1],
      [2, 1, 0.5],
    ],
  ],
  ['unflatten', [9, 7, 8], [2, 2, 4]],
  ['leakyRelu', [8], [0.01]],
  ['elu', [8], [1]],
  ['dropout', [8], [0.5]],
  ['stochasticDepth', [8], [0.5]],
  ['dense', [8], [10, { bias: true }]],
  ['dense', [9, 8], [10, { bias: true }]],
  ['adaptiveAvgPool', [9, 7, 8], [3]],
  ['adaptiveMaxPool', [9, 7, 8], [[3, 2]]],
  ['upsample', [9, 7, 8], [2, { method: 'nearest' }]],
  ['upsample', [9, 7, 8], [[2, 3]]],
  ['zeroPad', [9, 7, 8], [1]],
  ['zeroPad', [9, 7, 8], [[[1, 2], 3]]],
  ['crop', [9, 7, 8], [1]],
  ['crop', [9, 7, 8], [[[1, 2], 3]]],
  ['pixelShuffle', [9, 7, 64], [2]],
  ['flatten', [9, 7, 8], []],
  ['flatten', [9, 7, 8], [1]],
  ['reshape', [9, 7, 8], [63, 8]],
  ['permute', [9, 7, 8], [2, 0, 1]],
  ['selectToken', [9, 8], [3]],
  ['multiHeadAttention', [9, 8], [2, { bias: true, causal: false }]],
  ['multiHeadAttention', [9, 8], [4, { bias: true, keyValueHeads: 2, headWidth: 3 }]],
  ['multiHeadAttention', [9, 8], [4, { keyValueHeads: 2 }]],
  ['windowAttention', [9, 12, 8], [2, 3, { shift: 1, bias: true, version: 1 }]],
  ['windowAttention', [9, 12, 8], [2, 3, { version: 2 }]],
  ['patchMerging', [8, 6, 4], [{ version: 1 }]],
  ['embedding', [9], [100, 8]],
  ['lstm', [9, 8], [10, { returnSequences: true, bias: true }]],
  ['lstm', [9, 8], [10, { returnSequences: true, bidirectional: 'concat' }]],
  ['gru', [9, 8], [10, { returnSequences: false, bidirectional: 'sum', bias: true }]],
  ['gru', [9, 8], [10, { returnSequences: false, bias: false }]],
  ['block', [9, 7, 4], [keeps, layer('relu')]],
  ['repeat', [9, 7, 4], [3, keeps]],
  ['repeat', [16, 16, 4], [3, layer('maxPool2d', 2)]],
  ['residual', [9, 7, 4], [keeps]],
  ['residual', [9, 7, 4], [layer('conv2d', 8, 1), layer('conv2d', 8, 1)]],
  ['concat', [9, 7, 4], [keeps, layer('conv2d', 8, 1)]],
  ['add', [9, 7, 4], [keeps, layer('conv2d', 4, 1)]],
  ['subtract', [9, 7, 4], [keeps, layer('conv2d', 4, 1)]],
  ['average', [9, 7, 4], [keeps, layer('conv2d', 4, 1)]],
  ['maximum', [9, 7, 4], [keeps, layer('conv2d', 4, 1)]],
  ['matmul', [9, 9], [layer('identity'), layer('permute', 1, 0)]],
  ['multiply', [9, 7, 4], [layer('block', layer('adaptiveAvgPool', 1), layer('conv2d', 4, 1))]],
  ['branchOut', [9, 7, 4], ['aux', layer('block', layer('globalAvgPool'), layer('dense', 10))]],
  ['keep', [9, 7, 4], ['c2']],
  ['from', [9, 7, 4], ['input']],
  ['branch', [9, 7, 4], ['input', keeps]],
  ['shared', [9, 7, 4], ['encoder', keeps]],
]
