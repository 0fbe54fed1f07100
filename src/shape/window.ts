import type { AddDigits, TotalOf } from '../arithmetic/add.js'
import type { Reverse } from '../arithmetic/digits.js'
import type { DivideDecimals } from '../arithmetic/divide.js'
import type { MultiplyDigits } from '../arithmetic/multiply.js'
import type { ToNumber } from '../arithmetic/natural.js'
import type { SubtractDigits } from '../arithmetic/subtract.js'
import type { UsualHalves } from './common-halves.js'
import type { NotNatural, NotPositive } from './whole.js'

/**
 * A window that slides along one axis: (N - F + 2P)/S + 1 positions, for an input of N, a kernel of F, padding P, stride S
 * (CS231n, lecture 7). With dilation D the kernel spans D(F - 1) + 1.
 *
 * Everything here is about one axis; `windows.ts` has the axes together.
 */

/** How a window that does not fit is dealt with: refused, or rounded down (PyTorch, ONNX) or up (Caffe's pooling, `ceil_mode`). */
export type Rounding = 'exact' | 'floor' | 'ceil'

/** Zeros around one axis: as many on both sides, `[before, after]`, `'valid'` (none), or `'same'` (what keeps ceil(N / S), as TensorFlow). */
export type AxisPadding = number | readonly [before: number, after: number] | 'same' | 'valid'

/** The padding that keeps the size at stride 1, for the odd kernels that networks use: (F - 1)/2. */
interface KeepingPadding {
  1: 0
  3: 1
  5: 2
  7: 3
  9: 4
  11: 5
}

/**
 * How a window fits: the positions, rounded down, and the remainder of the division by the stride (`'0'` when it fits).
 *
 * `'larger'` when the kernel spans more than the padded input, `'invalid'` when a hyperparameter is no whole number, and
 * `[number, '0']` when a value is not known at compile time. The everyday cases are looked up: a padded 3x3 at
 * stride 1 keeps the size, a 2x2 pool halves it, and so does a padded 3x3 at stride 2, with a rest.
 */
export type Fit<Size extends number, Kernel, Stride, Padding, Dilation> = number extends Size | Kernel | Stride | Padding | Dilation
  ? [number, '0']
  : Kernel extends keyof KeepingPadding
    ? [Stride, Dilation, Padding] extends [1 | 2, 1, KeepingPadding[Kernel]]
      ? [Stride] extends [1]
        ? [Size, '0']
        : [Stride, Size] extends [2, keyof UsualHalves]
          ? [UsualHalves[Size & keyof UsualHalves], '1']
          : FitWhole<Size, Kernel, Stride, Padding, Dilation>
      : FitWhole<Size, Kernel, Stride, Padding, Dilation>
    : [Kernel, Stride, Dilation, Padding] extends [2, 2, 1, 0 | 'valid']
      ? Size extends keyof UsualHalves
        ? [UsualHalves[Size], '0']
        : FitHalf<DivideDecimals<`${Size}`, '2'>>
      : FitWhole<Size, Kernel, Stride, Padding, Dilation>

/** A 2x2 window at stride 2; on one cell it is too large. */
type FitHalf<Half> = Half extends ['0', unknown] ? 'larger' : Counted<Half>

/** {@link Fit} after a look at the numbers. */
type FitWhole<Size extends number, Kernel, Stride, Padding, Dilation> = [Kernel, Stride, Dilation, Padding] extends [
  infer F extends number,
  infer S extends number,
  infer D extends number,
  infer P,
]
  ? `${F}` | `${S}` | `${D}` extends infer Text
    ? [Extract<Text, NotPositive>] extends [never]
      ? P extends 'same'
        ? FitSame<DivideDecimals<`${Size}`, `${S}`>>
        : TotalPadding<P> extends infer Total extends string
          ? Total extends 'invalid' | 'unknown'
            ? Total extends 'invalid'
              ? 'invalid'
              : [number, '0']
            : FitSlack<Slack<Size, Span<F, D>, Total>, `${S}`>
          : never
      : 'invalid'
    : never
  : 'invalid'

/** What the kernel spans, D(F - 1) + 1, as a decimal. */
export type Span<Kernel extends number, Dilation extends number> = Dilation extends 1
  ? `${Kernel}`
  : MultiplyDigits<Reverse<SubtractDigits<Reverse<`${Kernel}`>, '1'>>, `${Dilation}`> extends infer Before extends string
    ? AddDigits<'1', Before>
    : never

