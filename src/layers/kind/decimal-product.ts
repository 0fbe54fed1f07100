import type { Reverse, StripZeros } from '../../arithmetic/digits.js'
import type { MultiplyDigits } from '../../arithmetic/multiply.js'

/** Products of a size and a factor that may have a fraction, exact in decimal digits: 100 * 0.29 is 29. */

/** The product of a size and a factor as decimals: `[whole, digits behind the point]`. */
export type Product<Size extends number, Factor extends number> = `${Factor}` extends `${infer Whole}.${infer Fraction}`
  ? StripZeros<`${Whole}${Fraction}`> extends infer Digits extends string
    ? MultiplyDigits<Reverse<`${Size}`>, Digits> extends infer Total
      ? AtPoint<Total, Fraction, ''>
      : never
    : never
  : MultiplyDigits<Reverse<`${Size}`>, `${Factor}`> extends infer Total extends string
    ? [Reverse<Total>, '']
    : never

/** Splits little-endian digits at the point, which stands as many digits from their low end as the factor's fraction has. */
type AtPoint<Total, Fraction, Rest extends string> = Fraction extends `${string}${infer Behind}`
  ? Total extends `${infer Digit}${infer Higher}`
    ? AtPoint<Higher, Behind, `${Digit}${Rest}` extends '0' ? '' : `${Digit}${Rest}`>
    : AtPoint<'', Behind, `0${Rest}` extends '0' ? '' : `0${Rest}`>
  : [Total extends '' ? '0' : Total extends string ? Reverse<Total> : never, Rest]

/** {@link Product} at run time. */
export const productOf = (size: number, factor: number): { readonly whole: bigint; readonly rest: string } => {
  const [whole = '', fraction = ''] = `${factor}`.split('.')
  const total = BigInt(size) * BigInt(`${whole}${fraction}`)
  const unit = 10n ** BigInt(fraction.length)
  return { whole: total / unit, rest: fraction === '' ? '' : `${total % unit}`.padStart(fraction.length, '0').replace(/0+$/, '') }
}
