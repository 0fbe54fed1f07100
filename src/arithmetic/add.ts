import type { Increment, Reverse } from './digits.js'
import type { Known, ToNumber } from './natural.js'
import type { PairStep, Sum0 } from './tables.js'

/**
 * Written addition of little-endian digits, giving a decimal.
 *
 * `Pair` is `'left+right'`: one string, since taking two apart at once is cheaper than one after the other. Two digits a
 * step is the cheapest number: with more, looking the same carries up again outweighs the steps saved. A pattern without
 * holes to fill is all but free, so it decides which step comes next.
 */
type SumPair<Pair extends string, Last extends PairStep, Done extends string> = Pair extends `${number}${number}+${number}${number}`
  ? Pair extends `${infer A}${infer B}${infer LeftRest}+${infer C}${infer D}${infer RightRest}`
    ? SumPair<`${LeftRest}+${RightRest}`, Last[1][A][C][1][B][D], `${Last[1][A][C][0]}${Last[0]}${Done}`>
    : never
  : Pair extends `${number}+${number}`
    ? Pair extends `${infer A}${infer LeftRest}+${infer C}${infer RightRest}`
      ? SumEnd<`${LeftRest}+${RightRest}`, Last[1][A][C], `${Last[0]}${Done}`>
      : never
    : SumEnd<Pair, Last, Done>

/** The end of an addition, where one side has no digits left: the other's, and the carry. */
type SumEnd<Pair extends string, Last extends PairStep, Done extends string> = Pair extends '+'
  ? `${Last[2]}${Last[0]}${Done}`
  : Pair extends `+${infer Rest}` | `${infer Rest}+`
    ? `${Reverse<Last[2] extends '' ? Rest : Increment<Rest>>}${Last[0]}${Done}`
    : never

/** Adds two numbers given as little-endian digits; the sum is a decimal. */
export type AddDigits<Left extends string, Right extends string> = SumPair<`${Left}+${Right}`, ['', Sum0, ''], ''>

/**
 * The sum of two natural numbers, exact up to 2^53 - 1.
 *
 * `number` when a side is not a natural number literal or when the sum is beyond the range; a union gives every sum.
 *
 * @example
 * type Sum = Add<138_344_128, 13_416> // 138357544
 */
export type Add<Left extends number, Right extends number> =
  Known<Left | Right> extends true ? ToNumber<AddDigits<Reverse<`${Left}`>, Reverse<`${Right}`>>> : number
