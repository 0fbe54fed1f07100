import { type Fill, fill, type ListOf, listOf, ShapeError } from '../shape/message.js'
import type { Shape } from '../shape/shape.js'
import { requireWhole, type WholeMessage } from '../shape/whole.js'
import { type Applied, type LayerKind, valuesIn } from './layer.js'
import type { Arguments } from './layer-rules.js'
import type { FlatSize, Single } from './reshape.js'
import type { FirstFault } from './rule.js'
import { type Layer, layerOf } from './value.js'

/** The same values in another shape, or with the axes in another order. */

const otherCount = 'reshape: the input has {from} values, the new shape {to}: a reshape keeps all values.'
const noShape = 'reshape: takes at least one dimension.'
const noOrder = 'permute: takes each axis once, {axes} in some order, not {given}.'

/** The rule of a reshape: as many values before as after. */
type ReshapeRule<Input, Wanted extends Shape> = Wanted extends readonly []
  ? { shape: typeof noShape; output: Shape; params: '0' }
  : number extends Wanted['length']
    ? { output: Shape; params: '0' }
    : [FirstFault<NotWhole<Wanted>>] extends [never]
      ? SameCount<FlatSize<Input>, FlatSize<Wanted>> extends true
        ? { output: Dimensions<Wanted>; params: '0' }
        : {
            shape: Fill<typeof otherCount, { from: ProductText<Input, FlatSize<Input>>; to: ProductText<Wanted, FlatSize<Wanted>> }>
            output: Dimensions<Wanted>
            params: '0'
          }
      : { shape: FirstFault<NotWhole<Wanted>>; output: { -readonly [Index in keyof Wanted]: number }; params: '0' }

/** Dimensions as they were given, `number` for those that are not known. */
type Dimensions<Wanted extends Shape> = {
  -readonly [Index in keyof Wanted]: number extends Wanted[Index] ? number : [Wanted[Index]] extends [never] ? number : Wanted[Index]
}

type NotWhole<Wanted extends Shape> = { [Index in keyof Wanted]: WholeMessage<'reshape', 'shape', Wanted[Index], 1> }

type SameCount<From extends number, To extends number> = number extends From | To ? true : [From, To] extends [To, From] ? true : false

/** `7*7*512 = 25088`, or one dimension by itself. */
type ProductText<Dimensions, Product extends number> = Dimensions extends readonly [infer Only extends number]
  ? `${Only}`
  : `${Factors<Dimensions>} = ${Product}`

type Factors<Dimensions> = Dimensions extends readonly [infer First extends number, ...infer Rest]
  ? Rest extends readonly []
    ? `${First}`
    : `${First}*${Factors<Rest>}`
  : '?'

const productText = (shape: Shape): string => (shape.length === 1 ? `${shape[0]}` : `${shape.join('*')} = ${valuesIn(shape)}`)

const applyReshape = (input: Shape, ...shape: number[]): Applied => {
  if (shape.length === 0) throw new ShapeError(noShape, 'reshape', 'shape')
  requireWhole('reshape', 'shape', shape, 1)
  if (valuesIn(input) !== valuesIn(shape)) {
    throw new ShapeError(fill(otherCount, { from: productText(input), to: productText(shape) }), 'reshape', 'shape')
  }
  return { output: shape, settings: { shape }, weights: [], macs: 0, memory: 'view' }
}

/** The rule of a permutation: output axis i is input axis `axes[i]`. */
type PermuteRule<Input, Axes extends Shape> = number extends Axes['length']
  ? { output: Shape; params: '0' }
  : Input extends readonly [number, ...number[]]
    ? Permutes<Input, Axes> extends true
      ? { output: Permuted<Input, Axes>; params: '0' }
      : {
          axes: Fill<
            typeof noOrder,
            { axes: ListOf<Texts<Indices<Input>>>; given: Axes extends readonly [] ? 'nothing' : ListOf<Texts<Axes>> }
          >
          output: { -readonly [Index in keyof Input]: number }
          params: '0'
        }
    : { output: { -readonly [Index in keyof Axes]: number }; params: '0' }

/** Whether each axis stands there once; what is not known at compile time is left to the run time. */
type Permutes<Input extends Shape, Axes extends Shape> = Axes['length'] extends Input['length']
  ? number extends Axes[number]
    ? true
    : [Axes[number]] extends [Indices<Input>[number]]
      ? [Indices<Input>[number]] extends [Axes[number]]
        ? true
        : false
      : false
  : false

type Permuted<Input extends Shape, Axes extends Shape> = {
  -readonly [Index in keyof Axes]: number extends Single<Axes[Index]> ? number : Input[Axes[Index]]
}

/** The indices of a shape's axes. */
type Indices<Input extends Shape> = {
  [Index in keyof Input]: Index extends `${infer Axis extends number}` ? Axis : never
}

