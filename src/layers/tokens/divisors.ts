import type { DivideDecimals } from '../../arithmetic/divide.js'

/* Numbers that divide others: of heads, groups of heads, or windows. */

/** Whether a number divides another, or all members of a union. */
export type Divides<Of extends number, By extends number> = DivideDecimals<`${Of}`, `${By}`> extends [unknown, '0'] ? true : false

/** Those of the numbers to try that divide a number, or all members of a union, as text. */
export type DivisorsOf<Of extends number, Try> = Try extends readonly [infer By extends number, ...infer Rest]
  ? Divides<Of, By> extends true
    ? [`${By}`, ...DivisorsOf<Of, Rest>]
    : DivisorsOf<Of, Rest>
  : []

/** {@link DivisorsOf} at run time. */
export const divisorsOf = (of: readonly number[], numbers: readonly number[]): string[] =>
  numbers.filter((by) => of.every((each) => each % by === 0)).map(String)
