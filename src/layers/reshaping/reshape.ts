import type { DivideDecimals } from '../../arithmetic/divide.js'
import type { NumberOf, ToNumber } from '../../arithmetic/natural.js'
import type { Noted } from '../../shape/channels-last.js'
import type { FlatDecimal } from '../../shape/flat-size.js'
import { type Fill, fill, type OneOf, ShapeError } from '../../shape/message.js'
import { type InListMessage, refuseLists } from '../../shape/one-by-one.js'
import { type Ratio, ratio } from '../../shape/ratio.js'
import type { Among, AsOneShape, EachInput, EachShape, Shape } from '../../shape/shape.js'
import { requireAllWhole, type WholeMessage } from '../../shape/whole.js'
import { type Applied, exactValuesIn, type LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { NoValueText } from '../kind/named.js'
import type { FirstFault } from '../kind/rule.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** Reshapes the values. */

const otherCount = 'reshape: the input has {from} values, the new shape {to}: a reshape keeps all values.'
const notDivided = 'reshape: -1 stands for no whole number: {from} values / {to} = {result}.'
const onlyOne = 'reshape: only one dimension can be -1.'
const noShape = 'reshape: takes at least one dimension.'

/** The rule of a reshape: the number of values is unchanged. */
export type ReshapeRule<Input, Given> = Given extends Shape
  ? Reshape<Input, Dimensions<Given>>
  : Given extends readonly [infer List extends Shape]
    ? { shape: InListMessage<'reshape', 'the dimensions', List>; output: Shape; params: '0' }
    : { shape: InListMessage<'reshape', 'the dimensions', []>; output: Shape; params: '0' }

type Reshape<Input, Wanted extends Shape> = Wanted extends readonly []
  ? { shape: typeof noShape; output: Shape; params: '0' }
  : number extends Wanted['length']
    ? { output: Shape; params: '0' }
    : [FirstFault<NotWhole<Wanted>>] extends [never]
      ? SameCount<FlatDecimal<Input>, FlatDecimal<Wanted>> extends true
        ? { output: Wanted; params: '0' }
        : ReshapeMembers<Attempt<EachShape<Wanted>, EachInput<Input>>>
      : [FirstFault<NotWhole<WithOnes<Wanted>>>] extends [never]
        ? ReshapeMembers<Attempt<EachShape<Wanted>, EachInput<Input>>>
        : { shape: FirstFault<NotWhole<WithOnes<Wanted>>>; output: Shape; params: '0' }

/**
 * The rule of a reshape with unions, or with a -1. Unions may belong together, so each member only has to be possible with some members
 * of the others.
 */
type ReshapeMembers<Attempts> = [Impossible<Attempts, Exclude<Attempts, { fault: string }>>] extends [never]
  ? { output: AsOneShape<Exclude<Attempts, { fault: string }>['output' & keyof Attempts]>; params: '0' }
  : {
      shape: OneOf<Impossible<Attempts, Exclude<Attempts, { fault: string }>>>
      output: Shape
      params: '0'
    }

/** One shape reshaped to one other: its output, or a message. */
type Attempt<To, From> = To extends readonly number[]
  ? From extends readonly unknown[]
    ? BehindInferred<To> extends infer Behind
      ? Behind extends undefined
        ? SameCount<FlatDecimal<From>, FlatDecimal<To>> extends true
          ? { to: To; from: From; output: To }
          : { to: To; from: From; output: To; fault: Fill<typeof otherCount, { from: ProductText<From>; to: ProductText<To> }> }
        : BehindInferred<Behind> extends undefined
          ? InferredFrom<From, To, FlatDecimal<From>, FlatDecimal<WithOnes<To>>>
          : { to: To; from: From; output: To; fault: typeof onlyOne }
      : never
    : never
  : never

/** {@link Attempt} with a dimension of -1, which follows from the others. */
type InferredFrom<From, To, Values, Others> = '?' extends Values | Others
  ? { to: To; from: From; output: WithInferred<To, number> }
  : [Values, Others] extends [infer Count extends string, infer Known extends string]
    ? DivideDecimals<Count, Known> extends readonly [infer Missing extends string, infer Rest]
      ? Rest extends '0'
        ? { to: To; from: From; output: WithInferred<To, ToNumber<Missing>> }
        : {
            to: To
            from: From
            output: To
            fault: Fill<typeof notDivided, { from: ProductText<From>; to: ProductText<WithOnes<To>>; result: Ratio<Count, Known> }>
          }
      : never
    : never

type WithInferred<To, Missing> = { [Index in keyof To]: To[Index] extends -1 ? Missing : To[Index] }

/** The messages of attempts with a member that no attempt without a mistake has. */
export type Impossible<Attempts, Possible> = Attempts extends { to: infer To; from: infer From; fault: infer Fault }
  ? [Possible] extends [{ to: infer Tos; from: infer Froms }]
    ? [Possible] extends [never]
      ? Fault
      : Among<To, Tos> extends true
        ? Among<From, Froms> extends true
          ? never
          : Fault
        : Fault
    : never
  : never

/** The dimensions behind the first -1; `undefined` if there is none. */
type BehindInferred<Wanted> = Wanted extends readonly [infer First, ...infer Rest]
  ? [First] extends [-1]
    ? Rest
    : BehindInferred<Rest>
  : undefined

/** The dimensions with 1 in place of -1. */
type WithOnes<Wanted> = { [Index in keyof Wanted]: [Wanted[Index]] extends [-1] ? 1 : Exclude<Wanted[Index], -1> }

/** The dimensions as passed, with `number` for unknown ones. */
export type Dimensions<Wanted extends Shape> = {
  -readonly [Index in keyof Wanted]: number extends Wanted[Index]
    ? NumberOf<`${Wanted[Index]}`>
    : [Wanted[Index]] extends [object]
      ? number
      : Wanted[Index]
}

type NotWhole<Wanted> = { [Index in keyof Wanted]: WholeMessage<'reshape', 'shape', Wanted[Index], 1> }

/** Whether two counts, as decimals, are equal; `true` if one is unknown at compile time. */
export type SameCount<From, To> = '?' extends From | To ? true : [From, To] extends [To, From] ? true : false

/** `7*7*512 = 25088`, or just a single dimension. */
export type ProductText<Dimensions> = Dimensions extends readonly [infer Only extends number]
  ? `${Only}`
  : FlatDecimal<Dimensions> extends infer Product extends string
    ? `${Factors<Dimensions>} = ${Product}`
    : never

type Factors<Dimensions, Before extends string = ''> = Dimensions extends readonly [infer First extends number, ...infer Rest]
  ? Rest extends readonly []
    ? `${Before}${First}`
    : Factors<Rest, `${Before}${First}*`>
  : `${Before}?`

/** {@link ProductText} at run time. */
export const productText = (shape: Shape): string => (shape.length === 1 ? `${shape[0]}` : `${shape.join('*')} = ${exactValuesIn(shape)}`)

const applyReshape = (input: Shape, ...shape: number[]): Applied => {
  if (shape.length === 0) throw new ShapeError(noShape, 'reshape', 'shape')
  refuseLists('reshape', 'the dimensions', shape, 'shape')
  const others = shape.map((size) => (size === -1 ? 1 : size))
  requireAllWhole('reshape', 'shape', others, 1)
  if (shape.includes(-1)) return applyInferred(input, shape, others)
  if (exactValuesIn(input) !== exactValuesIn(shape)) {
    throw new ShapeError(fill(otherCount, { from: productText(input), to: productText(shape) }), 'reshape', 'shape')
  }
  return { output: shape, settings: { shape }, weights: [], macs: 0, memory: 'view' }
}

/** {@link Inferred} at run time. */
const applyInferred = (input: Shape, shape: Shape, others: Shape): Applied => {
  if (shape.filter((size) => size === -1).length > 1) throw new ShapeError(onlyOne, 'reshape', 'shape')
  const [from, to] = [exactValuesIn(input), exactValuesIn(others)]
  if (from % to !== 0n) {
    const values = { from: productText(input), to: productText(others), result: ratio(from, to) }
    throw new ShapeError(fill(notDivided, values), 'reshape', 'shape')
  }
  const output = shape.map((size) => (size === -1 ? Number(from / to) : size))
  return { output, settings: { shape: output }, weights: [], macs: 0, memory: 'view' }
}

/** {@link ReshapeRule} at run time. */
export const reshapeKinds = {
  reshape: { takes: Number.POSITIVE_INFINITY, apply: applyReshape } satisfies LayerKind<number[]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    reshape: ReshapeRule<Input, Given>
  }
}

