import type { Reverse, StripZeros } from './digits.js'
import type { Known, ToNumber } from './natural.js'
import type { PaddedDifference } from './subtract.js'
import type { DividedBy, Step, Successor } from './tables.js'

/** Short division of a decimal by one digit, from the highest place down. */
type ShortDivision<Decimal extends string, Last extends Step, Done extends string> = Decimal extends `${infer Place}${infer Rest}`
  ? ShortDivision<Rest, Last['next'][Place], `${Done}${Last['write']}`>
  : [StripZeros<`${Done}${Last['write']}`>, Last['left']]

/** Long division of a decimal. `Divisor` and `Remainder` are little-endian, so the next place goes in front of the remainder. */
type LongDivision<
  Dividend extends string,
  Divisor extends string,
  Remainder extends string,
  Done extends string,
> = Dividend extends `${infer Place}${infer Rest}`
  ? SubtractRepeatedly<Remainder extends '0' ? Place : `${Place}${Remainder}`, Divisor, '0'> extends [
      infer Times extends string,
      infer Left extends string,
    ]
    ? LongDivision<Rest, Divisor, Left, `${Done}${Times}`>
    : never
  : [StripZeros<Done>, Reverse<Remainder>]

/** Counts how often `Divisor` can be subtracted, at most nine times, and gives the remainder (all little-endian). */
type SubtractRepeatedly<Digits extends string, Divisor extends string, Times extends string> =
  PaddedDifference<Digits, Divisor> extends infer Left extends string
    ? Left extends 'less'
      ? [Times, Digits]
      : SubtractRepeatedly<Reverse<StripZeros<Left>>, Divisor, Successor[Times]>
    : never

/** The quotient and the remainder of two decimals, as decimals; `never` for a division by zero. */
export type DivideDecimals<Dividend extends string, Divisor extends string> = Divisor extends '0'
  ? never
  : `${Divisor}:0` extends keyof DividedBy
    ? ShortDivision<Dividend, { write: ''; next: DividedBy[`${Divisor}:0`]; left: '0' }, ''>
    : Dividend extends Divisor
      ? ['1', '0']
      : LongDivision<Dividend, Reverse<Divisor>, '0', ''>

/**
 * The quotient and the remainder of two natural numbers, exact up to 2^53 - 1.
 *
 * `[number, number]` if an operand is not a natural number literal, `never` for a division by zero. For a union, the union of all
 * results.
 *
 * @example
 * type Fits = Divide<216, 4> // [quotient: 54, remainder: 0]
 * type Misfit = Divide<216, 5> // [quotient: 43, remainder: 1]
 */
export type Divide<Left extends number, Right extends number> =
  Known<Left | Right> extends true
    ? DivideDecimals<`${Left}`, `${Right}`> extends infer Result
      ? Result extends [infer Quotient extends string, infer Remainder extends string]
        ? [quotient: ToNumber<Quotient>, remainder: ToNumber<Remainder>]
        : never
      : never
    : [quotient: number, remainder: number]