type Texts<Numbers extends Shape> = { [Index in keyof Numbers]: `${Numbers[Index]}` }

const applyPermute = (input: Shape, ...axes: number[]): Applied => {
  const indices = [...input.keys()]
  if (axes.length !== input.length || !indices.every((axis) => axes.includes(axis))) {
    const values = { axes: listOf(indices.map(String)), given: axes.length === 0 ? 'nothing' : listOf(axes.map(String)) }
    throw new ShapeError(fill(noOrder, values), 'permute', 'axes')
  }
  return { output: axes.map((axis) => input[axis] as number), settings: { axes }, weights: [], macs: 0, memory: 'own' }
}

export const rearrangeKinds = {
  reshape: { kind: 'reshape', apply: applyReshape } as LayerKind<number[]>,
  permute: { kind: 'permute', apply: applyPermute } as LayerKind<number[]>,
}

declare module './layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    reshape: ReshapeRule<Input, Given>
    permute: PermuteRule<Input, Given>
  }
}

/**
 * The same values in another shape, as a layer value.
 *
 * @param shape the new dimensions, channels last
 * @example
 * reshape(49, 512) // Layer<'reshape', [49, 512]>
 */
export const reshape = <Wanted extends number[]>(...shape: Wanted): Layer<'reshape', Wanted> => layerOf('reshape', shape) as never

/**
 * The axes in another order, as a layer value.
 *
 * @param axes for each axis of the output, which of the input it is, from 0
 * @example
 * permute(2, 0, 1) // Layer<'permute', [2, 0, 1]>
 */
export const permute = <Axes extends number[]>(...axes: Axes): Layer<'permute', Axes> => layerOf('permute', axes) as never

/** The dimensions of a reshape, with the sentence in place of the first that is wrong, or of the first of all. */
type ShapeOf<Input, Wanted extends Shape> =
  ReshapeRule<Input, Wanted> extends { shape: infer Fault extends string }
    ? Wanted extends readonly []
      ? [shape: Fault]
      : {
          [Index in keyof Wanted]: [FirstFault<NotWhole<Wanted>>] extends [never]
            ? Index extends '0'
              ? Fault
              : Wanted[Index]
            : [WholeMessage<'reshape', 'shape', Wanted[Index], 1>] extends [never]
              ? Wanted[Index]
              : WholeMessage<'reshape', 'shape', Wanted[Index], 1>
        }
    : Wanted

/** The axes of a permutation, with the sentence in place of the first that is wrong. */
type AxesOf<Input extends Shape, Axes extends Shape> =
  PermuteRule<Input, Axes> extends { axes: infer Fault extends string }
    ? Axes extends readonly []
      ? [axes: Fault]
      : { [Index in keyof Axes]: Index extends WrongAt<Axes, Indices<Input>[number]> ? Fault : Axes[Index] }
    : Axes

/** Where the first axis stands that is not left to choose; the first of all where axes are missing. */
type WrongAt<Axes, Left, Passed extends unknown[] = []> = Axes extends readonly [infer Next, ...infer Rest]
  ? Next extends Left
    ? WrongAt<Rest, Exclude<Left, Next>, [...Passed, Next]>
    : `${Passed['length']}`
  : '0'

declare module '../network/network.js' {
  interface Network<Input extends Shape, Output extends Shape, Params extends number> {
    /**
     * The same values in another shape, row by row and channels last.
     *
     * `[7, 7, 512] -> [49, 512]`: the product of the dimensions stays. No parameters, no arithmetic, no memory.
     *
     * @param shape the new dimensions, channels last
     * @throws {ShapeError} when it has not as many values as the input
     * @example
     * input(7, 7, 512).reshape(49, 512) // Network<[7, 7, 512], [49, 512], 0>
     */
    reshape<const Wanted extends readonly number[]>(
      ...shape: ShapeOf<Output, Wanted>
    ): Network<Input, ReshapeRule<Output, Wanted>['output'], Params>

    /**
     * The axes in another order: axis i of the output is axis `axes[i]` of the input (`torch.permute`, `numpy.transpose`).
     *
     * `permute(2, 0, 1)` makes `[height, width, channels]` into `[channels, height, width]`. No parameters, no MACs; the values
     * move in memory.
     *
     * @param axes for each axis of the output, which of the input it is, from 0; each stands there once
     * @throws {ShapeError} when it is no permutation of the axes
     * @example
     * input(14, 14, 768).permute(2, 0, 1) // Network<[14, 14, 768], [768, 14, 14], 0>
     */
    permute<const Axes extends readonly number[]>(
      ...axes: AxesOf<Output, Axes>
    ): Network<Input, PermuteRule<Output, Axes>['output'], Params>
  }
}
