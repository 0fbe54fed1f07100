import { valuesIn } from '../../../layers/kind/layer.js'
import type { GraphNode } from '../../../network/graph.js'
import type { Shape } from '../../../shape/shape.js'
import { Chain, type Config, joinLayer, type KerasLayer, type KerasWeight, refuse, type Writer, weight } from '../layer.js'

/** Layers that leave the shape: activations, dropouts, normalizations; and dense layers and joins. */

const activation =
  (name: string): Writer =>
  (chain) =>
    chain.add('activation', 'Activation', { activation: name }, chain.shape)

const layer =
  (className: string, config: (node: GraphNode, shape: Shape) => Config = () => ({})): Writer =>
  (chain, node) =>
    chain.add('layer', className, config(node, chain.shape), chain.shape)

/** min(max(0, x + 3), 6) / 6: Keras 3 has it, but Keras 2 and TensorFlow.js have another under its name. */
const hardSigmoidOf = (chain: Chain): Chain =>
  chain
    .add('shift', 'Rescaling', { scale: 1, offset: 3 }, chain.shape)
    .add('relu6', 'ReLU', { max_value: 6 }, chain.shape)
    .add('scale', 'Rescaling', { scale: 1 / 6, offset: 0 }, chain.shape)

const hardSwish: Writer = (chain) => chain.join('multiply', 'Multiply', {}, [chain, hardSigmoidOf(chain.branch())], chain.shape)

/** Keras takes no slope below 0: then it is relu(x) - slope * relu(-x). */
const leakyRelu: Writer = (chain, node) => {
  const slope = node.settings['slope'] as number
  const { shape } = chain
  // Keras 3 calls it negative_slope, and takes the name that the others know.
  if (slope >= 0) return chain.add('layer', 'LeakyReLU', { alpha: slope }, shape)
  const above = chain.branch().add('above', 'ReLU', {}, shape)
  const below = chain
    .branch()
    .add('negative', 'Rescaling', { scale: -1, offset: 0 }, shape)
    .add('below', 'ReLU', {}, shape)
    .add('slope', 'Rescaling', { scale: -slope, offset: 0 }, shape)
  return chain.join('add', 'Add', {}, [above, below], shape)
}

/** TensorFlow.js has it with alpha 1 only: elsewhere it is (1 - alpha) * relu(x) + alpha * elu(x). */
const elu: Writer = (chain, node) => {
  const alpha = node.settings['alpha'] as number
  const { shape } = chain
  const elu = chain.branch().add('elu', 'ELU', { alpha: 1 }, shape)
  if (alpha === 1) return elu
  const below = elu.add('below', 'Rescaling', { scale: alpha, offset: 0 }, shape)
  const above = chain
    .branch()
    .add('relu', 'ReLU', {}, shape)
    .add('above', 'Rescaling', { scale: 1 - alpha, offset: 0 }, shape)
  return chain.join('add', 'Add', {}, [below, above], shape)
}

const prelu: Writer = (chain, node) => {
  const { shape } = chain
  const shared = Boolean(node.settings['shared'])
  const axes = shape.map((_, axis) => axis + 1).slice(0, shared ? undefined : -1)
  const own = shared ? shape.map(() => 1) : [...shape.slice(0, -1).map(() => 1), shape.at(-1) as number]
  return chain.add('prelu', 'PReLU', axes.length === 0 ? {} : { shared_axes: axes }, shape, [weight('alpha', 'alpha', own)])
}

/** All values of an example are dropped together: the noise has one value for each. */
const stochasticDepth: Writer = (chain, node) =>
  chain.add('drop', 'Dropout', { rate: node.settings['rate'] as number, noise_shape: [null, ...chain.shape.map(() => 1)] }, chain.shape)

/** A normalization of the channels. TensorFlow.js has them for up to two spatial axes, and it does not matter how many there are. */
const overChannels = (chain: Chain, className: string, config: Config, weights: readonly KerasWeight[]): Chain => {
  const { shape } = chain
  const channels = shape.at(-1) as number
  const rows = shape.length > 3 ? [valuesIn(shape) / channels, channels] : shape
  return chain.reshape('rows', rows).add('norm', className, config, rows, weights).reshape('out', shape)
}

const batchNorm: Writer = (chain, node) => {
  const { epsilon, scale = true, shift = true } = node.settings as { epsilon: number; scale?: boolean; shift?: boolean }
  const channels = [chain.shape.at(-1) as number]
  const weights = [
    ...(scale ? [weight('gamma', 'gamma', channels)] : []),
    ...(shift ? [weight('beta', 'beta', channels)] : []),
    ...statistics(channels),
  ]
  const without = { ...(shift ? {} : { center: false }), ...(scale ? {} : { scale: false }) }
  return overChannels(chain, 'BatchNormalization', { axis: -1, epsilon, ...without }, weights)
}

