import { valuesIn } from '../../layers/kind/layer.js'
import type { GraphNode } from '../../network/graph.js'
import { channelsLast, ordered, type Tensor } from './axes.js'
import { call, type Literal, numberText, tuple, unless } from './call.js'
import { kernelAndBias, type Part, type PartsWriter, part, refuse } from './part.js'
import { onChannelsFirst } from './windows.js'

/** Layers that keep the shape: activations, dropouts and normalizations; and dense layers, which change only the last axis. */

/** A module without weights that accepts any order of axes. */
const anywhere =
  (callee: string, options: (settings: GraphNode['settings']) => Record<string, Literal | undefined> = () => ({})): PartsWriter =>
  (node, input) => [part(call(callee, {}, options(node.settings)), input)]

/** A softmax over the channels, in any order of axes. */
const overChannels =
  (callee: string): PartsWriter =>
  (_, input) => [part(call(callee, {}, { dim: input.axes.indexOf(input.shape.length - 1) + 1 }), input)]

const scaleAndShift = { gamma: 'weight', beta: 'bias' }
const statistics = { movingMean: 'running_mean', movingVariance: 'running_var' }

/** The number of axes that PyTorch's module for a shape counts. For a vector it includes the batch. */
const rankOf = (node: GraphNode, { shape }: Tensor): number => {
  const rank = Math.max(shape.length - 1, 1)
  return rank > 3
    ? refuse(node, `PyTorch has it for up to three spatial axes, not for ${shape.join('x')}. Flatten some of them first.`)
    : rank
}

/** One of scale and shift alone is a module of its own: PyTorch's has both or neither. */
const batchNorm: PartsWriter = (node, input) => {
  const { epsilon, scale = true, shift = true } = node.settings as { epsilon: number; scale?: boolean; shift?: boolean }
  const both = scale && shift
  const options = { eps: unless(1e-5, epsilon), affine: unless(true, both) }
  const module = call(`nn.BatchNorm${rankOf(node, input)}d`, { num_features: input.shape.at(-1) as number }, options)
  if (scale === shift) return [part(module, input, { ...(both ? scaleAndShift : {}), ...statistics })]
  return [part(module, input, statistics, 'norm'), ...affine(node, input)]
}

/**
 * A normalization over a single value. PyTorch rejects it, since its output is only the shift.
 *
 * @param affine whether it has a scale and a shift
 */
const overOne = (input: Tensor, affine: boolean): readonly Part[] => {
  const module = call('SingleValueNorm', { channels: input.shape.at(-1) as number }, { affine: unless(false, affine) })
  return [part(module, input, affine ? scaleAndShift : {})]
}

const positionsIn = ({ shape }: Tensor): number => valuesIn(shape.slice(0, -1))

const instanceNorm: PartsWriter = (node, input) => {
  const { affine, epsilon } = node.settings as { affine: boolean; epsilon: number }
  if (positionsIn(input) === 1) return overOne(input, affine)
  const options = { eps: unless(1e-5, epsilon), affine: unless(false, affine) }
  const module = call(`nn.InstanceNorm${rankOf(node, input)}d`, { num_features: input.shape.at(-1) as number }, options)
  return [part(module, input, affine ? scaleAndShift : {})]
}

const groupNorm: PartsWriter = (node, input) => {
  const { groups, affine, epsilon } = node.settings as { groups: number; affine: boolean; epsilon: number }
  if (valuesIn(input.shape) === groups) return overOne(input, affine)
  const options = { eps: unless(1e-5, epsilon), affine: unless(true, affine) }
  const module = call('nn.GroupNorm', { num_groups: groups, num_channels: input.shape.at(-1) as number }, options)
  return [part(module, input, affine ? scaleAndShift : {})]
}

const layerNorm: PartsWriter = (node, input) => {
  const { affine, epsilon } = node.settings as { affine: boolean; epsilon: number }
  const options = { eps: unless(1e-5, epsilon), elementwise_affine: unless(true, affine) }
  const module = call('nn.LayerNorm', { normalized_shape: input.shape.at(-1) as number }, options)
  return [part(module, input, affine ? scaleAndShift : {})]
}

const rmsNorm: PartsWriter = (node, input) => {
  const { affine, epsilon } = node.settings as { affine: boolean; epsilon: number }
  const module = call(
    'RMSNorm',
    { normalized_shape: input.shape.at(-1) as number },
    { eps: epsilon, elementwise_affine: unless(true, affine) },
  )
  return [part(module, input, affine ? { gamma: 'weight' } : {})]
}

const localResponseNorm: PartsWriter = (node, input) => {
  const { size, alpha, beta, k } = node.settings as { size: number; alpha: number; beta: number; k: number }
  const options = { alpha: unless(1e-4, alpha), beta: unless(0.75, beta), k: unless(1, k) }
  return [part(call('nn.LocalResponseNorm', { size }, options), input)]
}

