import { valuesIn } from '../../../layers/kind/layer.js'
import type { GraphNode } from '../../../network/graph.js'
import { Chain, type Config, joinLayer, refuse, type Writer, weight } from '../layer.js'
import { asImage, imageShape, isOne, onImage, placementOf, type WindowPlacement, withPadding } from './placement.js'

/*
 * Convolutions: plain, in groups, depthwise and separable.
 */

/** Whether all axes have the same number. */
const alike = (values: readonly number[]): boolean => values.every((value) => value === values[0])

const options = ({ kernel, stride, dilation }: WindowPlacement, padding: string): Config => ({
  kernel_size: kernel,
  strides: stride,
  padding,
  ...(isOne(dilation) ? {} : { dilation_rate: dilation }),
})

const requireOneStep = (node: GraphNode, { stride, dilation }: WindowPlacement): void => {
  if (!isOne(dilation) && !isOne(stride)) refuse(node, 'Keras has no layer with both a stride and a dilation. Use one of them.')
}

export const convolution: Writer = (start, node) => {
  const { filters, groups, bias } = node.settings as { filters: number; groups: number; bias: boolean }
  const place = placementOf(node)
  requireOneStep(node, place)
  const channels = start.shape.at(-1) as number
  if (groups === channels && groups > 1 && place.rank < 3) return depthwiseOf(start, node, place, filters / channels, bias)
  const { chain, padding } = withPadding(start, place)
  const className = `Conv${place.rank}D`
  const config = { ...options(place, padding), use_bias: bias }
  const kernelShape = (node.weights[0] as GraphNode['weights'][number]).shape
  if (groups === 1) {
    const weights = [weight('kernel', 'kernel', kernelShape), ...(bias ? [weight('bias', 'bias', [filters])] : [])]
    return chain.add('conv', className, { filters, ...config }, node.output, weights)
  }
  if (groups > 1024) return refuse(node, `${groups} groups would be as many convolutions. Use at most 1024.`)
  // TensorFlow.js takes no notice of groups: each is a convolution of its own on its share of the channels.
  const shares = Array.from({ length: groups }, (_, group) => {
    const own = filters / groups
    const share = channelsOf(chain.branch(), group * (channels / groups), (group + 1) * (channels / groups), `group_${group + 1}`)
    const from = group * own
    const kernel = {
      name: 'kernel',
      shape: [...kernelShape.slice(0, -1), own],
      values: (values: (name: string) => Float32Array) => columns(values('kernel'), filters, from, own),
    }
    const biases = {
      name: 'bias',
      shape: [own],
      values: (values: (name: string) => Float32Array) => values('bias').slice(from, from + own),
    }
    return share.add(
      `group_${group + 1}`,
      className,
      { filters: own, ...config },
      [...node.output.slice(0, -1), own],
      bias ? [kernel, biases] : [kernel],
    ).last
  })
  return new Chain(node, joinLayer(node, 'concat', 'Concatenate', { axis: -1 }, shares, node.output))
}

/** Some of the channels: row by row, the last axis is the width of an image with one channel. */
const channelsOf = (chain: Chain, from: number, to: number, role: string): Chain => {
  const { shape } = chain
  const channels = shape.at(-1) as number
  const positions = valuesIn(shape) / channels
  return chain
    .reshape(`${role}_in`, [positions, channels, 1])
    .add(
      `${role}_channels`,
      'Cropping2D',
      {
        cropping: [
          [0, 0],
          [from, channels - to],
        ],
      },
      [positions, to - from, 1],
    )
    .reshape(`${role}_out`, [...shape.slice(0, -1), to - from])
}

/** Some of the columns of a matrix with so many. */
const columns = (data: Float32Array, width: number, from: number, count: number): Float32Array => {
  const result = new Float32Array((data.length / width) * count)
  for (let row = 0; row * width < data.length; row += 1)
    result.set(data.subarray(row * width + from, row * width + from + count), row * count)
  return result
}

/** The options of a layer on images for a window on a line or an image; its stride has to be the same on both axes. */
const imageOptions = (node: GraphNode, { kernel, stride, dilation }: WindowPlacement, padding: string): Config => {
  if (!alike(stride)) refuse(node, 'TensorFlow has it with the same stride on all axes only. Use one stride.')
  const steps = onImage(stride, stride[0] as number)
  return {
    kernel_size: onImage(kernel, 1),
    strides: steps,
    padding,
    ...(isOne(dilation) ? {} : { dilation_rate: onImage(dilation, dilation[0] as number) }),
  }
}

const depthwiseOf = (start: Chain, node: GraphNode, place: WindowPlacement, multiplier: number, bias: boolean): Chain => {
  if (!isOne(place.dilation)) refuse(node, 'TensorFlow.js takes no notice of the dilation of a depthwise convolution. Use dilation 1.')
  const channels = start.shape.at(-1) as number
  const { chain, padding } = withPadding(start, place)
  const kernel = { ...weight('depthwise_kernel', 'kernel', [...onImage(place.kernel, 1), channels, multiplier]) }
  const weights = [kernel, ...(bias ? [weight('bias', 'bias', [channels * multiplier])] : [])]
  const config = { ...imageOptions(node, place, padding), depth_multiplier: multiplier, use_bias: bias }
  return asImage(chain).add('depthwise', 'DepthwiseConv2D', config, imageShape(node.output), weights).reshape('line', node.output)
}

export const depthwise: Writer = (chain, node) => {
  const { multiplier, bias } = node.settings as { multiplier: number; bias: boolean }
  const place = placementOf(node)
  if (place.rank === 3) return refuse(node, 'Keras has no depthwise convolution over three axes. Use conv3d.')
  return depthwiseOf(chain, node, place, multiplier, bias)
}

export const separable: Writer = (start, node) => {
  const { filters, multiplier, bias } = node.settings as { filters: number; multiplier: number; bias: boolean }
  const place = placementOf(node)
  requireOneStep(node, place)
  const channels = start.shape.at(-1) as number
  const { chain, padding } = withPadding(start, place)
  const weights = [
    weight('depthwise_kernel', 'depthwiseKernel', [...onImage(place.kernel, 1), channels, multiplier]),
    weight('pointwise_kernel', 'pointwiseKernel', [1, 1, channels * multiplier, filters]),
    ...(bias ? [weight('bias', 'bias', [filters])] : []),
  ]
  const config = { filters, ...imageOptions(node, place, padding), depth_multiplier: multiplier, use_bias: bias }
  return asImage(chain).add('separable', 'SeparableConv2D', config, imageShape(node.output), weights).reshape('line', node.output)
}
