import { valuesIn } from '../../../layers/kind/layer.js'
import type { GraphNode } from '../../../network/graph.js'
import { type Chain, type KerasWeight, type Writer, weight } from '../layer.js'
import { alongEach, cropped, padded } from './cells.js'
import { inGroups } from './grouped.js'
import { asImage, imageShape, isOne, onImage } from './placement.js'

/*
 * Transposed convolutions: written without padding, then cut to size; or as a convolution of the input with zeros between its cells.
 */

/** On each axis of a hyperparameter the value there. */
const onAxes = <Value>(value: unknown, rank: number): Value[] =>
  Array.from({ length: rank }, (_, axis) => (Array.isArray(value) ? value[axis] : value) as Value)

export const transposed: Writer = (start, node) => {
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
  const kernelShape = (node.weights[0] as GraphNode['weights'][number]).shape
  const flat = rank === 1
  const isSame = settings['padding'] === 'same'
  const cuts = onAxes<unknown>(settings['padding'], rank).map((value, axis) => {
    if (isSame) return Math.max(Math.floor(((kernel[axis] as number) - (stride[axis] as number)) / 2), 0)
    return Array.isArray(value) ? (value[0] as number) : typeof value === 'number' ? value : 0
  })
  // TensorFlow.js shifts a 'same' output on three axes where the kernel is smaller than the stride: there it is cut out of the whole.
  const same = isSame && !(rank === 3 && kernel.some((cells, axis) => cells < (stride[axis] as number)))
  // Without padding Keras gives at least N * stride positions.
  const full = kernel.map(
    (cells, axis) => (start.shape[axis] as number) * (stride[axis] as number) + (same ? 0 : Math.max(cells - (stride[axis] as number), 0)),
  )
  const ends = full.map((size, axis) => {
    const before = same ? 0 : (cuts[axis] as number)
    return [before, size - before - (node.output[axis] as number)] as const
  })
  // Keras has none with groups, TensorFlow.js none with a dilation, and where the output padding is more than is cut off there is a bias too.
  if (groups > 1 || !isOne(dilation) || (bias && ends.some(([, after]) => after < 0)))
    return amongZeros(start, node, { kernel, stride, dilation, cuts: isSame ? undefined : cuts })
  const weights = [
    weight('kernel', 'kernel', flat ? [kernelShape[0] as number, 1, ...kernelShape.slice(1)] : kernelShape),
    ...(bias ? [weight('bias', 'bias', [filters])] : []),
  ]
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

interface TransposedWindow {
  readonly kernel: readonly number[]
  readonly stride: readonly number[]
  readonly dilation: readonly number[]
  /** What is cut off before the output; `undefined` for that of 'same'. */
  readonly cuts: readonly number[] | undefined
}

/** A convolution whose kernel is turned round, on the input with zeros between its cells and around it. */
const amongZeros = (start: Chain, node: GraphNode, { kernel, stride, dilation, cuts }: TransposedWindow): Chain => {
  const { filters, groups, bias } = node.settings as { filters: number; groups: number; bias: boolean }
  const rank = kernel.length
  const spread = apart(start, stride)
  const ends = kernel.map((cells, axis) => {
    const span = (cells - 1) * (dilation[axis] as number) + 1
    const cut = cuts?.[axis] ?? Math.max(Math.floor((span - (stride[axis] as number)) / 2), 0)
    const before = span - 1 - cut
    return [before, (node.output[axis] as number) + span - 1 - before - (spread.shape[axis] as number)] as const
  })
  const wide = padded(
    spread,
    ends.map(([before, after]) => [Math.max(before, 0), Math.max(after, 0)] as const),
  )
  const chain = cropped(
    wide,
    ends.map(([before, after]) => [Math.max(-before, 0), Math.max(-after, 0)] as const),
  )
  const config = {
    kernel_size: kernel,
    strides: kernel.map(() => 1),
    padding: 'valid',
    ...(isOne(dilation) ? {} : { dilation_rate: dilation }),
    use_bias: bias,
  }
  const channels = start.shape.at(-1) as number
  const turned = (group: number): KerasWeight => ({
    name: 'kernel',
    shape: [...kernel, channels / groups, filters / groups],
    values: (values) =>
      turnedRound(values('kernel'), valuesIn(kernel), filters / groups, channels, group * (channels / groups), channels / groups),
  })
  return inGroups(chain, { groups, filters, className: `Conv${rank}D`, config, kernel: turned, bias, output: node.output })
}

/** Zeros behind each cell, on each axis as many as its stride is more than 1. */
const apart = (chain: Chain, stride: readonly number[]): Chain =>
  alongEach(
    chain,
    'apart',
    stride.map((step) => (step === 1 ? undefined : step)),
    (axis, step, [rows, size, rest]) => {
      const padding = [
        [0, 0],
        [0, step - 1],
      ]
      chain
        .reshape(`apart_${axis}_cells`, [rows * size, 1, rest])
        .add(`apart_${axis}`, 'ZeroPadding2D', { padding }, [rows * size, step, rest])
        .reshape(`apart_${axis}_row`, [rows, size * step, rest])
    },
  )

/** `[cells, filters, channels]`, from the last cell to the first, as `[cells, channels, filters]` of some of the channels. */
const turnedRound = (data: Float32Array, cells: number, filters: number, channels: number, from: number, count: number): Float32Array => {
  const result = new Float32Array(cells * count * filters)
  let at = 0
  for (let cell = cells - 1; cell >= 0; cell -= 1)
    for (let channel = from; channel < from + count; channel += 1)
      for (let filter = 0; filter < filters; filter += 1) result[at++] = data[(cell * filters + filter) * channels + channel] as number
  return result
}
