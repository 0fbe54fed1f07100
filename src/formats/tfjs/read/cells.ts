import { oneOrEach } from '../../settings.js'
import type { TfNode } from './graph-def.js'
import { isBatch, type Operand, type Value } from './operands.js'
import { type OperatorReader, type Reader, sizesOperand } from './reader.js'
import { reshaped } from './shapes.js'

/** What cuts, pads or enlarges the axes of positions. */

/** Where a slice begins and ends along each axis, with the masks of StridedSlice. */
const slice: OperatorReader = (read, node) => {
  const operand = read.operand(node, 0)
  const isStrided = node.op === 'StridedSlice'
  const begin = read.wholes(node, 1)
  const ends = read.wholes(node, 2)
  const strides = isStrided ? read.wholes(node, 3) : begin.map(() => 1)
  const mask = (name: string, axis: number): boolean => isStrided && Math.floor(node.whole(name, 0) / 2 ** axis) % 2 === 1
  if (begin.length !== ends.length || strides.length !== begin.length) return node.fail('must have a beginning and an end for each axis.')
  if (['ellipsis_mask', 'new_axis_mask'].some((name) => isStrided && node.whole(name, 0) !== 0))
    return node.fail('has an ellipsis or a new axis, which is not known here.')
  const range = (axis: number, length: number): { from: number; to: number; isOne: boolean } => {
    const start = begin[axis] as number
    const from = mask('begin_mask', axis) ? 0 : start < 0 ? start + length : start
    if (mask('shrink_axis_mask', axis)) return { from, to: from + 1, isOne: true }
    const end = ends[axis] as number
    const to = isStrided
      ? mask('end_mask', axis)
        ? length
        : end < 0
          ? end + length
          : Math.min(end, length)
      : end === -1
        ? length
        : from + end
    return { from, to, isOne: false }
  }
  if (operand.is === 'sizes' || (operand.is === 'constant' && operand.isWhole && operand.shape.length === 1)) {
    const sizes = read.sizes(node, 0)
    if (begin.length !== 1) return node.fail('takes more axes of a list than it has.')
    const { from, to, isOne } = range(0, sizes.length)
    const found = sizes.slice(from, to).filter((_, at) => at % Math.max(strides[0] as number, 1) === 0)
    if ((strides[0] as number) < 1 || from < 0 || found.length === 0) return node.fail('takes nothing of a list of sizes.')
    return sizesOperand(node, !isOne, found)
  }
  const value = read.value(node)
  const shape = value.shape
  if (begin.length > shape.length + 1) return node.fail(`takes ${begin.length} axes of ${shape.length + 1}.`)
  if (strides.some((stride) => stride !== 1)) return node.fail('takes every second position or fewer, which no layer here does.')
  const ofBatch = range(0, Number.POSITIVE_INFINITY)
  if (ofBatch.isOne || ofBatch.from !== 0 || ofBatch.to !== Number.POSITIVE_INFINITY) return node.fail('takes a part of the batch.')
  const ranges = shape.map((length, axis) => (axis + 1 < begin.length ? range(axis + 1, length) : { from: 0, to: length, isOne: false }))
  if (ranges.some(({ from, to }, axis) => from < 0 || to <= from || to > (shape[axis] as number)))
    return node.fail(`takes positions that Nx${shape.join('x')} does not have.`)
  return cropped(read, node, value, ranges)
}

