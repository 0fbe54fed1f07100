import type { TotalOf } from '../../arithmetic/add.js'
import type { Reverse } from '../../arithmetic/digits.js'
import type { Multiply, MultiplyDigits } from '../../arithmetic/multiply.js'
import type { ToNumber } from '../../arithmetic/natural.js'
import type { SubtractDigits } from '../../arithmetic/subtract.js'
import { type Fill, fill, ShapeError } from '../../shape/message.js'
import { axisNames, type Rank } from '../../shape/shape.js'
import { type Axis, exactSpan, type Span, type TotalPadding, zerosAtEnds } from '../../shape/window.js'
import type { AtIndex, EachList } from '../../shape/windows.js'
import type { FirstFault } from '../kind/rule.js'

/*
 * The output sizes of a transposed convolution: (N - 1)*S - padding + D(F - 1) + outputPadding + 1 on each axis (PyTorch, ONNX), or N*S
 * with padding 'same' (Keras).
 */

const nothingLeft =
  '{operation}: the padding leaves nothing{axis}: ({size} - 1)*{stride} + {span} + {out} - ({before} + {after}) = {result}. Use padding {fix}.'

/** The hyperparameters of a transposed convolution, as passed. */
export interface TransposeAttempt {
  operation: string
  kernel: unknown
  stride: unknown
  padding: unknown
  outputPadding: unknown
  dilation: unknown
}

/** The sizes on all axes: `number` if a value is unknown, 0 or less if the padding removes everything. */
export type TransposedSizes<Spatial extends readonly number[], It extends TransposeAttempt> = {
  [Index in keyof Spatial]: TransposedSize<
    Spatial[Index],
    AtIndex<It['kernel'], Index>,
    AtIndex<It['stride'], Index>,
    AtIndex<It['padding'], Index>,
    AtIndex<It['outputPadding'], Index>,
    AtIndex<It['dilation'], Index>
  >
}

type TransposedSize<Size, Kernel, Stride, Padding, Out, Dilation> =
  TransposedText<Size, Kernel, Stride, Padding, Out, Dilation> extends infer Left
    ? Left extends `-${string}`
      ? -1
      : ToNumber<Left>
    : never

/** The size as a decimal, which can represent negative values; `` `${number}` `` if a value is unknown. */
type TransposedText<Size, Kernel, Stride, Padding, Out, Dilation> = number extends Size | Kernel | Stride | Out | Dilation | Zeros<Padding>
  ? `${number}`
  : Padding extends 'same'
    ? `${Multiply<Size & number, Stride & number>}`
    : EachTransposed<Size, Kernel, Stride, TotalPadding<Padding>, Out, Dilation>

/** The size minus the padding, for each combination of union members. */
type EachTransposed<Size, Kernel, Stride, Total, Out, Dilation> = Size extends number
  ? Kernel extends number
    ? Stride extends number
      ? Out extends number
        ? Dilation extends number
          ? Total extends string
            ? Unpadded<Size, Kernel, Stride, Out, Dilation> extends infer Whole extends string
              ? SubtractDigits<Whole, Reverse<Total>>
              : never
            : never
          : never
        : never
      : never
    : never
  : never

/** The zeros of one axis. */
type Zeros<Padding> = Padding extends readonly (infer Each)[] ? Each : Padding

/** The size before the padding is removed, (N - 1)*S + span + outputPadding, as little-endian digits. */
type Unpadded<N extends number, F extends number, S extends number, O extends number, D extends number> =
  MultiplyDigits<Reverse<SubtractDigits<Reverse<`${N}`>, '1'>>, `${S}`> extends infer Steps extends string
    ? Reverse<Span<F, D>> extends infer Spanned extends string
      ? TotalOf<Steps, Spanned> extends infer Total extends string
        ? TotalOf<Total, Reverse<`${O}`>>
        : never
      : never
    : never

/** The name of the axis, if a hyperparameter differs between axes. */
export type AxisText<R extends Rank, It extends TransposeAttempt, Index> = [
  It['kernel'] | It['stride'] | It['padding'] | It['outputPadding'] | It['dilation'],
] extends [number | string]
  ? ''
  : Index extends keyof (typeof axisNames)[R]
    ? (typeof axisNames)[R][Index] & string
    : ''

/** The message for a padding that removes the whole output. */
export type NothingLeftMessage<R extends Rank, Spatial extends readonly number[], It extends TransposeAttempt> = FirstFault<
  NothingLeftTexts<R, Spatial, It, TransposedSizes<Spatial, It>>
