import type { NumberOf } from '../../arithmetic/natural.js'
import { type Fill, fill, type OneOf, ShapeError } from '../../shape/message.js'
import { type AnyShape, axesOfRank, type Rank, type Shape, type ShapeOfRank, type ShapeText, shapeText } from '../../shape/shape.js'
import type { NoValueText } from './named.js'

/*
 * What every rule shares at compile time.
 *
 * A rule is an object type: `output` and `params` of the layer, and, when something is wrong, the sentence under the name of
 * the argument that is to blame. A method's parameters look for their own name in it, so a mistake is underlined where it is.
 */

/**
 * The shape that a rule gives. In a condition of its own, so that the compiler need not look into the rule to know that it is a shape.
 */
export type OutputOf<Rule> = Rule extends { output: infer Output extends Shape } ? Output : never

/**
 * The shape that a rule gives, or several, as {@link OutputOf}. By index, so that the compiler does not work out the rule of every
 * layer that there could be.
 */
export type AnyOutputOf<Rule> = Rule['output' & keyof Rule] extends infer Output extends AnyShape ? Output : never

/** The channels of a shape, its last axis; `number` when they are not known at compile time. */
export type Channels<Input> = Input extends readonly [...unknown[], infer Last extends number] ? Last : number

/** A dimension as an output shows it: `any` and `never` are no more than a number. */
export type Dimension<Size extends number> = number extends Size ? NumberOf<`${Size}`> : [Size] extends [never] ? number : Size

/** The first candidate that is not `never`. */
export type FirstFault<Candidates> = Candidates extends readonly [infer First, ...infer Rest]
  ? [First] extends [never]
    ? FirstFault<Rest>
    : First
  : never

/** {@link FirstFault} to be joined with what a rule gives: nothing is added where there is none. */
export type Faults<Candidates> = FirstFault<Candidates> extends infer Found ? ([Found] extends [never] ? unknown : Found) : never

/** A sentence under an argument's name; `never` when there is none. */
export type Blame<Argument extends string, Message> = [Message] extends [never]
  ? never
  : { [Name in Argument]: Message extends string ? OneOf<Message> : Message }

/** A sentence under an option's name; `never` when there is none. */
export type BlameOption<Name extends string, Message> = Blame<'options', Blame<Name, Message> extends infer Faults ? Faults : never>

/** Over how many axes each kind of layer with a window slides it. */
export interface RankOf {
  conv1d: 1
  conv2d: 2
  conv3d: 3
  depthwiseConv1d: 1
  depthwiseConv2d: 2
  depthwiseConv3d: 3
  separableConv1d: 1
  separableConv2d: 2
  convTranspose1d: 1
  convTranspose2d: 2
  convTranspose3d: 3
  maxPool1d: 1
  maxPool2d: 2
  maxPool3d: 3
  avgPool1d: 1
  avgPool2d: 2
  avgPool3d: 3
}

const wrongRank = '{operation}: needs an input of {axes}, not {shape}.{advice}'
const noBatch = ' If the 1 is the batch size, leave it out: a shape is that of one example.'

/** The sentence for an input whose axes are not the layer's, and for several values in place of one. */
export type WrongRank<Operation extends string, R extends Rank, Input> = Input extends readonly unknown[]
  ? WrongAxes<Operation, R, Input>
  : NoValueText<Operation>

type WrongAxes<Operation extends string, R extends Rank, Input> = Fill<
  typeof wrongRank,
  { operation: Operation; axes: (typeof axesOfRank)[R]; shape: ShapeText<Input>; advice: AdviceOnBatch<R, Input> }
>

/** What to do about one axis too many, a 1 that may be a batch: `input(1, 32, 32, 3)`. */
type AdviceOnBatch<R extends Rank, Input> = Input extends readonly [1, ...ShapeOfRank[R]] ? typeof noBatch : ''

/** {@link AdviceOnBatch} at run time. */
const adviceOnBatch = (rank: Rank, input: Shape): string => (input[0] === 1 && input.length === rank + 2 ? noBatch : '')

/** Whether a shape has that rank; `'unknown'` when its length is not known at compile time. */
export type HasRank<Input, R extends Rank> = Input extends ShapeOfRank[R]
  ? true
  : Input extends readonly unknown[]
    ? number extends Input['length']
      ? 'unknown'
      : false
    : false

/**
 * Refuses an input whose axes are not the layer's: {@link WrongRank} at run time.
 *
 * @throws {ShapeError} blaming `argument`, the first that the layer cannot do without
 */
export const requireRank = (operation: string, rank: Rank, input: Shape, argument: string): void => {
  if (input.length === rank + 1) return
  const values = { operation, axes: axesOfRank[rank], shape: shapeText(input), advice: adviceOnBatch(rank, input) }
  throw new ShapeError(fill(wrongRank, values), operation, argument)
}

const noAxes = '{operation}: needs an input with spatial axes, such as [height, width, channels], not {shape}.'

/** The sentence for a vector where spatial axes are needed. */
export type NoAxes<Operation extends string, Input> = Input extends readonly unknown[]
  ? Fill<typeof noAxes, { operation: Operation; shape: ShapeText<Input> }>
  : NoValueText<Operation>

/**
 * Refuses a vector where spatial axes are needed: {@link NoAxes} at run time.
 *
 * @throws {ShapeError} blaming `argument`
 */
export const requireAxes = (operation: string, input: Shape, argument: string): void => {
  if (input.length > 1) return
  throw new ShapeError(fill(noAxes, { operation, shape: shapeText(input) }), operation, argument)
}
