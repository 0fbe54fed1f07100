import type { TotalOf } from './add.js'
import type { UsualNines, UsualProducts } from './common-products.js'
import type { Reverse } from './digits.js'
import type { Known, ToNumber } from './natural.js'
import type { Digit, Step, Times } from './tables.js'

/** Multiplies little-endian digits by one digit, four digits a step and the rest at once; what is left at the end is the carry. */
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
type By<Factor extends 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9, Digits> = TimesRow<Digits, { write: ''; next: Times[`${Factor}+0`]; left: '' }, ''>

/** Multiplies little-endian digits by ten. */
type Shift<Digits> = Digits extends '0' ? '0' : Digits extends string ? `0${Digits}` : never

/**
 * Short cuts for the widths that networks are built from, as one-digit factors: three rows by 8 are cheaper than a long
 * multiplication by 512.
 */
interface UsualFactors<Digits> {
  '2': By<2, Digits>
  '3': By<3, Digits>
  '4': By<4, Digits>
  '5': By<5, Digits>
  '6': By<6, Digits>
  '7': By<7, Digits>
  '8': By<8, Digits>
  '9': Digits extends keyof UsualNines ? UsualNines[Digits] : By<9, Digits>
  '10': Shift<Digits>
  '12': By<2, By<6, Digits>>
  '16': By<2, By<8, Digits>>
  '24': By<3, By<8, Digits>>
  '25': By<5, By<5, Digits>>
  '32': By<4, By<8, Digits>>
  '36': By<6, By<6, Digits>>
  '40': Shift<By<4, Digits>>
  '48': By<6, By<8, Digits>>
  '49': By<7, By<7, Digits>>
  '64': By<8, By<8, Digits>>
  '72': By<8, By<9, Digits>>
  '80': Shift<By<8, Digits>>
  '81': By<9, By<9, Digits>>
  '96': By<2, By<6, By<8, Digits>>>
  '100': Shift<Shift<Digits>>
  '112': By<2, By<7, By<8, Digits>>>
  '120': Shift<By<2, By<6, Digits>>>
  '128': By<2, By<8, By<8, Digits>>>
  '144': By<2, By<8, By<9, Digits>>>
  '160': Shift<By<2, By<8, Digits>>>
  '192': By<3, By<8, By<8, Digits>>>
  '224': By<4, By<7, By<8, Digits>>>
  '240': Shift<By<3, By<8, Digits>>>
  '256': By<4, By<8, By<8, Digits>>>
  '320': Shift<By<4, By<8, Digits>>>
  '384': By<6, By<8, By<8, Digits>>>
  '480': Shift<By<6, By<8, Digits>>>
  '512': By<8, By<8, By<8, Digits>>>
  '576': By<9, By<8, By<8, Digits>>>
  '640': Shift<By<8, By<8, Digits>>>
  '672': By<2, By<6, By<7, By<8, Digits>>>>
  '768': By<2, By<6, By<8, By<8, Digits>>>>
  '960': Shift<By<2, By<6, By<8, Digits>>>>
  '1000': Shift<Shift<Shift<Digits>>>
  '1024': By<2, By<8, By<8, By<8, Digits>>>>
  '1152': By<2, By<9, By<8, By<8, Digits>>>>
  '1280': Shift<By<2, By<8, By<8, Digits>>>>
  '2048': By<4, By<8, By<8, By<8, Digits>>>>
  '3072': By<6, By<8, By<8, By<8, Digits>>>>
  '4096': By<8, By<8, By<8, By<8, Digits>>>>
}

/** Long multiplication: one row for each digit of the decimal `By`, largest place first. */
type TimesLong<Digits, By, Sum> = By extends `0${infer Rest}`
  ? TimesLong<Digits, Rest, Shift<Sum>>
  : By extends `1${infer Rest}`
    ? TimesLong<Digits, Rest, Accumulate<Sum, Digits>>
    : By extends `${infer Place extends Digit}${infer Rest}`
      ? TimesLong<Digits, Rest, Accumulate<Sum, TimesRow<Digits, { write: ''; next: Times[`${Place}+0`]; left: '' }, ''>>>
      : Sum

/** Moves the rows before by a place, and adds a row to them. */
type Accumulate<Sum, Row> = Sum extends '0' ? Row : Sum extends string ? (Row extends string ? TotalOf<`0${Sum}`, Row> : never) : never

/** The product of little-endian digits and a decimal, as little-endian digits. */
export type MultiplyDigits<Digits, By> = By extends keyof UsualFactors<Digits>
  ? UsualFactors<Digits>[By]
  : Digits extends '0'
    ? '0'
    : By extends '0' | '1'
      ? By extends '0'
        ? '0'
        : Digits
      : TimesLong<Digits, By, '0'>

/** The product of two sizes that are known, as little-endian digits. */
export type MultiplySizes<Left extends number, Right extends number> = Left extends keyof UsualProducts
  ? Right extends keyof UsualProducts[Left]
    ? UsualProducts[Left][Right] extends infer Product extends string
      ? Product
      : never
    : MultiplyDigits<Reverse<`${Left}`>, `${Right}`>
  : MultiplyDigits<Reverse<`${Left}`>, `${Right}`>

/**
 * The product of two natural numbers, exact up to 2^53 - 1.
 *
 * `number` when a side is not a natural number literal or when the product is beyond the range; a union gives every product.
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
