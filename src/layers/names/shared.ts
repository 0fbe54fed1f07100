import type { Reverse } from '../../arithmetic/digits.js'
import type { ToNumber } from '../../arithmetic/natural.js'
import type { Fill } from '../../shape/message.js'
import { ShapeError } from '../../shape/message.js'
import type { SameShape } from '../../shape/same.js'
import type { AnyShape, Shape, ShapeText } from '../../shape/shape.js'
import type { ApplyRule } from '../kind/apply.js'
import type { LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { IsBlank, IsOneName, Sharing } from '../kind/named.js'
import type { FaultOf, IsSound, ScopeAfter } from '../kind/rule-of.js'
import { passThrough } from '../kind/scope.js'
import { type otherLayer, type otherWeights, withShared } from '../kind/sharing.js'
import { type AnyLayer, type Layer, layerFunction } from '../kind/value.js'

/*
 * A layer with one set of weights, however often it is applied.
 */

const noName = 'shared: a shared layer needs a name that is not empty.'

/**
 * The rule of a shared layer: where its name is new, that of the layer; where it is not, the same layer without parameters.
 *
 * A network's type knows of a shared layer what it was applied to, its output and its parameters. A layer that gives the same there is taken for the same;
 * the run time compares the layers and all weights.
 */
type SharedRule<Input extends AnyShape, Name, Value, Scope> =
  IsOneName<Name> extends false
    ? SharedByUnknown<ApplyRule<Input, Value, Scope>, Scope>
    : IsBlank<Name> extends true
      ? { output: Input; params: '?'; name: typeof noName }
      : Scope extends { shared: infer Known }
        ? Name extends keyof Known
          ? SharedAgain<Input, Name, Value, Scope, Known[Name]>
          : SharedFirst<Input, Name, Value, Scope>
        : SharedFirst<Input, Name, Value, Scope>

/** The rule of a shared layer of which it is not known which name it has, and so neither whether its parameters count. */
type SharedByUnknown<Rule, Scope> = Rule extends { output: infer Output }
  ? IsSound<Rule> extends true
    ? { output: Output; params: '?'; scope: ScopeAfter<Scope, Rule> }
    : { output: Output; params: '?'; layer: FaultOf<Rule> }
  : never

type SharedFirst<Input extends AnyShape, Name, Value, Scope> =
  ApplyRule<Input, Value, Scope> extends infer Rule extends { output: AnyShape; params: string }
    ? IsSound<Rule> extends true
      ? Rule extends { scope: { shared: { [Key in Name & string]: unknown } } }
        ? { output: Rule['output']; params: '?'; name: Fill<typeof otherLayer, { name: Name }> }
        : {
            output: Rule['output']
            params: Rule['params']
            scope: ScopeAfter<Scope, Rule> & {
              shared: {
                [Key in Name & string]: { input: Input; output: Rule['output']; params: CountIn<OwnParams<Input, Value, Scope, Rule>> }
              }
            }
          }
      : { output: Rule['output']; params: '?'; layer: FaultOf<Rule> }
    : never

/** The parameters of a shared layer without those of shared layers in it: what it has where these are known already. */
type OwnParams<Input extends AnyShape, Value, Scope, Rule extends { params: string }> = Rule extends { scope: infer After }
  ? ApplyRule<Input, Value, Sharing<Scope, After>> extends { params: infer Own extends string }
    ? Own
    : '?'
  : Rule['params']

type CountIn<Params extends string> = Params extends '?' ? number : ToNumber<Reverse<Params>>

type SharedAgain<Input extends AnyShape, Name, Value, Scope, Known> = Known extends {
  input: infer First extends AnyShape
  output: infer Output
  params: infer Params
}
  ? ApplyRule<First, Value, Scope> extends { output: infer Again; params: infer Digits extends string }
    ? MayBeSame<Output, Params, Again, CountIn<Digits>> extends true
      ? ApplyRule<Input, Value, Scope> extends infer Rule extends { output: AnyShape; params: string }
        ? IsSound<Rule> extends true
          ? MayBeCount<Params, CountIn<Rule['params']>> extends true
            ? { output: Rule['output']; params: '0'; scope: ScopeAfter<Scope, Rule> }
            : { output: Rule['output']; params: '?'; layer: Fill<typeof otherWeights, { name: Name } & Compared<First, Input>> }
          : { output: Rule['output']; params: '?'; layer: FaultOf<Rule> }
        : never
      : { output: Shape; params: '?'; name: Fill<typeof otherLayer, { name: Name }> }
    : { output: Shape; params: '?'; name: Fill<typeof otherLayer, { name: Name }> }
  : never

/** Whether two layers that give these on the same input may be one. */
type MayBeSame<Output, Params, Again, Count> = Again extends Output
  ? MayBeCount<Params, Count>
  : number extends Params | Count
    ? true
    : Again extends Shape
      ? Output extends Shape
        ? SameShape<Output, Again> extends true
          ? MayBeCount<Params, Count>
          : false
        : false
      : false

/** Whether two counts may be the same: one that is not known may be any. */
type MayBeCount<Params, Count> = Params extends Count ? true : number extends Params ? true : false

/** Two shapes as the sentence compares them: by their channels where these differ. */
type Compared<First, Here> = [First, Here] extends [
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
    kind: 'shared',
    takes: 2,
    extend: (before, follow, name, layer) => {
      if (typeof name !== 'string' || name.trim() === '') throw new ShapeError(noName, 'shared', 'name')
      const outer = before.scope?.sharing
      const sharing = { name, weights: [] }
      const end = follow(passThrough(before, { ...before.scope, sharing }), layer)
      const scope = withShared(end.scope, name, {
        layer,
        input: before.applied.output,
        ...(end.values ? {} : { output: end.applied.output }),
        weights: sharing.weights,
      })
      return passThrough(end, { ...scope, sharing: outer })
    },
  } satisfies LinkKind<[string, AnyLayer]>,
}

/**
 * A layer with one set of weights, however often it is applied. Its parameters count once, its MACs at every use.
 *
 * The name is the weights: another layer of that name is refused, and so is a place where the layer needs other weights.
 *
 * @param name name of the weights
 * @param layer a layer, a block or a network
 * @example
 * const encoder = shared('encoder', block(flatten(), dense(64)))
 * inputs({ left: [28, 28, 1], right: [28, 28, 1] })
 *   .from('left').apply(encoder).keep('a')
 *   .from('right').apply(encoder).subtract('a', identity()) // 50,240 parameters
 */
export const shared: <Name extends string, Value>(name: Name, layer: Value) => Layer<'shared', [Name, Value]> = layerFunction('shared')

declare module '../kind/scope-rules.js' {
  interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {
    shared: SharedRule<Input, Given[0], Given[1], Scope>
  }
}
