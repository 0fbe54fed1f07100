import { byRank } from '../../network/by-rank.js'
import type { GraphNode } from '../../network/graph.js'
import { channelsFirst, ordered, type Tensor } from './axes.js'
import { type Call, call, numberText, perAxis, tuple, unless } from './call.js'
import { kernelAndBias, type Part, type PartsWriter, part } from './part.js'
import { none, outputOf, padding, placedWindow } from './placement.js'
import { avgPool, maxPool } from './pools.js'

/* Convolutions, and all other layers that slide a window. */

/** A convolution, preceded by a padding if its own cannot express it. */
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

/** The value of a hyperparameter on each axis. */
const onAxes = <Value>(value: unknown, rank: number): Value[] =>
  Array.from({ length: rank }, (_, axis) => (Array.isArray(value) ? value[axis] : value) as Value)

/** The cells that a transposed convolution's padding removes. For `'same'` it is the window minus the stride, with the odd cell after. */
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

/** A crop by a number of cells at both ends of each spatial axis. */
export const cropCall = ({ axes }: Tensor, cuts: readonly (readonly [number, number])[]): Call => {
  const texts = axes.map((axis) => tuple((cuts[axis] ?? [0, 0]).map(numberText)))
  return call('Crop', Object.fromEntries(texts.map((text, index) => [`cut_${index}`, text])))
}

/** A layer that requires the channels first. */
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
