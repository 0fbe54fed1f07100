import { oneOrEach } from '../../settings.js'
import type { OnnxNode } from '../model.js'
import { named } from '../words.js'
import { someFeatures } from './operands/features.js'
import { viewAt } from './operands/lazily.js'
import type { ValueOperand, ViewOperand } from './operands/operand.js'
import { holdPart } from './operands/parts.js'
import { sizeOf } from './operands/views.js'
import type { Reader, Readers } from './reader/reader.js'
import { resizeReaders } from './resize.js'
import { dimsOf } from './shapes.js'

/** What cuts, borders or enlarges the spatial axes. */

type Read = Readers[string]

/** A border of zeros on the spatial axes. */
const pad: Read = (read, node) => {
  read.known(node, 'mode', 'pads', 'value')
  const value = read.value(node)
  const pads = read.ints(node, 'pads') ?? read.wholes(node, 1) ?? []
  const mode = read.text(node, 'mode', 'constant')
  const every = value.axes.map((_, place) => place)
  const axes = read.axes(node, read.wholes(node, 3) ?? every, every.length)
  const count = axes.length
  const copies = { edge: 'replicate', reflect: 'reflect', wrap: 'circular' }[mode]
  if (mode !== 'constant' && copies === undefined) return read.fail(node, `pads with ${named(mode)} values, which no layer here does.`)
  if (pads.length !== 2 * count) return read.fail(node, `has ${pads.length} pads for ${count} axes.`)
  if (pads.every((cells) => cells === 0)) return read.hold(node, value)
  const filling = node.inputs[2] ? read.scalar(node, 2) : read.float(node, 'value', 0)
  if (copies === undefined && filling === undefined) return read.fail(node, 'its border must stand in the file, as one number.')
  if (copies === undefined && filling !== 0) return read.fail(node, `pads with ${filling}, and zeroPad with zeros.`)
  const amount = spatial(read, node, value, (place) => {
    const at = axes.indexOf(place)
    return at < 0 ? [0, 0] : [pads[at] as number, pads[at + count] as number]
  })
  const isCut = amount.flat().some((cells) => cells < 0)
  if (isCut && amount.flat().some((cells) => cells > 0)) return read.fail(node, 'pads and cuts at once, which are two layers here.')
  if (!isCut && copies !== undefined) return read.onValue(node, value, 'pad', { amount, mode: copies })
  read.onValue(node, value, isCut ? 'crop' : 'zeroPad', { amount: isCut ? amount.map((ends) => ends.map((cells) => -cells || 0)) : amount })
}

/** Cells at both ends of the spatial axes, from those of the axes in the file; the batch and the channels have none. */
const spatial = (read: Reader, node: OnnxNode, value: ValueOperand, ends: (place: number) => [number, number]): [number, number][] => {
  const rank = value.axes.length - 1
  for (const [place, axis] of value.axes.entries()) {
    if ((axis < 0 || axis === rank - 1) && ends(place).some((cells) => cells !== 0))
      read.fail(node, 'changes another axis than a spatial one.')
  }
  return Array.from({ length: rank - 1 }, (_, axis) => ends(value.axes.indexOf(axis)))
}

/** Where a cut begins or ends on an axis of a size: from its end where it is negative, and no further than there are cells. */
const within = (place: number, size: number): number => Math.min(Math.max(place < 0 ? place + size : place, 0), size)

const slice: Read = (read, node) => {
  read.known(node, 'starts', 'ends', 'axes')
  const [starts, ends] = [read.ints(node, 'starts') ?? read.wholes(node, 1), read.ints(node, 'ends') ?? read.wholes(node, 2)]
  if (!starts || !ends) return read.fail(node, 'does not say where it begins and ends.')
  const view = viewAt(read, node)
  const count = view?.digits.length ?? read.value(node).axes.length
  const axes = read.axes(node, read.ints(node, 'axes') ?? read.wholes(node, 3) ?? starts.map((_, index) => index), count)
  if (starts.length !== axes.length || ends.length !== axes.length) return read.fail(node, 'has not one start and one end for each axis.')
  const steps = read.wholes(node, 4) ?? starts.map(() => 1)
  if (steps.length !== axes.length || !steps.every((step) => Number.isSafeInteger(step) && step >= 1))
    return read.fail(node, 'takes cells in steps, and crop all in a row.')
  const cutOf = (): ValueOperand => stepped(read, node, cut(read, node, axes, starts, ends), axes, steps)
  const [axis] = axes
  const size = axes.length === 1 && steps[0] === 1 && axis !== undefined ? sizeOf(view?.digits[axis] ?? []) : undefined
  if (view && axis !== undefined && typeof size === 'number' && !isSpatial(read, view, axis)) {
    const [start, end] = [within(starts[0] as number, size), within(ends[0] as number, size)]
    if (start === 0 && end === size) return read.hold(node, read.take(node, 0))
    const some = (): ValueOperand => {
      const value = read.value(node)
      return value.axes[axis] === value.axes.length - 2 ? someFeatures(read, node, value, start, end - start) : cutOf()
    }
    if (end > start && holdPart(read, node, view, [axis, start, end - start], some)) return
  }
  read.hold(node, cutOf())
}

