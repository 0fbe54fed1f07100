import type { GraphNode } from '../../network/graph.js'

/** How an upsampled axis comes from its old cells, computed exactly: factors are decimals, and positions are fractions. */

/** An old cell, and its share of a new one. */
export interface Share {
  readonly cell: number
  readonly weight: number
}

/** An axis before and after an upsampling. */
export interface Resampling {
  readonly cells: number
  readonly size: number
  readonly method: string
  /** The factor of the axis; `undefined` if its size was given. */
  readonly factor: number | undefined
  readonly alignCorners: boolean
}

/** The axes of an `upsample`. */
export const resamplingsOf = ({ settings, inputShapes, output }: Pick<GraphNode, 'settings' | 'inputShapes' | 'output'>): Resampling[] => {
  const { scale, method, alignCorners } = settings as { scale?: number | readonly number[]; method: string; alignCorners?: boolean }
  return output.slice(0, -1).map((size, axis) => ({
    cells: inputShapes[0]?.[axis] as number,
    size,
    method,
    factor: scale === undefined || typeof scale === 'number' ? scale : (scale[axis] as number),
    alignCorners: alignCorners === true,
  }))
}

/** How many new cells of an axis a writer goes over one by one. */
export const mostPositions = 2 ** 16

/** Whether an axis grows by a whole factor from the outer edges on. */
export const isWhole = ({ cells, size, factor, alignCorners }: Resampling): boolean =>
  size % cells === 0 && !alignCorners && (factor === undefined || factor === size / cells)

/** Whether an axis keeps its size by a factor that is not 1. Its cells move all the same, which frameworks overlook: they copy it. */
export const movesInPlace = ({ cells, size, factor, alignCorners }: Resampling): boolean =>
  size === cells && size > 1 && !alignCorners && factor !== undefined && factor !== 1

/** The distance between new cells in old ones, as a fraction. */
export const distanceOf = ({ cells, size, factor, alignCorners }: Resampling): [numerator: bigint, denominator: bigint] => {
  if (alignCorners) return size > 1 ? [BigInt(cells - 1), BigInt(size - 1)] : [0n, 1n]
  if (factor === undefined) return [BigInt(cells), BigInt(size)]
  const [whole = '', fraction = ''] = `${factor}`.split('.')
  return [10n ** BigInt(fraction.length), BigInt(`${whole}${fraction}`)]
}

const floored = (numerator: bigint, denominator: bigint): bigint => {
  const quotient = numerator / denominator
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient
}

/**
 * The position of a new cell: the old cell before it, and how far behind the centre of that it is, from 0 to below 1. For `'nearest'`, the
 * old cell that it copies.
 */
export const positionOf = (resampling: Resampling, place: number): { readonly cell: number; readonly away: number } => {
  const [numerator, denominator] = distanceOf(resampling)
  const at = BigInt(place)
  if (resampling.method === 'nearest') return { cell: Number((at * numerator) / denominator), away: 0 }
  // In halves, since centres are half a cell from the edge.
  const [position, unit] = resampling.alignCorners
    ? [at * numerator, denominator]
    : [(2n * at + 1n) * numerator - denominator, 2n * denominator]
  const cell = floored(position, unit)
  return { cell: Number(cell), away: Number(position - cell * unit) / Number(unit) }
}

/** The coefficient of bicubic interpolation in PyTorch and ONNX. */
const coefficient = -0.75

/** Keys 1981: the weight of a cell by its distance. */
const cubic = (distance: number): number => {
  const far = Math.abs(distance)
  if (far <= 1) return ((coefficient + 2) * far - (coefficient + 3)) * far * far + 1
  return far < 2 ? ((far - 5) * far + 8) * far * coefficient - 4 * coefficient : 0
}

/** The shares of old cells in a new one. Beyond an edge its outermost cell is repeated. */
export const sharesAt = (resampling: Resampling, place: number): Share[] => {
  const { cell, away } = positionOf(resampling, place)
  const inside = (at: number): number => Math.min(Math.max(at, 0), resampling.cells - 1)
  if (away === 0) return [{ cell: inside(cell), weight: 1 }]
  const offsets = resampling.method === 'bicubic' ? [-1, 0, 1, 2] : [0, 1]
  const weights = new Map<number, number>()
  for (const offset of offsets) {
    const at = inside(cell + offset)
    const distance = away - offset
    weights.set(at, (weights.get(at) ?? 0) + (resampling.method === 'bicubic' ? cubic(distance) : 1 - Math.abs(distance)))
  }
  return [...weights].map(([of, weight]) => ({ cell: of, weight }))
}
