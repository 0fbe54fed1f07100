import { valuesIn } from '../layers/layer.js'
import type { GraphNode } from '../network/graph.js'
import { cropped, type Ends, padded } from './cells.js'
import { Chain, type Config, joinLayer, refuse, type Writer, weight } from './layer.js'

/*
 * Convolutions and pools. Keras pads by 'same' or not at all: other paddings are layers of their own. It always rounds down.
 */

/** How a window lies on each axis. */
interface Placed {
  readonly rank: number
  readonly kernel: readonly number[]
  readonly stride: readonly number[]
  readonly dilation: readonly number[]
  /** Cells before and after, with those that the last window hangs over. */
  readonly ends: Ends
  /** Whether `padding='same'` puts the window at the same places. */
  readonly isSame: boolean
  /** Whether cells lie around the input that an average counts. */
  readonly padded: boolean
  /** Whether the last window hangs over the padding. */
  readonly over: boolean
}

const placed = ({ window, output, settings }: GraphNode): Placed => {
  const { axes, fits } = window as NonNullable<GraphNode['window']>
  const over = fits.map(({ before, after, span }, index) => {
    const { size, stride } = axes[index] as (typeof axes)[number]
    return Math.max(0, ((output[index] as number) - 1) * stride + span - (size + before + after))
  })
  // Where the first window stands, and how many there are, says where all stand.
  const isSame = axes.every(({ size, stride }, index) => {
    const { before, span } = fits[index] as (typeof fits)[number]
    const positions = Math.ceil(size / stride)
    const total = Math.max((positions - 1) * stride + span - size, 0)
    return output[index] === positions && before === Math.floor(total / 2)
  })
  return {
    rank: axes.length,
    kernel: axes.map(({ kernel }) => kernel),
    stride: axes.map(({ stride }) => stride),
    dilation: axes.map(({ dilation }) => dilation),
    ends: fits.map(({ before, after }, index) => [before, after + (over[index] as number)] as const),
    isSame,
    padded: settings['padding'] !== 'same' && fits.some(({ before, after }) => before + after > 0),
    over: over.some((cells) => cells > 0),
  }
}

/** Whether all axes have the same number. */
const alike = (values: readonly number[]): boolean => values.every((value) => value === values[0])

const isOne = (values: readonly number[]): boolean => values.every((value) => value === 1)

/** The sizes on the axes, and a padding in front where it is none of Keras's. */
const withPadding = (chain: Chain, { ends, isSame }: Placed): { chain: Chain; padding: 'same' | 'valid' } => {
  if (ends.every(([before, after]) => before === 0 && after === 0)) return { chain, padding: 'valid' }
  return isSame ? { chain, padding: 'same' } : { chain: padded(chain, ends), padding: 'valid' }
}

const options = ({ kernel, stride, dilation }: Placed, padding: string): Config => ({
  kernel_size: kernel,
  strides: stride,
  padding,
  ...(isOne(dilation) ? {} : { dilation_rate: dilation }),
})

const requireOneStep = (node: GraphNode, { stride, dilation }: Placed): void => {
  if (!isOne(dilation) && !isOne(stride)) refuse(node, 'Keras has no layer with both a stride and a dilation. Use one of them.')
}

