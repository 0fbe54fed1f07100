import { byRank } from '../../network/by-rank.js'
import type { GraphNode } from '../../network/graph.js'
import { channelsFirst, ordered, type Tensor } from './axes.js'
import { type Call, call, type Literal, numberText, perAxis, tuple, unless } from './call.js'
import { kernelAndBias, type Part, type PartsWriter, part } from './part.js'

/*
 * Convolutions and pools. PyTorch pads both ends of an axis alike, and a pool by no more than half its kernel: what is more becomes a
 * padding of its own.
 */

/** How a window lies on each axis, with the zeros that it needs to have all its positions. */
export interface PlacedWindow {
  readonly rank: number
  readonly kernel: readonly number[]
  readonly stride: readonly number[]
  readonly dilation: readonly number[]
  readonly before: readonly number[]
  readonly after: readonly number[]
  /** Cells beyond the padding that the last window hangs over. */
  readonly over: readonly number[]
}

/** {@link PlacedWindow} of a node that slides a window. */
export const placedWindow = ({ window, output }: GraphNode): PlacedWindow => {
  const { axes, fits } = window as NonNullable<GraphNode['window']>
  return {
    rank: axes.length,
    kernel: axes.map(({ kernel }) => kernel),
    stride: axes.map(({ stride }) => stride),
    dilation: axes.map(({ dilation }) => dilation),
    before: fits.map(({ before }) => before),
    after: fits.map(({ after }) => after),
    over: fits.map(({ before, after, span }, index) => {
      const { size, stride } = axes[index] as (typeof axes)[number]
      return Math.max(0, ((output[index] as number) - 1) * stride + span - (size + before + after))
    }),
  }
}

const none = (values: readonly number[]): boolean => values.every((value) => value === 0)

/** A padding module: `nn.ZeroPad2d(1)`, `nn.ConstantPad1d((0, 1), 0.0)`. */
export const padCall = (before: readonly number[], after: readonly number[], value: '0.0' | '-float("inf")'): Call => {
  // PyTorch begins with the last axis.
  const amounts = before
    .map((cells, axis) => [cells, after[axis] as number])
    .reverse()
    .flat()
  const padding = amounts.every((amount) => amount === amounts[0]) ? (amounts[0] as number) : tuple(amounts.map(numberText))
  if (before.length === 2 && value === '0.0') return call('nn.ZeroPad2d', { padding })
  return call(`nn.ConstantPad${Math.min(before.length, 3)}d`, { padding, value })
}

/** The tensor that a padding gives. */
const padded = ({ shape, axes }: Tensor, before: readonly number[], after: readonly number[]): Tensor => ({
  shape: shape.map((size, axis) => size + (before[axis] ?? 0) + (after[axis] ?? 0)),
  axes,
})

/** A padding in front of a window, channels first. */
const padding = (input: Tensor, before: readonly number[], after: readonly number[], value: '0.0' | '-float("inf")' = '0.0'): Part =>
  part(padCall(before, after, value), padded(input, before, after), {}, 'pad')

const outputOf = ({ output }: GraphNode): Tensor => ({ shape: output, axes: channelsFirst(output) })

/** A convolution, and before it a padding where its own cannot be said. */
const convolve = (
  node: GraphNode,
  input: Tensor,
  filters: number,
  groups: number,
  bias: boolean,
  weights: Record<string, string>,
): Part[] => {
  const { rank, kernel, stride, dilation, before, after, over } = placedWindow(node)
  const ends = after.map((cells, axis) => cells + (over[axis] as number))
  const alike = before.every((cells, axis) => cells === ends[axis])
  const options = {
    kernel_size: perAxis(kernel),
    stride: unless(1, perAxis(stride)),
    padding: alike ? unless(0, perAxis(before)) : undefined,
    dilation: unless(1, perAxis(dilation)),
    groups: unless(1, groups),
    bias: unless(true, bias),
  }
  const channels = input.shape.at(-1) as number
  const tensor = { shape: [...node.output.slice(0, -1), filters], axes: channelsFirst(node.output) }
  return [
    ...(alike ? [] : [padding(input, before, ends)]),
    part(call(`nn.Conv${rank}d`, { in_channels: channels, out_channels: filters }, options), tensor, weights),
  ]
}

const convolution: PartsWriter = (node, input) => {
  const { filters, groups, bias } = node.settings as { filters: number; groups: number; bias: boolean }
  return convolve(node, input, filters, groups, bias, kernelAndBias(node))
}

