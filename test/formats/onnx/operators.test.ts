import { describe, expect, test } from 'vitest'
import { fromOnnx } from '../../../src/formats/onnx/index.js'
import type { OnnxAttribute, OnnxModel } from '../../../src/formats/onnx/model.js'
import { encodeModel } from '../../../src/formats/onnx/wire/encode.js'
import { onnxModel } from '../../../src/formats/onnx/write/write.js'
import { FormatError } from '../../../src/network/format-error.js'
import { float, floats, int, ints, model, op, product, scalar, text, texts, truth, valued, wholes } from '../../support/onnx/models.js'
import { numbers, runModel } from '../../support/onnx.js'

/** Operators from other tools: read, written again, and run beside the original. */

/** Values with their channels first in the other order, or back: `sizes` are those of the result without the batch. */
const moved = (data: Float32Array, from: readonly number[], isFirst: boolean): Float32Array => {
  if (from.length < 2) return data
  const each = product(from)
  const channels = (isFirst ? from[0] : from.at(-1)) as number
  const positions = each / channels
  return Float32Array.from(data, (_, at) => {
    const [example, place] = [Math.floor(at / each), at % each]
    const found = isFirst
      ? (place % channels) * positions + Math.floor(place / channels)
      : (place % positions) * channels + Math.floor(place / positions)
    return data[example * each + found] as number
  })
}

interface Case {
  readonly of: OnnxModel
  readonly kinds: string
  /** Whether what comes out is not an image with its channels first. */
  readonly plain?: boolean
}

const image = [4, 6, 8]
const weights = [floats('w', 5, 4, 3, 3), floats('b', 5)]
const conv = (attributes: Readonly<Record<string, OnnxAttribute>> = {}) => op('Conv x w b -> y', attributes)

/** A token in front of the others, once for each example. */
const token = [
  op('Shape x -> n', { start: int(0), end: int(1) }),
  op('Concat n one -> s', { axis: int(0) }),
  op('Expand t s -> e'),
  op('Concat e x -> y', { axis: int(1) }),
]

