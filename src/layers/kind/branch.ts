import type { Reverse } from '../../arithmetic/digits.js'
import type { AnyNetwork, Network } from '../../network/network.js'
import type { LayerFunction, NoBranchText, NoLayerText, TakesNetwork } from '../../network/refusals.js'
import type { Noted } from '../../shape/channels-last.js'
import { type Fill, ShapeError } from '../../shape/message.js'
import type { AnyShape, IsUnion, Shape } from '../../shape/shape.js'
import type { ParamsOfNetwork } from './apply.js'
import { inside } from './inside.js'
import type { Applied, Link } from './layer.js'
import type { BranchBegin, KeepingAll, ListedNames, NamedRule, NamesIn } from './named.js'
import type { FaultOf, RuleOf, Sound } from './rule-of.js'
import { valueNamed } from './scope.js'
import type { LessShared, OtherSharedText, SharedBy } from './shared-in-types.js'
import { scopeBehind } from './sharing.js'
import { type AnyLayer, copied } from './value.js'

/*
 * A branch: layers beside the main path, given as a layer value or as a function of the network so far.
 *
 * A method's type parameter for a branch defaults to every branch. Otherwise the compiler would not look into the checked parameter
 * type for the type of a function's argument.
 */

const inBranch = '{operation}, {branch}: {fault}'
const severalValues = 'gives several values. Apply it before and name one here.'

/** Layers from a shape: a layer value, or a function that adds layers. */
type AnyLayers<Here extends AnyShape, Scope> = AnyLayer | ((x: Network<BranchBegin<Here, Scope>, Here, 0>) => AnyNetwork)

/**
 * A branch from a shape: a layer value, the name of a kept value, or a function that adds layers. A list is none, but tells the compiler
 * the types of its functions' parameters, so that only the list is reported.
 */
export type Branch<Here extends AnyShape, Scope = Here> = AnyLayers<Here, Scope> | string | readonly Item[]

/** No value has this type: it marks a default. */
declare const notInferred: unique symbol

/** The mark of {@link NotInferred}. */
export type NotInferredMark = typeof notInferred

/**
 * The default of a type parameter for applied layers: what the compiler takes before it knows the argument. The mark tells the rule that
 * there is nothing to check yet.
 */
export type NotInferred<Here extends AnyShape, Scope> = AnyLayers<Here, Scope> | readonly Item[] | NotInferredMark

/** A function of a network where the types do not know which. It tells the compiler the type of `x` in `x => x.relu()`. */
export type UnplacedFunction = (x: Network<Shape, Shape, 0>) => unknown

/** A name that comes before layers, or the message for layers in its place. The compiler knows a function there only as any value. */
export type NameBefore<Name, Fault> = [Name] extends [string]
  ? Name
  : UnplacedFunction extends Name
    ? (x: Network<Shape, Shape, 0>) => Fault
    : Fault

/**
 * Any value but a list, in a form that keeps literal types. Without the function type, the compiler would report the parameter of a
 * function too. `void` stands for `undefined`, which would turn the whole union into `unknown` and lose the function.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: see above.
type Item = UnplacedFunction | string | number | boolean | {} | null | void

/** Any value, or a list of values. */
export type Anything = Item | readonly Item[]

/** The type of an argument that defaults to {@link Anything}; `unknown` where it is missing. */
export type GivenLayer<Value> = Anything extends Value ? (0 extends 1 & Value ? Value : unknown) : Value

/**
 * Any list. The first type tells the compiler the type of a function in it, which `readonly unknown[]` does not; the second is for a list
 * of `unknown`.
 */
type AnyList = readonly Item[] | { readonly lastIndexOf: unknown }

/** Any function, such as `conv2d` in the place of `conv2d(8, 3)`. It is no function type, so that the compiler knows `x` in `x => x.relu()`. */
type AnyFunction = { readonly bind: unknown }

/** What a layer value may contain as a branch. */
export type BranchValue = Anything

/** Accepted where a branch is needed, so that anything else gets a message. Completions suggest the names. */
export type BranchLike<Here extends AnyShape, Scope = Here> =
  | AnyLayer
  | ((x: Network<BranchBegin<Here, Scope>, Here, 0>) => unknown)
  | AnyNetwork
  | AnyList
  | AnyFunction
  | number
  | NamesIn<Scope>
  | (string & {})

/**
 * The rule of a branch. A function has to return a network that starts here.
 *
 * If a function's parameter count is unknown and its rank differs, it may contain a mistake that is reported at its own place, such as
 * a dense layer on an image. Its shape is then checked at run time only, so that the branch does not report the mistake again.
 */
export type BranchRule<Here extends AnyShape, Value, Scope> = 0 extends 1 & Value
  ? { output: Shape; params: '?' }
  : RuleOf<Here, Value, Scope>

/**
 * The rule of anything but a layer value: a function that returns a network, the name of a value, or a mistake. `Where` starts the
 * messages.
 *
 * While `x.` is typed in `x => x.`, the function returns the type of a mistake. A condition on that type itself makes everything that
 * follows from it the same type, and the editor loses the type of `x`: so both sides are lists.
 */
