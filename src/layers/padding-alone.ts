import type { Reverse } from '../arithmetic/digits.js'
import type { SubtractDigits } from '../arithmetic/subtract.js'
import { type Fill, fill, ShapeError } from '../shape/message.js'
import type { Rank } from '../shape/shape.js'
import type { NotNatural, NotPositive } from '../shape/whole.js'
import type { AxisFit, Span } from '../shape/window.js'
import type { OnAxis } from '../shape/windows.js'
import type { FirstFault } from './rule.js'

/*
 * Windows of a pool that hold padding alone: they have no maximum and no mean. Each side's padding must be less than the kernel spans.
 *
 * PyTorch allows at most half of the kernel, and Keras has no such padding; ONNX allows what is allowed here.
 */

const paddingAlone =
  "{operation}: padding must be less than the kernel's span of {span}, not {padding}: a window of padding alone has no value."

/** The sentence for a padding that makes windows of padding alone, on the first such axis; else `never`. */
export type PaddingAloneMessage<Operation extends string, R extends Rank, Kernel, Padding, Dilation> = [Padding] extends [Keeping]
  ? never
  : [Padding, Kernel] extends [Keeping | 1, 2 | 3 | 5 | 7]
    ? never
    : OnEachAxis<Operation, AxesOf[R], Kernel, Padding, Dilation>

type OnEachAxis<Operation extends string, Axes, Kernel, Padding, Dilation> = FirstFault<{
  [Index in keyof Axes]: OnOneAxis<
    Operation,
    OnAxis<Kernel, Axes[Index] & number>,
    OnAxis<Padding, Axes[Index] & number>,
    OnAxis<Dilation, Axes[Index] & number>
  >
}>

/** Padding that is less than any kernel spans. */
type Keeping = 0 | 'same' | 'valid'

type AxesOf = { 1: [0]; 2: [0, 1]; 3: [0, 1, 2] }

type OnOneAxis<Operation extends string, Kernel, Padding, Dilation> = Padding extends readonly [infer Before, infer After]
  ? FirstFault<[OnOneSide<Operation, Kernel, Before, Dilation>, OnOneSide<Operation, Kernel, After, Dilation>]>
  : OnOneSide<Operation, Kernel, Padding, Dilation>

type OnOneSide<Operation extends string, Kernel, Padding, Dilation> = number extends Kernel | Padding | Dilation
  ? never
  : [Kernel, Padding, Dilation] extends [infer F extends number, infer P, infer D extends number]
    ? [Extract<`${F}` | `${D}`, NotPositive>] extends [never]
      ? EachPadding<Operation, P, F, D>
      : never
    : never

type EachPadding<Operation extends string, P, F extends number, D extends number> = P extends number
  ? F extends unknown
    ? D extends unknown
      ? AgainstSpan<Operation, `${P}`, Span<F, D>>
      : never
    : never
  : never

type AgainstSpan<Operation extends string, P extends string, Reach extends string> = P extends '0' | NotNatural
  ? never
  : SubtractDigits<Reverse<P>, Reverse<Reach>> extends `-${string}`
    ? never
    : Fill<typeof paddingAlone, { operation: Operation; span: Reach; padding: P }>

/**
 * Refuses a padding that makes windows of padding alone: {@link PaddingAloneMessage} at run time.
 *
 * @throws {ShapeError} for the first axis, blaming the padding
 */
export const refusePaddingAlone = (operation: string, fits: readonly AxisFit[], padding: unknown): void => {
  if (padding === 'same') return
  for (const { span, before, after } of fits) {
    const reaching = [before, after].find((side) => side >= span)
    if (reaching === undefined) continue
    throw new ShapeError(fill(paddingAlone, { operation, span: `${span}`, padding: `${reaching}` }), operation, 'options.padding')
  }
}
