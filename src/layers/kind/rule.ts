import type { NumberOf } from '../../arithmetic/natural.js'
import { type Fill, fill, type OneOf, ShapeError } from '../../shape/message.js'
import { type AnyShape, axesOfRank, type Rank, type Shape, type ShapeOfRank, type ShapeText, shapeText } from '../../shape/shape.js'
import type { NoValueText } from './named.js'

/*
 * Helpers for all rules at compile time.
 *
 * A rule is an object type: the layer's `output` and `params`, and, for a mistake, the message under the name of the invalid argument.
 * Each parameter of a method looks up its own name in the rule, so the editor underlines the mistake itself.
 */

/** The output shape of a rule. The separate condition lets the compiler see that it is a shape without resolving the rule. */
export type OutputOf<Rule> = Rule extends { output: infer Output extends Shape } ? Output : never

/** {@link OutputOf} for one or several shapes. The index access saves the compiler from resolving the rule of every possible layer. */
export type AnyOutputOf<Rule> = Rule['output' & keyof Rule] extends infer Output extends AnyShape ? Output : never

/** The channels of a shape, its last axis; `number` if they are unknown at compile time. */
export type Channels<Input> = Input extends readonly [...unknown[], infer Last extends number] ? Last : number

/** A dimension as an output shows it; `number` for `any`, `never` and a number with a brand. */
export type Dimension<Size extends number> = number extends Size ? NumberOf<`${Size}`> : [Size] extends [object] ? number : Size

/** The first candidate that is not `never`. */
export type FirstFault<Candidates> = Candidates extends readonly [infer First, ...infer Rest]
  ? [First] extends [never]
    ? FirstFault<Rest>
    : First
  : never

/** {@link FirstFault}, to be intersected with the result of a rule; `unknown` if there is no mistake. */
export type Faults<Candidates> = FirstFault<Candidates> extends infer Fault ? ([Fault] extends [never] ? unknown : Fault) : never

/** A message under the name of an argument; `never` if there is none. */
export type Blame<Argument extends string, Message> = [Message] extends [never]
  ? never
  : { [Name in Argument]: [Message] extends [string] ? OneOf<Message> : Message }

/** A message under the name of an option; `never` if there is none. */
export type BlameOption<Name extends string, Message> = Blame<'options', Blame<Name, Message> extends infer Faults ? Faults : never>

/** The number of axes over which each kind of layer slides its window. */
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
const leaveOutBatch = ' If the 1 is the batch size, leave it out: a shape is that of one example.'

/** The message for an input of the wrong rank, or for several values where one is needed. */
export type WrongRank<Operation extends string, R extends Rank, Input> = Input extends readonly unknown[]
  ? WrongAxes<Operation, R, Input>
  : NoValueText<Operation>

type WrongAxes<Operation extends string, R extends Rank, Input> = Fill<
  typeof wrongRank,
  { operation: Operation; axes: (typeof axesOfRank)[R]; shape: ShapeText<Input>; advice: AdviceOnBatch<R, Input> }
>

/** Advice on an extra leading axis of size 1, which may be a batch: `input(1, 32, 32, 3)`. */
type AdviceOnBatch<R extends Rank, Input> = Input extends readonly [1, ...ShapeOfRank[R]] ? typeof leaveOutBatch : ''

/** {@link AdviceOnBatch} at run time. */
const adviceOnBatch = (rank: Rank, input: Shape): string => (input[0] === 1 && input.length === rank + 2 ? leaveOutBatch : '')

/** Whether a shape has this rank; `'unknown'` if its length is unknown at compile time. */
export type HasRank<Input, R extends Rank> = Input extends ShapeOfRank[R]
  ? true
  : Input extends readonly unknown[]
    ? number extends Input['length']
      ? 'unknown'
      : false
    : false

/**
 * {@link WrongRank} at run time.
 *
 * @throws {ShapeError} for `argument`, the layer's first required argument, if the rank is wrong
 */
export const requireRank = (operation: string, rank: Rank, input: Shape, argument: string): void => {
  if (input.length === rank + 1) return
  const values = { operation, axes: axesOfRank[rank], shape: shapeText(input), advice: adviceOnBatch(rank, input) }
  throw new ShapeError(fill(wrongRank, values), operation, argument)
}

const noAxes = '{operation}: needs an input with spatial axes, such as [height, width, channels], not {shape}.'

/** The message for a vector where spatial axes are needed. */
export type NoAxes<Operation extends string, Input> = Input extends readonly unknown[]
  ? Fill<typeof noAxes, { operation: Operation; shape: ShapeText<Input> }>
  : NoValueText<Operation>

/**
 * {@link NoAxes} at run time.
 *
 * @throws {ShapeError} for `argument`, if the input is a vector
 */
export const requireAxes = (operation: string, input: Shape, argument: string): void => {
  if (input.length > 1) return
  throw new ShapeError(fill(noAxes, { operation, shape: shapeText(input) }), operation, argument)
}