>

type NothingLeftTexts<R extends Rank, Spatial extends readonly number[], It extends TransposeAttempt, Sizes> = {
  [Index in keyof Spatial]: [Extract<`${AtIndex<Sizes, Index> & number}`, Nothing>] extends [never]
    ? never
    : NothingLeftText<
        It['operation'],
        AxisText<R, It, Index>,
        PaddingThatFits<Spatial, It, typeof paddingsToTry>,
        Spatial[Index],
        AtIndex<It['kernel'], Index>,
        AtIndex<It['stride'], Index>,
        EachList<AtIndex<It['padding'], Index>>,
        AtIndex<It['outputPadding'], Index>,
        AtIndex<It['dilation'], Index>
      >
}

/** A size of 0 or less. */
type Nothing = '0' | `-${string}`

/** The messages for the members of unions with an empty output. */
type NothingLeftText<Operation, Axis, Fix, Size, Kernel, Stride, Padding, Out, Dilation> = Size extends number
  ? Kernel extends number
    ? Stride extends number
      ? Padding extends unknown
        ? Out extends number
          ? Dilation extends number
            ? TransposedText<Size, Kernel, Stride, Padding, Out, Dilation> extends infer Result extends Nothing
              ? Fill<
                  typeof nothingLeft,
                  {
                    operation: Operation
                    axis: Axis extends '' ? '' : ` of the ${Axis & string}`
                    size: `${Size}`
                    stride: `${Stride}`
                    span: Span<Kernel, Dilation>
                    out: `${Out}`
                    before: `${Side<Padding, 0>}`
                    after: `${Side<Padding, 1>}`
                    result: Result
                    fix: Fix
                  }
                >
              : never
            : never
          : never
        : never
      : never
    : never
  : never

type Side<Padding, Index extends 0 | 1> = Padding extends readonly [infer Before extends number, infer After extends number]
  ? [Before, After][Index]
  : Padding & number

/** Paddings to try, the largest first. Padding 0 never removes anything. */
const paddingsToTry = [5, 4, 3, 2, 1, 0] as const

type PaddingThatFits<Spatial extends readonly number[], It extends TransposeAttempt, Try> = Try extends readonly [
  infer First extends number,
  ...infer Rest,
]
  ? TransposedSizes<Spatial, Omit<It, 'padding'> & { padding: First }> extends infer Sizes extends readonly number[]
    ? [Extract<`${Sizes[number]}`, Nothing>] extends [never]
      ? `${First}`
      : PaddingThatFits<Spatial, It, Rest>
    : never
  : '0'

/** One axis of a transposed convolution. */
export interface TransposedAxis extends Axis {
  readonly outputPadding: number
}

/** The output size, exact beyond 2^53. */
const sizeOn = (axis: TransposedAxis): bigint => {
  const [before, after] = zerosAtEnds(axis.padding)
  const [size, stride] = [BigInt(axis.size), BigInt(axis.stride)]
  if (axis.padding === 'same') return size * stride
  return (size - 1n) * stride + exactSpan(axis) + BigInt(axis.outputPadding) - BigInt(before) - BigInt(after)
}

/**
 * {@link TransposedSizes} at run time.
 *
 * @param named whether a message must name the axis
 * @throws {ShapeError} with the text of {@link NothingLeftMessage}
 */
export const transposedSizes = (operation: string, axes: readonly TransposedAxis[], named: boolean): number[] => {
  const sizes = axes.map(sizeOn)
  const index = sizes.findIndex((size) => size < 1n)
  if (index === -1) return sizes.map(Number)
  const wrong = axes[index] as TransposedAxis
  const [before, after] = zerosAtEnds(wrong.padding)
  const fix = paddingsToTry.find((padding) => axes.every((axis) => sizeOn({ ...axis, padding }) > 0n))
  const values = {
    operation,
    axis: named ? ` of the ${axisNames[axes.length as Rank][index]}` : '',
    size: `${wrong.size}`,
    stride: `${wrong.stride}`,
    span: `${exactSpan(wrong)}`,
    out: `${wrong.outputPadding}`,
    before: `${before}`,
    after: `${after}`,
    result: `${sizes[index]}`,
    fix: `${fix}`,
  }
  throw new ShapeError(fill(nothingLeft, values), operation, 'options.padding')
}