/** Zeros on both sides together, as a decimal; `'unknown'` or `'invalid'` where they are no whole numbers. */
export type TotalPadding<Padding> = Padding extends 0 | 'valid'
  ? '0'
  : Padding extends number
    ? TotalPadding<readonly [Padding, Padding]>
    : Padding extends readonly [infer Before extends number, infer After extends number]
      ? number extends Before | After
        ? 'unknown'
        : `${Before}` | `${After}` extends infer Text
          ? [Extract<Text, NotNatural>] extends [never]
            ? AddDigits<Reverse<`${Before}`>, Reverse<`${After}`>>
            : 'invalid'
          : never
      : Padding extends readonly unknown[]
        ? number extends Padding['length']
          ? 'unknown'
          : 'invalid'
        : 'invalid'

/** The room that the window can move in, N - span + padding: a decimal, negative when the window is larger. */
export type Slack<Size extends number, Span, Total> = SubtractDigits<
  Total extends '0' ? Reverse<`${Size}`> : TotalOf<Reverse<`${Size}`>, Reverse<Total>>,
  Reverse<Span>
>

type FitSlack<Room extends string, Stride extends string> = Room extends `-${string}`
  ? 'larger'
  : Stride extends '1'
    ? Counted<[AddDigits<Reverse<Room>, '1'>, '0']>
    : DivideDecimals<Room, Stride> extends [infer Steps extends string, infer Rest]
      ? Counted<[AddDigits<Reverse<Steps>, '1'>, Rest]>
      : never

/** `'same'` always fits: ceil(N / S) positions. */
type FitSame<Quotient> = Quotient extends [infer Steps extends string, infer Rest]
  ? Counted<[Rest extends '0' ? Steps : AddDigits<Reverse<Steps>, '1'>, '0']>
  : never

type Counted<Result> = Result extends [infer Positions extends string, infer Rest] ? [ToNumber<Positions>, Rest] : never

/**
 * The positions when a window that does not fit is rounded up: one more, unless the last window would begin beyond the input
 * and the padding before it (PyTorch's and ONNX's `ceil_mode`).
 */
export type RoundUp<Size extends number, Positions extends number, Stride extends number, Padding> =
  MultiplyDigits<Reverse<`${Positions}`>, `${Stride}`> extends infer Start extends string
    ? TotalOf<Reverse<`${Size}`>, Reverse<PaddingBefore<Padding>>> extends infer End extends string
      ? SubtractDigits<Start, End> extends `-${string}`
        ? ToNumber<AddDigits<Reverse<`${Positions}`>, '1'>>
        : Positions
      : never
    : never

type PaddingBefore<Padding> = Padding extends readonly [infer Before extends number, unknown]
  ? `${Before}`
  : Padding extends number
    ? `${Padding}`
    : '0'

/** One axis of a window, settled: what {@link fitAxis} works on. */
export interface Axis {
  readonly size: number
  readonly kernel: number
  readonly stride: number
  readonly dilation: number
  readonly padding: AxisPadding
}

/** How a window fits at run time: {@link Fit} with numbers, and the zeros before and after. */
export interface AxisFit {
  /** Positions, rounded down; 0 or less when the window is larger than the padded input. */
  readonly positions: number
  /** What the division by the stride leaves. */
  readonly remainder: number
  /** What the kernel spans with its dilation. */
  readonly span: number
  readonly before: number
  readonly after: number
}

/** {@link Fit} at run time. */
export const fitAxis = ({ size, kernel, stride, dilation, padding }: Axis): AxisFit => {
  const span = dilation * (kernel - 1) + 1
  if (padding === 'same') {
    const positions = Math.ceil(size / stride)
    const total = Math.max((positions - 1) * stride + span - size, 0)
    return { positions, remainder: 0, span, before: Math.floor(total / 2), after: Math.ceil(total / 2) }
  }
  const [before, after] = zerosAtEnds(padding)
  const slack = exactSlack({ size, kernel, stride, dilation, padding })
  if (slack < 0n) return { positions: 0, remainder: 0, span, before, after }
  return { positions: Number(slack / BigInt(stride)) + 1, remainder: Number(slack % BigInt(stride)), span, before, after }
}

/** The zeros before and after an axis; none for `'same'`, whose zeros depend on the size. */
export const zerosAtEnds = (padding: AxisPadding): readonly [before: number, after: number] =>
  typeof padding === 'number' ? [padding, padding] : typeof padding === 'string' ? [0, 0] : padding

/** {@link Span} at run time, exact where numbers are not. */
export const exactSpan = ({ kernel, dilation }: Pick<Axis, 'kernel' | 'dilation'>): bigint => BigInt(dilation) * (BigInt(kernel) - 1n) + 1n

/** {@link Slack} at run time, exact where numbers are not. */
export const exactSlack = (axis: Axis): bigint =>
  zerosAtEnds(axis.padding).reduce((room, cells) => room + BigInt(cells), BigInt(axis.size)) - exactSpan(axis)

/** {@link RoundUp} at run time. */
export const roundUp = ({ size, stride }: Axis, { positions, before }: AxisFit): number =>
  positions * stride < size + before ? positions + 1 : positions
