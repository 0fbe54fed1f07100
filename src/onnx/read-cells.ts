import type { HeldValue } from './held.js'
import type { OnnxNode } from './model.js'
import { dimsOf } from './read-shapes.js'
import type { Reader, Readers } from './reader.js'

/** What cuts, borders or enlarges the spatial axes. */

type Read = Readers[string]

/** A border of zeros on the spatial axes. */
const pad: Read = (read, node) => {
  read.known(node, 'mode', 'pads', 'value')
  const value = read.value(node)
  const count = value.axes.length
  const pads = read.ints(node, 'pads') ?? read.wholes(node, 1) ?? []
  const mode = read.text(node, 'mode', 'constant')
  if (node.inputs[3]) return read.fail(node, 'pads axes that it names, which only newer files do.')
  if (mode !== 'constant') return read.fail(node, `pads with ${mode} values, and zeroPad with zeros.`)
  if (pads.length !== 2 * count) return read.fail(node, `has ${pads.length} pads for ${count} axes.`)
  if (pads.every((cells) => cells === 0)) return read.hold(node, value)
  const filling = node.inputs[2] ? read.scalar(node, 2) : read.float(node, 'value', 0)
  if (filling !== 0) return read.fail(node, `pads with ${filling}, and zeroPad with zeros.`)
  const amount = spatial(read, node, value, (place) => [pads[place] as number, pads[place + count] as number])
  const isCut = amount.flat().some((cells) => cells < 0)
  read.onValue(node, value, isCut ? 'crop' : 'zeroPad', { amount: isCut ? amount.map((ends) => ends.map((cells) => -cells || 0)) : amount })
}

/** Cells at both ends of the spatial axes, from those of the axes in the file; the batch and the channels have none. */
const spatial = (read: Reader, node: OnnxNode, value: HeldValue, ends: (place: number) => [number, number]): [number, number][] => {
  const rank = value.axes.length - 1
  for (const [place, axis] of value.axes.entries()) {
    if ((axis < 0 || axis === rank - 1) && ends(place).some((cells) => cells !== 0))
      read.fail(node, 'changes another axis than a spatial one.')
  }
  return Array.from({ length: rank - 1 }, (_, axis) => ends(value.axes.indexOf(axis)))
}

const slice: Read = (read, node) => {
  const held = read.take(node, 0)
  if (held.is === 'sizes') {
    const [start = 0, end = held.sizes.length] = [read.wholes(node, 1)?.[0], read.wholes(node, 2)?.[0]]
    if ((read.wholes(node, 4)?.[0] ?? 1) !== 1) return read.fail(node, 'takes sizes in steps.')
    return read.hold(node, { ...held, sizes: held.sizes.slice(start, end) })
  }
  const value = read.value(node)
  const dims = dimsOf(read, value)
  const [starts = [], ends = []] = [read.ints(node, 'starts') ?? read.wholes(node, 1), read.ints(node, 'ends') ?? read.wholes(node, 2)]
  const axes = (read.ints(node, 'axes') ?? read.wholes(node, 3) ?? starts.map((_, index) => index)).map((axis) =>
    axis < 0 ? axis + dims.length : axis,
  )
  if ((read.wholes(node, 4) ?? []).some((step) => step !== 1)) return read.fail(node, 'takes cells in steps, and crop all in a row.')
  if (starts.length !== axes.length || ends.length !== axes.length) return read.fail(node, 'has not one start and one end for each axis.')
  const amount = spatial(read, node, value, (place) => {
    const index = axes.indexOf(place)
    const size = dims[place] ?? 0
    if (index < 0) return [0, 0]
    const at = (end: number) => Math.min(Math.max(end < 0 ? end + size : end, 0), size)
    if (dims[place] === undefined) return starts[index] === 0 && (ends[index] as number) >= 2 ** 31 - 1 ? [0, 0] : [1, 1]
    return [at(starts[index] as number), size - at(ends[index] as number)]
  })
  read.onValue(node, value, 'crop', { amount })
}

const resize: Read = (read, node) => {
  read.known(node, 'mode', 'coordinate_transformation_mode', 'nearest_mode', 'cubic_coeff_a', 'extrapolation_value', 'exclude_outside')
  const { name, rank } = read.first(node)
  const held = read.optional(node, 2)
  const scales = held?.is === 'tensor' && held.data?.length ? [...held.data] : undefined
  const sizes = scales ? undefined : read.wholes(node, 3)
  const input = read.shapeOf(name)
  const factors = scales?.slice(2) ?? sizes?.slice(2).map((size, axis) => size / (input[axis] as number))
  if (!factors || factors.length !== rank - 1 || scales?.slice(0, 2).some((scale) => scale !== 1))
    return read.fail(node, 'resizes another axis than a spatial one.')
  if (sizes && sizes[1] !== input.at(-1)) return read.fail(node, 'resizes another axis than a spatial one.')
  const mode = read.text(node, 'mode', 'nearest')
  const coordinates = read.text(node, 'coordinate_transformation_mode', 'half_pixel')
  const isNearest = mode === 'nearest' && coordinates === 'asymmetric' && read.text(node, 'nearest_mode', 'round_prefer_floor') === 'floor'
  const isLinear = mode === 'linear' && ['half_pixel', 'pytorch_half_pixel'].includes(coordinates)
  if (!isNearest && !isLinear) return read.fail(node, `resizes by ${mode} in ${coordinates} coordinates, and upsample otherwise.`)
  const scale = factors.every((factor) => factor === factors[0]) ? factors[0] : factors
  read.holdFirst(node, read.add(node, 'upsample', { scale, method: isNearest ? 'nearest' : 'bilinear' }, [name]))
}

const depthToSpace: Read = (read, node) => {
  read.known(node, 'blocksize', 'mode')
  if (read.text(node, 'mode', 'DCR') !== 'CRD')
    return read.fail(node, 'takes the channels in the order DCR, and pixelShuffle in that of PyTorch, CRD.')
  const { name } = read.first(node)
  read.holdFirst(node, read.add(node, 'pixelShuffle', { scale: read.int(node, 'blocksize', 0) }, [name]))
}

export const cellReaders: Readers = {
  Pad: pad,
  Slice: slice,
  Resize: resize,
  DepthToSpace: depthToSpace,
}