const cases: Readonly<Record<string, Case>> = {
  'Conv, SAME_UPPER': { of: model(image, [conv({ auto_pad: text('SAME_UPPER'), strides: ints(2, 2) })], weights), kinds: 'conv2d' },
  'Conv, SAME_LOWER': { of: model(image, [conv({ auto_pad: text('SAME_LOWER'), strides: ints(2, 2) })], weights), kinds: 'conv2d' },
  'Conv, VALID': { of: model(image, [conv({ auto_pad: text('VALID') })], weights), kinds: 'conv2d' },
  'Conv, on a signal': {
    of: model(
      [4, 9],
      [op('Conv x w -> y', { pads: ints(1, 0) })],
      [floats('w', 3, 2, 3)].map((w) => ({ ...floats('w', 3, 4, 3), name: w.name })),
    ),
    kinds: 'conv1d',
  },
  ConvTranspose: {
    of: model(
      image,
      [op('ConvTranspose x w -> y', { strides: ints(2, 2), pads: ints(1, 0, 0, 1), group: int(2) })],
      [floats('w', 4, 3, 3, 3)],
    ),
    kinds: 'convTranspose2d',
  },
  'MaxPool, ceil_mode': {
    of: model(image, [op('MaxPool x -> y', { kernel_shape: ints(3, 3), strides: ints(2, 2), ceil_mode: int(1) })], [], 22),
    kinds: 'maxPool2d',
  },
  'AveragePool, padding of same': {
    of: model(image, [op('AveragePool x -> y', { kernel_shape: ints(3, 3), pads: ints(1, 1, 1, 1) })]),
    kinds: 'avgPool2d',
  },
  'AveragePool, padding counts': {
    of: model(image, [
      op('AveragePool x -> y', { kernel_shape: ints(3, 3), strides: ints(1, 1), pads: ints(1, 1, 1, 0), count_include_pad: int(1) }),
    ]),
    kinds: 'avgPool2d',
  },
  'AveragePool, SAME_LOWER, padding counts': {
    of: model(
      [1, 7, 7],
      [
        op('AveragePool x -> y', {
          kernel_shape: ints(2, 2),
          strides: ints(2, 2),
          auto_pad: text('SAME_LOWER'),
          count_include_pad: int(1),
        }),
      ],
      [],
      13,
    ),
    kinds: 'avgPool2d',
  },
  'AveragePool, SAME_UPPER, padding counts': {
    of: model(
      [1, 7, 7],
      [
        op('AveragePool x -> y', {
          kernel_shape: ints(3, 3),
          strides: ints(2, 2),
          auto_pad: text('SAME_UPPER'),
          count_include_pad: int(1),
        }),
      ],
    ),
    kinds: 'avgPool2d',
  },
  'AveragePool, SAME_LOWER that is as SAME_UPPER': {
    of: model([1, 7, 7], [op('AveragePool x -> y', { kernel_shape: ints(3, 3), strides: ints(2, 2), auto_pad: text('SAME_LOWER') })]),
    kinds: 'avgPool2d',
  },
  'AveragePool, zeros behind the end alone, which do not count': {
    of: model([1, 8, 8], [op('AveragePool x -> y', { kernel_shape: ints(3, 3), strides: ints(2, 2), pads: ints(0, 0, 1, 1) })]),
    kinds: 'avgPool2d',
  },
  'AveragePool, padding does not count, as ONNX has it by default': {
    of: model(image, [op('AveragePool x -> y', { kernel_shape: ints(4, 4), strides: ints(2, 2), pads: ints(2, 2, 2, 2) })]),
    kinds: 'avgPool2d',
  },
  'AveragePool, padding does not count, ceil_mode': {
    of: model(
      [1, 8, 8],
      [op('AveragePool x -> y', { kernel_shape: ints(3, 3), strides: ints(2, 2), pads: ints(1, 1, 1, 0), ceil_mode: int(1) })],
      [],
      22,
    ),
    kinds: 'avgPool2d',
  },
  'AveragePool, SAME_LOWER, padding does not count': {
    of: model([1, 8, 8], [op('AveragePool x -> y', { kernel_shape: ints(2, 2), auto_pad: text('SAME_LOWER') })]),
    kinds: 'avgPool2d',
  },
  'AveragePool, VALID': {
    of: model([1, 7, 7], [op('AveragePool x -> y', { kernel_shape: ints(3, 3), auto_pad: text('VALID') })]),
    kinds: 'avgPool2d',
  },
  'ConvTranspose, VALID': {
    of: model([2, 4, 5], [op('ConvTranspose x w -> y', { auto_pad: text('VALID'), strides: ints(2, 1) })], [floats('w', 2, 3, 3, 2)]),
    kinds: 'convTranspose2d',
  },
  'Softmax of opset 11, axes of one value behind the channels': {
    of: model([4, 1, 1], [op('Softmax x -> y', { axis: int(1) })], [], 11),
    kinds: 'softmax',
  },
  'Clip to the ends of single precision': {
    of: model(
      [6],
      [op('Clip x low high -> c'), op('Relu c -> y')],
      [scalar('low', -3.4028234663852886e38), scalar('high', Number.POSITIVE_INFINITY)],
    ),
    kinds: 'relu',
  },
  'Dropout that says that it does not train': {
    of: model([6], [op('Dropout x ratio training -> y')], [scalar('ratio', 0.3), truth('training', false)]),
    kinds: 'dropout',
  },
  'BatchNormalization that says that it does not train': {
    of: model(
      image,
      [op('BatchNormalization x s b m v -> y', { training_mode: int(0), momentum: float(0.5), epsilon: float(0.01) })],
      [floats('s', 4), floats('b', 4), floats('m', 4), valued('v', [1, 2, 3, 4])],
    ),
    kinds: 'batchNorm',
  },
  'Pad, with the axes that it names': {
    of: model(
      image,
      [op('Pad x p v a -> q'), op('GlobalAveragePool q -> y')],
      [wholes('p', [1, 0, 2, 0]), scalar('v', 0), wholes('a', [-1, 2])],
      18,
    ),
    kinds: 'zeroPad adaptiveAvgPool',
  },
  'ReduceMax, the examples behind the channels': {
    of: model(
      [3, 5],
      [
        op('Transpose x -> t', { perm: ints(1, 2, 0) }),
        op('ReduceMax t -> m', { axes: ints(0), keepdims: int(0) }),
        op('Transpose m -> y', { perm: ints(1, 0) }),
      ],
    ),
    kinds: 'globalMaxPool',
  },
  'x and the sigmoid of x, turned': {
    of: model(
      [2, 3, 3],
      [op('Sigmoid x -> s'), op('Transpose s -> t', { perm: ints(0, 1, 3, 2) }), op('Mul x t -> m'), op('GlobalAveragePool m -> y')],
    ),
    kinds: 'sigmoid permute multiply adaptiveAvgPool',
  },
  'Shape, cut by attributes as in opset 9': {
    of: model(
      [2, 3, 4],
      [
        op('Shape x -> s'),
        op('Slice s -> c', { starts: ints(0), ends: ints(2) }),
        op('Concat c rest -> t', { axis: int(0) }),
        op('Reshape x t -> y'),
      ],
      [wholes('rest', [12])],
      9,
    ),
    kinds: 'toTokens',
  },
  'Resize by whole factors from the middles of cells': {
    of: model(image, [op('Resize x _ s -> y')], [valued('s', [1, 1, 2, 3])], 13),
    kinds: 'upsample',
  },
  'Upsample of opset 9': {
    of: model([2, 3, 3], [op('Upsample x s -> y', { mode: text('nearest') })], [valued('s', [1, 1, 2, 2])], 9),
    kinds: 'upsample',
  },
  'DepthToSpace, one channel for each cell': {
    of: model([4, 3, 3], [op('DepthToSpace x -> y', { blocksize: int(2) })]),
    kinds: 'pixelShuffle',
  },
  'LSTM with the activations that it has anyway': {
    of: model(
      [5, 3],
      [
        op('Transpose x -> t', { perm: ints(1, 0, 2) }),
        op('LSTM t w r _ _ _ _ _ -> _ h', {
          hidden_size: int(2),
          activations: texts('Sigmoid', 'Tanh', 'Tanh'),
          direction: text('forward'),
        }),
        op('Squeeze h zero -> y'),
      ],
      [floats('w', 1, 8, 3), floats('r', 1, 8, 2), wholes('zero', [0])],
    ),
    kinds: 'lstm',
    plain: true,
  },
  'Split in parts of which the last is smaller': {
    of: model(
      [3],
      [op('Split w -> p q', { num_outputs: int(2) }), op('Gemm x p -> a', { transB: int(1) }), op('Relu a -> y')],
      [floats('w', 5, 3)],
      18,
    ),
    kinds: 'dense relu',
  },
  'a slice to the end, as the largest number': {
    of: model(
      image,
      [op('Slice x f t a -> s'), op('Conv s v -> y')],
      [
        wholes('f', [1]),
        { name: 't', dims: [1], type: 7, raw: new Uint8Array(BigInt64Array.of(2n ** 63n - 1n).buffer) },
        wholes('a', [2]),
        floats('v', 2, 4, 1, 1),
      ],
    ),
    kinds: 'crop conv2d',
  },
  'Gemm, not transposed': { of: model([6], [op('Gemm x w c -> y')], [floats('w', 6, 3), floats('c', 1, 3)]), kinds: 'dense' },
  'MatMul and Add': { of: model([6], [op('MatMul x w -> p'), op('Add c p -> y')], [floats('w', 6, 3), floats('c', 3)]), kinds: 'dense' },
  'MatMul on tokens': {
    of: model([5, 6], [op('MatMul x w -> p'), op('Add p c -> y')], [floats('w', 6, 3), floats('c', 3)]),
    kinds: 'dense',
    plain: true,
  },
  'Clip, Dropout and Softmax of opset 10': {
    of: model(
      [6],
      [op('Clip x -> c', { min: { float: 0 }, max: { float: 6 } }), op('Dropout c -> d', { ratio: { float: 0.25 } }), op('Softmax d -> y')],
      [],
      10,
    ),
    kinds: 'relu6 dropout softmax',
  },
  'a bias that two additions take': {
    of: model(
      [5, 6],
      [op('MatMul x w -> p'), op('Add p c -> a'), op('Add a d -> b'), op('Relu b -> e'), op('Mul a k -> f'), op('Add e f -> y')],
      [floats('w', 6, 3), floats('c', 3), floats('d', 3), scalar('k', 2)],
    ),
    kinds: 'dense affine relu rescale add',
    plain: true,
  },
  'Clip between other bounds': {
    of: model([6], [op('Clip x low high -> y')], [scalar('low', -0.25), scalar('high', 0.5)]),
    kinds: 'rescale relu6 rescale',
  },
  'Clip from a bound on, Clip up to one': {
    of: model([6], [op('Clip x low -> a'), op('Clip a _ high -> y')], [scalar('low', -0.25), scalar('high', 0.5)]),
    kinds: 'rescale relu rescale relu rescale',
  },
  'Clip from 0 to 1': {
    of: model([6], [op('Clip x low high -> y')], [scalar('low', 0), scalar('high', 1)]),
    kinds: 'rescale relu6 rescale',
  },
  Abs: { of: model(image, [op('Abs x -> y')]), kinds: 'rescale maximum' },
  'Abs of a difference': {
    of: model([6], [op('Relu x -> r'), op('Sub x r -> d'), op('Abs d -> y')]),
    kinds: 'relu subtract rescale maximum',
  },
  'Pow, a square': { of: model([6], [op('Pow x two -> y')], [scalar('two', 2)]), kinds: 'multiply' },
  'Pow, to the power of one': { of: model([6], [op('Relu x -> r'), op('Pow r one -> y')], [scalar('one', 1)]), kinds: 'relu' },
  Celu: { of: model([6], [op('Celu x -> y')]), kinds: 'elu' },
  'Celu of another alpha': { of: model(image, [op('Celu x -> y', { alpha: float(0.5) })]), kinds: 'rescale elu rescale' },
  'HardSigmoid as ONNX has it': { of: model([6], [op('HardSigmoid x -> y')]), kinds: 'rescale hardSigmoid' },
  'HardSigmoid of other numbers, after a scale': {
    of: model([6], [op('Mul x two -> a'), op('HardSigmoid a -> y', { alpha: { float: 0.7 }, beta: { float: 0.2 } })], [scalar('two', 2)]),
    kinds: 'rescale hardSigmoid',
  },
  'Clip, without an upper end': { of: model([6], [op('Clip x low -> y')], [scalar('low', 0)]), kinds: 'relu' },
  'ReduceMean, axes stay': {
    of: model(image, [op('ReduceMean x -> m', { axes: ints(2, 3) }), op('Conv m v -> y')], [floats('v', 2, 4, 1, 1)]),
    kinds: 'adaptiveAvgPool conv2d',
  },
  'ReduceMean, axes go': {
    of: model(image, [op('Relu x -> r'), op('ReduceMean r -> y', { axes: ints(-1, -2), keepdims: int(0) })]),
    kinds: 'relu globalAvgPool',
  },
  'GlobalAveragePool and Flatten': { of: model(image, [op('GlobalAveragePool x -> g'), op('Flatten g -> y')]), kinds: 'globalAvgPool' },
  'GlobalMaxPool and Squeeze of opset 11': {
    of: model(image, [op('GlobalMaxPool x -> g'), op('Squeeze g -> y', { axes: ints(2, 3) })], [], 11),
    kinds: 'globalMaxPool',
  },
  'Flatten and Gemm': {
    of: model(image, [op('Flatten x -> f'), op('Gemm f w -> y', { transB: int(1) })], [floats('w', 3, 192)]),
    kinds: 'flatten dense',
  },
  'Flatten to the end': { of: model(image, [op('Relu x -> r'), op('Flatten r -> y')]), kinds: 'relu permute flatten' },
  'Shape, Gather, Concat, Reshape': {
    of: model(
      image,
      [
        op('Shape x -> s'),
        op('Gather s zero -> n', { axis: int(0) }),
        op('Unsqueeze n axes -> u'),
        op('Concat u rest -> t', { axis: int(0) }),
        op('Reshape x t -> f'),
        op('Gemm f w -> y', { transB: int(1) }),
      ],
      [wholes('zero', [0], []), wholes('axes', [0]), wholes('rest', [-1]), floats('w', 3, 192)],
    ),
    kinds: 'flatten dense',
  },
  'a shuffle of channels': {
    of: model(
      image,
      [op('Reshape x s -> a'), op('Transpose a -> b', { perm: ints(0, 2, 1, 3, 4) }), op('Reshape b t -> c'), op('Conv c v -> y')],
      [wholes('s', [0, 2, 2, 6, 8]), wholes('t', [-1, 4, 6, 8]), floats('v', 2, 4, 1, 1)],
    ),
    kinds: 'permute reshape permute reshape permute conv2d',
  },
  'Pad, Slice': {
    of: model(
      image,
      [op('Pad x p -> a'), op('Slice a from to axes -> b'), op('Relu b -> y')],
      [wholes('p', [0, 0, 1, 2, 0, 0, 0, 3]), wholes('from', [1, -7]), wholes('to', [1000, -1]), wholes('axes', [2, 3])],
    ),
    kinds: 'zeroPad crop relu',
  },
  'Expand, a token of zeros': {
    of: model([3, 4], token, [valued('t', [0, 0, 0, 0], [1, 1, 4]), wholes('one', [1, 4])], 17),
    kinds: 'classToken',
    plain: true,
  },
  'Expand, a token of one feature': {
    of: model([3, 1], token, [valued('t', [0.3], [1, 1, 1]), wholes('one', [1, 1])], 17),
    kinds: 'classToken',
    plain: true,
  },
  'Slice, some channels': {
    of: model(image, [op('Slice x f t a -> s'), op('Relu s -> y')], [wholes('f', [1]), wholes('t', [3]), wholes('a', [1])]),
    kinds: 'slice relu',
  },
  'Slice, some rows of some channels': {
    of: model(image, [op('Slice x f t a -> s'), op('Relu s -> y')], [wholes('f', [1, 1]), wholes('t', [3, 4]), wholes('a', [1, 2])]),
    kinds: 'crop slice relu',
  },
  'Mul, Add, one half': {
    of: model([3], [op('Mul x half -> a'), op('Add a one -> y')], [scalar('half', 0.5), scalar('one', -1)]),
    kinds: 'rescale',
  },
  'Mul, Mul, one half and each channel': {
    of: model([3], [op('Mul half x -> a'), op('Mul a w -> y')], [scalar('half', 0.5), floats('w', 3)]),
    kinds: 'rescale layerScale',
  },
  'Div, Sub, the root of two': {
    of: model([3], [op('Div x root -> a'), op('Sub a w -> y')], [scalar('root', Math.SQRT2), floats('w', 3)]),
    kinds: 'rescale',
  },
  'Mul, Sub, one minus a half': {
    of: model([3], [op('Mul x half -> a'), op('Sub one a -> y')], [scalar('half', 0.5), scalar('one', 1)]),
    kinds: 'rescale',
  },
  'Mul, Div, one half by each channel': {
    of: model([3], [op('Mul x half -> a'), op('Div a w -> y')], [scalar('half', 0.5), valued('w', [2, 4, -0.5], [3])]),
    kinds: 'rescale',
  },
  'Resize, to sizes': {
    of: model(
      image,
      [op('Resize x _ _ s -> y', { mode: text('linear'), coordinate_transformation_mode: text('pytorch_half_pixel') })],
      [wholes('s', [1, 4, 12, 16])],
    ),
    kinds: 'upsample',
  },
  'SpaceToDepth of one channel': { of: model([1, 6, 4], [op('SpaceToDepth x -> y', { blocksize: int(2) })]), kinds: 'pixelUnshuffle' },
  DepthToSpace: { of: model(image, [op('DepthToSpace x -> y', { blocksize: int(2), mode: text('CRD') })]), kinds: 'pixelShuffle' },
  'gelu by Erf, one half first': {
    of: model(
      [6],
      [op('Div x root -> d'), op('Erf d -> e'), op('Add e one -> a'), op('Mul x half -> h'), op('Mul h a -> y')],
      [scalar('root', Math.SQRT2), scalar('one', 1), scalar('half', 0.5)],
    ),
    kinds: 'gelu',
  },
  'silu and mish': {
    of: model([6], [op('Sigmoid x -> s'), op('Mul s x -> m'), op('Softplus m -> p'), op('Tanh p -> t'), op('Mul m t -> y')]),
    kinds: 'silu mish',
  },
  hardSwish: {
    of: model([6], [op('HardSigmoid x -> h', { alpha: { float: 1 / 6 }, beta: { float: 0.5 } }), op('Mul x h -> y')]),
    kinds: 'hardSwish',
  },
  'a gate': {
    of: model(
      image,
      [op('GlobalAveragePool x -> g'), op('Conv g v -> c'), op('Sigmoid c -> s'), op('Mul s x -> y')],
      [floats('v', 4, 4, 1, 1)],
    ),
    kinds: 'adaptiveAvgPool conv2d sigmoid multiply',
  },
  'a sum, turned': {
    of: model(
      image,
      [conv({ pads: ints(1, 1, 1, 1) }), op('Sum a b2 c -> y')].map((node, at) =>
        at === 0 ? { ...node, outputs: ['a'] } : { ...node, inputs: ['a', 'a', 'a'] },
      ),
      weights,
    ),
    kinds: 'conv2d add',
  },
  'channels last around': {
    of: model(
      [6, 8, 4],
      [op('Transpose x -> t', { perm: ints(0, 3, 1, 2) }), op('Conv t w b -> c'), op('Transpose c -> y', { perm: ints(0, 2, 3, 1) })],
      weights,
    ),
    kinds: 'conv2d',
    plain: true,
  },
  'PRelu, LRN, InstanceNormalization': {
    of: model(
      image,
      [op('PRelu x a -> p'), op('LRN p -> l', { size: int(3), alpha: { float: 0.3 } }), op('InstanceNormalization l s t -> y')],
      [floats('a', 4, 1, 1), floats('s', 4), floats('t', 4)],
    ),
    kinds: 'prelu localResponseNorm instanceNorm',
  },
  'Constant in its forms': {
    of: model(
      image,
      [
        op('Constant -> p', { value_ints: ints(0, 0, 1, 1, 0, 0, 1, 1) }),
        op('Constant -> z', { value_float: { float: 0 } }),
        op('Pad x p z -> a'),
        op('Conv a w b -> y'),
      ],
      weights,
    ),
    kinds: 'zeroPad conv2d',
  },
}

