import type { Adder, Carry0 } from './adder.js'
import type { Increment, Reverse } from './digits.js'
import type { Known, ToLiteral, ToNumber } from './natural.js'

/**
 * Written addition of little-endian digits, giving a decimal.
 *
 * `Pair` is `'left+right'`: one string, since taking two apart at once is cheaper than one after the other. Two digits a
 * step is the cheapest number: with more, looking the same carries up again outweighs the steps saved. A pattern without
 * holes to fill is all but free, so it decides which step comes next.
 */
type SumPair<Pair extends string, Last extends Adder, Done extends string> = Pair extends `${number}${number}+${number}${number}`
  ? Pair extends `${infer A}${infer B}${infer LeftRest}+${infer C}${infer D}${infer RightRest}`
    ? SumPair<`${LeftRest}+${RightRest}`, Last[A][C][B][D], `${Last[A][C]['writes']}${Last['writes']}${Done}`>
    : never
  : Pair extends `${number}+${number}`
    ? Pair extends `${infer A}${infer LeftRest}+${infer C}${infer RightRest}`
      ? SumEnd<`${LeftRest}+${RightRest}`, Last[A][C], `${Last['writes']}${Done}`>
      : never
    : SumEnd<Pair, Last, Done>

/** The end of an addition, where one side has no digits left: the other's, and the carry. */
type SumEnd<Pair extends string, Last extends Adder, Done extends string> = Pair extends '+'
  ? `${Last['carry']}${Last['writes']}${Done}`
  : Pair extends `+${infer Rest}` | `${infer Rest}+`
    ? `${Reverse<Last['carry'] extends '' ? Rest : Increment<Rest>>}${Last['writes']}${Done}`
    : never

/** Adds two numbers given as little-endian digits; the sum is a decimal. */
export type AddDigits<Left extends string, Right extends string> = `${SumPair<`${Left}+${Right}`, Begin, ''>}`

/** A number of ten digits or more. */
type TenDigits = `${number}${number}${number}${number}${number}${number}${number}${number}${number}${number}`

/** A decimal of at most nine digits with zeros before it, to nine. */
type NineDigits<Decimal extends string> = Decimal extends `${number}${number}${number}${number}${number}`
  ? Decimal extends `${number}${number}${number}${number}${number}${number}${number}`
    ? Decimal extends `${number}${number}${number}${number}${number}${number}${number}${number}`
      ? Decimal extends `${number}${number}${number}${number}${number}${number}${number}${number}${number}`
        ? Decimal
        : `0${Decimal}`
      : `00${Decimal}`
    : Decimal extends `${number}${number}${number}${number}${number}${number}`
      ? `000${Decimal}`
      : `0000${Decimal}`
  : Decimal extends `${number}${number}${number}`
    ? Decimal extends `${number}${number}${number}${number}`
      ? `00000${Decimal}`
      : `000000${Decimal}`
    : Decimal extends `${number}${number}`
      ? `0000000${Decimal}`
      : `00000000${Decimal}`

/** Nine digits, or ten with a carry, without the zeros before them. */
type WithoutZeros<Decimal> = Decimal extends `0000${infer Five}`
  ? Five extends `0000${infer One}`
    ? One
    : WithoutTwo<Five>
  : WithoutTwo<Decimal>

type WithoutTwo<Decimal> = Decimal extends `00${infer Rest}` ? WithoutOne<Rest> : WithoutOne<Decimal>

type WithoutOne<Decimal> = Decimal extends `0${infer Rest}` ? Rest : Decimal

/** The sum of a decimal and little-endian digits, as a number: one chain of look-ups where both have at most nine digits. */
export type AddToDecimal<Decimal extends string, Digits extends string> = Decimal extends TenDigits
  ? ToNumber<SumOf<Reverse<Decimal>, Digits>>
  : Digits extends TenDigits
    ? ToNumber<SumOf<Reverse<Decimal>, Digits>>
    : `${NineDigits<Decimal>}+${Digits}00000000` extends `${infer I}${infer H}${infer G}${infer F}${infer E}${infer D}${infer C}${infer B}${infer A}+${infer a}${infer b}${infer c}${infer d}${infer e}${infer f}${infer g}${infer h}${infer i}${string}`
      ? ToLiteral<
          WithoutZeros<`${Carry0[A][a][B][b][C][c][D][d][E][e][F][f][G][g][H][h][I][i]['carry']}${Carry0[A][a][B][b][C][c][D][d][E][e][F][f][G][g][H][h][I][i]['writes']}${Carry0[A][a][B][b][C][c][D][d][E][e][F][f][G][g][H][h]['writes']}${Carry0[A][a][B][b][C][c][D][d][E][e][F][f][G][g]['writes']}${Carry0[A][a][B][b][C][c][D][d][E][e][F][f]['writes']}${Carry0[A][a][B][b][C][c][D][d][E][e]['writes']}${Carry0[A][a][B][b][C][c][D][d]['writes']}${Carry0[A][a][B][b][C][c]['writes']}${Carry0[A][a][B][b]['writes']}${Carry0[A][a]['writes']}`>
        >
      : never

