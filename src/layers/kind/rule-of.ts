import type { AnyInput, AnyShape, Shape } from '../../shape/shape.js'
import type { NoLayerRule } from './branch.js'
import type { Arguments, LayerRules } from './layer-rules.js'
import type { NoValueText, Sharing } from './named.js'
import type { AddCount } from './params.js'
import type { ScopeRules } from './scope-rules.js'
import type { AnyLayer, Layer } from './value.js'

/** Stops the compiler from checking a constraint: comparing a shape with a list would make it resolve all members of an array. */
// biome-ignore lint/suspicious/noExplicitAny: it disables the check.
export type Unchecked = any

/** Any rule. */
export interface AnyRule {
  readonly output: Unchecked
  readonly params: Unchecked
}

/**
 * The rule of a layer value on an input, with names as in `Scope`: a single look-up by kind.
 *
 * The kinds are part of the pattern. A separate condition after it would compare `Value` with the pattern again at each use.
 */
export type RuleOf<Input extends AnyShape, Value, Scope> =
  Value extends Layer<keyof ScopeRules<unknown, Shape, Arguments>, Unchecked>
    ? ScopeRules<Scope, Input, Value['given']>[Value['kind']]
    : Value extends Layer<keyof LayerRules<Shape, Arguments>, Unchecked>
      ? Input extends Shape
        ? LayerRules<Input, Value['given']>[Value['kind']]
        : { output: Shape; params: '?'; layer: NoValueText<Value['kind']> }
      : Value extends AnyLayer
        ? { output: Shape; params: '?' }
        : NoLayerRule<Input, Value, '', Scope>

/** A position in a block: the current shape, and what names mean. */
export interface Place {
  readonly shape: Unchecked
  readonly scope: Unchecked
}

/** {@link RuleOf} at a position in a block, where there is a single current shape. */
export type RuleAt<At extends Place, Value> =
  Value extends Layer<keyof LayerRules<Shape, Arguments>, Unchecked>
    ? LayerRules<At['shape'], Value['given']>[Value['kind']]
    : Value extends Layer<keyof ScopeRules<unknown, Shape, Arguments>, Unchecked>
      ? ScopeRules<At['scope'], At['shape'], Value['given']>[Value['kind']]
      : Value extends AnyLayer
        ? { output: Shape; params: '?' }
        : NoLayerRule<At['shape'], Value, '', At['scope']>

/** The keys of a rule without a mistake. */
export type Sound = 'output' | 'params' | 'scope'

/**
 * Whether a rule, or each rule of a choice, found no mistake. `keyof` has only the keys that all choices have, so it is asked of each.
 * (It stands here and elsewhere without a name, since a named condition costs twice as much.)
 */
export type IsSound<Rule> = (Rule extends unknown ? keyof Rule : never) extends Sound ? true : IsUnsure<Rule>

/**
 * Whether the compiler does not know yet what a rule with a mistake is of: a branch is every branch before it is inferred, and options with
 * a wrong type are all that options may be. A list is among the former, a function among the latter, and one of each has no mistake.
 */
export type IsUnsure<Rule> = [Extract<Rule, OfListOrFunction>] extends [never] ? false : keyof Rule extends Sound ? true : false

type ListOrFunction = `${string} not a ${'list' | 'function'}.${string}`

type OfListOrFunction =
  | { readonly layer: ListOrFunction }
  | { readonly options: ListOrFunction }
  | { readonly body: ListOrFunction }
  | { readonly shortcut: ListOrFunction }

/** What names mean after a layer. */
export type ScopeAfter<Scope, Rule> = Rule extends { scope: infer After } ? After : Scope

/**
 * {@link ScopeAfter} as a network's first type parameter. It is wrapped in a list, so that the compiler need not resolve the rule to
 * see that the result is a shape.
 */
export type InputAfter<Input extends AnyInput, Rule> = 'scope' extends keyof Rule
  ? [Rule] extends [{ scope: infer After extends AnyInput }]
    ? After
    : Input
  : Input

/**
 * What names mean after a branch: the same as before, plus the branch's shared layers. Values kept inside the branch are known only
 * there.
 */
export type ScopeBehind<Scope, Rule> = Rule extends { scope: infer After extends { shared: unknown } }
  ? [Scope, After] extends [After, Scope]
    ? Scope
    : Sharing<Scope, After>
  : Scope

/**
 * The message of a rule, under whichever argument it is, or of each rule of a choice. (`at` only says which of several is wrong.) Of a
 * message for the end of a function's body, which a shared layer passes on, the message alone.
 */
export type FaultOf<Rule> = Rule extends unknown
  ? Rule[Exclude<keyof Rule, Sound | 'at'>] extends infer Fault
    ? Fault extends string
      ? Fault
      : Fault extends (...args: never[]) => infer AtItsEnd
        ? AtItsEnd
        : Fault[keyof Fault]
    : never
  : never

/** A layer value that is valid on a shape without kept values, otherwise the message. */
export type LayerOn<Input extends AnyShape, Value> =
  RuleOf<Input, Value, Input> extends infer Rule ? (IsSound<Rule> extends true ? Value : FaultOf<Rule>) : never

/** The output shape of a layer value. */
export type OutputOn<Input extends AnyShape, Value> =
  RuleOf<Input, Value, Input> extends { output: infer Output extends Shape } ? Output : Shape

/** A network's parameters after a layer value. */
export type ParamsAfter<Params extends number, Input extends AnyShape, Value> =
  RuleOf<Input, Value, Input> extends { params: infer Added } ? AddCount<Params, Added> : number
