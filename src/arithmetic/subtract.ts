import type { Reverse, StripZeros } from './digits.js'
import type { Known, ToNumber } from './natural.js'
import type { Difference0, PairStep } from './tables.js'

/** Written subtraction of little-endian digits: a decimal that may have leading zeros, or `'less'` if the right side is larger. */
type DifferencePair<
  Pair extends string,
  Last extends PairStep,
  Done extends string,
> = Pair extends `${infer Left}${infer LeftRest}-${infer Right}${infer RightRest}`
  ? DifferencePair<`${LeftRest}-${RightRest}`, Last['next'][Left][Right], `${Last['write']}${Done}`>
  : Last['left'] extends ''
    ? Pair extends `${infer Rest}-`
      ? `${Reverse<Rest>}${Last['write']}${Done}`
      : 'less'
    : Pair extends `${infer Left}${infer LeftRest}-`
      ? DifferencePair<`${LeftRest}-`, Last['next'][Left]['0'], `${Last['write']}${Done}`>
      : 'less'

/** Subtracts `Right` from `Left`, both little-endian: a decimal that may have leading zeros, or `'less'` if `Right` is larger. */
export type PaddedDifference<Left extends string, Right extends string> = DifferencePair<
  `${Left}-${Right}`,
  { write: ''; next: Difference0; left: '' },
  ''
>

/** Subtracts numbers in little-endian digits; the difference is a decimal, with a leading `-` if it is negative. */
export type SubtractDigits<Left extends string, Right extends string> =
  PaddedDifference<Left, Right> extends infer Result extends string
    ? Result extends 'less'
      ? `-${StripZeros<PaddedDifference<Right, Left>>}`
      : StripZeros<Result>
    : never

/**
 * The difference of two natural numbers, exact up to 2^53 - 1; a negative literal if the right side is larger.
 *
 * `number` if an operand is not a natural number literal. For a union, the union of all differences.
 *
 * @example
 * type Slack = Subtract<227, 11> // 216
 * type Short = Subtract<5, 7> // -2
 */
export type Subtract<Left extends number, Right extends number> = (
  Known<Left | Right> extends true
    ? ToNumber<SubtractDigits<Reverse<`${Left}`>, Reverse<`${Right}`>>>
    : number
) extends infer Difference extends number
  ? Difference
  : never