const statistics = (channels: Shape): KerasWeight[] => [
  weight('moving_mean', 'movingMean', channels),
  weight('moving_variance', 'movingVariance', channels),
]

const rescale: Writer = (chain, node) => {
  const { scale, offset } = node.settings as { scale: number | readonly number[]; offset: number | readonly number[] }
  return chain.add('rescale', 'Rescaling', { scale, offset }, chain.shape)
}

/** TensorFlow.js has no `Normalization`: constants are a `Rescaling`, weights a batch normalization that nothing trains. */
const normalize: Writer = (chain, node) => {
  const { mean, variance } = node.settings as { mean?: number | readonly number[]; variance?: number | readonly number[] }
  if (mean === undefined || variance === undefined) {
    const config = { axis: -1, epsilon: 0, center: false, scale: false, trainable: false }
    return overChannels(chain, 'BatchNormalization', config, statistics([chain.shape.at(-1) as number]))
  }
  const at = (value: number | readonly number[], channel: number): number =>
    typeof value === 'number' ? value : (value[channel] as number)
  const scaleAt = (channel: number): number => 1 / Math.sqrt(at(variance, channel))
  const each = (of: (channel: number) => number): number | number[] =>
    typeof mean === 'number' && typeof variance === 'number' ? of(0) : Array.from({ length: chain.shape.at(-1) as number }, (_, c) => of(c))
  const config = { scale: each(scaleAt), offset: each((channel) => -at(mean, channel) * scaleAt(channel)) }
  return chain.add('rescale', 'Rescaling', config, chain.shape)
}

const layerNorm: Writer = (chain, node) => {
  const { affine, epsilon } = node.settings as { affine: boolean; epsilon: number }
  const channels = [chain.shape.at(-1) as number]
  const weights = affine ? [weight('gamma', 'gamma', channels), weight('beta', 'beta', channels)] : []
  return overChannels(chain, 'LayerNormalization', { axis: -1, epsilon, ...(affine ? {} : { center: false, scale: false }) }, weights)
}

/**
 * TensorFlow.js and Keras 2 have no such layer. Beside the same values times -1 the mean is 0 and the variance the mean square: a layer
 * normalization of both, of which the first half is kept.
 */
const rmsNorm: Writer = (chain, node) => {
  const { affine, epsilon } = node.settings as { affine: boolean; epsilon: number }
  const { shape } = chain
  const channels = shape.at(-1) as number
  const rows = valuesIn(shape) / channels
  const cells = chain.reshape('rows', [rows, channels])
  const both = cells
    .branch()
    .join(
      'both',
      'Concatenate',
      { axis: -1 },
      [cells.branch(), cells.branch().add('minus', 'Rescaling', { scale: -1, offset: 0 }, [rows, channels])],
      [rows, 2 * channels],
    )
  both
    .add('norm', 'LayerNormalization', { axis: -1, epsilon, center: false, scale: false }, [rows, 2 * channels])
    .reshape('image', [rows, 2 * channels, 1])
    .add(
      'first',
      'Cropping2D',
      {
        cropping: [
          [0, 0],
          [0, channels],
        ],
      },
      [rows, channels, 1],
    )
    .reshape('out', shape)
  return affine ? perChannel(both, false) : both
}

/** A learned shift for each channel: slopes of a `PReLU` that is applied to -1. */
const shifted = (chain: Chain): Chain => {
  const { shape } = chain
  const spatial = shape.slice(0, -1).map((_, axis) => axis + 1)
  const slopes = {
    name: 'alpha',
    shape: [...spatial.map(() => 1), shape.at(-1) as number],
    values: (values: (name: string) => Float32Array) => values('beta').map((value) => -value),
  }
  const shift = chain
    .branch()
    .add('ones', 'Rescaling', { scale: 0, offset: -1 }, shape)
    .add('learned', 'PReLU', spatial.length === 0 ? {} : { shared_axes: spatial }, shape, [slopes])
  return chain.join('shift', 'Add', {}, [chain.branch(), shift], shape)
}

/** A factor for each channel, and a shift: a depthwise 1x1 convolution. */
const perChannel = (chain: Chain, shift: boolean): Chain => {
  const { shape } = chain
  const channels = shape.at(-1) as number
  const image = shape.length === 3 ? shape : [1, valuesIn(shape) / channels, channels]
  const weights = [weight('depthwise_kernel', 'gamma', [1, 1, channels, 1]), ...(shift ? [weight('bias', 'beta', [channels])] : [])]
  return chain
    .reshape('scale_in', image)
    .add('scale', 'DepthwiseConv2D', { kernel_size: [1, 1], use_bias: shift }, image, weights)
    .reshape('scale_out', shape)
}

