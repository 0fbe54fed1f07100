import type { Compare } from '../../arithmetic/compare.js'
import type { Divide } from '../../arithmetic/divide.js'
import type { Multiply } from '../../arithmetic/multiply.js'
import type { Subtract } from '../../arithmetic/subtract.js'
import type { FlatSize } from '../../shape/flat-size.js'
import { type SameShape, sameShape } from '../../shape/same.js'
import type { IsUnion, Rank, Shape, ShapeText } from '../../shape/shape.js'
import { type EachAxisText, eachAxisText, type ListedText } from '../../shape/window-text.js'
import type { Slide } from '../../shape/windows.js'
import { valuesIn } from '../kind/layer.js'

/* Layers that convert one shape to another, as source text, for messages about branches that do not fit. There always are some. */

/** Strides of a 1x1 convolution to try, each first exactly, then rounded down. */
const stridesToTry = [1, 2, 3, 4] as const

/** Scales of an upsampling to try. */
const factorsToTry = [2, 3, 4] as const

/** The layers that convert `From` to `To`: `conv2d(64, 1, { stride: 2 })`. */
export type Bridge<From, To> = [Uncertain<From | To>] extends [never]
  ? SameShape<From, To> extends true
    ? 'identity()'
    : [From, To] extends [
          readonly [...infer Sizes extends readonly number[], infer Channels extends number],
          readonly [...infer Wanted extends readonly number[], infer Filters extends number],
        ]
      ? Sizes['length'] extends Wanted['length'] & Rank
        ? SpatialBridge<Sizes, Channels, Wanted, Filters, Sizes['length'] & Rank>
        : FlatSize<To> extends infer Values extends number
          ? FlatBridge<From, To, Values>
          : never
      : never
  : `layers that give ${ShapeText<To>}`

/** The shapes with a size that is not a single number. */
type Uncertain<Any> = Any extends Shape
  ? number extends Any[number]
    ? Any
    : true extends { [Index in keyof Any]: IsUnion<Any[Index]> }[number]
      ? Any
      : never
  : never

type FlatBridge<From, To, Values extends number> = To extends readonly [number]
  ? From extends readonly [number]
    ? `dense(${Values})`
    : FlatSize<From> extends Values
      ? 'flatten()'
      : `block(flatten(), dense(${Values}))`
  : Called<'reshape', ListedText<To>> extends infer Reshaped extends string
    ? FlatSize<From> extends Values
      ? Reshaped
      : `block(${From extends readonly [number] ? '' : 'flatten(), '}dense(${Values}), ${Reshaped})`
    : never

/** {@link Bridge} between maps of the same rank: a 1x1 convolution, preceded by a change of the sizes if a stride cannot make it. */
type SpatialBridge<Sizes, Channels, Wanted, Filters, R extends Rank> =
  Convolved<Sizes, Wanted, Filters, R, typeof stridesToTry> extends infer Text
    ? Text extends ''
      ? Channels extends Filters
        ? Resized<Sizes, Wanted>
        : Convolving<Resized<Sizes, Wanted>, Filters, R>
      : Text
    : never

type Convolving<Size, Filters, R extends Rank> = Size extends string ? `block(${Size}, conv${R}d(${Filters & number}, 1))` : never

type Convolved<Sizes, Wanted, Filters, R extends Rank, Try> = Try extends readonly [infer Stride extends number, ...infer Rest]
  ? Slide<Sizes, 1, Stride, 0, 1, 'floor'> extends Wanted
    ? `conv${R}d(${Filters & number}, 1${Stride extends 1
        ? ''
        : `, { stride: ${Stride}${Slide<Sizes, 1, Stride, 0, 1, 'exact'> extends Wanted ? '' : ", rounding: 'floor'"} }`})`
    : Convolved<Sizes, Wanted, Filters, R, Rest>
  : ''

/** Upsampling by a factor, cropping or padding what windows without padding remove, or resizing to any other size. */
type Resized<Sizes, Wanted> =
  IsLittleSmaller<Sizes, Wanted> extends true
    ? AtBothEnds<'crop', Sizes, Wanted, Wanted>
    : IsLittleSmaller<Wanted, Sizes> extends true
      ? AtBothEnds<'zeroPad', Wanted, Sizes, Wanted>
      : Enlarged<Sizes, Wanted, typeof factorsToTry>

