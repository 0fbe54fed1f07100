import { valuesIn } from '../../../layers/kind/layer.js'
import type { Shape } from '../../../shape/shape.js'
import { type Chain, type Config, type KerasWeight, refuse, type Writer, weight } from '../layer.js'
import { perChannel } from './scales.js'

/** Normalizations: along the channels, and in groups of them. */

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

export const normalizationWriters = {
  batchNorm,
  layerNorm,
  groupNorm,
  instanceNorm,
  localResponseNorm: (_, node) => refuse(node, 'Keras has no such layer. Use batchNorm, or ONNX for this network.'),
  rmsNorm,
  normalize,
} satisfies Readonly<Record<string, Writer>>
