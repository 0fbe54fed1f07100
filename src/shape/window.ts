import type { AddDigits } from '../arithmetic/add.js'
import type { CompareDecimals } from '../arithmetic/compare.js'
import type { Reverse } from '../arithmetic/digits.js'
import type { DivideDecimals } from '../arithmetic/divide.js'
import type { MultiplyDigits } from '../arithmetic/multiply.js'
import type { ToNumber } from '../arithmetic/natural.js'
import type { SubtractDigits } from '../arithmetic/subtract.js'

export type SamePadding = { 1: 0; 3: 1; 5: 2; 7: 3; 9: 4; 11: 5 }

/** fit of one axis: [positions rounded down, remainder] */
export type Fit<Size extends number, Kernel, Stride, Padding, Dilation> =
  number extends Size | Kernel | Stride | Padding | Dilation ? [number, '0']
  : [Dilation, Stride] extends [1, 1]
    ? Kernel extends keyof SamePadding
      ? Padding extends SamePadding[Kernel] ? [Size, '0'] : FitAny<Size, Kernel, Stride, Padding, Dilation>
      : FitAny<Size, Kernel, Stride, Padding, Dilation>
    : [Kernel, Stride, Padding, Dilation] extends [2, 2, 0, 1]
      ? FitHalves<DivideDecimals<`${Size}`, '2'>>
      : FitAny<Size, Kernel, Stride, Padding, Dilation>

type FitHalves<Result> = Result extends [infer Quotient extends string, infer Rest] ? [ToNumber<Quotient>, Rest] : never

type FitAny<Size extends number, Kernel, Stride, Padding, Dilation> =
  `${Kernel & number}` extends `-${string}` | '0' ? 'invalid'
  : FitSlack<SubtractDigits<Reverse<AddDigits<Reverse<`${Size}`>, TotalPadding<Padding>>>, Reverse<Span<Kernel & number, Dilation & number>>>, `${Stride & number}`>

type FitSlack<Slack, Stride extends string> = Slack extends `-${string}` ? 'larger' : Stride extends '1' ? FitSteps<[Slack, '0']> : Slack extends string ? FitSteps<DivideDecimals<Slack, Stride>> : never
type FitSteps<Result> = Result extends [infer Quotient extends string, infer Rest] ? [ToNumber<AddDigits<Reverse<Quotient>, '1'>>, Rest] : never
type TotalPadding<P> = P extends 0 | 'valid' ? '0' : P extends number ? Reverse<AddDigits<Reverse<`${P}`>, Reverse<`${P}`>>> : P extends readonly [infer B extends number, infer A extends number] ? Reverse<AddDigits<Reverse<`${B}`>, Reverse<`${A}`>>> : never
type Span<K extends number, D extends number> = D extends 1 ? `${K}` : string
