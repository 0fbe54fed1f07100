import { productOf } from '../../../layers/kind/decimal-product.js'
import { decimal, oneOrEach } from '../../settings.js'
import type { OnnxNode } from '../model.js'
import { mostAxes } from '../wire/limits.js'
import { named } from '../words.js'
import type { Reader, Readers } from './reader/reader.js'
import { dimsOf } from './shapes.js'

/** Interpolation to another size. */

type Read = Readers[string]

/** Where a resize looks for its cells, by the names that ONNX has for it. */
interface Lookup {
  readonly mode: string
  readonly coordinates: string
  readonly nearest: string
}

/** Spatial axes before and after a resize. */
interface Axes {
  readonly cells: readonly number[]
  readonly sizes: readonly number[]
  /** The factors that the file has, in place of sizes. */
  readonly factors?: readonly number[]
}

const isWholeResize = ({ cells, sizes, factors }: Axes): boolean =>
  sizes.every((size, axis) => size % (cells[axis] as number) === 0 && (!factors || factors[axis] === size / (cells[axis] as number)))

/** Whether positions are those of the centres of cells. The names differ where the size is 1, or was rounded. */
const isCentred = (coordinates: string, axes: Axes): boolean => {
  if (coordinates === 'half_pixel' || isWholeResize(axes))
    return ['half_pixel', 'pytorch_half_pixel', 'half_pixel_symmetric'].includes(coordinates)
  return coordinates === 'pytorch_half_pixel' && axes.sizes.every((size, axis) => size > 1 || axes.cells[axis] === 1)
}

/** The method of a resize; `undefined` if there is none here. */
const methodOf = ({ mode, coordinates, nearest }: Lookup, axes: Axes): { method: string; alignCorners?: true } | undefined => {
  if (mode === 'linear' || (mode === 'cubic' && axes.sizes.length === 2)) {
    const method = mode === 'linear' ? 'bilinear' : 'bicubic'
    if (coordinates === 'align_corners') return { method, alignCorners: true }
    return isCentred(coordinates, axes) ? { method } : undefined
  }
  if (mode !== 'nearest') return undefined
  const found = { method: 'nearest' }
  if (coordinates === 'asymmetric' && nearest === 'floor') return found
  if (!isWholeResize(axes)) return undefined
  // In a cell of its own, each new cell is less than half a cell away from the middle of the old one.
  if (isCentred(coordinates, axes)) return nearest.startsWith('round_prefer') ? found : undefined
  const isBelow = nearest === 'round_prefer_floor' && axes.sizes.every((size, axis) => size <= 2 * (axes.cells[axis] as number))
  return coordinates === 'asymmetric' && isBelow ? found : undefined
}

/** Adds the layer for a resize of the spatial axes. */
const resizeTo = (read: Reader, node: OnnxNode, name: string, axes: Axes, lookup: Lookup) => {
  const { mode, coordinates, nearest } = lookup
  const method = methodOf(lookup, axes)
  if (!method) {
    const how = mode === 'nearest' ? `${named(coordinates)} coordinates, ${named(nearest)}` : `${named(coordinates)} coordinates`
    return read.fail(node, `resizes by ${named(mode)} in ${how}, and upsample otherwise.`)
  }
  const { cells, sizes, factors } = axes
  const whole = isWholeResize(axes)
  const isRounded = factors?.some((factor, axis) => productOf(cells[axis] as number, factor).rest !== '') === true
  const settings = {
    ...(whole || factors
      ? { scale: oneOrEach(factors ?? sizes.map((size, axis) => size / (cells[axis] as number))) }
      : { size: oneOrEach(sizes) }),
    ...method,
    ...(isRounded ? { rounding: 'floor' } : {}),
  }
  read.holdFirst(node, read.add(node, 'upsample', settings, [name]))
}

/** The spatial axes of what a node resizes, by the factors of all axes in the file. */
const scaledAxes = (read: Reader, node: OnnxNode, name: string, all: readonly number[]): Axes => {
  const cells = read.shapeOf(name).slice(0, -1)
  if (all.length !== cells.length + 2 || all[0] !== 1 || all[1] !== 1) return read.fail(node, 'resizes another axis than a spatial one.')
  const scales = all.slice(2)
  const wrong = scales.find((scale, axis) => !(scale >= 1e-6 && scale <= 2 ** 31 && scale * (cells[axis] as number) >= 1))
  if (wrong !== undefined) return read.fail(node, `has the factor ${decimal(wrong)}.`)
  const sizes = scales.map((scale, axis) => Math.floor(scale * (cells[axis] as number)))
  // A float that stands for a decimal, or for the quotient of two sizes.
  const isDecimal = scales.map((scale, axis) => {
    const { whole, rest } = productOf(cells[axis] as number, decimal(scale))
    return rest === '' && Number(whole) === sizes[axis]
  })
  const isQuotient = scales.every((scale, axis) => isDecimal[axis] || isQuotientOf(scale, sizes[axis] as number, cells[axis] as number))
  if (isQuotient && !isDecimal.every(Boolean)) return { cells, sizes }
  const factors = scales.map((scale, axis) => {
    const short = decimal(scale)
    return Number(productOf(cells[axis] as number, short).whole) === sizes[axis] ? short : scale
  })
  return { cells, sizes, factors }
}

