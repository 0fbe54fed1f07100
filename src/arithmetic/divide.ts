import type { Reverse, StripZeros } from './digits.js'
import type { Known, ToNumber } from './natural.js'
import type { TakeFrom } from './subtract.js'
import type { DividedBy, Step, Successor } from './tables.js'

/** Short division of a decimal by one digit, largest place first, the way it is read. */
type ShortDivision<Decimal extends string, Last extends Step, Done extends string> = Decimal extends `${infer Place}${infer Rest}`
  ? ShortDivision<Rest, Last['next'][Place], `${Done}${Last['write']}`>
  : [StripZeros<`${Done}${Last['write']}`>, Last['left']]

/** Long division of a decimal: `By` and `Remainder` are little-endian, so a new place is put in front of the remainder. */
type LongDivision<
  Decimal extends string,
  By extends string,
  Remainder extends string,
  Done extends string,
> = Decimal extends `${infer Place}${infer Rest}`
  ? TakeAway<Remainder extends '0' ? Place : `${Place}${Remainder}`, By, '0'> extends [
      infer Times extends string,
      infer Left extends string,
    ]
    ? LongDivision<Rest, By, Left, `${Done}${Times}`>
    : never
  : [StripZeros<Done>, Reverse<Remainder>]

/** How often `By` can be taken away, nine times at most, and what is left (all little-endian). */
type TakeAway<Digits extends string, By extends string, Times extends string> =
  TakeFrom<Digits, By> extends infer Left extends string
    ? Left extends 'less'
      ? [Times, Digits]
      : TakeAway<Reverse<StripZeros<Left>>, By, Successor[Times]>
    : never

/** The quotient and the remainder of two decimals, as decimals; `never` for a division by zero. */
export type DivideDecimals<Decimal extends string, By extends string> = By extends '0'
  ? never
  : `${By}:0` extends keyof DividedBy
    ? ShortDivision<Decimal, { write: ''; next: DividedBy[`${By}:0`]; left: '0' }, ''>
    : Decimal extends By
      ? ['1', '0']
      : LongDivision<Decimal, Reverse<By>, '0', ''>

/**
 * The quotient and the remainder of two natural numbers, exact up to 2^53 - 1: the division is exact when the remainder is 0.
 *
 * `[number, number]` when a side is not a natural number literal, `never` for a division by zero; a union gives every result.
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
