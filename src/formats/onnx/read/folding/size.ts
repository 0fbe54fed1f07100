/** A number that is computed of the sizes of a file, where the batch may be any number. */

/** So many times the batch, other than once. */
export interface Multiple {
  readonly times: number
}

/** A number, or a multiple of the batch: `undefined` for the batch itself. */
export type Size = number | undefined | Multiple

/** How many times the batch it is; `undefined` for a number. */
const timesOf = (size: Size): number | undefined => (typeof size === 'number' ? undefined : size === undefined ? 1 : size.times)

/** A multiple of the batch as a size: none of it is zero. */
export const timesBatch = (times: number): Size => (times === 1 ? undefined : times === 0 ? 0 : { times })

/** What cannot be said without knowing the batch. */
export const unknown = Symbol('unknown')

/** A size that was computed, or what cannot be said. */
export type Computed = Size | typeof unknown

export const add = (one: Size, other: Size): Computed => {
  if (typeof one === 'number' && typeof other === 'number') return one + other
  if (one === 0) return other
  if (other === 0) return one
  const [left, right] = [timesOf(one), timesOf(other)]
  return left === undefined || right === undefined ? unknown : timesBatch(left + right)
}

export const multiply = (one: Size, other: Size): Computed => {
  if (typeof one === 'number' && typeof other === 'number') return one * other
  if (typeof one === 'number') return timesBatch(one * (timesOf(other) as number))
  return typeof other === 'number' ? timesBatch(other * (timesOf(one) as number)) : unknown
}

/** @param isWhole whether what is left over is cut off, as with whole numbers */
export const divide = (one: Size, other: Size, isWhole: boolean): Computed => {
  if (other === 0) return unknown
  if (typeof one === 'number' && typeof other === 'number') return isWhole ? Math.trunc(one / other) : one / other
  const [left, right] = [timesOf(one), timesOf(other)]
  if (left === undefined) return one === 0 ? 0 : unknown
  const quotient = left / (right ?? (other as number))
  // A part of the batch is no size that is known.
  if (isWhole && !Number.isInteger(quotient)) return unknown
  return right === undefined ? timesBatch(quotient) : quotient
}

/** Whether two sizes are equal: a size of an open batch is at least 1, and else unknown. */
export const isEqual = (one: Size, other: Size, batch: number | undefined): boolean | typeof unknown => {
  const [left, right] = [timesOf(one), timesOf(other)]
  if (left !== undefined && right !== undefined) return left === right
  if (left === undefined && right === undefined) return one === other
  const number = (left === undefined ? one : other) as number
  const times = (left ?? right) as number
  if (batch !== undefined) return times * batch === number
  return times > 0 && number <= 0 ? false : unknown
}

/** Whether two sizes are one, whatever the batch. */
export const isSameSize = (one: Size, other: Size): boolean =>
  one === other || (timesOf(one) !== undefined && timesOf(one) === timesOf(other))

/** A size as messages say it. */
export const sizeText = (size: Size): number | string => (size === undefined ? 'N' : typeof size === 'number' ? size : `${size.times}N`)