/**
 * Reshapes the values, as a layer value.
 *
 * @param shape the new dimensions, channels last; one may be -1
 * @example
 * reshape(49, 512) // Layer<'reshape', [49, 512]>
 */
export const reshape: <const Wanted extends number[]>(...shape: Wanted) => Layer<'reshape', Wanted> = layerFunction('reshape')

/** The dimensions of a reshape, with a message in place of the first invalid one, or of the first if their product is wrong. */
export type ReshapeShapeOrUseABlock<Input, Wanted extends readonly unknown[], Start> =
  ReshapeRule<Input, Wanted> extends { shape: infer Fault extends string }
    ? Wanted extends readonly []
      ? [shape: Noted<Fault, Start>]
      : { [Index in keyof Wanted]: DimensionOr<Wanted, Wanted[Index], Index, Noted<Fault, Start>> }
    : Input extends readonly unknown[]
      ? Wanted
      : [shape: NoValueText<'reshape'>, ...unknown[]]

/** A dimension, or its own message. The message about all dimensions is at the first. */
type DimensionOr<Wanted, Dimension, Index, Fault> = Dimension extends Shape
  ? InListMessage<'reshape', 'the dimensions', Dimension>
  : [WholeMessage<'reshape', 'shape', WithOnes<Wanted>, 1>] extends [never]
    ? Index extends '0'
      ? Fault
      : Dimension
    : [Dimension] extends [-1]
      ? Dimension
      : [WholeMessage<'reshape', 'shape', Dimension, 1>] extends [never]
        ? Dimension
        : WholeMessage<'reshape', 'shape', Dimension, 1>
