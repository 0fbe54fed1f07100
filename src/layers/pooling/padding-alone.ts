import type { Reverse } from '../../arithmetic/digits.js'
import type { SubtractDigits } from '../../arithmetic/subtract.js'
import { type Fill, fill, type OneOf, ShapeError } from '../../shape/message.js'
import type { NotNaturalIn, NotPositiveIn } from '../../shape/whole.js'
import type { AxisFit, Span } from '../../shape/window.js'
import type { AtIndex } from '../../shape/windows.js'
import type { FirstFault } from '../kind/rule.js'

/*
 * Pooling windows that contain only padding have no maximum and no mean. So the padding on each side must be smaller than the span of
 * the kernel.
 *
 * PyTorch allows at most half of the kernel, and Keras has no such padding. ONNX allows the same as this package.
 */

const paddingAlone =
  "{operation}: padding must be less than the kernel's span of {span}, not {padding}: a window of padding alone has no value."

/** The message for a padding that creates such windows, for the first such axis, under the padding's name; otherwise `never`. */
export type PaddingAlone<Operation, R, Kernel, Padding, Dilation> = [Padding] extends [Keeping]
  ? never
  : [Padding, Kernel] extends [Keeping | 1, 2 | 3 | 5 | 7]
    ? never
    : UnderPadding<OnEachAxis<Operation, R extends keyof AxesOf ? AxesOf[R] : [], Kernel, Padding, Dilation>>

type UnderPadding<Sentence> = [Sentence] extends [never] ? never : { options: { padding: OneOf<Sentence> } }

/** Paddings that are smaller than the span of any kernel. */
type Keeping = 0 | 'same' | 'valid'

type AxesOf = { 1: [0]; 2: [0, 1]; 3: [0, 1, 2] }

type OnEachAxis<Operation, Axes, Kernel, Padding, Dilation> = FirstFault<{
  [Index in keyof Axes]: OnOneAxis<Operation, AtIndex<Kernel, Index>, AtIndex<Padding, Index>, AtIndex<Dilation, Index>>
}>

type OnOneAxis<Operation, Kernel, Padding, Dilation> = Padding extends readonly [infer Before, infer After]
  ? FirstFault<[OnOneSide<Operation, Kernel, Before, Dilation>, OnOneSide<Operation, Kernel, After, Dilation>]>
  : OnOneSide<Operation, Kernel, Padding, Dilation>

/** For each combination of kernel, padding and dilation. Unknown ones give no message. */
type OnOneSide<Operation, Kernel, Padding, Dilation> = number extends Kernel | Padding | Dilation
  ? never
  : Padding extends number
    ? Kernel extends infer F extends number
      ? Dilation extends infer D extends number
        ? [NotPositiveIn<`${F}` | `${D}`>] extends [never]
          ? AgainstSpan<Operation, `${Padding}`, Span<F, D>>
          : never
        : never
      : never
    : never

type AgainstSpan<Operation, Padding, Reach> = Padding extends '0' | NotNaturalIn<Padding>
  ? never
  : SubtractDigits<Reverse<Padding>, Reverse<Reach>> extends `-${string}`
    ? never
    : Fill<typeof paddingAlone, { operation: Operation; span: Reach; padding: Padding }>

/**
 * {@link PaddingAlone} at run time.
 *
 * @throws {ShapeError} for the first such axis, blaming the padding
 */
export const refusePaddingAlone = (operation: string, fits: readonly AxisFit[], padding: unknown): void => {
  if (padding === 'same') return
  for (const { span, before, after } of fits) {
    const reaching = [before, after].find((side) => side >= span)
    if (reaching === undefined) continue
    throw new ShapeError(fill(paddingAlone, { operation, span: `${span}`, padding: `${reaching}` }), operation, 'options.padding')
  }
}