describe('read as layers, they compute the same', () => {
  test.each(Object.entries(cases))('%s', async (_, { of, kinds, plain = false }) => {
    const { network, weights: found } = fromOnnx(encodeModel(of))
    expect(
      network.graph.nodes
        .slice(1)
        .map(({ kind }) => kind)
        .join(' '),
    ).toBe(kinds)
    const again = onnxModel(network, { weights: found })
    const sizes = of.graph.inputs[0]?.dims?.slice(1) as number[]
    const isFirst = sizes.join() !== network.input.join()
    // Examples for the original; the same for ours, with their channels last.
    const x = numbers(product(sizes), 11)
    const [one, other] = [
      await runModel(encodeModel(of), of, 1, x),
      await runModel(encodeModel(again), again, 1, isFirst ? moved(x, sizes, true) : x),
    ]
    const [wanted, result] = [one['y'], Object.values(other)[0]]
    const dims = wanted?.dims.slice(1) ?? []
    const expected = plain ? (wanted?.data as Float32Array) : moved(wanted?.data as Float32Array, dims, true)
    expect([...(result?.dims ?? [])].slice(1)).toEqual(plain || dims.length < 2 ? dims : [...dims.slice(1), dims[0]])
    const values = [...((result?.data ?? []) as Float32Array)]
    expect(values.length).toBe(expected.length)
    expect(Math.max(...values.map((value, at) => Math.abs(value - (expected[at] as number))))).toBeLessThan(1e-4)
  })
})

