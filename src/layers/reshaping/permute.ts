import type { Noted } from '../../shape/channels-last.js'
import { type Fill, fill, type ListOf, listOf, type OneOf, ShapeError, shown } from '../../shape/message.js'
import { type InListMessage, refuseLists } from '../../shape/one-by-one.js'
import type { Among, AnyShape, AsOneShape, DimensionText, EachShape, Shape } from '../../shape/shape.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { NoValueText } from '../kind/named.js'
import type { Dimension } from '../kind/rule.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** Permutes the axes. */

const noOrder = 'permute: takes each axis once, {axes} in some order, not {given}.'

/** The rule of a permutation: output axis i is input axis `axes[i]`. */
export type PermuteRule<Input, Given> = Given extends Shape
  ? Permute<Input, PlainAxes<Given>>
  : { axes: InListMessage<'permute', 'the axes', []>; output: Shape; params: '0' }

type PlainAxes<Axes extends Shape> = { -readonly [Index in keyof Axes]: Dimension<Axes[Index]> }

type Permute<Input, Axes extends Shape> = number extends Axes['length']
  ? { output: Shape; params: '0' }
  : Input extends readonly [number, ...number[]]
    ? PermuteMembers<Input, EachShape<Axes>, Orders<EachShape<Axes>, Input['length'], Indices<Input>[number]>>
    : { output: { -readonly [Index in keyof Axes]: number }; params: '0' }

/**
 * The rule for all members of unions among the axes. Unions may belong together, so each member only has to be possible with some
 * members of the others.
 */
type PermuteMembers<Input extends AnyShape, All, Possible> = [Impossible<All, Possible>] extends [never]
  ? { output: AsOneShape<Permuted<Input, Possible>>; params: '0' }
  : OneOf<Impossible<All, Possible>> extends infer Axes
    ? {
        axes: Fill<
          typeof noOrder,
          { axes: ListOf<Texts<Indices<Input>>>; given: Axes extends readonly [] ? 'nothing' : ListOf<Texts<Axes>> }
        >
        at: WrongAt<Axes, Indices<Input>[number]>
        output: { -readonly [Index in keyof Input]: number }
        params: '0'
      }
    : never

/** Those axes that take each index once. An axis that is unknown at compile time may be any. */
type Orders<All, Length, Left> = All extends readonly unknown[]
  ? All['length'] extends Length
    ? TakesEachOnce<All, Left> extends true
      ? All
      : never
    : never
  : never

type TakesEachOnce<Axes, Left> = Axes extends readonly [infer Next, ...infer Rest]
  ? number extends Next
    ? TakesEachOnce<Rest, Left>
    : Next extends Left
      ? TakesEachOnce<Rest, Exclude<Left, Next>>
      : false
  : true

/** Axes with a member that no possible axes have. */
type Impossible<All, Possible> = All extends readonly unknown[]
  ? [Possible] extends [never]
    ? All
    : Among<All, Possible> extends true
      ? never
      : All
  : never

type Permuted<Input extends AnyShape, All> = All extends Shape
  ? { -readonly [Index in keyof All]: number extends All[Index] ? number : All[Index] extends keyof Input ? Input[All[Index]] : number }
  : never

/** The indices of a shape's axes. */
type Indices<Input extends AnyShape> = {
  [Index in keyof Input]: Index extends `${infer Axis extends number}` ? Axis : never
}

type Texts<Numbers> = { [Index in keyof Numbers]: DimensionText<Numbers[Index]> }

const applyPermute = (input: Shape, ...axes: number[]): Applied => {
  refuseLists('permute', 'the axes', axes, 'axes')
  const indices = [...input.keys()]
  if (axes.length !== input.length || !indices.every((axis) => axes.includes(axis))) {
    const values = { axes: listOf(indices.map(String)), given: axes.length === 0 ? 'nothing' : listOf(axes.map(shown)) }
    throw new ShapeError(fill(noOrder, values), 'permute', 'axes')
  }
  return { output: axes.map((axis) => input[axis] as number), settings: { axes }, weights: [], macs: 0, memory: 'own' }
}

/** {@link PermuteRule} at run time. */
export const permuteKinds = {
  permute: { takes: Number.POSITIVE_INFINITY, apply: applyPermute } satisfies LayerKind<number[]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    permute: PermuteRule<Input, Given>
  }
}

/**
 * Permutes the axes, as a layer value.
 *
 * @param axes for each axis of the output, the index of an axis of the input, from 0
 * @example
 * permute(2, 0, 1) // Layer<'permute', [2, 0, 1]>
 */
export const permute: <const Axes extends number[]>(...axes: Axes) => Layer<'permute', Axes> = layerFunction('permute')

/** The axes of a permutation, with a message in place of the first that is wrong. */
export type AxesOrUseABlock<Input extends AnyShape, Axes extends readonly unknown[], Start> = number extends Axes['length']
  ? AxesOfOneValue<Input, Axes>
  : PermuteRule<Input, Axes> extends { axes: infer Fault extends string }
    ? Axes extends readonly []
      ? [axes: Noted<Fault, Start>]
      : {
          [Index in keyof Axes]: Axes[Index] extends Shape
            ? InListMessage<'permute', 'the axes', Axes[Index]>
            : PermuteRule<Input, Axes> extends { at: Index }
              ? Noted<Fault, Start>
              : Axes[Index]
        }
    : AxesOfOneValue<Input, Axes>

type AxesOfOneValue<Input, Axes> = Input extends readonly unknown[] ? Axes : [axes: NoValueText<'permute'>, ...unknown[]]

/** The position of the first axis that is invalid or repeated; the first position if axes are missing. */
type WrongAt<Axes, Left, Passed extends unknown[] = []> = Axes extends readonly [infer Next, ...infer Rest]
  ? number extends Next
    ? WrongAt<Rest, Left, [...Passed, Next]>
    : Next extends Left
      ? WrongAt<Rest, Exclude<Left, Next>, [...Passed, Next]>
      : `${Passed['length']}`
  : '0'
