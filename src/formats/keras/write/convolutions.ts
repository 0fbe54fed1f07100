import type { GraphNode } from '../../../network/graph.js'
import { type Chain, type Config, columns, type Writer, weight } from '../layer.js'
import { inGroups } from './grouped.js'
import {
  asImage,
  everyNth,
  imageShape,
  isOne,
  onImage,
  placementOf,
  positionsOf,
  type WindowPlacement,
  withoutStride,
  withPadding,
} from './placement.js'

/*
 * Convolutions: plain, in groups, depthwise and separable. What Keras computes at no stride of its own is computed everywhere, and of the
 * positions every so many are taken.
 */

/** Whether all axes have the same number. */
const alike = (values: readonly number[]): boolean => values.every((value) => value === values[0])

const options = ({ kernel, stride, dilation }: WindowPlacement, padding: string): Config => ({
  kernel_size: kernel,
  strides: stride,
  padding,
  ...(isOne(dilation) ? {} : { dilation_rate: dilation }),
})

/** Keras has no layer with both a stride and a dilation. */
const hasOneStep = ({ stride, dilation }: WindowPlacement): boolean => isOne(dilation) || isOne(stride)

/** A window on its padded input, and the shape of what it gives with so many channels. */
const placed = (start: Chain, node: GraphNode, place: WindowPlacement, channels: number) => {
  const { chain, padding } = withPadding(start, place)
  const output = [...node.output.slice(0, -1), channels]
  return { chain, padding, output: padding === 'same' || !isOne(place.stride) ? output : positionsOf(chain, place, channels) }
}

export const convolution: Writer = (start, node) => {
  const { filters, groups, bias } = node.settings as { filters: number; groups: number; bias: boolean }
  const place = placementOf(node)
  const channels = start.shape.at(-1) as number
  if (groups === channels && groups > 1 && place.rank < 3 && isOne(place.dilation))
    return depthwiseOf(start, node, place, filters / channels, bias)
  return grouped(start, node, place, groups, filters, bias)
}

const grouped = (start: Chain, node: GraphNode, wanted: WindowPlacement, groups: number, filters: number, bias: boolean): Chain => {
  const place = hasOneStep(wanted) ? wanted : withoutStride(wanted)
  const { chain, padding, output } = placed(start, node, place, filters)
  const kernelShape = (node.weights[0] as GraphNode['weights'][number]).shape
  const own = filters / groups
  const made = inGroups(chain, {
    groups,
    filters,
    className: `Conv${place.rank}D`,
    config: { ...options(place, padding), use_bias: bias },
    kernel: (group) => ({
      name: 'kernel',
      shape: [...kernelShape.slice(0, -1), own],
      values: (values) => (groups === 1 ? values('kernel') : columns(values('kernel'), filters, group * own, own)),
    }),
    bias,
    output,
  })
  return hasOneStep(wanted) ? made : everyNth(made, wanted.stride, node.output)
}

/** The options of a layer on images for a window on a line or an image. */
const imageOptions = ({ kernel, stride, dilation }: WindowPlacement, padding: string): Config => ({
  kernel_size: onImage(kernel, 1),
  strides: onImage(stride, stride[0] as number),
  padding,
  ...(isOne(dilation) ? {} : { dilation_rate: onImage(dilation, dilation[0] as number) }),
})

const depthwiseOf = (start: Chain, node: GraphNode, wanted: WindowPlacement, multiplier: number, bias: boolean): Chain => {
  const channels = start.shape.at(-1) as number
  // TensorFlow has it with the same stride on all axes only.
  const place = alike(wanted.stride) ? wanted : withoutStride(wanted)
  const { chain, padding, output } = placed(start, node, place, channels * multiplier)
  const kernel = { ...weight('depthwise_kernel', 'kernel', [...onImage(place.kernel, 1), channels, multiplier]) }
  const weights = [kernel, ...(bias ? [weight('bias', 'bias', [channels * multiplier])] : [])]
  const config = { ...imageOptions(place, padding), depth_multiplier: multiplier, use_bias: bias }
  const made = asImage(chain).add('depthwise', 'DepthwiseConv2D', config, imageShape(output), weights).reshape('line', output)
  return place === wanted ? made : everyNth(made, wanted.stride, node.output)
}

/** TensorFlow.js takes no notice of its dilation, and has none over three axes: there each channel is a group. */
export const depthwise: Writer = (chain, node) => {
  const { multiplier, bias } = node.settings as { multiplier: number; bias: boolean }
  const place = placementOf(node)
  const channels = chain.shape.at(-1) as number
  if (place.rank === 3 || !isOne(place.dilation)) return grouped(chain, node, place, channels, channels * multiplier, bias)
  return depthwiseOf(chain, node, place, multiplier, bias)
}

export const separable: Writer = (start, node) => {
  const { filters, multiplier, bias } = node.settings as { filters: number; multiplier: number; bias: boolean }
  const wanted = placementOf(node)
  const channels = start.shape.at(-1) as number
  const place = hasOneStep(wanted) && alike(wanted.stride) ? wanted : withoutStride(wanted)
  const { chain, padding, output } = placed(start, node, place, filters)
  const weights = [
    weight('depthwise_kernel', 'depthwiseKernel', [...onImage(place.kernel, 1), channels, multiplier]),
    weight('pointwise_kernel', 'pointwiseKernel', [1, 1, channels * multiplier, filters]),
    ...(bias ? [weight('bias', 'bias', [filters])] : []),
  ]
  const config = { filters, ...imageOptions(place, padding), depth_multiplier: multiplier, use_bias: bias }
  const made = asImage(chain).add('separable', 'SeparableConv2D', config, imageShape(output), weights).reshape('line', output)
  return place === wanted ? made : everyNth(made, wanted.stride, node.output)
}
