import type { Reverse } from '../../arithmetic/digits.js'
import type { AnyNetwork, Network } from '../../network/network.js'
import type { NoBranchText, NoLayerText } from '../../network/refusals.js'
import type { Fill } from '../../shape/message.js'
import type { Shape } from '../../shape/shape.js'
import { inside } from './inside.js'
import type { Applied, Link } from './layer.js'
import type { FaultOf, IsSound, RuleOf } from './rule-of.js'
import { type AnyLayer, copied } from './value.js'

/*
 * A branch: layers beside the main path, as a layer value or as a function of the network so far.
 *
 * A method's type parameter for a branch has every branch as its default: only then does the compiler look into the checked
 * parameter type for the type of a function's argument.
 */

const inBranch = '{operation}, {branch}: {fault}'

/** A branch from a shape: a layer value, or a function that goes on from here. */
export type Branch<Here extends Shape> = AnyLayer | ((x: Network<Here, Here, 0>) => AnyNetwork)

/** What people write where a branch stands: what is no branch gets a sentence. */
export type BranchLike<Here extends Shape> =
  | AnyLayer
  | ((x: Network<Here, Here, 0>) => unknown)
  | AnyNetwork
  | readonly unknown[]
  | number
  | string

/**
 * The rule of a branch. A function has to return a network that begins here; `Where` begins the sentences of what does not.
 *
 * A function whose parameters are not known and whose axes are others may hold a mistake, which stands at its own place: a
 * dense layer on an image. Its shape is left to the run time, so that the branch is not blamed for it again.
 */
export type BranchRule<Here extends Shape, Value, Where extends string = ''> = Value extends AnyLayer
  ? RuleOf<Here, Value>
  : NoLayerRule<Here, Value, Where>

/** The rule of what is no layer value: a function that returns a network, or a mistake. */
export type NoLayerRule<Here extends Shape, Value, Where extends string> = Value extends (...args: never[]) => infer After
  ? After extends { input: Here; output: readonly [...infer Output extends number[]]; params: infer Params extends number }
    ? number extends Params
      ? { output: Output['length'] extends Here['length'] ? Output : Shape; params: '?' }
      : { output: Output; params: Reverse<`${Params}`> }
    : OtherResult<Value, After, Where>
  : { output: Shape; params: '?'; layer: NoLayerText<Where, Value> }

/** The rule of a function that did not return a network that begins here, as far as is known. */
type OtherResult<Value, After, Where extends string> = After extends AnyNetwork
  ? number extends After['input']['length']
    ? { output: Shape; params: '?' }
    : { output: Shape; params: '?'; layer: NoBranchText<Where, After> }
  : { output: Shape; params: '?'; layer: After extends AnyLayer ? NoLayerText<Where, Value> : NoBranchText<Where, After> }

/** The sentence of a branch in its place: at the end of a function's body. */
export type BranchFault<Here extends Shape, Value, Fault> = Value extends (...args: never[]) => infer After
  ? After extends AnyLayer
    ? Fault
    : (x: Network<Here, Here, 0>) => Fault
  : Fault

/** The sentence of a fault inside a branch; `never` when there is none. */
export type FaultIn<Operation extends string, Name extends string, Rule> =
  IsSound<Rule> extends true ? never : Fill<typeof inBranch, { operation: Operation; branch: Name; fault: FaultOf<Rule> }>

/** Follows a branch, and says in its mistake which one it was; to blame is the argument that it was given as. */
export const followBranch = (operation: string, name: string, follow: () => Link, argument = name): Link =>
  inside(inBranch, { operation, branch: name }, follow, argument)

/** A layer without weights that joins links into a new tensor. */
export const joined = (kind: string, inputs: readonly Link[], output: Shape): Link => {
  const applied: Applied = { output, settings: {}, weights: [], macs: 0, memory: 'own' }
  return { kind, inputs, applied: copied(applied) }
}

/** Whether two shapes are the same. */
export const sameShape = (one: Shape, other: Shape): boolean =>
  one.length === other.length && one.every((size, index) => size === other[index])

/** Whether two shapes are the same, as far as is known at compile time. */
export type SameShape<One, Other> = [One, Other] extends [Other, One]
  ? true
  : One extends readonly unknown[]
    ? Other extends readonly unknown[]
      ? number extends One['length'] | Other['length']
        ? true
        : One['length'] extends Other['length']
          ? SameSizes<One, Other>
          : false
      : false
    : false

type SameSizes<One, Other> = One extends readonly [infer First, ...infer Rest]
  ? Other extends readonly [infer Second, ...infer Others]
    ? number extends First | Second
      ? SameSizes<Rest, Others>
      : [First, Second] extends [Second, First]
        ? SameSizes<Rest, Others>
        : false
    : false
  : true
