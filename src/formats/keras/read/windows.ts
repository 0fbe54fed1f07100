import { oneOrEach, settingsOf } from '../../settings.js'
import { type LayerConfig, text } from '../config.js'
import { activated } from './activations.js'
import { byRank, one, type Reader } from './layer-reader.js'

/** Convolutions and pools of Keras. */

const standard = { stride: 1, padding: 'valid', dilation: 1, groups: 1, multiplier: 1, bias: true }

/** A convolution's kernel, stride, padding and dilation. */
const window = (config: LayerConfig, rank: number): Record<string, unknown> => {
  config.channelsLast()
  const kernel = config.axes('kernel_size', rank, 1)
  const dilation = config.axes('dilation_rate', rank, 1, 1)
  const words = rank === 1 ? (['valid', 'same', 'causal'] as const) : (['valid', 'same'] as const)
  const word = config.word('padding', words, 'valid')
  const reach = ((kernel[0] as number) - 1) * (dilation[0] as number)
  const padding = word === 'causal' ? [[reach, 0]] : word
  return { kernel: oneOrEach(kernel), stride: oneOrEach(config.axes('strides', rank, 1, 1)), padding, dilation: oneOrEach(dilation) }
}

const convolution =
  (rank: number): Reader =>
  (plan, config, inputs) => {
    const settings = {
      filters: config.whole('filters', 1),
      ...window(config, rank),
      groups: config.whole('groups', 1, 1),
      bias: config.boolean('use_bias', true),
    }
    return activated(plan, config, plan.add(config.layer, `conv${rank}d`, settingsOf(settings, standard), one(inputs)))
  }

const depthwise =
  (rank: number): Reader =>
  (plan, config, inputs) => {
    config.only('filters', [null], 'is no option of a depthwise convolution.')
    config.only('groups', [1, null], 'is no option of a depthwise convolution.')
    const settings = {
      ...window(config, rank),
      multiplier: config.whole('depth_multiplier', 1, 1),
      bias: config.boolean('use_bias', true),
    }
    return activated(plan, config, plan.add(config.layer, `depthwiseConv${rank}d`, settingsOf(settings, standard), one(inputs)))
  }

const separable =
  (rank: number): Reader =>
  (plan, config, inputs) => {
    config.only('groups', [1], 'is no option of a separable convolution.')
    const settings = {
      filters: config.whole('filters', 1),
      ...window(config, rank),
      multiplier: config.whole('depth_multiplier', 1, 1),
      bias: config.boolean('use_bias', true),
    }
    return activated(plan, config, plan.add(config.layer, `separableConv${rank}d`, settingsOf(settings, standard), one(inputs)))
  }

/** Where a transposed convolution's output ends, along each axis. */
const transposedPadding = (config: LayerConfig, kernel: number[], stride: number[], padding: 'valid' | 'same') => {
  if (config.any('output_padding', null) === null) {
    // Keras gives at least N * stride positions.
    const more = kernel.map((cells, axis) => (padding === 'valid' ? Math.max((stride[axis] as number) - cells, 0) : 0))
    return { padding, outputPadding: oneOrEach(more) }
  }
  const added = config.axes('output_padding', kernel.length, 0)
  if (added.some((cells, axis) => cells >= (stride[axis] as number))) config.refuse('output_padding must be less than the stride.')
  if (padding === 'valid') return { padding, outputPadding: oneOrEach(added) }
  // Keras gives (N - 1) * stride + kernel % 2 + output_padding positions, and TensorFlow cuts off what is more: the smaller half in front.
  const cut = kernel.map((cells, axis) => cells - (cells % 2) - (added[axis] as number))
  // With an even kernel and none added, TensorFlow itself refuses the shape.
  if (cut.some((cells, axis) => cells < 0 || ((kernel[axis] as number) % 2 === 0 && added[axis] === 0)))
    config.refuse(`output_padding ${text(config.any('output_padding', null))} gives no size that TensorFlow takes. Leave it out.`)
  const ends = cut.map((cells) => (cells % 2 === 0 ? cells / 2 : [(cells - 1) / 2, (cells + 1) / 2]))
  return { padding: ends.every((each) => each === ends[0]) ? (ends[0] as number) : ends, outputPadding: 0 }
}

const transposed =
  (rank: number): Reader =>
  (plan, config, inputs) => {
    config.channelsLast()
    config.only('dilation_rate', [1, Array.from({ length: rank }, () => 1)], 'is not computed everywhere. Use 1.')
    config.only('groups', [1], 'is not computed everywhere. Use 1.')
    const kernel = config.axes('kernel_size', rank, 1)
    const stride = config.axes('strides', rank, 1, 1)
    const padding = config.word('padding', ['valid', 'same'], 'valid')
    const settings = {
      filters: config.whole('filters', 1),
      kernel: oneOrEach(kernel),
      stride: oneOrEach(stride),
      ...transposedPadding(config, kernel, stride, padding),
      bias: config.boolean('use_bias', true),
    }
    return activated(
      plan,
      config,
      plan.add(config.layer, `convTranspose${rank}d`, settingsOf(settings, { ...standard, outputPadding: 0 }), one(inputs)),
    )
  }

const pool =
  (kind: string, rank: number): Reader =>
  (plan, config, inputs) => {
    config.channelsLast()
    const kernel = config.axes('pool_size', rank, 1, 2)
    const stride = config.axes('strides', rank, 1, kernel)
    const padding = config.word('padding', ['valid', 'same'], 'valid')
    const settings = {
      kernel: oneOrEach(kernel),
      ...(stride.join() === kernel.join() ? {} : { stride: oneOrEach(stride) }),
      ...(padding === 'same' ? { padding } : {}),
    }
    return plan.add(config.layer, `${kind}${rank}d`, settings, one(inputs))
  }

export const windowReaders: Readonly<Record<string, Reader>> = {
  ...byRank((rank) => `Conv${rank}D`, convolution),
  ...byRank((rank) => `DepthwiseConv${rank}D`, depthwise),
  ...byRank((rank) => `SeparableConv${rank}D`, separable, [1, 2]),
  ...byRank((rank) => `Conv${rank}DTranspose`, transposed),
  ...byRank(
    (rank) => `MaxPooling${rank}D`,
    (rank) => pool('maxPool', rank),
  ),
  ...byRank(
    (rank) => `AveragePooling${rank}D`,
    (rank) => pool('avgPool', rank),
  ),
}
