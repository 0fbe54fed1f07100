import type { Reverse } from '../../arithmetic/digits.js'
import type { AnyNetwork, Network } from '../../network/network.js'
import type { NoBranchText, NoLayerText } from '../../network/refusals.js'
import type { Fill } from '../../shape/message.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import { inside } from './inside.js'
import type { Applied, Link } from './layer.js'
import type { BranchBegin, KeepingAll, ListedNames, NamedRule, NamesIn } from './named.js'
import type { FaultOf, IsSound, RuleOf } from './rule-of.js'
import { requireValue, valueNamed } from './scope.js'
import { scopeBehind } from './sharing.js'
import { type AnyLayer, copied } from './value.js'

/*
 * A branch: layers beside the main path, as a layer value or as a function of the network so far.
 *
 * A method's type parameter for a branch has every branch as its default: only then does the compiler look into the checked
 * parameter type for the type of a function's argument.
 */

const inBranch = '{operation}, {branch}: {fault}'

/** A branch from a shape: a layer value, the name of a kept value, or a function that goes on from here. */
export type Branch<Here extends AnyShape, Scope = Here> =
  | AnyLayer
  | string
  | ((x: Network<BranchBegin<Here, Scope>, Here, 0>) => AnyNetwork)

/** What a layer value may hold as a branch. Names keep their literal types. */
export type BranchValue = string | {} | null | undefined

/** What people write where a branch stands: what is no branch gets a sentence. Completions offer the names. */
export type BranchLike<Here extends AnyShape, Scope = Here> =
  | AnyLayer
  | ((x: Network<BranchBegin<Here, Scope>, Here, 0>) => unknown)
  | AnyNetwork
  | readonly unknown[]
  | number
  | NamesIn<Scope>
  | (string & {})

/**
 * The rule of a branch. A function has to return a network that begins here.
 *
 * A function whose parameters are not known and whose axes are others may hold a mistake, which stands at its own place: a
 * dense layer on an image. Its shape is left to the run time, so that the branch is not blamed for it again.
 */
export type BranchRule<Here extends AnyShape, Value, Scope> = 0 extends 1 & Value
  ? { output: Shape; params: '?' }
  : RuleOf<Here, Value, Scope>

/** The rule of what is no layer value: a function that returns a network, the name of a value, or a mistake. `Where` begins its sentences. */
export type NoLayerRule<Here extends AnyShape, Value, Where extends string, Scope> = Value extends (...args: never[]) => infer After
  ? After extends {
      input: Here
      output: readonly [...infer Output extends number[]]
      params: infer Params extends number
    }
    ? number extends Params
      ? { output: Here extends Shape ? (Output['length'] extends Here['length'] ? Output : Shape) : Output; params: '?' }
      : { output: Output; params: Reverse<`${Params}`>; scope: BranchScope<Scope, After> }
    : OtherResult<Value, After, Where>
  : Value extends string
    ? NamedRule<Scope, Value, Where>
    : { output: Shape; params: '?'; layer: NoLayerText<Where, Value> }

/** What names mean behind a function: what its network keeps too. */
type BranchScope<Scope, After> = After extends { input: infer Began } ? KeepingAll<Scope, Began> : Scope

/** The rule of a function that did not return a network that begins here, as far as is known. */
type OtherResult<Value, After, Where extends string> = After extends AnyNetwork
  ? After['input'] extends Shape
    ? number extends After['input']['length']
      ? { output: Shape; params: '?' }
      : { output: Shape; params: '?'; layer: NoBranchText<Where, After> }
    : { output: Shape; params: '?'; layer: NoBranchText<Where, After> }
  : { output: Shape; params: '?'; layer: After extends AnyLayer ? NoLayerText<Where, Value> : NoBranchText<Where, After> }

/**
 * The sentence of a branch in its place: at the end of a function's body. In place of a name that is empty, as while it is written, stand
 * the names that there are, so that completions offer these alone.
 */
export type BranchFault<Here extends AnyShape, Value, Fault, Scope> = Value extends (...args: never[]) => infer After
  ? After extends AnyLayer
    ? Fault
    : (x: Network<BranchBegin<Here, Scope>, Here, 0>) => Fault
  : Value extends ''
    ? ListedNames<Scope>
    : Fault

/** The sentence of a fault inside a branch; `never` when there is none. */
export type FaultIn<Operation extends string, Name extends string, Rule> =
  IsSound<Rule> extends true ? never : Fill<typeof inBranch, { operation: Operation; branch: Name; fault: FaultOf<Rule> }>

/** Where a branch ends: a name is the value that has it, a layer value or a function goes on from here. */
const endOf = (before: Link, follow: (before: Link, layer: AnyLayer) => Link, branch: unknown): Link => {
  if (typeof branch === 'string') return valueNamed('', before, branch, 'branch')
  const end = follow(before, branch as AnyLayer)
  requireValue('identity', end)
  return end
}

/** Follows a branch, and says in its mistake which one it was; to blame is the argument that it was given as. */
export const followBranch = (
  operation: string,
  name: string,
  before: Link,
  follow: (before: Link, layer: AnyLayer) => Link,
  branch: unknown,
  argument = name,
): Link => inside(inBranch, { operation, branch: name }, () => endOf(before, follow, branch), argument)

/** A layer without weights that joins links into a new tensor. */
export const joined = (kind: string, before: Link, inputs: readonly Link[], output: Shape): Link => {
  const applied: Applied = { output, settings: {}, weights: [], macs: 0, memory: 'own' }
  const scope = scopeBehind(before.scope, inputs)
  return { kind, inputs, applied: copied(applied), after: [before], ...(scope ? { scope } : {}) }
}
