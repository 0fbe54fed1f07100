import type { Adder, Carry0 } from './adder.js'
import type { Increment, Reverse } from './digits.js'
import type { Known, ToLiteral, ToNumber } from './natural.js'

/**
 * Written addition of little-endian digits; the result is a decimal.
 *
 * `Pair` is `'left+right'`, a single string, since matching both numbers at once is cheaper than one after the other. Two digits per
 * step is the cheapest: with more, the repeated look-up of carries costs more than the saved steps. A pattern without placeholders is
 * almost free, so such patterns choose the next step.
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

/** Ends an addition when one side has no digits left: appends the other side's digits and the carry. */
type SumEnd<Pair extends string, Last extends Adder, Done extends string> = Pair extends '+'
  ? `${Last['carry']}${Last['writes']}${Done}`
  : Pair extends `+${infer Rest}` | `${infer Rest}+`
    ? `${Reverse<Last['carry'] extends '' ? Rest : Increment<Rest>>}${Last['writes']}${Done}`
    : never

/** Adds two numbers in little-endian digits; the sum is a decimal. */
export type AddDigits<Left extends string, Right extends string> = `${SumPair<`${Left}+${Right}`, Start, ''>}`

/** A number of ten digits or more. */
type TenDigits = `${number}${number}${number}${number}${number}${number}${number}${number}${number}${number}`

/** Pads a decimal of at most nine digits with leading zeros to nine. */
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

/** Removes the leading zeros from nine digits, or from ten with a carry. */
type WithoutLeadingZeros<Decimal> = Decimal extends `0000${infer Five}`
  ? Five extends `0000${infer LastDigit}`
    ? LastDigit
    : WithoutThreeZeros<Five>
  : WithoutThreeZeros<Decimal>

/** Removes up to three leading zeros. */
type WithoutThreeZeros<Decimal> = Decimal extends `00${infer Rest}` ? WithoutOneZero<Rest> : WithoutOneZero<Decimal>

type WithoutOneZero<Decimal> = Decimal extends `0${infer Rest}` ? Rest : Decimal

/** The sum of a decimal and little-endian digits, as a number: one chain of look-ups where both have at most nine digits. */
export type AddToDecimal<Decimal extends string, Digits extends string> = Decimal extends TenDigits
  ? ToNumber<SumOf<Reverse<Decimal>, Digits>>
  : Digits extends TenDigits
    ? ToNumber<SumOf<Reverse<Decimal>, Digits>>
    : `${NineDigits<Decimal>}+${Digits}00000000` extends `${infer I}${infer H}${infer G}${infer F}${infer E}${infer D}${infer C}${infer B}${infer A}+${infer a}${infer b}${infer c}${infer d}${infer e}${infer f}${infer g}${infer h}${infer i}${string}`
      ? ToLiteral<
          WithoutLeadingZeros<`${Carry0[A][a][B][b][C][c][D][d][E][e][F][f][G][g][H][h][I][i]['carry']}${Carry0[A][a][B][b][C][c][D][d][E][e][F][f][G][g][H][h][I][i]['writes']}${Carry0[A][a][B][b][C][c][D][d][E][e][F][f][G][g][H][h]['writes']}${Carry0[A][a][B][b][C][c][D][d][E][e][F][f][G][g]['writes']}${Carry0[A][a][B][b][C][c][D][d][E][e][F][f]['writes']}${Carry0[A][a][B][b][C][c][D][d][E][e]['writes']}${Carry0[A][a][B][b][C][c][D][d]['writes']}${Carry0[A][a][B][b][C][c]['writes']}${Carry0[A][a][B][b]['writes']}${Carry0[A][a]['writes']}`>
        >
      : never

/**
 * {@link SumPair} with a little-endian result. It writes the digits in the other order, since reversing a sum costs half as much as the
 * sum itself.
 *
 * It takes five digits per step. The last step takes as many digits as the shorter side has left.
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

/** Ends a sum: appends the remaining digits of the longer side, and the carry. */
type TotalEnd<Rest extends string, Last extends Adder, Done extends string> = `${Done}${Last['writes']}${WithCarry<Last['carry'], Rest>}`

type WithCarry<Carry, Digits extends string> = Carry extends '' ? Digits : Increment<Digits>

/** {@link AddDigits} for unconstrained type parameters, so that the compiler need not check in other types that they are strings. */
export type SumOf<Left, Right> = Left extends string ? (Right extends string ? AddDigits<Left, Right> : never) : never

/** Adds two numbers in little-endian digits; the sum is little-endian too. */
export type TotalOf<Left extends string, Right extends string> = TotalPair<`${Left}+${Right}`, Start, ''>

/** {@link TotalOf} of what is not known to be text: so the compiler does not work out every sum that there could be. */
export type TotalOfBoth<Left, Right> = Left extends string ? (Right extends string ? TotalOf<Left, Right> : never) : never

/** The initial state of an addition: no digit to write and no carry. */
interface Start extends Carry0 {
  writes: ''
}

/**
 * The sum of two natural numbers, exact up to 2^53 - 1.
 *
 * `number` if an operand is not a natural number literal or the sum exceeds that range. For a union, the union of all sums.
 *
 * @example
 * type Sum = Add<138_344_128, 13_416> // 138357544
 */
export type Add<Left extends number, Right extends number> =
  Known<Left | Right> extends true ? ToNumber<AddDigits<Reverse<`${Left}`>, Reverse<`${Right}`>>> : number
