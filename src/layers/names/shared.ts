import type { Reverse } from '../../arithmetic/digits.js'
import type { ToNumber } from '../../arithmetic/natural.js'
import type { Fill } from '../../shape/message.js'
import { ShapeError } from '../../shape/message.js'
import type { AnyShape, Shape, ShapeText } from '../../shape/shape.js'
import type { ApplyRule } from '../kind/apply.js'
import type { Anything, GivenLayer, NameBefore } from '../kind/branch.js'
import type { LayerDigest, MayBeEqual } from '../kind/digest.js'
import type { LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { IsBlank, IsOneName, PlainName, Sharing } from '../kind/named.js'
import type { FaultOf, IsSound, ScopeAfter } from '../kind/rule-of.js'
import { passThrough, shapesOf } from '../kind/scope.js'
import { type otherLayer, type otherWeights, withShared } from '../kind/sharing.js'
import { type AnyLayer, type Layer, layerFunction } from '../kind/value.js'

/* Layers with a single set of weights for all applications. */

const noName = 'shared: needs a name that is not empty, then the layer.'

/**
 * The rule of a shared layer: the rule of the layer for a new name, and the same without parameters for a known name.
 *
 * A network's type records the first input of a shared layer, a checksum of the layer, and its parameters. Two layers with the same
 * checksum and parameters are the same layer for the types. The run time compares the layers and all weights.
 */
type SharedRule<Input extends AnyShape, Name, Value, Scope> =
  IsOneName<Name> extends false
    ? [Name] extends [string]
      ? SharedUnderUnknownName<ApplyRule<Input, Value, Scope>, Scope>
      : { output: Shape; params: '?' }
    : IsBlank<Name> extends true
      ? { output: Input; params: '?'; name: typeof noName }
      : Scope extends { shared: infer SharedLayers }
        ? Name extends keyof SharedLayers
          ? ReapplySharedLayer<Input, Name, Value, Scope, SharedLayers[Name]>
          : ApplySharedLayer<Input, Name, Value, Scope>
        : ApplySharedLayer<Input, Name, Value, Scope>

/** The rule of a shared layer whose name is unknown at compile time, so that its parameters may or may not count already. */
type SharedUnderUnknownName<Rule, Scope> = Rule extends { output: infer Output }
  ? IsSound<Rule> extends true
    ? { output: Output; params: '?'; scope: ScopeAfter<Scope, Rule> }
    : { output: Output; params: '?'; layer: FaultOf<Rule> }
  : never

type ApplySharedLayer<Input extends AnyShape, Name, Value, Scope> =
  ApplyRule<Input, Value, Scope> extends infer Rule extends { output: AnyShape; params: string }
    ? IsSound<Rule> extends true
      ? Rule extends { scope: { shared: { [Key in PlainName<Name>]: unknown } } }
        ? { output: Rule['output']; params: '?'; name: Fill<typeof otherLayer, { name: Name }> }
        : {
            output: Rule['output']
            params: Rule['params']
            scope: ScopeAfter<Scope, Rule> & {
              shared: {
                [Key in PlainName<Name>]: {
                  input: Input
                  layer: LayerDigest<Value>
                  params: ToCount<OwnParams<Input, Value, Scope, Rule>>
                }
              }
            }
          }
      : { output: Rule['output']; params: '?'; layer: FaultOf<Rule> }
    : never

/** The parameters of a shared layer without those of shared layers inside it: its parameters where these are known already. */
type OwnParams<Input extends AnyShape, Value, Scope, Rule extends { params: string }> = Rule extends { scope: infer After }
  ? ApplyRule<Input, Value, Sharing<Scope, After>> extends { params: infer Own extends string }
    ? Own
    : '?'
  : Rule['params']

type ToCount<Params extends string> = Params extends '?' ? number : ToNumber<Reverse<Params>>

type ReapplySharedLayer<Input extends AnyShape, Name, Value, Scope, FirstUse> = FirstUse extends {
  input: infer FirstInput extends AnyShape
  layer: infer Digest
  params: infer Params
}
  ? IsSameLayer<FirstInput, Value, Scope, Digest, Params> extends true
    ? ApplyRule<Input, Value, Scope> extends infer Rule extends { output: AnyShape; params: string }
      ? IsSound<Rule> extends true
        ? MayBeEqual<Params, ToCount<Rule['params']>> extends true
          ? { output: Rule['output']; params: '0'; scope: ScopeAfter<Scope, Rule> }
          : { output: Rule['output']; params: '?'; layer: Fill<typeof otherWeights, { name: Name } & ShapesToCompare<FirstInput, Input>> }
        : { output: Rule['output']; params: '?'; layer: FaultOf<Rule> }
      : never
    : { output: Shape; params: '?'; name: Fill<typeof otherLayer, { name: Name }> }
  : never

/** Whether a layer may be the one with this checksum. If a checksum is unknown, the parameters for the first input must be the same. */
type IsSameLayer<FirstInput extends AnyShape, Value, Scope, Digest, Params> =
  LayerDigest<Value> extends infer Own
    ? number extends Own | Digest
      ? ApplyRule<FirstInput, Value, Scope> extends { params: infer Digits extends string }
        ? MayBeEqual<Params, ToCount<Digits>>
        : false
      : MayBeEqual<Digest, Own>
    : never

/** Two shapes as the message compares them: only by their channels if these differ. */
type ShapesToCompare<First, Here> = [First, Here] extends [
  readonly [infer _, ...infer Sizes, infer Channels extends number],
  readonly [infer _, ...infer Others, infer Filters extends number],
]
  ? [Sizes['length'], Channels] extends [Others['length'], Filters]
    ? { first: ShapeText<First>; here: ShapeText<Here> }
    : Sizes['length'] extends Others['length']
      ? { first: `${Channels} channels`; here: `${Filters}` }
      : { first: ShapeText<First>; here: ShapeText<Here> }
  : { first: ShapeText<First>; here: ShapeText<Here> }

/** {@link SharedRule} at run time. */
export const sharedKinds = {
  shared: {
    takes: 2,
    extend: (before, follow, name, layer) => {
      if (typeof name !== 'string' || name.trim() === '') throw new ShapeError(noName, 'shared', 'name')
      const outer = before.scope?.sharing
      const sharing = { name, weights: [], layers: [] }
      const end = follow(passThrough(before, { ...before.scope, sharing }), layer)
      const scope = withShared(end.scope, name, {
        layer,
        input: before.applied.output,
        inputs: before.values && shapesOf(before.values),
        weights: sharing.weights,
        layers: sharing.layers,
      })
      return passThrough(end, { ...scope, sharing: outer })
    },
  } satisfies LinkKind<[string, AnyLayer]>,
}

/**
 * Gives a layer a single set of weights, however often it is applied. Its parameters count once, its MACs at every use.
 *
 * The name identifies the weights. Another layer with the same name is an error, as is an input that requires other weight shapes.
 *
 * @param name name of the weights
 * @param layer a layer, a block or a network
 * @example
 * const encoder = shared('encoder', block(flatten(), dense(64)))
 * inputs({ left: [28, 28, 1], right: [28, 28, 1] })
 *   .from('left').apply(encoder).keep('a')
 *   .from('right').apply(encoder).subtract('a', identity()) // 50,240 parameters
 */
export const shared: <Name extends Anything, const Value = Anything>(
  name: NameBefore<Name, typeof noName>,
  layer: Value,
) => Layer<'shared', [Name, GivenLayer<Value>]> = layerFunction('shared')

declare module '../kind/scope-rules.js' {
  interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {
    shared: SharedRule<Input, Given[0], Given[1], Scope>
  }
}
