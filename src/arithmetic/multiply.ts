import type { TotalOf } from './add.js'
import type { CommonProducts, CommonProductsTimesNine } from './common-products.js'
import type { Reverse } from './digits.js'
import type { Known, ToNumber } from './natural.js'
import type { Digit, Step, Times } from './tables.js'

/** Multiplies little-endian digits by one digit: four digits per step, then the rest at once. The final state's `left` is the carry. */
type TimesRow<Digits, Last extends Step, Done extends string> = Digits extends `${number}${number}${number}${number}`
  ? Digits extends `${infer A}${infer B}${infer C}${infer D}${infer Rest}`
    ? TimesRow<
        Rest,
        Last['next'][A]['next'][B]['next'][C]['next'][D],
        `${Done}${Last['write']}${Last['next'][A]['write']}${Last['next'][A]['next'][B]['write']}${Last['next'][A]['next'][B]['next'][C]['write']}`
      >
    : never
  : Digits extends `${number}${number}${number}`
    ? Digits extends `${infer A}${infer B}${infer C}`
      ? `${Done}${Last['write']}${Last['next'][A]['write']}${Last['next'][A]['next'][B]['write']}${Last['next'][A]['next'][B]['next'][C]['write']}${Last['next'][A]['next'][B]['next'][C]['left']}`
      : never
    : Digits extends `${number}${number}`
      ? Digits extends `${infer A}${infer B}`
        ? `${Done}${Last['write']}${Last['next'][A]['write']}${Last['next'][A]['next'][B]['write']}${Last['next'][A]['next'][B]['left']}`
        : never
      : Digits extends `${number}`
        ? Digits extends `${infer A}`
          ? `${Done}${Last['write']}${Last['next'][A]['write']}${Last['next'][A]['left']}`
          : never
        : `${Done}${Last['write']}${Last['left']}`

/** Multiplies little-endian digits by one digit of at least 2. */
type TimesDigit<Factor extends 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9, Digits> = TimesRow<
  Digits,
  { write: ''; next: Times[`${Factor}+0`]; left: '' },
  ''
>

/** Multiplies little-endian digits by ten. */
type TimesTen<Digits> = Digits extends '0' ? '0' : Digits extends string ? `0${Digits}` : never

/** Common widths as products of one-digit factors: multiplying three times by 8 is cheaper than long multiplication by 512. */
interface CommonFactors<Digits> {
  '2': TimesDigit<2, Digits>
  '3': TimesDigit<3, Digits>
  '4': TimesDigit<4, Digits>
  '5': TimesDigit<5, Digits>
  '6': TimesDigit<6, Digits>
  '7': TimesDigit<7, Digits>
  '8': TimesDigit<8, Digits>
  '9': Digits extends keyof CommonProductsTimesNine ? CommonProductsTimesNine[Digits] : TimesDigit<9, Digits>
  '10': TimesTen<Digits>
  '12': TimesDigit<2, TimesDigit<6, Digits>>
  '16': TimesDigit<2, TimesDigit<8, Digits>>
  '24': TimesDigit<3, TimesDigit<8, Digits>>
  '25': TimesDigit<5, TimesDigit<5, Digits>>
  '32': TimesDigit<4, TimesDigit<8, Digits>>
  '36': TimesDigit<6, TimesDigit<6, Digits>>
  '40': TimesTen<TimesDigit<4, Digits>>
  '48': TimesDigit<6, TimesDigit<8, Digits>>
  '49': TimesDigit<7, TimesDigit<7, Digits>>
  '64': TimesDigit<8, TimesDigit<8, Digits>>
  '72': TimesDigit<8, TimesDigit<9, Digits>>
  '80': TimesTen<TimesDigit<8, Digits>>
  '81': TimesDigit<9, TimesDigit<9, Digits>>
  '96': TimesDigit<2, TimesDigit<6, TimesDigit<8, Digits>>>
  '100': TimesTen<TimesTen<Digits>>
  '112': TimesDigit<2, TimesDigit<7, TimesDigit<8, Digits>>>
  '120': TimesTen<TimesDigit<2, TimesDigit<6, Digits>>>
  '128': TimesDigit<2, TimesDigit<8, TimesDigit<8, Digits>>>
  '144': TimesDigit<2, TimesDigit<8, TimesDigit<9, Digits>>>
  '160': TimesTen<TimesDigit<2, TimesDigit<8, Digits>>>
  '192': TimesDigit<3, TimesDigit<8, TimesDigit<8, Digits>>>
  '224': TimesDigit<4, TimesDigit<7, TimesDigit<8, Digits>>>
  '240': TimesTen<TimesDigit<3, TimesDigit<8, Digits>>>
  '256': TimesDigit<4, TimesDigit<8, TimesDigit<8, Digits>>>
  '320': TimesTen<TimesDigit<4, TimesDigit<8, Digits>>>
  '384': TimesDigit<6, TimesDigit<8, TimesDigit<8, Digits>>>
  '480': TimesTen<TimesDigit<6, TimesDigit<8, Digits>>>
  '512': TimesDigit<8, TimesDigit<8, TimesDigit<8, Digits>>>
  '576': TimesDigit<9, TimesDigit<8, TimesDigit<8, Digits>>>
  '640': TimesTen<TimesDigit<8, TimesDigit<8, Digits>>>
  '672': TimesDigit<2, TimesDigit<6, TimesDigit<7, TimesDigit<8, Digits>>>>
  '768': TimesDigit<2, TimesDigit<6, TimesDigit<8, TimesDigit<8, Digits>>>>
  '960': TimesTen<TimesDigit<2, TimesDigit<6, TimesDigit<8, Digits>>>>
  '1000': TimesTen<TimesTen<TimesTen<Digits>>>
  '1024': TimesDigit<2, TimesDigit<8, TimesDigit<8, TimesDigit<8, Digits>>>>
  '1152': TimesDigit<2, TimesDigit<9, TimesDigit<8, TimesDigit<8, Digits>>>>
  '1280': TimesTen<TimesDigit<2, TimesDigit<8, TimesDigit<8, Digits>>>>
  '2048': TimesDigit<4, TimesDigit<8, TimesDigit<8, TimesDigit<8, Digits>>>>
  '3072': TimesDigit<6, TimesDigit<8, TimesDigit<8, TimesDigit<8, Digits>>>>
  '4096': TimesDigit<8, TimesDigit<8, TimesDigit<8, TimesDigit<8, Digits>>>>
}

