import type { Shape } from '../../shape/shape.js'
import type { NoLayerRule } from './branch.js'
import type { Arguments, LayerRules } from './layer-rules.js'
import type { AddCount } from './params.js'
import type { AnyLayer, Layer } from './value.js'

/** What need not be looked at again: to compare a shape with a list makes the compiler work out all that an array can do. */
// biome-ignore lint/suspicious/noExplicitAny: that is what it is for.
export type Unchecked = any

/** Any rule. */
export interface AnyRule {
  readonly output: Unchecked
  readonly params: Unchecked
}

/** The rule of a layer value on an input: one look-up by its kind. */
export type RuleOf<Input extends Shape, Value> =
  Value extends Layer<string, Unchecked>
    ? Value['kind'] extends keyof LayerRules<Shape, Arguments>
      ? LayerRules<Input, Value['given']>[Value['kind']]
      : { output: Shape; params: '?' }
    : Value extends AnyLayer
      ? { output: Shape; params: '?' }
      : NoLayerRule<Input, Value, ''>

/** Whether a rule found nothing wrong. */
export type IsSound<Rule> = keyof Rule extends 'output' | 'params' ? true : false

/** The sentence of what is wrong, under whichever argument it stands (`at` only says which of several). */
export type FaultOf<Rule> = Rule[Exclude<keyof Rule, 'output' | 'params' | 'at'>] extends infer Fault
  ? Fault extends string
    ? Fault
    : Fault[keyof Fault]
  : never

/** A layer value where it fits; the sentence where it does not. */
export type LayerOn<Input extends Shape, Value> =
  RuleOf<Input, Value> extends infer Rule ? (IsSound<Rule> extends true ? Value : FaultOf<Rule>) : never

/** The shape that a layer value leaves. */
export type OutputOn<Input extends Shape, Value> = RuleOf<Input, Value> extends { output: infer Output extends Shape } ? Output : Shape

/** A network's parameters after a layer value. */
export type ParamsAfter<Params extends number, Input extends Shape, Value> =
  RuleOf<Input, Value> extends { params: infer Added } ? AddCount<Params, Added> : number
