import { productOf } from '../../layers/kind/decimal-product.js'
import { isWhole, mostPositions, movesInPlace, positionOf, type Resampling, resamplingsOf } from '../../layers/kind/resampling.js'
import { call, perAxis } from './call.js'
import { type PartsWriter, part, refuse } from './part.js'

/** Resizing, by factors or to a size. */

const linearModes = ['linear', 'bilinear', 'trilinear']

/** Whether PyTorch, which multiplies in floating point and rounds down, gets the size of an axis from a factor. */
const givesSize = ({ cells, size }: Resampling, factor: number): boolean => Math.floor(cells * factor) === size

/** The factor of an axis, or a number next to it with which PyTorch gets the size: 100 * 0.29 is 28.999999999999996 there. */
const factorFor = (axis: Resampling): number | undefined =>
  [0, 1, -1, 2, -2].map((steps) => (axis.factor as number) * (1 + steps * Number.EPSILON)).find((near) => givesSize(axis, near))

export const upsample: PartsWriter = (node, input) => {
  const stated = resamplingsOf(node)
  const { method, alignCorners } = stated[0] as Resampling
  const rank = stated.length
  if (rank > 3) return refuse(node, `PyTorch has it for up to three spatial axes, not for ${rank}.`)
  const hasFactors = stated.every(({ factor }) => factor !== undefined)
  // A size has the same steps as a factor that gives it exactly.
  const isExact = stated.every(({ cells, factor }) => factor === undefined || productOf(cells, factor).rest === '')
  const byFactor = hasFactors && (!isExact || stated.every((axis) => givesSize(axis, axis.factor as number)))
  const axes = byFactor ? stated.map((axis) => ({ ...axis, factor: factorFor(axis) })) : stated
  if (byFactor && axes.some(({ factor }) => factor === undefined)) return refuse(node, 'PyTorch rounds its size. Use the size.')
  const long = method === 'nearest' ? axes.find((axis) => !isWhole(axis) && axis.size > mostPositions) : undefined
  if (long) return refuse(node, `it has ${long.size} positions along an axis: more than ${mostPositions} need a whole factor.`)
  if (method === 'nearest' && !axes.every((axis, index) => findsNearest(axis, stated[index] as Resampling, byFactor)))
    return refuse(node, 'PyTorch copies other cells. Use another size.')
  if (method === 'bilinear' && axes.some(movesInPlace))
    return refuse(node, 'PyTorch copies an axis that keeps its size. Use another factor.')
  const sizes = byFactor
    ? { scale_factor: perAxis(axes.map(({ factor }) => factor as number)) }
    : { size: perAxis(axes.map(({ size }) => size)) }
  const mode = { nearest: undefined, bilinear: `"${linearModes[rank - 1]}"`, bicubic: '"bicubic"' }[method]
  const options = { ...sizes, mode, align_corners: alignCorners ? true : undefined }
  return [part(call('nn.Upsample', {}, options), { ...input, shape: node.output })]
}

/** Whether PyTorch finds the same cells, in single precision. */
const findsNearest = (axis: Resampling, stated: Resampling, byFactor: boolean): boolean => {
  if (isWhole(stated)) return true
  const { cells, size, factor = 1 } = axis
  // Where a factor is rounded to 1, PyTorch copies the axis.
  const step = size === cells ? 1 : byFactor ? Math.fround(1 / factor) : Math.fround(cells / size)
  return Array.from({ length: size }, (_, place) => place).every(
    (place) => Math.min(Math.floor(Math.fround(place * step)), cells - 1) === positionOf(stated, place).cell,
  )
}
