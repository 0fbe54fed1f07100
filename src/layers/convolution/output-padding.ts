import type { Compare } from '../../arithmetic/compare.js'
import type { Subtract } from '../../arithmetic/subtract.js'
import { type ListText, listText } from '../../shape/list-text.js'
import { type Fill, fill, ShapeError } from '../../shape/message.js'
import { axisNames, type IsUnion, type Rank } from '../../shape/shape.js'
import { requireAllWhole } from '../../shape/whole.js'
import { type EachAxisText, eachAxisText } from '../../shape/window-text.js'
import type { AtIndex } from '../../shape/windows.js'
import type { FirstFault } from '../kind/rule.js'
import type { AxisText, TransposeAttempt, TransposedAxis } from './transposed-size.js'

/*
 * A convolution maps several input sizes to the same output size. The output padding of a transposed convolution selects one of them,
 * so it is smaller than the stride or the dilation (PyTorch).
 */

const wrongCount = '{operation}: outputPadding takes one value for each axis, {count} in all, not {given}.'
const tooMuch =
  '{operation}: outputPadding {out} must be smaller than stride {stride} or dilation {dilation}{axis}. Use outputPadding {fix}.'
const notWithSame = "{operation}: padding 'same' gives the input times the stride, so outputPadding must be 0, not {out}."

/** The message for a list that does not have one value per axis. */
export type OutputPaddingCount<Operation extends string, R extends Rank, Value> = Value extends readonly unknown[]
  ? number extends Value['length']
    ? never
    : Value['length'] extends R
      ? never
      : Fill<typeof wrongCount, { operation: Operation; count: `${R}`; given: ListText<Value> }>
  : never

/** The message for an output padding that is not smaller than the stride or the dilation, or that is combined with `'same'`. */
export type OutputPaddingMessage<R extends Rank, Spatial extends readonly number[], It extends TransposeAttempt> = FirstFault<{
  [Index in keyof Spatial]: OutputPaddingText<
    It,
    AtIndex<It['outputPadding'], Index>,
    AtIndex<It['stride'], Index>,
    AtIndex<It['dilation'], Index>,
    AxisText<R, It, Index>,
    Spatial
  >
}>

/** The messages for the members of unions that do not fit. */
type OutputPaddingText<It extends TransposeAttempt, Out, Stride, Dilation, Axis extends string, Spatial> = number extends Out
  ? never
  : Out extends number
    ? Out extends 0
      ? never
      : MayBeSame<It['padding']> extends true
        ? Fill<typeof notWithSame, { operation: It['operation']; out: `${Out}` }>
        : Stride extends number
          ? Dilation extends number
            ? 'less' extends Compare<Out, Stride> | Compare<Out, Dilation>
              ? never
              : Fill<
                  typeof tooMuch,
                  {
                    operation: It['operation']
                    out: `${Out}`
                    stride: `${Stride}`
                    dilation: `${Dilation}`
                    axis: Axis extends '' ? '' : ` on the ${Axis} axis`
                    fix: EachAxisText<{
                      [Index in keyof Spatial]: FixOn<
                        AtIndex<It['outputPadding'], Index>,
                        AtIndex<It['stride'], Index>,
                        AtIndex<It['dilation'], Index>
                      >
                    }>
                  }
                >
            : never
          : never
    : never

/** A value that fits on an axis: the given one if it does, otherwise the largest that does; 0 if the axis is not fully known. */
type FixOn<Out, Stride, Dilation> = [Out, Stride, Dilation] extends [infer O extends number, infer S extends number, infer D extends number]
  ? number extends O | S | D
    ? 0
    : true extends IsUnion<O> | IsUnion<S> | IsUnion<D>
      ? 0
      : 'less' extends Compare<O, S> | Compare<O, D>
        ? O
        : Subtract<Compare<S, D> extends 'less' ? D : S, 1>
  : 0

/** Whether a padding is `'same'`, or a union that contains it; `false` if it is unknown. */
type MayBeSame<Padding> = number extends Padding ? false : 'same' extends Padding ? true : false

/**
 * {@link OutputPaddingCount} at run time, and a check for whole numbers.
 *
 * @throws {ShapeError} for `options.outputPadding`
 */
export const requireOutputPadding = (operation: string, rank: Rank, outputPadding: number | readonly number[]): void => {
  const argument = 'options.outputPadding'
  if (Array.isArray(outputPadding) && outputPadding.length !== rank) {
    throw new ShapeError(fill(wrongCount, { operation, count: `${rank}`, given: listText(outputPadding) }), operation, argument)
  }
  requireAllWhole(operation, argument, outputPadding, 0)
}

/**
 * {@link OutputPaddingMessage} at run time.
 *
 * @param named whether the message must name the axis
 * @throws {ShapeError} for `options.outputPadding`
 */
export const requireOutputPaddingFits = (operation: string, axes: readonly TransposedAxis[], named: boolean): void => {
  const names = axisNames[axes.length as Rank]
  for (const [index, { stride, dilation, padding, outputPadding }] of axes.entries()) {
    if (outputPadding === 0) continue
    const out = `${outputPadding}`
    if (padding === 'same') throw new ShapeError(fill(notWithSame, { operation, out }), operation, 'options.outputPadding')
    if (outputPadding < Math.max(stride, dilation)) continue
    const axis = named ? ` on the ${names[index]} axis` : ''
    const fix = eachAxisText(axes.map((each) => Math.min(each.outputPadding, Math.max(each.stride, each.dilation) - 1)))
    const values = { operation, out, stride: `${stride}`, dilation: `${dilation}`, axis, fix }
    throw new ShapeError(fill(tooMuch, values), operation, 'options.outputPadding')
  }
}
