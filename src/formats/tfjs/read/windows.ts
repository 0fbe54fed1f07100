import { oneOrEach, settingsOf } from '../../settings.js'
import { fused } from './fused.js'
import type { TfNode } from './graph-def.js'
import { isBatch } from './operands.js'
import type { OperatorReader, Reader } from './reader.js'
import { kernelOf, weightOf } from './weights.js'
import { paddingOf, requireChannelsLast, spatial } from './window-settings.js'

/** Convolutions and pools of TensorFlow. */

const standard = { stride: 1, padding: 'valid', dilation: 1, groups: 1, multiplier: 1 }

/** What a convolution stands on: a value, or one that is taken apart, with the dilation that this means. */
const startOf = (read: Reader, node: TfNode, rank: number) => {
  const spaced = read.spaced(node)
  const value = spaced?.value ?? read.value(node)
  if (value.shape.length !== rank + 1) return node.fail(`takes ${value.shape.length + 1} axes, and needs ${rank + 2}.`)
  const [stride, dilations] = [spatial(node, 'strides', rank), spatial(node, 'dilations', rank)]
  const padding = paddingOf(node, rank)
  if (!spaced) return { spaced, value, settings: { stride: oneOrEach(stride), padding, dilation: oneOrEach(dilations) } }
  if (padding !== 'valid' || [...stride, ...dilations].some((each) => each !== 1))
    return node.fail('between SpaceToBatchND and BatchToSpaceND must have a stride of 1, no dilation and no padding.')
  const ends = spaced.pads.map((pair) => (pair[0] === pair[1] ? (pair[0] as number) : pair))
  return { spaced, value, settings: { stride: 1, padding: oneOrEach(ends), dilation: oneOrEach(spaced.block) } }
}

const convolution =
  (rank: number, isDepthwise = false): OperatorReader =>
  (read, node) => {
    requireChannelsLast(node)
    const { value, settings, spaced } = startOf(read, node, rank)
    const kernel = kernelOf(read, node, rank)
    const cells = kernel.shape.slice(0, rank)
    const [inputs, outputs] = kernel.shape.slice(rank) as [number, number]
    const channels = value.shape.at(-1) as number
    if (isDepthwise ? inputs !== channels : channels % inputs !== 0)
      node.fail(`its filter is for ${inputs} channels, and there are ${channels}.`)
    const own = isDepthwise ? { multiplier: outputs } : { groups: channels / inputs }
    const kind = `${isDepthwise ? 'depthwiseConv' : 'conv'}${rank}d`
    const all = {
      ...(isDepthwise ? {} : { filters: outputs }),
      kernel: oneOrEach(cells),
      ...settingsOf({ ...settings, ...own }, standard),
      bias: false,
    }
    return fused(read, node, read.add(node, kind, all, [value], { kernel: weightOf(kernel) }), 2, spaced)
  }

/** The size of a transposed convolution's output is an input: it says where the output ends. */
const transposed =
  (rank: number): OperatorReader =>
  (read, node) => {
    requireChannelsLast(node)
    const [sizes, kernel, value] = [read.sizes(node, 0), kernelOf(read, node, rank), read.value(node, 2)]
    if (value.shape.length !== rank + 1 || sizes.length !== rank + 2) return node.fail(`needs ${rank + 2} axes.`)
    const [stride, cells] = [spatial(node, 'strides', rank), kernel.shape.slice(0, rank)]
    if (spatial(node, 'dilations', rank).some((each) => each !== 1)) node.fail('has a dilation, which is not known here.')
    const [filters, channels] = kernel.shape.slice(rank) as [number, number]
    if (channels !== value.shape.at(-1)) node.fail(`its filter is for ${channels} channels, and there are ${value.shape.at(-1)}.`)
    const wanted = sizes.slice(1, -1).map((size) => (isBatch(size) ? node.fail('its size depends on the batch.') : size))
    const word = paddingOf(node, rank)
    const ends = wanted.map((size, axis) => {
      const [step, window, length] = [stride[axis] as number, cells[axis] as number, value.shape[axis] as number]
      const whole = (length - 1) * step + window
      const isFit = word === 'same' ? Math.ceil(size / step) === length : word === 'valid' && size >= whole && size < whole + step
      if (!isFit) return node.fail(`gives ${size} positions of ${length} with stride ${step}, which does not fit.`)
      const cut = Math.max(whole - size, 0)
      return { before: Math.floor(cut / 2), after: Math.ceil(cut / 2), more: Math.max(size - whole, 0) }
    })
    const padding = ends.map(({ before, after }): number | number[] => (before === after ? before : [before, after]))
    const settings = {
      filters,
      kernel: oneOrEach(cells),
      ...settingsOf(
        { stride: oneOrEach(stride), padding: oneOrEach(padding), outputPadding: oneOrEach(ends.map(({ more }) => more)) },
        { stride: 1, padding: 0, outputPadding: 0 },
      ),
      bias: false,
    }
    return read.add(node, `convTranspose${rank}d`, settings, [value], { kernel: weightOf(kernel) })
  }

