import type { Literal } from '../../arithmetic/natural.js'
import type { Noted } from '../../shape/channels-last.js'
import type { FlatDecimal } from '../../shape/flat-size.js'
import { type Fill, fill, type OneOf, ShapeError } from '../../shape/message.js'
import { type InListMessage, refuseLists } from '../../shape/one-by-one.js'
import type { AsOneShape, EachShape, Shape } from '../../shape/shape.js'
import { requireAllWhole, requireWhole, type WholeMessage } from '../../shape/whole.js'
import type { KnownNumber } from '../kind/known.js'
import { type Applied, type LayerKind, valuesIn } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { ValueOrUseABlock } from '../kind/named.js'
import type { Dimension, FirstFault } from '../kind/rule.js'
import { type Layer, layerFunction } from '../kind/value.js'
import { type NoSuchAxis, requireAxis } from './axis.js'
import { type Dimensions, type Impossible, type ProductText, productText, type SameCount } from './reshape.js'

/** Splits an axis into several, the inverse of flattening them. It makes groups of channels an axis of their own. */

const otherCount = 'unflatten: axis {axis} has {from} cells, the sizes {to}: the axes that it becomes have as many cells together.'
const noSizes = 'unflatten: takes at least one size.'

/** The rule of an unflatten: one axis is split, and the others stay. */
type UnflattenRule<Input, Axis extends number, Sizes extends Shape> = number extends Axis | Sizes['length']
  ? { output: Shape; params: '0' }
  : [WholeMessage<'unflatten', 'axis', Axis, 0>] extends [never]
    ? Input extends readonly [number, ...number[]]
      ? Split<Input, Axis, Sizes, []>
      : { output: Shape; params: '0' }
    : { axis: WholeMessage<'unflatten', 'axis', Axis, 0>; output: Shape; params: '0' }

/** The rule of an unflatten whose axis may be a union: each member has to be valid, and the output shape is unknown. */
export type UnflattenAt<Input, Axis extends number, Sizes> = Sizes extends Shape
  ? [Unfit<Input, Axis, Sizes>] extends [never]
    ? UnflattenRule<Input, KnownNumber<Dimension<Axis>>, Dimensions<Sizes>>
    : OneOf<Unfit<Input, Axis, Sizes>>
  : { sizes: InListMessage<'unflatten', 'the sizes', []>; output: Shape; params: '0' }

type Unfit<Input, Axis extends number, Sizes extends Shape> = number extends Axis
  ? number extends Literal<Axis>
    ? never
    : Unfit<Input, Dimension<Axis>, Sizes>
  : Axis extends object
    ? never
    : Exclude<UnflattenRule<Input, Axis, Dimensions<Sizes>>, Sound>

/** A rule without a mistake. */
type Sound = { output: Shape; params: '0'; axis?: never; sizes?: never }

/** Skips the axes before `Axis`. */
type Split<Input extends Shape, Axis extends number, Sizes extends Shape, Passed extends number[], Rest = Input> = Rest extends readonly [
  infer Size extends number,
  ...infer After extends number[],
]
  ? Passed['length'] extends Axis
    ? [SizesMessage<Axis, Size, Sizes>] extends [never]
      ? { output: WithAxes<Passed, Size, Sizes, After>; params: '0' }
      : { sizes: SizesMessage<Axis, Size, Sizes>; output: [...Passed, ...Dimensions<Sizes>, ...After]; params: '0' }
    : Split<Input, Axis, Sizes, [...Passed, Size], After>
  : {
      axis: NoSuchAxis<'unflatten', Input, Axis>
      output: Input
      params: '0'
    }

/** The message for sizes that an axis cannot be split into; `never` if it can. */
type SizesMessage<Axis extends number, Size extends number, Sizes extends Shape> = Sizes extends readonly []
  ? typeof noSizes
  : FirstFault<[WholeMessage<'unflatten', 'sizes', Sizes, 1>, CountMessage<Axis, Size, Sizes>]>

type CountMessage<Axis extends number, Size extends number, Sizes extends Shape> =
  SameCount<FlatDecimal<[Size]>, FlatDecimal<Sizes>> extends true
    ? never
    : Attempt<Axis, Size, EachShape<Sizes>> extends infer Attempts
      ? OneOf<Impossible<Attempts, Exclude<Attempts, { fault: string }>>>
      : never

/**
 * One size of the axis, split into one choice of sizes: with a message if it does not fit. Unions may belong together, so each member
 * only has to be possible with some members of the others, as in a reshape.
 */