const depthwise: PartsWriter = (node, input) => {
  const { multiplier, bias } = node.settings as { multiplier: number; bias: boolean }
  const channels = input.shape.at(-1) as number
  return convolve(node, input, channels * multiplier, channels, bias, kernelAndBias(node))
}

const separable: PartsWriter = (node, input) => {
  const { multiplier, filters, bias } = node.settings as { multiplier: number; filters: number; bias: boolean }
  const channels = input.shape.at(-1) as number
  const depth = convolve(node, input, channels * multiplier, channels, false, { depthwiseKernel: 'weight' })
  const point = call(
    `nn.Conv${input.shape.length - 1}d`,
    { in_channels: channels * multiplier, out_channels: filters },
    { kernel_size: 1, bias: unless(true, bias) },
  )
  const weights = { pointwiseKernel: 'weight', ...(bias ? { bias: 'bias' } : {}) }
  return [...depth.map((each) => (each.role === '' ? { ...each, role: 'depthwise' } : each)), part(point, outputOf(node), weights)]
}

/** On each axis of a hyperparameter the value there. */
const onAxes = <Value>(value: unknown, rank: number): Value[] =>
  Array.from({ length: rank }, (_, axis) => (Array.isArray(value) ? value[axis] : value) as Value)

/** The cells that the padding of a transposed convolution cuts off: with `'same'`, the window less the stride, the odd one after. */
const cutOf = (value: unknown, kernel: number, stride: number, dilation: number): { before: number; after: number; out: number } => {
  const span = dilation * (kernel - 1) + 1
  if (value === 'valid') return { before: 0, after: 0, out: 0 }
  if (typeof value === 'number') return { before: value, after: value, out: 0 }
  if (Array.isArray(value)) return { before: value[0], after: value[1], out: 0 }
  const cut = Math.max(span - stride, 0)
  return { before: Math.floor(cut / 2), after: Math.ceil(cut / 2), out: Math.max(stride - span, 0) }
}

const transposed: PartsWriter = (node, input) => {
  const { filters, groups, bias, ...settings } = node.settings as Record<string, unknown> & {
    filters: number
    groups: number
    bias: boolean
  }
  const rank = input.shape.length - 1
  const [kernel, stride, dilation] = (['kernel', 'stride', 'dilation'] as const).map((name) => onAxes<number>(settings[name], rank)) as [
    number[],
    number[],
    number[],
  ]
  const cuts = onAxes<unknown>(settings['padding'], rank).map((value, axis) =>
    cutOf(value, kernel[axis] as number, stride[axis] as number, dilation[axis] as number),
  )
  const more = onAxes<number>(settings['outputPadding'], rank).map((cells, axis) => cells + (cuts[axis]?.out ?? 0))
  const both = cuts.map(({ before, after }) => Math.min(before, after))
  const options = {
    kernel_size: perAxis(kernel),
    stride: unless(1, perAxis(stride)),
    padding: unless(0, perAxis(both)),
    output_padding: unless(0, perAxis(more)),
    groups: unless(1, groups),
    bias: unless(true, bias),
    dilation: unless(1, perAxis(dilation)),
  }
  const rest = cuts.map(({ before, after }, axis) => [before - (both[axis] as number), after - (both[axis] as number)] as [number, number])
  const tensor = outputOf(node)
  const uncut = { ...tensor, shape: tensor.shape.map((size, axis) => size + (rest[axis]?.[0] ?? 0) + (rest[axis]?.[1] ?? 0)) }
  const module = part(
    call(`nn.ConvTranspose${rank}d`, { in_channels: input.shape.at(-1) as number, out_channels: filters }, options),
    uncut,
    kernelAndBias(node),
  )
  return none(rest.flat()) ? [module] : [{ ...module, role: 'uncut' }, part(cropCall(uncut, rest), tensor)]
}

/** A crop by so many cells at both ends of each spatial axis. */
export const cropCall = ({ axes }: Tensor, cuts: readonly (readonly [number, number])[]): Call => {
  const texts = axes.map((axis) => tuple((cuts[axis] ?? [0, 0]).map(numberText)))
  return call('Crop', Object.fromEntries(texts.map((text, index) => [`cut_${index}`, text])))
}

/** Whether PyTorch's pools take a padding: as much at both ends, and no more than half the kernel. */
const poolTakes = ({ kernel, before, after }: PlacedWindow): boolean =>
  before.every((cells, axis) => cells === after[axis] && cells <= (kernel[axis] as number) / 2)

