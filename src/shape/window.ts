import type { AddDigits, TotalOf } from '../arithmetic/add.js'
import type { Reverse } from '../arithmetic/digits.js'
import type { DivideDecimals } from '../arithmetic/divide.js'
import type { MultiplyDigits } from '../arithmetic/multiply.js'
import type { MappedBrand, ToNumber } from '../arithmetic/natural.js'
import type { SubtractDigits } from '../arithmetic/subtract.js'
import type { CommonHalves } from './common-halves.js'
import type { NotNaturalIn, NotPositiveIn } from './whole.js'

/**
 * A window that slides along one axis has (N - F + 2P)/S + 1 positions, for an input of size N, kernel F, padding P and stride S
 * (CS231n, lecture 7). With dilation D the kernel spans D(F - 1) + 1 cells.
 *
 * This file handles one axis; `windows.ts` handles all axes.
 */

/**
 * What happens to a window that does not fit: it is rejected, rounded down (PyTorch, ONNX) or rounded up (Caffe's pooling,
 * `ceil_mode`).
 */
export type Rounding = 'exact' | 'floor' | 'ceil'

/**
 * The zeros around one axis: the same number on both sides, `[before, after]`, `'valid'` (none), or `'same'` (as many as give ceil(N /
 * S) positions, as in TensorFlow).
 */
export type AxisPadding = number | readonly [before: number, after: number] | 'same' | 'valid'

/** The padding that keeps the size at stride 1, (F - 1)/2, for common odd kernels. */
interface SamePadding {
  1: 0
  3: 1
  5: 2
  7: 3
  9: 4
  11: 5
}

/**
 * How a window fits: the number of positions, rounded down, and the remainder of the division by the stride (`'0'` if it fits).
 *
 * `'larger'` if the kernel spans more than the padded input, `'invalid'` if a hyperparameter is not a whole number, and `[number, '0']`
 * if a value is unknown at compile time. Common cases are looked up: a padded 3x3 kernel keeps the size at stride 1 and halves an even
 * size at stride 2, with a remainder; a 2x2 pool halves it.
 */
export type Fit<Size extends number, Kernel, Stride, Padding, Dilation> = number extends Size | Kernel | Stride | Padding | Dilation
  ? [number, '0']
  : Kernel extends keyof SamePadding
    ? [Stride, Dilation, Padding] extends [1 | 2, 1, SamePadding[Kernel]]
      ? [Stride] extends [1]
        ? [Size, '0']
        : [Stride, Size] extends [2, keyof CommonHalves]
          ? [CommonHalves[Size & keyof CommonHalves], '1']
          : ComputeFit<Size, Kernel, Stride, Padding, Dilation>
      : ComputeFit<Size, Kernel, Stride, Padding, Dilation>
    : [Kernel, Stride, Dilation, Padding] extends [2, 2, 1, 0 | 'valid']
      ? Size extends keyof CommonHalves
        ? [CommonHalves[Size], '0']
        : FitTwoByTwo<DivideDecimals<`${Size}`, '2'>>
      : ComputeFit<Size, Kernel, Stride, Padding, Dilation>

/** A 2x2 window at stride 2, which is larger than an input of size 1. */
type FitTwoByTwo<Half> = Half extends ['0', unknown] ? 'larger' : ToPositions<Half>

/** {@link Fit} where no look-up applies. */
type ComputeFit<Size extends number, Kernel, Stride, Padding, Dilation> = [Kernel, Stride, Dilation, Padding] extends [
  infer F extends number,
  infer S extends number,
  infer D extends number,
  infer P,
]
  ? `${F}` | `${S}` | `${D}` extends infer Text
    ? [NotPositiveIn<Text>] extends [never]
      ? P extends 'same'
        ? FitSame<DivideDecimals<`${Size}`, `${S}`>>
        : TotalPadding<P> extends infer Total extends string
          ? Total extends 'invalid' | 'unknown'
            ? Total extends 'invalid'
              ? 'invalid'
              : [number, '0']
            : FitFromSlack<Slack<Size, Span<F, D>, Total>, `${S}`>
          : never
      : 'invalid'
    : never
  : [Extract<Kernel | Stride | Dilation, MappedBrand>] extends [never]
    ? 'invalid'
    : [number, '0']

