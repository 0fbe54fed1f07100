import type { AnyInput, AnyShape, Shape } from '../../shape/shape.js'
import type { NoLayerRule } from './branch.js'
import type { Arguments, LayerRules } from './layer-rules.js'
import type { NoValueText, Sharing } from './named.js'
import type { AddCount } from './params.js'
import type { ScopeRules } from './scope-rules.js'
import type { AnyLayer, Layer } from './value.js'

/** What need not be looked at again: to compare a shape with a list makes the compiler work out all that an array can do. */
// biome-ignore lint/suspicious/noExplicitAny: that is what it is for.
export type Unchecked = any

/** Any rule. */
export interface AnyRule {
  readonly output: Unchecked
  readonly params: Unchecked
}

/**
 * The rule of a layer value on an input, where names mean what `Scope` says: one look-up by its kind.
 *
 * The kinds are in the pattern: in a condition after it, `Value` would be compared with the pattern each time it stands there.
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

/** A place in a block: what is there, and what names mean. */
export interface Place {
  readonly shape: Unchecked
  readonly scope: Unchecked
}

/** {@link RuleOf} at a place in a block, whose shape is one. */
export type RuleAt<At extends Place, Value> =
  Value extends Layer<keyof LayerRules<Shape, Arguments>, Unchecked>
    ? LayerRules<At['shape'], Value['given']>[Value['kind']]
    : Value extends Layer<keyof ScopeRules<unknown, Shape, Arguments>, Unchecked>
      ? ScopeRules<At['scope'], At['shape'], Value['given']>[Value['kind']]
      : Value extends AnyLayer
        ? { output: Shape; params: '?' }
        : NoLayerRule<At['shape'], Value, '', At['scope']>

/** What a rule has where nothing is wrong. */
export type Sound = 'output' | 'params' | 'scope'

/** Whether a rule found nothing wrong. */
export type IsSound<Rule> = keyof Rule extends Sound ? true : false

/** What names mean behind a layer. */
export type ScopeAfter<Scope, Rule> = Rule extends { scope: infer After } ? After : Scope

/**
 * {@link ScopeAfter} as a network's first type parameter. In a list, so that the compiler need not look into the rule to know that it is a shape.
 */
export type InputAfter<Input extends AnyInput, Rule> = 'scope' extends keyof Rule
  ? [Rule] extends [{ scope: infer After extends AnyInput }]
    ? After
    : Input
  : Input

/** What names mean behind a branch: as before it, with the shared layers in it. What it keeps is known in it alone. */
export type ScopeBehind<Scope, Rule> = Rule extends { scope: infer After extends { shared: unknown } }
  ? [Scope, After] extends [After, Scope]
    ? Scope
    : Sharing<Scope, After>
  : Scope

/** The sentence of what is wrong, under whichever argument it stands (`at` only says which of several). */
export type FaultOf<Rule> = Rule[Exclude<keyof Rule, Sound | 'at'>] extends infer Fault
  ? Fault extends string
    ? Fault
    : Fault[keyof Fault]
  : never

/** A layer value where it fits a shape on which nothing is kept; the sentence where it does not. */
export type LayerOn<Input extends AnyShape, Value> =
  RuleOf<Input, Value, Input> extends infer Rule ? (IsSound<Rule> extends true ? Value : FaultOf<Rule>) : never

/** The shape that a layer value leaves. */
export type OutputOn<Input extends AnyShape, Value> =
  RuleOf<Input, Value, Input> extends { output: infer Output extends Shape } ? Output : Shape

/** A network's parameters after a layer value. */
export type ParamsAfter<Params extends number, Input extends AnyShape, Value> =
  RuleOf<Input, Value, Input> extends { params: infer Added } ? AddCount<Params, Added> : number
