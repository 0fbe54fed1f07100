import type { Reverse } from '../arithmetic/digits.js'
import type { MultiplyDigits } from '../arithmetic/multiply.js'
import type { ToNumber } from '../arithmetic/natural.js'

/** The number of values in a shape: the product of its dimensions. */
export type FlatSize<Dimensions> = Dimensions extends readonly [infer Only extends number]
  ? Only
  : Dimensions extends readonly [infer First extends number, ...infer Rest]
    ? number extends First
      ? number
      : FlatDigits<Reverse<`${First}`>, Rest>
    : number

type FlatDigits<Digits, Rest> = Rest extends readonly [infer Next extends number, ...infer Others]
  ? number extends Next
    ? number
    : FlatDigits<MultiplyDigits<Digits, `${Next}`>, Others>
  : ToNumber<Reverse<Digits>>

/** {@link FlatSize} as a decimal, which is exact beyond 2^53 - 1 too; `'?'` if a dimension is unknown at compile time. */
export type FlatDecimal<Dimensions> = Dimensions extends readonly [infer First extends number, ...infer Rest]
  ? number extends First
    ? '?'
    : ProductOf<Reverse<`${First}`>, Rest>
  : '?'

type ProductOf<Digits, Rest> = Rest extends readonly [infer Next extends number, ...infer Others]
  ? number extends Next
    ? '?'
    : ProductOf<MultiplyDigits<Digits, `${Next}`>, Others>
  : Reverse<Digits>