/** Long multiplication: one row per digit of `Decimal`, from the highest place down. */
type LongMultiplication<Digits, Decimal, Sum> = Decimal extends `0${infer Rest}`
  ? LongMultiplication<Digits, Rest, TimesTen<Sum>>
  : Decimal extends `1${infer Rest}`
    ? LongMultiplication<Digits, Rest, Accumulate<Sum, Digits>>
    : Decimal extends `${infer Place extends Digit}${infer Rest}`
      ? LongMultiplication<Digits, Rest, Accumulate<Sum, TimesRow<Digits, { write: ''; next: Times[`${Place}+0`]; left: '' }, ''>>>
      : Sum

/** Shifts the sum of the previous rows by one place, and adds a row. */
type Accumulate<Sum, Row> = Sum extends '0' ? Row : Sum extends string ? (Row extends string ? TotalOf<`0${Sum}`, Row> : never) : never

/** The product of little-endian digits and a decimal, as little-endian digits. */
export type MultiplyDigits<Digits, Decimal> = Decimal extends keyof CommonFactors<Digits>
  ? CommonFactors<Digits>[Decimal]
  : Digits extends '0'
    ? '0'
    : Decimal extends '0' | '1'
      ? Decimal extends '0'
        ? '0'
        : Digits
      : LongMultiplication<Digits, Decimal, '0'>

/** The product of two sizes that are known at compile time, as little-endian digits. */
export type MultiplySizes<Left extends number, Right extends number> = Left extends keyof CommonProducts
  ? Right extends keyof CommonProducts[Left]
    ? CommonProducts[Left][Right] extends infer Product extends string
      ? Product
      : never
    : MultiplyDigits<Reverse<`${Left}`>, `${Right}`>
  : MultiplyDigits<Reverse<`${Left}`>, `${Right}`>

/**
 * The product of two natural numbers, exact up to 2^53 - 1.
 *
 * `number` if an operand is not a natural number literal or the product exceeds that range. For a union, the union of all products.
 *
 * @example
 * type Features = Multiply<49, 512> // 25088
 */
export type Multiply<Left extends number, Right extends number> =
  Known<Left | Right> extends true
    ? MultiplyDigits<Reverse<`${Left}`>, `${Right}`> extends infer Product extends string
      ? ToNumber<Reverse<Product>>
      : never
    : number