const cropped = (read: Reader, node: TfNode, value: Value, ranges: readonly { from: number; to: number; isOne: boolean }[]): Operand => {
  const { shape } = value
  const whole = (axis: number): boolean => ranges[axis]?.from === 0 && ranges[axis]?.to === shape[axis]
  const last = shape.length - 1
  const [tokens] = ranges
  if (shape.length === 2 && tokens?.isOne && whole(1) && !ranges[1]?.isOne)
    return read.add(node, 'selectToken', { index: tokens.from }, [value])
  const amount = ranges.slice(0, -1).map(({ from, to }, axis) => {
    const end = (shape[axis] as number) - to
    return from === end ? from : [from, end]
  })
  const isCut = amount.some((each) => each !== 0)
  const places = isCut ? read.add(node, 'crop', { amount }, [value]) : value
  const { from, to } = ranges[last] as { from: number; to: number }
  const cut = whole(last) ? places : read.add(node, 'slice', { axis: last, start: from, end: to }, [places])
  const left = cut.shape.filter((_, axis) => !ranges[axis]?.isOne)
  return left.length === 0 ? node.fail('leaves out all axes of an example.') : reshaped(read, node, cut, left)
}

const pad: OperatorReader = (read, node) => {
  const value = read.value(node)
  const flat = read.wholes(node, 1)
  const rank = value.shape.length
  if (flat.length !== 2 * (rank + 1) || flat.some((size) => size < 0)) return node.fail('must have two numbers for each axis.')
  const pairs = Array.from({ length: rank + 1 }, (_, axis) => [flat[2 * axis] as number, flat[2 * axis + 1] as number])
  if (node.op === 'MirrorPad') return node.fail(`pads by reflection (mode ${node.text('mode', 'REFLECT')}), and zeroPad with zeros.`)
  if (node.op === 'PadV2') {
    const [filler] = read.constant(node, 2).numbers() ?? [Number.NaN]
    if (filler !== 0) return node.fail(`pads with ${filler}, and zeroPad with zeros.`)
  }
  const ends = [pairs[0], pairs.at(-1)] as number[][]
  if (ends.some((pair) => pair.some((size) => size !== 0)) || rank < 2) return node.fail('pads another axis than a spatial one.')
  if (pairs.flat().every((size) => size === 0)) return value
  return read.add(node, 'zeroPad', { amount: pairs.slice(1, -1).map((pair) => (pair[0] === pair[1] ? (pair[0] as number) : pair)) }, [
    value,
  ])
}

const resize =
  (method: 'nearest' | 'bilinear'): OperatorReader =>
  (read, node) => {
    const value = read.value(node)
    if (value.shape.length !== 3) return node.fail(`takes ${value.shape.length + 1} axes, and needs 4.`)
    const wanted = read.sizes(node, 1).map((size) => (isBatch(size) ? node.fail('its size depends on the batch.') : size))
    if (wanted.length !== 2) return node.fail('must have a height and a width.')
    if (wanted.some((size) => size < 1)) return node.fail(`resizes to ${wanted.join('x')}.`)
    const [isAligned, isHalf] = [node.boolean('align_corners'), node.boolean('half_pixel_centers')]
    if (wanted.every((size, axis) => size === value.shape[axis])) return value
    const isWhole = wanted.every((size, axis) => size % (value.shape[axis] as number) === 0)
    if (method === 'bilinear' && !isHalf && !isAligned)
      return node.fail('places its cells at their corners, and upsample at their centres (half_pixel_centers).')
    if (method === 'nearest' && isAligned) return node.fail('aligns the corners (align_corners), and upsample the edges of the cells.')
    if (method === 'nearest' && isHalf && !isWhole)
      return node.fail('copies the cell at the centre of a new one (half_pixel_centers), and upsample that at its first edge.')
    const to =
      isWhole && !isAligned
        ? { scale: oneOrEach(wanted.map((size, axis) => size / (value.shape[axis] as number))) }
        : { size: oneOrEach(wanted) }
    const settings = { ...to, ...(method === 'nearest' ? {} : { method }), ...(isAligned ? { alignCorners: true } : {}) }
    return read.add(node, 'upsample', settings, [value])
  }

export const cellReaders: Readonly<Record<string, OperatorReader>> = {
  StridedSlice: slice,
  Slice: slice,
  Pad: pad,
  PadV2: pad,
  MirrorPad: pad,
  ResizeNearestNeighbor: resize('nearest'),
  ResizeBilinear: resize('bilinear'),
}