/** A class of the file that works on the channels, wherever they lie. */
const onChannels = (
  callee: string,
  input: Tensor,
  positional: Readonly<Record<string, Literal>>,
  options: Readonly<Record<string, Literal | undefined>>,
  weights: Readonly<Record<string, string>> = {},
): readonly Part[] => {
  const dim = input.axes.indexOf(input.shape.length - 1) + 1
  return [part(call(callee, positional, { ...options, dim: unless(1, dim) }), input, weights)]
}

const channelsOf = ({ shape }: Tensor): { channels: number } => ({ channels: shape.at(-1) as number })

const layerScale: PartsWriter = (_, input) => onChannels('LayerScale', input, channelsOf(input), {}, { gamma: 'weight' })

const affine: PartsWriter = (node, input) => {
  const { scale = true, shift = true } = node.settings as { scale?: boolean; shift?: boolean }
  const weights = { ...(scale ? { gamma: 'weight' } : {}), ...(shift ? { beta: 'bias' } : {}) }
  return onChannels('Affine', input, channelsOf(input), { scale: unless(true, scale), shift: unless(true, shift) }, weights)
}

/** A number, or a tuple with one for each channel. */
const eachChannel = (value: number | readonly number[]): Literal => (typeof value === 'number' ? value : tuple(value.map(numberText)))

const rescale: PartsWriter = ({ settings }, input) => {
  const { scale, offset } = settings as { scale: number | readonly number[]; offset: number | readonly number[] }
  return onChannels('Rescale', input, { scale: eachChannel(scale) }, { offset: unless(0, eachChannel(offset)) })
}

const normalize: PartsWriter = ({ settings }, input) => {
  const { mean, variance } = settings as { mean?: number | readonly number[]; variance?: number | readonly number[] }
  if (mean === undefined || variance === undefined) return onChannels('StatisticsNorm', input, channelsOf(input), {}, statistics)
  return onChannels('ConstantNorm', input, { mean: eachChannel(mean), variance: eachChannel(variance) }, {})
}

const prelu: PartsWriter = (node, input) => {
  const slopes = node.settings['shared'] ? 1 : (input.shape.at(-1) as number)
  return [part(call('nn.PReLU', slopes === 1 ? {} : { num_parameters: slopes }), input, { alpha: 'weight' })]
}

const dense: PartsWriter = (node, input) => {
  const { units, bias } = node.settings as { units: number; bias: boolean }
  const module = call('nn.Linear', { in_features: input.shape.at(-1) as number, out_features: units }, { bias: unless(true, bias) })
  return [part(module, { ...input, shape: node.output }, kernelAndBias(node))]
}

/** A layer that requires the channels last. */
export const onChannelsLast =
  (write: PartsWriter): PartsWriter =>
  (node, input) => {
    const axes = channelsLast(input.shape)
    return [...ordered(input, axes), ...write(node, { ...input, axes })]
  }

/** Vectors need no permutation. */
const batchFirst = onChannelsFirst

export const pointwiseWriters = {
  relu: anywhere('nn.ReLU'),
  relu6: anywhere('nn.ReLU6'),
  leakyRelu: anywhere('nn.LeakyReLU', ({ slope }) => ({ negative_slope: unless(0.01, slope as number) })),
  elu: anywhere('nn.ELU', ({ alpha }) => ({ alpha: unless(1, alpha as number) })),
  selu: anywhere('nn.SELU'),
  gelu: anywhere('nn.GELU'),
  silu: anywhere('nn.SiLU'),
  mish: anywhere('nn.Mish'),
  sigmoid: anywhere('nn.Sigmoid'),
  hardSigmoid: anywhere('nn.Hardsigmoid'),
  hardSwish: anywhere('nn.Hardswish'),
  tanh: anywhere('nn.Tanh'),
  softplus: anywhere('nn.Softplus'),
  softmax: overChannels('nn.Softmax'),
  logSoftmax: overChannels('nn.LogSoftmax'),
  dropout: anywhere('nn.Dropout', ({ rate }) => ({ p: rate as number })),
  stochasticDepth: (node, input) => [part(call('StochasticDepth', { p: node.settings['rate'] as number }), input)],
  prelu: batchFirst(prelu),
  batchNorm: batchFirst(batchNorm),
  instanceNorm: batchFirst(instanceNorm),
  groupNorm: batchFirst(groupNorm),
  localResponseNorm: batchFirst(localResponseNorm),
  layerNorm: onChannelsLast(layerNorm),
  rmsNorm: onChannelsLast(rmsNorm),
  layerScale,
  affine,
  rescale,
  normalize,
  dense: onChannelsLast(dense),
} satisfies Readonly<Record<string, PartsWriter>>