const convolution: Writer = (start, node) => {
  const { filters, groups, bias } = node.settings as { filters: number; groups: number; bias: boolean }
  const place = placed(node)
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

/** A line as an image of one column, so that what is there for images alone can work on it. */
const asImage = (chain: Chain): Chain =>
  chain.shape.length === 2 ? chain.reshape('image', [chain.shape[0] as number, 1, chain.shape[1] as number]) : chain

/** The hyperparameter of an image for that of a line. */
const onImage = (values: readonly number[], other: number): readonly number[] =>
  values.length === 1 ? [values[0] as number, other] : values

const imageShape = (shape: readonly number[]): readonly number[] =>
  shape.length === 2 ? [shape[0] as number, 1, shape[1] as number] : shape

/** The options of a layer on images for a window on a line or an image; its stride has to be the same on both axes. */
const imageOptions = (node: GraphNode, { kernel, stride, dilation }: Placed, padding: string): Config => {
  if (!alike(stride)) refuse(node, 'TensorFlow has it with the same stride on all axes only. Use one stride.')
  const steps = onImage(stride, stride[0] as number)
  return {
    kernel_size: onImage(kernel, 1),
    strides: steps,
    padding,
    ...(isOne(dilation) ? {} : { dilation_rate: onImage(dilation, dilation[0] as number) }),
  }
}

const depthwiseOf = (start: Chain, node: GraphNode, place: Placed, multiplier: number, bias: boolean): Chain => {
  if (!isOne(place.dilation)) refuse(node, 'TensorFlow.js takes no notice of the dilation of a depthwise convolution. Use dilation 1.')
  const channels = start.shape.at(-1) as number
  const { chain, padding } = withPadding(start, place)
  const kernel = { ...weight('depthwise_kernel', 'kernel', [...onImage(place.kernel, 1), channels, multiplier]) }
  const weights = [kernel, ...(bias ? [weight('bias', 'bias', [channels * multiplier])] : [])]
  const config = { ...imageOptions(node, place, padding), depth_multiplier: multiplier, use_bias: bias }
  return asImage(chain).add('depthwise', 'DepthwiseConv2D', config, imageShape(node.output), weights).reshape('line', node.output)
}

const depthwise: Writer = (chain, node) => {
  const { multiplier, bias } = node.settings as { multiplier: number; bias: boolean }
  const place = placed(node)
  if (place.rank === 3) return refuse(node, 'Keras has no depthwise convolution over three axes. Use conv3d.')
  return depthwiseOf(chain, node, place, multiplier, bias)
}

const separable: Writer = (start, node) => {
  const { filters, multiplier, bias } = node.settings as { filters: number; multiplier: number; bias: boolean }
  const place = placed(node)
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

/** On each axis of a hyperparameter the value there. */
const onAxes = <Value>(given: unknown, rank: number): Value[] =>
  Array.from({ length: rank }, (_, axis) => (Array.isArray(given) ? given[axis] : given) as Value)

const transposed: Writer = (start, node) => {
  const { filters, groups, bias, ...settings } = node.settings as Record<string, unknown> & {
    filters: number
    groups: number
    bias: boolean
  }
  const rank = start.shape.length - 1
  const [kernel, stride, dilation] = (['kernel', 'stride', 'dilation'] as const).map((name) => onAxes<number>(settings[name], rank)) as [
    number[],
    number[],
    number[],
  ]
  if (groups > 1) return refuse(node, 'Keras has it without groups. Use groups 1.')
  if (!isOne(dilation)) return refuse(node, 'TensorFlow.js has it without dilation. Use dilation 1.')
  const kernelShape = (node.weights[0] as GraphNode['weights'][number]).shape
  const flat = rank === 1
  const weights = [
    weight('kernel', 'kernel', flat ? [kernelShape[0] as number, 1, ...kernelShape.slice(1)] : kernelShape),
    ...(bias ? [weight('bias', 'bias', [filters])] : []),
  ]
  const same = settings['padding'] === 'same'
  const cuts = onAxes<unknown>(settings['padding'], rank).map((given) =>
    Array.isArray(given) ? (given[0] as number) : typeof given === 'number' ? given : 0,
  )
  // Without padding Keras gives at least N * stride positions.
  const full = kernel.map(
    (cells, axis) => (start.shape[axis] as number) * (stride[axis] as number) + (same ? 0 : Math.max(cells - (stride[axis] as number), 0)),
  )
  const ends = full.map((size, axis) => [cuts[axis] as number, size - (cuts[axis] as number) - (node.output[axis] as number)] as const)
  if (bias && ends.some(([, after]) => after < 0)) {
    return refuse(
      node,
      'the output padding is more than the padding after cuts off, and Keras has no output padding everywhere. Use a smaller outputPadding, or bias: false.',
    )
  }
  const config = {
    filters,
    kernel_size: flat ? onImage(kernel, 1) : kernel,
    strides: flat ? onImage(stride, 1) : stride,
    padding: same ? 'same' : 'valid',
    use_bias: bias,
  }
  const whole = [...full, filters]
  const chain = asImage(start)
    .add('transposed', `Conv${Math.max(rank, 2)}DTranspose`, config, flat ? imageShape(whole) : whole, weights)
    .reshape('line', whole)
  const cut = cropped(
    chain,
    ends.map(([before, after]) => [before, Math.max(after, 0)] as const),
  )
  return padded(
    cut,
    ends.map(([, after]) => [0, Math.max(-after, 0)] as const),
  )
}

const pooling = ({ kernel, stride }: Pick<Placed, 'kernel' | 'stride'>, padding: string): Config => ({
  pool_size: kernel,
  strides: stride,
  padding,
})

const requireUndilated = (node: GraphNode, { dilation }: Placed): void => {
  if (!isOne(dilation)) refuse(node, 'the pools of Keras have no dilation. Use dilation 1.')
}

const maxPool: Writer = (chain, node) => {
  const place = placed(node)
  requireUndilated(node, place)
  const { rank, kernel, stride, ends, isSame } = place
  const className = `MaxPooling${rank}D`
  const noPadding = ends.every(([before, after]) => before === 0 && after === 0)
  if (noPadding || isSame) return chain.add('pool', className, pooling(place, noPadding ? 'valid' : 'same'), node.output)
  // Zeros could win. With stride 1 and 'same' the window stands everywhere, beyond the edge too: of these positions every one that is
  // wanted is taken.
  const offsets = kernel.map((cells, axis) => Math.floor((cells - 1) / 2) - (ends[axis]?.[0] as number))
  const size = (axis: number): number => chain.shape[axis] as number
  const last = offsets.map((offset, axis) => offset + ((node.output[axis] as number) - 1) * (stride[axis] as number))
  if (offsets.some((offset) => offset < 0) || last.some((at, axis) => at >= size(axis))) {
    return refuse(
      node,
      "its windows reach further over the edge than those of 'same', and the padding of Keras is zeros, which could win. Use less padding, or rounding: 'floor'.",
    )
  }
  const everywhere = chain.add('everywhere', className, pooling({ kernel, stride: kernel.map(() => 1) }, 'same'), chain.shape)
  const cut = cropped(
    everywhere,
    offsets.map((offset, axis) => [offset, size(axis) - 1 - (last[axis] as number)] as const),
  )
  return isOne(stride) ? cut : cut.add('pool', className, pooling({ kernel: kernel.map(() => 1), stride }, 'valid'), node.output)
}

const avgPool: Writer = (chain, node) => {
  const place = placed(node)
  requireUndilated(node, place)
  const { rank, ends, isSame } = place
  const className = `AveragePooling${rank}D`
  if (ends.every(([before, after]) => before === 0 && after === 0))
    return chain.add('pool', className, pooling(place, 'valid'), node.output)
  // The cells of 'same', and those beyond the edge, are not counted.
  if (!place.padded && isSame) return chain.add('pool', className, pooling(place, 'same'), node.output)
  if (place.over) return refuse(node, "its last window hangs over the edge, and the cells there do not count. Use rounding: 'floor'.")
  return padded(chain, ends).add('pool', className, pooling(place, 'valid'), node.output)
}

const byRank = (stem: string, write: Writer, ranks: readonly number[] = [1, 2, 3]): Record<string, Writer> =>
  Object.fromEntries(ranks.map((rank) => [`${stem}${rank}d`, write]))

export const windowWriters: Readonly<Record<string, Writer>> = {
  ...byRank('conv', convolution),
  ...byRank('depthwiseConv', depthwise),
  ...byRank('separableConv', separable, [1, 2]),
  ...byRank('convTranspose', transposed),
  ...byRank('maxPool', maxPool),
  ...byRank('avgPool', avgPool),
}