const strideOption = ({ kernel, stride }: PlacedWindow): Literal | undefined =>
  stride.every((step, axis) => step === kernel[axis]) ? undefined : perAxis(stride)

const maxPool: PartsWriter = (node, input) => {
  const window = placedWindow(node)
  const { rank, kernel, dilation, before, after, over } = window
  const own = poolTakes(window)
  const ends = after.map((cells, axis) => cells + (over[axis] as number))
  const options = {
    stride: strideOption(window),
    padding: own ? unless(0, perAxis(before)) : undefined,
    dilation: unless(1, perAxis(dilation)),
    ceil_mode: own && !none(over) ? true : undefined,
  }
  const module = part(call(`nn.MaxPool${rank}d`, { kernel_size: perAxis(kernel) }, options), outputOf(node))
  return own ? [module] : [padding(input, before, ends, '-float("inf")'), module]
}

const avgPool: PartsWriter = (node, input) => {
  const window = placedWindow(node)
  const { rank, kernel, stride, before, after, over } = window
  // A single cell has no gaps.
  const gaps = window.dilation.map((step, axis) => (kernel[axis] === 1 ? 1 : step))
  const isDilated = gaps.some((step) => step !== 1)
  // The padding of 'same' is TensorFlow's, where a mean is one of the input's cells alone.
  const counted = node.settings['padding'] !== 'same'
  // AvgPool3d refuses a map that is smaller than its kernel, whatever its padding.
  const isSmaller = rank === 3 && kernel.some((cells, axis) => (input.shape[axis] as number) < cells)
  // PyTorch leaves a window out that begins in the padding.
  const isBeyond = over.some((cells, axis) => cells >= (kernel[axis] as number))
  const pool = (more: Readonly<Record<string, Literal | undefined>>): Call =>
    isDilated
      ? call(
          'DilatedAvgPool',
          Object.fromEntries([kernel, stride, gaps].map((sizes, index) => [`sizes_${index}`, tuple(sizes.map(numberText))])),
        )
      : call(`nn.AvgPool${rank}d`, { kernel_size: perAxis(kernel) }, { stride: strideOption(window), ...more })
  const ceil_mode = none(over) ? undefined : true
  if (poolTakes(window) && !isSmaller && !isDilated && !isBeyond) {
    const padding = unless(0, perAxis(before))
    return [part(pool({ ceil_mode, padding, count_include_pad: padding === undefined || counted ? undefined : false }), outputOf(node))]
  }
  const meanOfCells = (first: readonly number[], last: readonly number[]): Part => {
    const inner = [padCall(first, last, '0.0'), pool({})].map(({ callee, args }) => inlineText(callee, args))
    return part(call('CellMean', { pad: inner[0] as string, pool: inner[1] as string }), outputOf(node))
  }
  const ends = after.map((cells, axis) => cells + (over[axis] as number))
  if (!counted) return [meanOfCells(before, ends)]
  const front = none([...before, ...after]) ? [] : [padding(input, before, after)]
  if (isDilated || isBeyond)
    return [
      ...front,
      none(over)
        ? part(pool({}), outputOf(node))
        : meanOfCells(
            over.map(() => 0),
            over,
          ),
    ]
  return [...front, part(pool({ ceil_mode }), outputOf(node))]
}

const inlineText = (callee: string, args: Call['args']): string =>
  `${callee}(${args.map(({ name, value, keyword }) => (keyword ? `${name}=${literal(value)}` : literal(value))).join(', ')})`

const literal = (value: Literal): string => (typeof value === 'boolean' ? (value ? 'True' : 'False') : `${value}`)

/** A layer that wants the channels first. */
export const onChannelsFirst =
  (write: PartsWriter): PartsWriter =>
  (node, input) => {
    const axes = channelsFirst(input.shape)
    return [...ordered(input, axes), ...write(node, { ...input, axes })]
  }

/** The layers that slide a window. */
export const windowWriters = {
  ...byRank('conv', onChannelsFirst(convolution)),
  ...byRank('depthwiseConv', onChannelsFirst(depthwise)),
  ...byRank('separableConv', onChannelsFirst(separable), [1, 2]),
  ...byRank('convTranspose', onChannelsFirst(transposed)),
  ...byRank('maxPool', onChannelsFirst(maxPool)),
  ...byRank('avgPool', onChannelsFirst(avgPool)),
} satisfies Readonly<Record<string, PartsWriter>>
