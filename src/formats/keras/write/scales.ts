import { valuesIn } from '../../../layers/kind/layer.js'
import { type Chain, type Writer, weight } from '../layer.js'

/** Scales and shifts of channels, learned and constant. */

const rescale: Writer = (chain, node) => {
  const { scale, offset } = node.settings as { scale: number | readonly number[]; offset: number | readonly number[] }
  return chain.add('rescale', 'Rescaling', { scale, offset }, chain.shape)
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
export const perChannel = (chain: Chain, shift: boolean): Chain => {
  const { shape } = chain
  const channels = shape.at(-1) as number
  const image = shape.length === 3 ? shape : [1, valuesIn(shape) / channels, channels]
  const weights = [weight('depthwise_kernel', 'gamma', [1, 1, channels, 1]), ...(shift ? [weight('bias', 'beta', [channels])] : [])]
  return chain
    .reshape('scale_in', image)
    .add('scale', 'DepthwiseConv2D', { kernel_size: [1, 1], use_bias: shift }, image, weights)
    .reshape('scale_out', shape)
}

export const scaleWriters = {
  layerScale: (chain) => perChannel(chain, false),
  affine: (chain, { settings }) => (settings['scale'] ? perChannel(chain, settings['shift'] as boolean) : shifted(chain)),
  rescale,
} satisfies Readonly<Record<string, Writer>>