/**
 * {@link SumPair} giving little-endian digits: another order of writing, since turning a sum round costs half as much as the sum.
 *
 * Five digits a step; the last step takes as many as the shorter side has, so nothing is left of that side.
 */
type TotalPair<
  Pair extends string,
  Last extends Adder,
  Done extends string,
> = Pair extends `${number}${number}${number}${number}${number}+${number}${number}${number}${number}${number}`
  ? Pair extends `${infer A}${infer B}${infer C}${infer D}${infer E}${infer LeftRest}+${infer a}${infer b}${infer c}${infer d}${infer e}${infer RightRest}`
    ? TotalPair<
        `${LeftRest}+${RightRest}`,
        Last[A][a][B][b][C][c][D][d][E][e],
        `${Done}${Last['writes']}${Last[A][a]['writes']}${Last[A][a][B][b]['writes']}${Last[A][a][B][b][C][c]['writes']}${Last[A][a][B][b][C][c][D][d]['writes']}`
      >
    : never
  : Pair extends `${number}${number}${number}${number}+${number}${number}${number}${number}`
    ? Pair extends `${infer A}${infer B}${infer C}${infer D}${infer LeftRest}+${infer a}${infer b}${infer c}${infer d}${infer RightRest}`
      ? TotalEnd<
          `${LeftRest}${RightRest}`,
          Last[A][a][B][b][C][c][D][d],
          `${Done}${Last['writes']}${Last[A][a]['writes']}${Last[A][a][B][b]['writes']}${Last[A][a][B][b][C][c]['writes']}`
        >
      : never
    : Pair extends `${number}${number}${number}+${number}${number}${number}`
      ? Pair extends `${infer A}${infer B}${infer C}${infer LeftRest}+${infer a}${infer b}${infer c}${infer RightRest}`
        ? TotalEnd<
            `${LeftRest}${RightRest}`,
            Last[A][a][B][b][C][c],
            `${Done}${Last['writes']}${Last[A][a]['writes']}${Last[A][a][B][b]['writes']}`
          >
        : never
      : Pair extends `${number}${number}+${number}${number}`
        ? Pair extends `${infer A}${infer B}${infer LeftRest}+${infer a}${infer b}${infer RightRest}`
          ? TotalEnd<`${LeftRest}${RightRest}`, Last[A][a][B][b], `${Done}${Last['writes']}${Last[A][a]['writes']}`>
          : never
        : Pair extends `${number}+${number}`
          ? Pair extends `${infer A}${infer LeftRest}+${infer a}${infer RightRest}`
            ? TotalEnd<`${LeftRest}${RightRest}`, Last[A][a], `${Done}${Last['writes']}`>
            : never
          : Pair extends `+${infer Rest}` | `${infer Rest}+`
            ? TotalEnd<Rest, Last, Done>
            : never

/** The end of a sum: what is left of the longer side, and the carry. */
type TotalEnd<Rest extends string, Last extends Adder, Done extends string> = `${Done}${Last['writes']}${Carried<Last['carry'], Rest>}`

type Carried<Carry, Digits extends string> = Carry extends '' ? Digits : Increment<Digits>

/** {@link AddDigits} in sentences: where it stands in other types, the compiler need not work out that they are digits. */
export type SumOf<Left, Right> = Left extends string ? (Right extends string ? AddDigits<Left, Right> : never) : never

/** Adds two numbers given as little-endian digits; so is the sum. */
export type TotalOf<Left extends string, Right extends string> = TotalPair<`${Left}+${Right}`, Begin, ''>

/** How an addition begins: nothing is written, nothing carried. */
interface Begin extends Carry0 {
  writes: ''
}

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
