import { type Advice, advice } from '../shape/message.js'
import type { Shape } from '../shape/shape.js'
import { fitAxis } from '../shape/window.js'
import type { Slide } from '../shape/windows.js'
import { sameShape } from './branch.js'

/*
 * A shortcut that gives a body's shape: a 1x1 convolution with a stride, or a dense layer. It is tried before it is suggested.
 */

const noShortcut = 'Give both the same shape.'

/** Strides that are tried, each first as it is, then rounded down. */
const stridesToTry = [1, 2, 3, 4] as const

/** What would make a shortcut of `Input` give `Wanted`. */
export type ShortcutFix<Input, Wanted> = Advice<
  Wanted extends readonly [infer Features extends number]
    ? Input extends readonly [number]
      ? [`a shortcut of dense(${Features})`]
      : []
    : Input extends readonly [...infer Spatial extends readonly number[], number]
      ? Wanted extends readonly [...infer Sizes extends readonly number[], infer Filters extends number]
        ? Tried<Spatial, Sizes, Filters, typeof stridesToTry>
        : []
      : [],
  typeof noShortcut
>

type Tried<Spatial extends readonly number[], Sizes extends readonly number[], Filters extends number, Try> = Try extends readonly [
  infer Stride extends number,
  ...infer Rest,
]
  ? Slide<Spatial, 1, Stride, 0, 1, 'floor'> extends Sizes
    ? [
        `a shortcut of conv${Sizes['length']}d(${Filters}, 1${Stride extends 1
          ? ''
          : `, { stride: ${Stride}${Slide<Spatial, 1, Stride, 0, 1, 'exact'> extends Sizes ? '' : ", rounding: 'floor'"} }`})`,
      ]
    : Tried<Spatial, Sizes, Filters, Rest>
  : []

/** {@link ShortcutFix} at run time. */
export const shortcutFix = (input: Shape, wanted: Shape): string => {
  const filters = wanted.at(-1) as number
  if (wanted.length === 1) return advice(input.length === 1 ? [`a shortcut of dense(${filters})`] : [], noShortcut)
  const sizes = wanted.slice(0, -1)
  for (const stride of stridesToTry) {
    const fits = input.slice(0, -1).map((size) => fitAxis({ size, kernel: 1, stride, dilation: 1, padding: 0 }))
    if (
      !sameShape(
        fits.map(({ positions }) => positions),
        sizes,
      )
    )
      continue
    const rounding = fits.every(({ remainder }) => remainder === 0) ? '' : ", rounding: 'floor'"
    const options = stride === 1 ? '' : `, { stride: ${stride}${rounding} }`
    return advice([`a shortcut of conv${sizes.length}d(${filters}, 1${options})`], noShortcut)
  }
  return noShortcut
}
