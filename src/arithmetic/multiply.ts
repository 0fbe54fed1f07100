import type { AddDigits } from './add.js'
import type { Reverse } from './digits.js'
import type { Known, ToNumber } from './natural.js'
import type { Digit, Step, Times } from './tables.js'

/** Multiplies little-endian digits by one digit; what is left at the end is the carry. */
type TimesRow<Digits, Last extends Step, Done extends string> = Digits extends `${infer Units}${infer Rest}`
  ? TimesRow<Rest, Last[1][Units], `${Done}${Last[0]}`>
  : `${Done}${Last[0]}${Last[2]}`

/**
 * One-digit factors of the widths that networks are built from: three rows by 8 are cheaper than a long multiplication by
 * 512. A zero stands for ten.
 */
interface Factors {
  '10': '0'
  '12': '62'
  '16': '82'
  '24': '83'
  '25': '55'
  '32': '84'
  '36': '66'
  '40': '40'
  '48': '86'
  '49': '77'
  '64': '88'
  '72': '98'
  '80': '80'
  '96': '862'
  '100': '00'
  '112': '872'
  '120': '620'
  '128': '882'
  '144': '982'
  '160': '820'
  '192': '883'
  '224': '874'
  '240': '830'
  '256': '884'
  '320': '840'
  '384': '886'
  '480': '860'
  '512': '888'
  '576': '889'
  '640': '880'
  '672': '8762'
  '768': '8862'
  '960': '8620'
  '1000': '000'
  '1024': '8882'
  '1152': '8892'
  '1280': '8820'
  '2048': '8884'
  '3072': '8886'
  '4096': '8888'
}

/** Multiplies little-endian digits by each digit of `List` in turn. */
type TimesEach<Digits, List extends string> = List extends `0${infer Rest}`
  ? TimesEach<Shift<Digits>, Rest>
  : List extends `${infer Factor extends Digit}${infer Rest}`
    ? TimesEach<TimesRow<Digits, ['', Times[`${Factor}+0`], ''], ''>, Rest>
    : Digits

/** Multiplies little-endian digits by ten. */
type Shift<Digits> = Digits extends string ? `0${Digits}` : never

/** Long multiplication: one row for each digit of the decimal `By`, largest place first. */
type TimesLong<Digits, By extends string, Sum> = By extends `0${infer Rest}`
  ? TimesLong<Digits, Rest, Shift<Sum>>
  : By extends `${infer Place extends Digit}${infer Rest}`
    ? TimesLong<Digits, Rest, Accumulate<Shift<Sum>, TimesRow<Digits, ['', Times[`${Place}+0`], ''], ''>>>
    : Sum

/** Adds a row to the rows before it. */
type Accumulate<Sum, Row> = [Sum, Row] extends [infer Left extends string, infer Right extends string] ? Reverse<AddDigits<Left, Right>> : never

/** The product of little-endian digits and a decimal, as little-endian digits. */
export type MultiplyDigits<Digits extends string, By extends string> = Digits extends '0'
  ? '0'
  : By extends keyof Factors
    ? TimesEach<Digits, Factors[By]>
    : By extends Digit
      ? By extends '0'
        ? '0'
        : TimesEach<Digits, By>
      : TimesLong<Digits, By, ''>

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