const pool =
  (kind: 'maxPool' | 'avgPool', rank: number): OperatorReader =>
  (read, node) => {
    requireChannelsLast(node)
    const value = read.value(node)
    if (value.shape.length !== rank + 1) return node.fail(`takes ${value.shape.length + 1} axes, and needs ${rank + 2}.`)
    const [kernel, stride, padding] = [spatial(node, 'ksize', rank), spatial(node, 'strides', rank), paddingOf(node, rank)]
    if (typeof padding !== 'string') return node.fail('has a padding in numbers, which TensorFlow.js does not run.')
    const settings = {
      kernel: oneOrEach(kernel),
      ...(stride.join() === kernel.join() ? {} : { stride: oneOrEach(stride) }),
      ...(padding === 'same' ? { padding } : {}),
    }
    return read.add(node, `${kind}${rank}d`, settings, [value])
  }

const spaceToBatch: OperatorReader = (read, node) => {
  const value = read.value(node)
  const [block, flat] = [read.wholes(node, 1), read.wholes(node, 2)]
  const pads = block.map((_, axis) => [flat[2 * axis] as number, flat[2 * axis + 1] as number])
  const isFit =
    block.length === value.shape.length - 1 &&
    flat.length === 2 * block.length &&
    block.every((size) => size > 0) &&
    flat.every((size) => size >= 0) &&
    block.every((size, axis) => ((value.shape[axis] as number) + (flat[2 * axis] as number) + (flat[2 * axis + 1] as number)) % size === 0)
  return isFit ? { is: 'spaced', value, block, pads } : node.fail('its block and paddings do not fit the axes of its input.')
}

const batchToSpace: OperatorReader = (read, node) => {
  const spaced = read.operand(node, 0)
  const [block, flat] = [read.wholes(node, 1), read.wholes(node, 2)]
  if (spaced.is !== 'spaced' || spaced.block.join() !== block.join() || spaced.pads.flat().some((size) => size !== 0))
    return node.fail('must put together what SpaceToBatchND took apart for a convolution.')
  const amount = block.map((_, axis) => [flat[2 * axis] as number, flat[2 * axis + 1] as number])
  if (flat.length !== 2 * block.length || flat.some((size) => size < 0)) return node.fail('must have two numbers for each axis as crops.')
  return flat.every((size) => size === 0)
    ? spaced.value
    : read.add(node, 'crop', { amount: amount.map((pair) => (pair[0] === pair[1] ? (pair[0] as number) : pair)) }, [spaced.value])
}

export const windowReaders: Readonly<Record<string, OperatorReader>> = {
  Conv2D: convolution(2),
  _FusedConv2D: convolution(2),
  Conv3D: convolution(3),
  DepthwiseConv2dNative: convolution(2, true),
  FusedDepthwiseConv2dNative: convolution(2, true),
  Conv2DBackpropInput: transposed(2),
  MaxPool: pool('maxPool', 2),
  AvgPool: pool('avgPool', 2),
  MaxPool3D: pool('maxPool', 3),
  AvgPool3D: pool('avgPool', 3),
  SpaceToBatchND: spaceToBatch,
  BatchToSpaceND: batchToSpace,
}
