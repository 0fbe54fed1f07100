import type { AddDigits, TotalOf } from '../arithmetic/add.js'
import type { CompareDecimals } from '../arithmetic/compare.js'
import type { Reverse } from '../arithmetic/digits.js'
import type { DivideDecimals } from '../arithmetic/divide.js'

/**
 * A division that does not come out, as messages show it: rounded to hundredths, `2.33`.
 *
 * Where hundredths would make it look like a whole number, as a sum: `2 + 1/999`.
 */

/** `Numerator / Denominator` for decimals. */
export type Ratio<Numerator extends string, Denominator extends string> =
  DivideDecimals<`${Numerator}00`, Denominator> extends [infer Hundredths extends string, infer Rest extends string]
    ? AddDigits<Reverse<Rest>, Reverse<Rest>> extends infer Twice extends string
      ? CompareDecimals<Twice, Denominator> extends 'less'
        ? RatioText<Reverse<Hundredths>, DivideDecimals<Numerator, Denominator>, Denominator>
        : RatioText<TotalOf<Reverse<Hundredths>, '1'>, DivideDecimals<Numerator, Denominator>, Denominator>
      : never
    : never

/** `Hundredths` are little-endian digits. */
type RatioText<Hundredths extends string, Exact, Denominator extends string> = Hundredths extends '0' | `00${string}`
  ? Exact extends [infer Whole extends string, infer Rest extends string]
    ? `${Whole} + ${Rest}/${Denominator}`
    : never
  : Hundredths extends `${infer Second}${infer First}${infer Whole}`
    ? `${Whole extends '' ? '0' : Reverse<Whole>}.${First}${Second extends '0' ? '' : Second}`
    : `0.0${Hundredths}`

/** {@link Ratio} at run time. */
export const ratio = (numerator: number, denominator: number): string => {
  const [whole, rest] = [Math.floor(numerator / denominator), numerator % denominator]
  const hundredths = whole * 100 + Math.floor((rest * 100) / denominator) + (((rest * 100) % denominator) * 2 < denominator ? 0 : 1)
  if (hundredths % 100 === 0) return `${whole} + ${rest}/${denominator}`
  return `${hundredths / 100}`
}
