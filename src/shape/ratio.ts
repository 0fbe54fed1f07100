import type { SumOf, TotalOf } from '../arithmetic/add.js'
import type { CompareDecimals } from '../arithmetic/compare.js'
import type { Reverse } from '../arithmetic/digits.js'
import type { DivideDecimals } from '../arithmetic/divide.js'

/**
 * A quotient with a remainder, as messages show it: rounded to hundredths, such as `2.33`.
 *
 * If rounding would make it look like a whole number, it is written as a sum: `2 + 1/999`.
 */

/** `Numerator / Denominator` for decimals. */
export type Ratio<Numerator extends string, Denominator extends string> =
  DivideDecimals<`${Numerator}00`, Denominator> extends [infer Hundredths extends string, infer Rest extends string]
    ? SumOf<Reverse<Rest>, Reverse<Rest>> extends infer Twice extends string
      ? CompareDecimals<Twice, Denominator> extends 'less'
        ? RatioText<Reverse<Hundredths>, DivideDecimals<Numerator, Denominator>, Denominator>
        : RatioText<OneMore<Reverse<Hundredths>>, DivideDecimals<Numerator, Denominator>, Denominator>
      : never
    : never

type OneMore<Digits> = Digits extends string ? TotalOf<Digits, '1'> : never

/** `Hundredths` are little-endian digits. */
type RatioText<Hundredths, Exact, Denominator extends string> = Hundredths extends '0' | `00${string}`
  ? Exact extends [infer Quotient extends string, infer Rest extends string]
    ? `${Quotient} + ${Rest}/${Denominator}`
    : never
  : Hundredths extends `${infer Second}${infer First}${infer Quotient}`
    ? `${Quotient extends '' ? '0' : Reverse<Quotient>}.${First}${Second extends '0' ? '' : Second}`
    : `0.0${Hundredths & string}`

/** {@link Ratio} at run time, exact beyond 2^53. */
export const ratio = (numerator: number | bigint, denominator: number | bigint): string => {
  const [over, under] = [BigInt(numerator), BigInt(denominator)]
  const hundredths = (over * 100n) / under + (((over * 100n) % under) * 2n < under ? 0n : 1n)
  if (hundredths % 100n === 0n) return `${over / under} + ${over % under}/${under}`
  return `${hundredths / 100n}.${`${hundredths % 100n}`.padStart(2, '0').replace(/0$/, '')}`
}