/** A crop or a padding by equally many cells at both ends of each axis, if possible. */
type AtBothEnds<Kind extends string, Larger, Smaller, Wanted> = {
  [Index in keyof Larger]: Index extends keyof Smaller ? HalfOf<Subtract<Larger[Index] & number, Smaller[Index] & number>> : never
} extends infer Halves extends readonly (readonly [number, 0])[]
  ? Called<Kind, EachAxisText<{ [Index in keyof Halves]: Halves[Index][0] }>>
  : Called<'adaptiveAvgPool', EachAxisText<Wanted>>

type HalfOf<Cells> = Cells extends number ? Divide<Cells, 2> : never

type Called<Kind extends string, Argument> = Argument extends string ? `${Kind}(${Argument})` : never

type Enlarged<Sizes, Wanted, Try> = Try extends readonly [infer Factor extends number, ...infer Rest]
  ? { [Index in keyof Sizes]: Multiply<Sizes[Index] & number, Factor> } extends Wanted
    ? `upsample(${Factor})`
    : Enlarged<Sizes, Wanted, Rest>
  : Called<'adaptiveAvgPool', EachAxisText<Wanted>>

/**
 * Whether sizes are slightly smaller than others: on no axis larger, and on each more than half, so that a stride is not the reason.
 * Windows with stride 1 and no padding have this effect.
 */
export type IsLittleSmaller<Sizes, Wanted> = {
  [Index in keyof Sizes]: Index extends keyof Wanted
    ? IsLittle<Subtract<Sizes[Index] & number, Wanted[Index] & number>, Subtract<Wanted[Index] & number, 1>>
    : false
} extends readonly true[]
  ? true
  : false

/** Whether a size that is smaller by `Less` is more than half, given the `Room` that it leaves for another. */
type IsLittle<Less, Room> = Less extends 0
  ? true
  : `${Less & number}` extends `-${string}`
    ? false
    : Compare<Less & number, Room & number> extends 'less'
      ? true
      : false

/** {@link Bridge} at run time. */
export const bridge = (from: Shape, to: Shape): string => {
  if (sameShape(from, to)) return 'identity()'
  if (from.length === to.length && from.length > 1 && from.length < 5) return spatialBridge(from, to)
  const values = valuesIn(to)
  const asMany = valuesIn(from) === values
  if (to.length === 1) return from.length === 1 ? `dense(${values})` : asMany ? 'flatten()' : `block(flatten(), dense(${values}))`
  const reshaped = `reshape(${to.join(', ')})`
  return asMany ? reshaped : `block(${from.length === 1 ? '' : 'flatten(), '}dense(${values}), ${reshaped})`
}

const spatialBridge = (from: Shape, to: Shape): string => {
  const [sizes, wanted, filters] = [from.slice(0, -1), to.slice(0, -1), to.at(-1)]
  for (const stride of stridesToTry) {
    // (N - 1)/S + 1, rounded down.
    const strided = sizes.map((size) => Math.ceil(size / stride))
    if (!sameShape(strided, wanted)) continue
    const rounding = sizes.every((size) => (size - 1) % stride === 0) ? '' : ", rounding: 'floor'"
    return `conv${wanted.length}d(${filters}, 1${stride === 1 ? '' : `, { stride: ${stride}${rounding} }`})`
  }
  const text = resized(sizes, wanted)
  return from.at(-1) === filters ? text : `block(${text}, conv${wanted.length}d(${filters}, 1))`
}

const resized = (sizes: Shape, wanted: Shape): string => {
  const kind = isLittleSmaller(sizes, wanted) ? 'crop' : isLittleSmaller(wanted, sizes) && 'zeroPad'
  const ends = sizes.map((size, axis) => Math.abs(size - (wanted[axis] as number)) / 2)
  if (kind && ends.every(Number.isInteger)) return `${kind}(${eachAxisText(ends)})`
  const factor = factorsToTry.find((each) => sizes.every((size, axis) => size * each === wanted[axis]))
  return factor ? `upsample(${factor})` : `adaptiveAvgPool(${eachAxisText(wanted)})`
}

/** {@link IsLittleSmaller} at run time. */
export const isLittleSmaller = (sizes: Shape, wanted: Shape): boolean =>
  sizes.length === wanted.length &&
  sizes.every((size, axis) => {
    const left = wanted[axis] as number
    return size === left || (size > left && size < 2 * left - 1)
  })