describe('what no layer stands for is refused by name', () => {
  test.each<[string, OnnxModel, string]>([
    [
      'a softmax over examples',
      model(image, [conv({}), op('Softmax y -> z', { axis: int(0) })], weights),
      'works along axis 0, and softmax here along the channels.',
    ],
    ['an older softmax', model(image, [conv(), op('Softmax y -> z')], weights, 11), 'of opset 11 works on several axes at once.'],
    ['half a gelu', model([6], [op('Div x c -> d'), op('Erf d -> y')], [scalar('c', 2)]), 'is no part of a gelu.'],
    [
      'the tanh of gelu',
      model([6], [op('Gelu x -> y', { approximate: text('tanh') })], [], 20),
      'is the approximation by tanh; gelu here is exact.',
    ],
    [
      'a split that leaves its last part empty',
      model([3], [op('Split w -> p q r', { num_outputs: int(3) }), op('Gemm x p -> y', { transB: int(1) })], [floats('w', 4, 3)], 18),
      'cuts 4 in 3 parts, which leaves the last one empty.',
    ],
    [
      'a clip to large bounds',
      model([6], [op('Clip x a b -> y')], [scalar('a', 0), scalar('b', 1e6)]),
      'keeps values from 0 to 1000000; bounds must be in order, and from -100 to 100.',
    ],
    [
      'a cube',
      model([6], [op('Pow x three -> y')], [scalar('three', 3)]),
      'raises values to the power of 3, which no layer here does. onnx.utils.extract_model writes the part of the file before it; compute the rest in your program.',
    ],
    [
      'a logarithm',
      model([6], [op('Log x -> y')]),
      'is a function of each value that no layer here stands for. onnx.utils.extract_model writes the part of the file before it; compute the rest in your program.',
    ],
    ['a celu that turns values around', model([6], [op('Celu x -> y', { alpha: float(-1) })]), 'its alpha is -1, and must be above 0.'],
    [
      'a hard sigmoid of no numbers',
      model([6], [op('HardSigmoid x -> y', { alpha: { float: Number.NaN } })]),
      'its alpha and beta must be finite numbers.',
    ],
    ['a clip to no number', model([6], [op('Clip x a b -> y')], [scalar('a', 0), scalar('b', Number.NaN)]), 'its bounds must be numbers.'],
    [
      'a clip whose bounds are not in order',
      model([6], [op('Clip x a b -> y')], [scalar('a', 1), scalar('b', 1)]),
      'keeps values from 1 to 1; bounds must be in order, and from -100 to 100.',
    ],
    [
      'a dilated pool that pads by itself',
      model([1, 8], [op('MaxPool x -> y', { kernel_shape: ints(2), dilations: ints(2), auto_pad: text('SAME_UPPER') })]),
      'pads a dilated window by itself, of which there are two readings.',
    ],
    [
      'a normalization that trains',
      model(
        image,
        [op('BatchNormalization x s b m v -> y mean var', { training_mode: int(1) })],
        [floats('s', 4), floats('b', 4), floats('m', 4), floats('v', 4)],
      ),
      'takes the statistics of its examples, as in training; batchNorm here those of the file.',
    ],
    [
      'a dropout that trains',
      model([6], [op('Dropout x ratio training -> y')], [scalar('ratio', 0.5), truth('training', true)]),
      'drops values at every run, as in training; dropout here only trains.',
    ],
    [
      'one bias for each example',
      model([3], [op('Gemm x w c -> y', { transB: int(1) })], [floats('w', 2, 3), floats('c', 2, 1)]),
      'its bias is [2, 1], and there are 2 units.',
    ],
    [
      'rows of weights that are the same one',
      model([4], [op('Expand w s -> t'), op('Gemm x t -> y', { transB: int(1) })], [floats('w', 1, 4), wholes('s', [5, 4])]),
      'repeats numbers of the file otherwise than once for each example.',
    ],
    [
      'a gelu of a number that gives it more axes',
      model([3], [op('Div x root -> d'), op('Erf d -> e')], [valued('root', [Math.SQRT2], [1, 1, 1])]),
      'divides by something else than a number.',
    ],
    [
      'a number that is near that of gelu',
      model([3], [op('Div x root -> d'), op('Erf d -> e')], [scalar('root', 1.41409)]),
      "Erf 'e': is no part of a gelu.",
    ],
    [
      'a slope that gives it more axes',
      model([2], [op('PRelu x a -> y')], [valued('a', [0.2], [1, 1, 1])]),
      'has slopes of the shape [1, 1, 1], and not one for each channel.',
    ],
    [
      'positions that give it more axes',
      model([3, 4], [op('Add x a -> y')], [floats('a', 1, 1, 3, 4)]),
      'adds numbers of the shape [1, 1, 3, 4], which no layer here does.',
    ],
    [
      'floats that are cut off',
      model([3], [op('Cast x -> c', { to: int(7) }), op('Cast c -> d', { to: int(1) }), op('Relu d -> y')]),
      'makes its numbers ones of the element type 1, which may round them.',
    ],
    [
      'floats that are rounded',
      model([3], [op('Cast x -> c', { to: int(10) }), op('Cast c -> y', { to: int(1) })]),
      'makes its numbers ones of the element type 10, which may round them.',
    ],
    [
      'a response over an even number of channels',
      model([6, 3, 3], [op('LRN x -> y', { size: int(4) })]),
      'takes 4 channels, and localResponseNorm has as many on both sides in an odd number only.',
    ],
    ['a response over it does not say what', model([6, 3, 3], [op('LRN x -> y')]), 'does not say over how many channels.'],
    [
      'a clip to a large bound',
      model([6], [op('Clip x _ b -> y')], [scalar('b', 1e6)]),
      'keeps values up to 1000000; bounds must be in order, and',
    ],
    [
      'a clip whose end is fed',
      {
        ...model([6], [op('Clip x a b -> y')], [scalar('a', 0)]),
        graph: {
          ...model([6], [op('Clip x a b -> y')], [scalar('a', 0)]).graph,
          inputs: [
            { name: 'x', type: 1, dims: ['N', 6] },
            { name: 'b', type: 1, dims: [] },
          ],
        },
      },
      'its max must stand in the file, as one number.',
    ],
    ['an input that it does not have', model([6], [op('Relu x a -> y')], [scalar('a', 0)]), 'has 2 inputs, and 1 of it are known.'],
    ['an output that it does not have', model([6], [op('Relu x -> y z')]), 'has 2 outputs, and 1 of it are known.'],
    [
      'a text as an image',
      {
        ...model([6], [op('Relu x -> y')]),
        graph: { ...model([6], [op('Relu x -> y')]).graph, inputs: [{ name: 'x', type: 8, dims: ['N', 6] }] },
      },
      'is of the element type 8, which no layer takes.',
    ],
    ['a later opset', model([6], [op('Relu x -> y')], [], 27), 'is of opset 27; those from 9 to 26 can be read.'],
    [
      'a recurrence with other activations',
      model(
        [5, 3],
        [
          op('Transpose x -> t', { perm: ints(1, 0, 2) }),
          op('LSTM t w r -> a', { hidden_size: int(2), activations: texts('Sigmoid', 'Relu', 'Tanh') }),
        ],
        [floats('w', 1, 8, 3), floats('r', 1, 8, 2)],
      ),
      'its activations are Sigmoid Relu Tanh, and those here Sigmoid Tanh Tanh.',
    ],
    [
      'an axis that is there twice',
      model(image, [op('Slice x f t a -> s'), op('Relu s -> y')], [wholes('f', [1, 2]), wholes('t', [3, 4]), wholes('a', [2, -2])]),
      'its axes [2, -2] are not some of 4.',
    ],
    [
      'a bias that has not one value for each filter',
      model(image, [op('Conv x w b -> y')], [floats('w', 5, 4, 3, 3), floats('b', 1)]),
      'its bias is [1], and there are 5 filters.',
    ],
    [
      'a mean of examples',
      model(image, [op('Relu x -> r'), op('ReduceMean r -> y', { axes: ints(0) })]),
      'reduces the examples to one, and a pool each example by itself.',
    ],
    [
      'a border of another sort',
      model(
        image,
        [op('Pad x p -> a'), op('Conv a w b -> y')].map((node, at) =>
          at === 0 ? { ...node, attributes: { mode: text('mirror') } } : node,
        ),
        [...weights, wholes('p', [0, 0, 1, 1, 0, 0, 1, 1])],
      ),
      'pads with mirror values, which no layer here does.',
    ],
    ['a mixture of examples', model([6], [op('Reshape x s -> y')], [wholes('s', [6, -1])]), 'does not keep the examples apart.'],
    [
      'a turn of examples',
      model([5, 6], [op('Transpose x -> t', { perm: ints(1, 0, 2) }), op('MatMul t w -> y')], [floats('w', 6, 3)]),
      'needs its examples on the first axis.',
    ],
    [
      'another order of gates',
      model(
        [5, 6],
        [op('Transpose x -> t', { perm: ints(1, 0, 2) }), op('GRU t w r -> y', { hidden_size: int(2) })],
        [floats('w', 1, 6, 6), floats('r', 1, 6, 2)],
      ),
      'resets before its product',
    ],
    [
      'a concatenation of examples',
      model(image, [conv(), op('Concat y y -> z', { axis: int(0) })], weights),
      'joins along axis 0, and concat here along the channels.',
    ],
  ])('%s', (_, of, sentence) => {
    const last = of.graph.nodes.at(-1)?.outputs[0] as string
    const bytes = encodeModel({ ...of, graph: { ...of.graph, outputs: [{ name: last, type: 1, dims: undefined }] } })
    expect(() => fromOnnx(bytes)).toThrow(FormatError)
    expect(() => fromOnnx(bytes)).toThrow(sentence)
  })
})
