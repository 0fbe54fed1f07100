import type { GraphNode } from '../../network/graph.js'
import { cellsAtEnds } from '../cells-at-ends.js'
import { type Axes, channelsFirst, channelsLast, ordered, type Tensor } from './axes.js'
import { call, numberText, perAxis, tuple } from './call.js'
import { type PartsWriter, part, refuse, type Writer } from './part.js'
import { padCall } from './placement.js'
import { upsample } from './upsample.js'
import { cropCall, onChannelsFirst } from './windows.js'

/** Layers that move values: reshapes, adaptive pools, padding and cropping. */

/** Merges axes. They must be adjacent and in order, which may require a permutation. */
const merged = (
  input: Tensor,
  first: number,
  last: number,
  output: Tensor['shape'],
  byChannels = false,
): readonly ReturnType<typeof part>[] | Tensor => {
  const inside = (axis: number): boolean => axis >= first && axis <= last
  const together = input.axes.filter(inside)
  const block = byChannels ? channelsFirst(input.shape) : [...together].sort((one, other) => one - other)
  const at = input.axes.findIndex(inside)
  const others = input.axes.filter((axis) => !inside(axis))
  const wanted = [...others.slice(0, at), ...block, ...others.slice(at)]
  const renamed = (axis: number): number => (axis > last ? axis - (last - first) : axis)
  const axes = [...others.slice(0, at).map(renamed), first, ...others.slice(at).map(renamed)]
  const tensor = { shape: output, axes }
  if (first === last) return tensor
  const all = others.length === 0
  const flatten = all ? call('nn.Flatten') : call('nn.Flatten', { start_dim: at + 1, end_dim: at + block.length })
  return [...ordered(input, wanted), part(flatten, tensor)]
}

const flatten: Writer = ({ settings, output }, input, byChannels) =>
  merged(input, settings['start'] as number, input.shape.length - 1, output, byChannels && settings['start'] === 0)

const toTokens: Writer = ({ output }, input) => merged(input, 0, input.shape.length - 2, output)

const unflatten: Writer = ({ settings, output }, input) => {
  const { axis, sizes } = settings as { axis: number; sizes: readonly number[] }
  const more = sizes.length - 1
  const axes = input.axes.flatMap((each) => (each === axis ? sizes.map((_, index) => axis + index) : [each > axis ? each + more : each]))
  const tensor = { shape: output, axes }
  if (more === 0) return tensor
  return [part(call('nn.Unflatten', { dim: input.axes.indexOf(axis) + 1, sizes: tuple(sizes.map(String)) }), tensor)]
}

const reshape: PartsWriter = ({ output }, input) => {
  const tensor = { shape: output, axes: channelsLast(output) }
  const module =
    output.length === 1 ? call('nn.Flatten') : call('Reshape', Object.fromEntries(output.map((size, axis) => [`size_${axis}`, size])))
  return [...ordered(input, channelsLast(input.shape)), part(module, tensor)]
}

/** Only relabels the axes. The tensor is permuted when a layer needs another order. */
const permute: Writer = ({ settings, output }, input) => {
  const from = settings['axes'] as Axes
  return { shape: output, axes: input.axes.map((axis) => from.indexOf(axis)) }
}

/** The name of a module for a number of spatial axes. */
const ranked = (node: GraphNode, stem: string): string => {
  const rank = (node.inputShapes[0] as Tensor['shape']).length - 1
  return rank > 3
    ? refuse(node, `PyTorch has it for up to three spatial axes, not for ${rank}. Flatten some of them first.`)
    : `nn.${stem}${rank}d`
}

const globalPool =
  (stem: string): PartsWriter =>
  (node, input) => {
    const pooled = { ...input, shape: [...input.shape.slice(0, -1).map(() => 1), input.shape.at(-1) as number] }
    return [
      part(call(ranked(node, stem), { output_size: 1 }), pooled, {}, 'pool'),
      part(call('nn.Flatten'), { shape: node.output, axes: [0] }),
    ]
  }

const adaptivePool =
  (stem: string): PartsWriter =>
  (node, input) => [part(call(ranked(node, stem), { output_size: perAxis(node.output.slice(0, -1)) }), { ...input, shape: node.output })]

const pixelShuffle: PartsWriter = ({ settings, output }, input) => [
  part(call('nn.PixelShuffle', { upscale_factor: settings['scale'] as number }), { ...input, shape: output }),
]

const pixelUnshuffle: PartsWriter = ({ settings, output }, input) => [
  part(call('nn.PixelUnshuffle', { downscale_factor: settings['scale'] as number }), { ...input, shape: output }),
]

const zeroPad: PartsWriter = (node, input) => {
  const ends = cellsAtEnds(node)
  const module = padCall(
    ends.map(([before]) => before),
    ends.map(([, after]) => after),
    '0.0',
  )
  return [part(module, { ...input, shape: node.output })]
}

const pad: PartsWriter = (node, input) => {
  const mode = node.settings['mode'] as string
  if (mode === 'constant') return zeroPad(node, input)
  const tensor = { ...input, shape: node.output }
  const ends = cellsAtEnds(node)
  if (mode === 'symmetric' || mode === 'circular') {
    const texts = ends.map((both) => tuple(both.map(numberText)))
    const callee = mode === 'symmetric' ? 'SymmetricPad' : 'WrappingPad'
    return [part(call(callee, Object.fromEntries(texts.map((text, axis) => [`end_${axis}`, text]))), tensor)]
  }
  // PyTorch begins with the last axis.
  const amounts = [...ends].reverse().flat()
  const padding = amounts.every((cells) => cells === amounts[0]) ? (amounts[0] as number) : tuple(amounts.map(numberText))
  return [part(call(ranked(node, mode === 'reflect' ? 'ReflectionPad' : 'ReplicationPad'), { padding }), tensor)]
}

const crop: PartsWriter = (node, input) => [part(cropCall(input, cellsAtEnds(node)), { ...input, shape: node.output })]

/** A part of one axis. */
const slice: PartsWriter = (node, input) => {
  const { axis, start, end } = node.settings as Record<'axis' | 'start' | 'end', number>
  return [part(call('Slice', { dim: input.axes.indexOf(axis) + 1, start, end }), { ...input, shape: node.output })]
}

export const reshapingWriters = {
  flatten,
  unflatten,
  reshape,
  squeeze: reshape,
  unsqueeze: reshape,
  permute,
  slice,
  toTokens,
  globalAvgPool: onChannelsFirst(globalPool('AdaptiveAvgPool')),
  globalMaxPool: onChannelsFirst(globalPool('AdaptiveMaxPool')),
  adaptiveAvgPool: onChannelsFirst(adaptivePool('AdaptiveAvgPool')),
  adaptiveMaxPool: onChannelsFirst(adaptivePool('AdaptiveMaxPool')),
  upsample: onChannelsFirst(upsample),
  pixelShuffle: onChannelsFirst(pixelShuffle),
  pixelUnshuffle: onChannelsFirst(pixelUnshuffle),
  zeroPad: onChannelsFirst(zeroPad),
  pad: onChannelsFirst(pad),
  crop,
} satisfies Readonly<Record<string, Writer>>
