import type { Axis } from '../shape/window.js'

/**
 * The number of a window's cells within a range of an axis: the divisor of an average.
 *
 * @param start the position of the window's first cell
 * @param range the first position of the range, and the position after its last
 */
export const cellsWithin = (
  { kernel, dilation }: Pick<Axis, 'kernel' | 'dilation'>,
  start: number,
  [first, end]: readonly [first: number, end: number],
): number => Math.min(kernel, Math.ceil((end - start) / dilation)) - Math.max(0, Math.ceil((first - start) / dilation))