export type NoLayerRule<Here extends AnyShape, Value, Where extends string, Scope> = Value extends (...args: never[]) => infer Returned
  ? [0] extends [1 & Returned]
    ? { output: Shape; params: '?' }
    : Returned extends {
          input: Here
          output: readonly [...infer Output extends number[]]
          params: infer Params extends number
        }
      ? number extends Params
        ? { output: Here extends Shape ? (Output['length'] extends Here['length'] ? Output : Shape) : Output; params: '?' }
        : Returned extends { input: { shared: infer Shared } }
          ? SharingRule<Value, Shared, SharedBy<Scope>, Output, Params, BranchScope<Scope, Returned>>
          : { output: Output; params: Reverse<`${Params}`>; scope: BranchScope<Scope, Returned> }
      : InvalidReturn<Here, Value, Returned, Where>
  : Value extends string
    ? NamedRule<Scope, Value, Where>
    : { output: Shape; params: '?'; layer: NoLayerText<Where, Value> }

/** A function that adds layers to a shape, as the parameter of a join shows it. */
export type Layers<Here extends AnyShape> = (x: Network<Here, Here, 0>) => unknown

/**
 * A branch as a parameter shows it. The compiler writes the type argument of the call before the parameters, so that the layers or the
 * function would stand there twice, and fill a hover before the network that comes of the call. `Value` appears by itself because the
 * compiler infers it from here. A function keeps the type of its parameter: an editor that asks for it reads it from here. So one that
 * starts with kept values or shared layers stays as it is.
 */
export type AsShown<Here extends AnyShape, Value> = [Value] extends [AnyLayer]
  ? AnyLayer
  : [Value] extends [Layers<Here>]
    ? Layers<Here>
    : Value

/** The rule of a function with shared layers. Those that a branch before it has as well count there. */
type SharingRule<Value, Shared, Known, Output, Params extends number, Scope> = [OtherSharedText<Shared, Known>] extends [never]
  ? {
      output: Output
      params: ParamsOfNetwork<LessShared<Params, Shared, Exclude<keyof Shared & keyof Known, SharedBefore<Value>>>>
      scope: Scope
    }
  : { output: Output; params: '?'; layer: OtherSharedText<Shared, Known> }

/** The names of the shared layers that a function's argument has. */
type SharedBefore<Value> = Value extends (x: infer Begin) => unknown
  ? Begin extends { input: { shared: infer Shared } }
    ? keyof Shared
    : never
  : never

/** What names mean after a function, including what its network keeps. */
type BranchScope<Scope, Returned> = Returned extends { input: infer Input } ? KeepingAll<Scope, Input> : Scope

/**
 * The rule of a function that, as far as known, does not return a network that starts here. What returns any network may return its
 * argument. Where the value here may be one of several, a rule of one of them at a time does not know what the function makes of it.
 */
type InvalidReturn<Here, Value, Returned, Where extends string> = Returned extends AnyNetwork
  ? AnyShape extends Returned['input']
    ? { output: Shape; params: '?' }
    : StartsAtOneOf<Here, Returned['input']> extends true
      ? { output: Shape; params: '?' }
      : Returned['input'] extends Shape
        ? number extends Returned['input']['length']
          ? { output: Shape; params: '?' }
          : { output: Shape; params: '?'; layer: NoBranchText<Where, Returned, Value> }
        : { output: Shape; params: '?'; layer: NoBranchText<Where, Returned, Value> }
  : {
      output: Shape
      params: '?'
      layer: [LayerFunction<Value>] extends [never] ? NoBranchText<Where, Returned, Value> : NoLayerText<Where, Value>
    }

/** Whether a function starts at one of several values, of which this is one. */
type StartsAtOneOf<Here, Begin> = Here extends Begin ? IsUnion<Begin> : false

/**
 * The message of a branch where the compiler shows it: at the end of a function's body. An empty name, as while typing, is replaced by
 * the known names, so that completions suggest only these.
 */
export type BranchFault<Here extends AnyShape, Value, Fault, Scope> = Value extends (...args: never[]) => unknown
  ? [LayerFunction<Value>, TakesNetwork<Value>] extends [never, true]
    ? (x: Network<BranchBegin<Here, Scope>, Here, 0>) => Noted<Fault, Scope>
    : Noted<Fault, Scope>
  : Value extends ''
    ? ListedNames<Scope>
    : Noted<Fault, Scope>

/**
 * The message for a mistake inside a branch, or for a branch that gives several values; `never` if there is none, `unknown` where the
 * types do not know how many values there are. Its parameters have no constraints, which the compiler would check at every use.
 */
export type FaultIn<Operation, Name, Rule> = Rule extends { output: infer Output }
  ? [keyof Rule, Output] extends [Sound, Shape]
    ? never
    : [keyof Rule, Shape] extends [Sound, Output]
      ? unknown
      : Fill<
          typeof inBranch,
          { operation: Operation; branch: Name; fault: keyof Rule extends Sound ? typeof severalValues : FaultOf<Rule> }
        >
  : never

/** The end of a branch: for a name, the value with that name; otherwise the last layer added here. */
const endOf = (before: Link, follow: (before: Link, layer: AnyLayer) => Link, branch: unknown): Link => {
  if (typeof branch === 'string') return valueNamed('', before, branch, 'branch')
  const end = follow(before, branch as AnyLayer)
  if (end.values) throw new ShapeError(severalValues, 'apply', 'layer')
  return end
}

/** Follows a branch. An error names the branch, and blames the argument that holds it. */
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