/** Every second or third cell of the spatial axes, by a pool over one cell each. */
const stepped = (read: Reader, node: OnnxNode, value: ValueOperand, axes: readonly number[], steps: readonly number[]): ValueOperand => {
  if (steps.every((step) => step === 1)) return value
  const rank = value.axes.length - 1
  const stride = Array.from({ length: rank - 1 }, (_, axis) => steps[axes.indexOf(value.axes.indexOf(axis))] ?? 1)
  const isSpatialOnly = axes.every(
    (place, index) => steps[index] === 1 || ((value.axes[place] as number) >= 0 && value.axes[place] !== rank - 1),
  )
  if (!isSpatialOnly || rank < 2) return read.fail(node, 'takes features or examples in steps, which no layer here does.')
  const settings = { kernel: 1, stride: oneOrEach(stride), dilation: 1, padding: 0, rounding: 'floor' }
  return { ...value, node: read.add(node, `maxPool${rank - 1}d`, settings, [value.node]) }
}

/** Whether an axis counts through places of an image or of a sequence. */
const isSpatial = (read: Reader, { of, digits }: ViewOperand, axis: number): boolean =>
  digits[axis]?.some((part) => part.axis >= 0 && part.axis < read.shapeOf(of).length - 1) === true

/** Cells cut off at the ends of spatial axes, and some of the features. */
const cut = (read: Reader, node: OnnxNode, axes: readonly number[], starts: readonly number[], ends: readonly number[]): ValueOperand => {
  const value = read.value(node)
  const dims = dimsOf(read, value)
  const cutAt = (place: number): [number, number] => {
    const index = axes.indexOf(place)
    if (index < 0) return [0, 0]
    const [start, end] = [starts[index] as number, ends[index] as number]
    const size = dims[place]
    if (size === undefined) return start === 0 && end >= 2 ** 31 - 1 ? [0, 0] : [1, 1]
    return [within(start, size), size - within(end, size)]
  }
  const features = value.axes.indexOf(value.axes.length - 2)
  const [before, after] = cutAt(features)
  const left = (dims[features] as number) - before - after
  if (left < 1) return read.fail(node, 'leaves no features.')
  const amount = spatial(read, node, value, (place) => (place === features ? [0, 0] : cutAt(place)))
  const isNone = amount.flat().every((cells) => cells === 0)
  const places = isNone ? value : { ...value, node: read.add(node, 'crop', { amount }, [value.node]) }
  return before + after === 0 ? places : someFeatures(read, isNone ? node : { ...node, name: '' }, places, before, left)
}

const depthToSpace: Read = (read, node) => {
  read.known(node, 'blocksize', 'mode')
  const { name } = read.first(node)
  const scale = read.int(node, 'blocksize', 0)
  // Of one channel for each cell there is but one order.
  if (read.text(node, 'mode', 'DCR') !== 'CRD' && read.shapeOf(name).at(-1) !== scale * scale)
    return read.fail(node, 'takes the channels in the order DCR, and pixelShuffle in that of PyTorch, CRD.')
  read.holdFirst(node, read.add(node, 'pixelShuffle', { scale }, [name]))
}

const spaceToDepth: Read = (read, node) => {
  read.known(node, 'blocksize')
  const { name } = read.first(node)
  // Of one channel there is but one order.
  if (read.shapeOf(name).at(-1) !== 1) return read.fail(node, 'gives the channels in another order than pixelUnshuffle, that of PyTorch.')
  read.holdFirst(node, read.add(node, 'pixelUnshuffle', { scale: read.int(node, 'blocksize', 0) }, [name]))
}

export const cellReaders: Readers = {
  Pad: pad,
  Slice: slice,
  ...resizeReaders,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
}