/** Whether a float is a quotient of sizes, or just above it so that the product is no smaller than the size. */
const isQuotientOf = (scale: number, size: number, cells: number): boolean => {
  const quotient = size / cells
  return Math.fround(quotient) === scale || (scale > quotient && scale < quotient * (1 + 2 ** -21))
}

/** The factors that stand under an input. */
const factorsAt = (read: Reader, node: OnnxNode, index: number): number[] | undefined => {
  const operand = read.optional(node, index)
  if (operand?.is !== 'tensor') return undefined
  return operand.data ? [...operand.data.subarray(0, mostAxes)] : read.fail(node, 'its factors must stand in the file.')
}

const resize: Read = (read, node) => {
  const words = ['mode', 'coordinate_transformation_mode', 'nearest_mode', 'keep_aspect_ratio_policy']
  read.known(node, ...words, 'cubic_coeff_a', 'extrapolation_value', 'exclude_outside', 'antialias')
  const mode = read.text(node, 'mode', 'nearest')
  if (read.model.opset < 11) return upsampled(read, node, mode)
  if (read.flag(node, 'antialias', false)) return read.fail(node, 'smooths what it makes smaller, and upsample does not.')
  const policy = read.text(node, 'keep_aspect_ratio_policy', 'stretch')
  if (policy !== 'stretch') return read.fail(node, `keeps the aspect ratio by '${named(policy)}', and upsample each factor.`)
  if (mode === 'cubic') {
    const coefficient = read.float(node, 'cubic_coeff_a', -0.75)
    if (coefficient !== -0.75) return read.fail(node, `has the coefficient ${decimal(coefficient)}, and bicubic here -0.75.`)
    if (read.flag(node, 'exclude_outside', false))
      return read.fail(node, 'leaves out cells beyond the edge, and upsample repeats the outermost.')
  }
  const lookup = {
    mode,
    coordinates: read.text(node, 'coordinate_transformation_mode', 'half_pixel'),
    nearest: read.text(node, 'nearest_mode', 'round_prefer_floor'),
  }
  const factors = factorsAt(read, node, 2)
  const { name } = read.first(node)
  if (factors && factors.length > 0) return resizeTo(read, node, name, scaledAxes(read, node, name, factors), lookup)
  const given = read.take(node, 3)
  const sizes = given.is === 'sizes' && given.dims.length === 1 ? given.sizes : undefined
  const dims = dimsOf(read, read.value(node))
  const wanted = sizes?.slice(1).filter((size) => typeof size === 'number')
  // A file says how many examples there are, even where it takes any number.
  const isBatch = sizes?.[0] === 1 || sizes?.[0] === undefined || sizes[0] === read.batch
  if (!sizes || !isBatch || wanted?.length !== dims.length - 1 || wanted[0] !== dims[1])
    return read.fail(node, 'resizes another axis than a spatial one.')
  const spatial = wanted.slice(1)
  if (spatial.some((size) => !Number.isSafeInteger(size) || size < 1)) return read.fail(node, `resizes to ${spatial.join('x')}.`)
  resizeTo(read, node, name, { cells: read.shapeOf(name).slice(0, -1), sizes: spatial }, lookup)
}

/** A resize as files before opset 11 have it: each cell from the old one before it. */
const upsampled: (...of: [...Parameters<Read>, mode: string]) => void = (read, node, mode) => {
  const factors = factorsAt(read, node, 1)
  if (!factors) return read.fail(node, 'its factors must stand in the file.')
  const { name } = read.first(node)
  resizeTo(read, node, name, scaledAxes(read, node, name, factors), { mode, coordinates: 'asymmetric', nearest: 'floor' })
}

const upsample: Read = (read, node) => {
  read.known(node, 'mode')
  upsampled(read, node, read.text(node, 'mode', 'nearest'))
}

export const resizeReaders: Readers = { Resize: resize, Upsample: upsample }
