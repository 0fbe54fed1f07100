import type { Reverse } from './digits.js'
import type { Known } from './natural.js'
import type { SubtractDigits } from './subtract.js'

/** The result of comparing two natural numbers. */
export type Order = 'less' | 'equal' | 'greater'

/**
 * Compares `Left` with `Right`: `'less'`, `'equal'` or `'greater'`, exact up to 2^53 - 1.
 *
 * {@link Order} if an operand is not a natural number literal. For a union, the union of all results.
 *
 * @example
 * type TooLarge = Compare<11, 7> // 'greater'
 */
export type Compare<Left extends number, Right extends number> =
  Known<Left | Right> extends true ? CompareDecimals<`${Left}`, `${Right}`> : Order

/** {@link Compare} for decimals. */
export type CompareDecimals<Left extends string, Right extends string> =
  SubtractDigits<Reverse<Left>, Reverse<Right>> extends infer Difference
    ? Difference extends '0'
      ? 'equal'
      : Difference extends `-${string}`
        ? 'less'
        : 'greater'
    : never