/** The cells that the kernel spans, D(F - 1) + 1, as a decimal. */
export type Span<Kernel extends number, Dilation extends number> = Dilation extends 1
  ? `${Kernel}`
  : MultiplyDigits<Reverse<SubtractDigits<Reverse<`${Kernel}`>, '1'>>, `${Dilation}`> extends infer Before extends string
    ? AddDigits<'1', Before>
    : never

/**
 * The zeros on both sides together, as a decimal. `'invalid'` if they are not whole numbers, `'unknown'` if they are unknown at compile
 * time.
 */
export type TotalPadding<Padding> = Padding extends 0 | 'valid'
  ? '0'
  : Padding extends number
    ? TotalPadding<readonly [Padding, Padding]>
    : Padding extends readonly [infer Before extends number, infer After extends number]
      ? number extends Before | After
        ? 'unknown'
        : `${Before}` | `${After}` extends infer Text
          ? [NotNaturalIn<Text>] extends [never]
            ? AddDigits<Reverse<`${Before}`>, Reverse<`${After}`>>
            : 'invalid'
          : never
      : Padding extends readonly unknown[]
        ? number extends Padding['length']
          ? 'unknown'
          : [Extract<Padding[number], MappedBrand>] extends [never]
            ? 'invalid'
            : 'unknown'
        : Padding extends MappedBrand
          ? 'unknown'
          : 'invalid'

/** The room for the window to move, N - span + padding, as a decimal. It is negative if the window is larger than the padded input. */
export type Slack<Size extends number, Span, Total> = SubtractDigits<
  Total extends '0' ? Reverse<`${Size}`> : TotalOf<Reverse<`${Size}`>, Reverse<Total>>,
  Reverse<Span>
>

type FitFromSlack<Room extends string, Stride extends string> = Room extends `-${string}`
  ? 'larger'
  : Stride extends '1'
    ? ToPositions<[AddDigits<Reverse<Room>, '1'>, '0']>
    : DivideDecimals<Room, Stride> extends [infer Steps extends string, infer Rest]
      ? ToPositions<[AddDigits<Reverse<Steps>, '1'>, Rest]>
      : never

/** `'same'` always fits: ceil(N / S) positions. */
type FitSame<Quotient> = Quotient extends [infer Steps extends string, infer Rest]
  ? ToPositions<[Rest extends '0' ? Steps : AddDigits<Reverse<Steps>, '1'>, '0']>
  : never

type ToPositions<Result> = Result extends [infer Positions extends string, infer Rest] ? [ToNumber<Positions>, Rest] : never

/**
 * The number of positions if a window that does not fit is rounded up: one more, unless the last window would start after the end of
 * the input (PyTorch's and ONNX's `ceil_mode`).
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

/** The size and hyperparameters of a window on one axis. */
export interface Axis {
  readonly size: number
  readonly kernel: number
  readonly stride: number
  readonly dilation: number
  readonly padding: AxisPadding
}

/** {@link Fit} at run time, with the zeros before and after the axis. */
export interface AxisFit {
  /** The number of positions, rounded down; 0 or less if the window is larger than the padded input. */
  readonly positions: number
  /** The remainder of the division by the stride. */
  readonly remainder: number
  /** The cells that the kernel spans, including its dilation. */
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

/** The zeros before and after an axis; none for `'same'`, where they depend on the size. */
export const zerosAtEnds = (padding: AxisPadding): readonly [before: number, after: number] =>
  typeof padding === 'number' ? [padding, padding] : typeof padding === 'string' ? [0, 0] : padding

/** {@link Span} at run time, exact beyond 2^53. */
export const exactSpan = ({ kernel, dilation }: Pick<Axis, 'kernel' | 'dilation'>): bigint => BigInt(dilation) * (BigInt(kernel) - 1n) + 1n

/** {@link Slack} at run time, exact beyond 2^53. */
export const exactSlack = (axis: Axis): bigint =>
  zerosAtEnds(axis.padding).reduce((slack, cells) => slack + BigInt(cells), BigInt(axis.size)) - exactSpan(axis)

/** {@link RoundUp} at run time. */
export const roundUp = ({ size, stride }: Axis, { positions, before }: AxisFit): number =>
  positions * stride < size + before ? positions + 1 : positions