/** The values of a group in a row of its own, normalized there. */
const inGroups = (chain: Chain, groups: number, { affine, epsilon }: { affine: boolean; epsilon: number }): Chain => {
  const { shape } = chain
  const channels = shape.at(-1) as number
  const positions = valuesIn(shape) / channels
  const each = channels / groups
  const rows =
    groups === 1
      ? chain
      : chain.reshape('groups_in', [positions, groups, each]).add('groups_first', 'Permute', { dims: [2, 1, 3] }, [groups, positions, each])
  const normed = rows
    .reshape('rows', [groups, positions * each])
    .add('norm', 'LayerNormalization', { axis: -1, epsilon, center: false, scale: false }, [groups, positions * each])
  const back =
    groups === 1
      ? normed
      : normed.reshape('groups', [groups, positions, each]).add('groups_last', 'Permute', { dims: [2, 1, 3] }, [positions, groups, each])
  const whole = back.reshape('groups_out', shape)
  return affine ? perChannel(whole, true) : whole
}

type Affine = { affine: boolean; epsilon: number }

const groupNorm: Writer = (chain, node) => inGroups(chain, node.settings['groups'] as number, node.settings as unknown as Affine)

const instanceNorm: Writer = (chain, node) => inGroups(chain, chain.shape.at(-1) as number, node.settings as unknown as Affine)

const dense: Writer = (chain, node) => {
  const { units, bias } = node.settings as { units: number; bias: boolean }
  const weights = [weight('kernel', 'kernel', [chain.shape.at(-1) as number, units]), ...(bias ? [weight('bias', 'bias', [units])] : [])]
  return chain.add('dense', 'Dense', { units, use_bias: bias }, node.output, weights)
}

const joined =
  (className: string, config: Config = {}): Writer =>
  (_, node, inputs) =>
    new Chain(node, joinLayer(node, 'join', className, config, inputs, node.output))

/** TensorFlow.js has no `Subtract`: it is a sum with what is subtracted times -1, which is the same number. */
const subtract: Writer = (_, node, inputs) => {
  const [first, second] = inputs as [KerasLayer, KerasLayer]
  const minus = new Chain(node, second).add('minus', 'Rescaling', { scale: -1, offset: 0 }, second.output).last
  return new Chain(node, joinLayer(node, 'join', 'Add', {}, [first, minus], node.output))
}

/** A gate with one value for each channel is one with a single position. */
const multiply: Writer = (_, node, inputs) => {
  const [main, gate] = inputs as [KerasLayer, KerasLayer]
  const positions = main.output.slice(0, -1).map(() => 1)
  const wide =
    gate.output.length < main.output.length
      ? new Chain(node, gate).reshape('gate', [...positions, gate.output.at(-1) as number]).last
      : gate
  return new Chain(node, joinLayer(node, 'join', 'Multiply', {}, [main, wide], node.output))
}

export const valueWriters = {
  relu: layer('ReLU'),
  relu6: layer('ReLU', () => ({ max_value: 6 })),
  leakyRelu,
  elu,
  prelu,
  selu: activation('selu'),
  gelu: activation('gelu'),
  silu: activation('swish'),
  mish: activation('mish'),
  sigmoid: activation('sigmoid'),
  hardSigmoid: hardSigmoidOf,
  hardSwish,
  tanh: activation('tanh'),
  softplus: activation('softplus'),
  softmax: activation('softmax'),
  // Keras 2 does not know the name, and says so.
  logSoftmax: activation('log_softmax'),
  dropout: layer('Dropout', ({ settings }) => ({ rate: settings['rate'] as number })),
  stochasticDepth,
  batchNorm,
  layerNorm,
  groupNorm,
  instanceNorm,
  localResponseNorm: (_, node) => refuse(node, 'Keras has no such layer. Use batchNorm, or ONNX for this network.'),
  rmsNorm,
  layerScale: (chain) => perChannel(chain, false),
  affine: (chain, { settings }) => (settings['scale'] ? perChannel(chain, settings['shift'] as boolean) : shifted(chain)),
  rescale,
  normalize,
  dense,
  add: joined('Add'),
  subtract,
  average: joined('Average'),
  maximum: joined('Maximum'),
  minimum: joined('Minimum'),
  concat: joined('Concatenate', { axis: -1 }),
  multiply,
} satisfies Readonly<Record<string, Writer>>
