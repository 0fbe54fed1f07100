import type { Axis } from '../shape/window.js'

/**
 * How many cells of a window lie within a range of an axis: an average divides by so many.
 *
 * @param start where the window's first cell lies
 * @param range its first place, and the place behind its last
 */
export const cellsWithin = (
  { kernel, dilation }: Pick<Axis, 'kernel' | 'dilation'>,
  start: number,
  [first, end]: readonly [first: number, end: number],
): number => Math.min(kernel, Math.ceil((end - start) / dilation)) - Math.max(0, Math.ceil((first - start) / dilation))
