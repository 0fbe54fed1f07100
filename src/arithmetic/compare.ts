import type { Reverse } from './digits.js'
import type { Known } from './natural.js'
import type { SubtractDigits } from './subtract.js'

/** How two natural numbers stand to each other. */
export type Order = 'less' | 'equal' | 'greater'

/**
 * How `Left` stands to `Right`: `'less'`, `'equal'` or `'greater'`, exact up to 2^53 - 1.
 *
 * Any {@link Order} when a side is not a natural number literal; a union gives every answer that is possible.
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
