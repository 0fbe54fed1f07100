import type { Compare } from '../../arithmetic/compare.js'
import type { Subtract } from '../../arithmetic/subtract.js'
import { type Advice, advice, type EitherOf, eitherOf, type Fill, fill, ShapeError } from '../../shape/message.js'
import { type Ratio, ratio } from '../../shape/ratio.js'
import { axisNames } from '../../shape/shape.js'
import type { WholeMessage } from '../../shape/whole.js'
import type { FirstFault } from '../kind/rule.js'
import { type Divides, type DivisorsOf, divisorsOf } from './divisors.js'

/* The windows of an image divide its height and its width, and a shift is less than a window. */

const windowMisfit = 'windowAttention: windows of {window} cells do not divide the {axis} of {size}: {size}/{window} = {result}. {advice}'
const shiftMisfit = 'windowAttention: shift must be less than the window of {window}, not {shift}. Use shift {most} or less.'

/** Windows to suggest if the given one does not divide the image. */
const windowsToTry = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] as const

/** The message for a size of windows that is none, or that does not divide the image; `never` if it does, or is unknown. */
export type WindowMessage<Input, Window extends number> = [WholeMessage<'windowAttention', 'window', Window, 1>] extends [never]
  ? Input extends readonly [infer Height extends number, infer Width extends number, unknown]
    ? FirstFault<[WindowText<Height, Window, 'height', Width>, WindowText<Width, Window, 'width', Height>]>
    : never
  : WholeMessage<'windowAttention', 'window', Window, 1>

/** The message for windows that do not divide an axis; `never` if they do, or are unknown. */
type WindowText<Size extends number, Window extends number, Axis extends string, Other extends number> = number extends Size | Window
  ? never
  : Size extends Size
    ? Window extends Window
      ? Divides<Size, Window> extends true
        ? never
        : EitherOf<DivisorsOf<number extends Other ? Size : Size | Other, typeof windowsToTry>> extends infer Windows extends string
          ? Fill<
              typeof windowMisfit,
              {
                window: `${Window}`
                axis: Axis
                size: `${Size}`
                result: Ratio<`${Size}`, `${Window}`>
                advice: Advice<[`window ${Windows}`], ''>
              }
            >
          : never
      : never
    : never

/** The message for a shift by a whole window or more. */
export type ShiftMessage<Shift extends number, Window extends number> = [WholeMessage<'windowAttention', 'shift', Shift, 0>] extends [never]
  ? number extends Shift | Window
    ? never
    : Shift extends Shift
      ? Window extends Window
        ? Compare<Shift, Window> extends 'less'
          ? never
          : Fill<typeof shiftMisfit, { shift: `${Shift}`; window: `${Window}`; most: `${Subtract<Window, 1>}` }>
        : never
      : never
  : WholeMessage<'windowAttention', 'shift', Shift, 0>

/**
 * {@link WindowMessage} at run time, of a whole number.
 *
 * @throws {ShapeError} for the window, if it does not divide an axis
 */
export const requireWindows = (sizes: readonly number[], window: number): void => {
  const at = sizes.findIndex((size) => size % window !== 0)
  if (at < 0) return
  const size = sizes[at] as number
  const values = {
    window: `${window}`,
    axis: axisNames[2][at] as string,
    size: `${size}`,
    result: ratio(size, window),
    advice: advice([`window ${eitherOf(divisorsOf(sizes, windowsToTry))}`], ''),
  }
  throw new ShapeError(fill(windowMisfit, values), 'windowAttention', 'window')
}

/**
 * {@link ShiftMessage} at run time, of a whole number.
 *
 * @throws {ShapeError} for the option, if it is the window or more
 */
export const requireShift = (shift: number, window: number): void => {
  if (shift < window) return
  const values = { shift: `${shift}`, window: `${window}`, most: `${window - 1}` }
  throw new ShapeError(fill(shiftMisfit, values), 'windowAttention', 'options.shift')
}