type Attempt<Axis extends number, Size, Sizes> = Size extends number
  ? Sizes extends Shape
    ? SameCount<FlatDecimal<[Size]>, FlatDecimal<Sizes>> extends true
      ? { to: Sizes; from: [Size] }
      : {
          to: Sizes
          from: [Size]
          fault: Fill<typeof otherCount, { axis: `${Axis}`; from: `${Size}`; to: ProductText<Sizes> }>
        }
    : never
  : never

/** The shape with the sizes in place of the axis: of unions that belong together, those that fit. */
type WithAxes<Passed extends number[], Size extends number, Sizes extends Shape, After extends number[]> =
  SameCount<FlatDecimal<[Size]>, FlatDecimal<Sizes>> extends true
    ? [...Passed, ...Dimensions<Sizes>, ...After]
    : AsOneShape<Between<Passed, Exclude<Attempt<0, Size, EachShape<Sizes>>, { fault: string }>, After>>

type Between<Passed extends number[], Fitting, After extends number[]> = Fitting extends { to: infer Sizes extends number[] }
  ? [...Passed, ...Sizes, ...After]
  : never

const applyUnflatten = (input: Shape, axis: number, ...sizes: number[]): Applied => {
  requireWhole('unflatten', 'axis', axis, 0)
  refuseLists('unflatten', 'the sizes', sizes, 'sizes', `${axis}, `)
  requireAxis('unflatten', input, axis)
  const size = input[axis] as number
  if (sizes.length === 0) throw new ShapeError(noSizes, 'unflatten', 'sizes')
  requireAllWhole('unflatten', 'sizes', sizes, 1)
  if (valuesIn(sizes) !== size) {
    throw new ShapeError(fill(otherCount, { axis: `${axis}`, from: `${size}`, to: productText(sizes) }), 'unflatten', 'sizes')
  }
  const output = [...input.slice(0, axis), ...sizes, ...input.slice(axis + 1)]
  return { output, settings: { axis, sizes }, weights: [], macs: 0, memory: 'view' }
}

/** {@link UnflattenRule} at run time. */
export const unflattenKinds = {
  unflatten: { takes: Number.POSITIVE_INFINITY, apply: applyUnflatten } satisfies LayerKind<[number, ...number[]]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    unflatten: Given extends readonly [infer Axis extends number, ...infer Sizes extends number[]]
      ? UnflattenAt<Input, Axis, Sizes>
      : { output: Shape; params: '0' }
  }
}

/**
 * Splits an axis into several, as a layer value.
 *
 * @param axis the index of the axis, from 0
 * @param sizes the sizes of the new axes
 * @example
 * unflatten(2, 3, 80) // Layer<'unflatten', [2, 3, 80]>
 */
export const unflatten: <Axis extends number, const Sizes extends number[]>(
  axis: Axis,
  ...sizes: Sizes
) => Layer<'unflatten', [Axis, ...Sizes]> = layerFunction('unflatten')

export type AxisOrUseABlock<Input, Axis extends number, Sizes, Start> =
  number extends Literal<Axis>
    ? ValueOrUseABlock<'unflatten', Input, Axis>
    : UnflattenAt<Input, Axis, Sizes> extends { axis: infer Fault extends string }
      ? Noted<Fault, Start>
      : ValueOrUseABlock<'unflatten', Input, Axis>

/** The sizes, with a message in place of the first invalid one, or of the first if their product is wrong. */
export type UnflattenSizesOrUseABlock<Input, Axis extends number, Sizes extends readonly unknown[], Start> = number extends Sizes['length']
  ? Sizes
  : UnflattenAt<Input, Axis, Sizes> extends { sizes: infer Fault extends string }
    ? Sizes extends readonly []
      ? [sizes: Noted<Fault, Start>]
      : {
          [Index in keyof Sizes]: Sizes[Index] extends Shape
            ? InListMessage<'unflatten', 'the sizes', Sizes[Index], `${Axis}, `>
            : Index extends WrongAt<Sizes>
              ? Noted<Fault, Start>
              : Sizes[Index]
        }
    : Sizes

/** The position of the first size that is not a whole number; the first position if their product is wrong. */
type WrongAt<Sizes, Passed extends unknown[] = []> = Sizes extends readonly [infer First, ...infer Rest]
  ? [WholeMessage<'unflatten', 'sizes', First, 1>] extends [never]
    ? WrongAt<Rest, [...Passed, First]>
    : `${Passed['length']}`
  : '0'
