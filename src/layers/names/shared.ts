import type { Reverse } from '../../arithmetic/digits.js'
import type { ToNumber } from '../../arithmetic/natural.js'
import type { Fill } from '../../shape/message.js'
import { ShapeError } from '../../shape/message.js'
import type { AnyShape, Shape, ShapeText } from '../../shape/shape.js'
import type { ApplyRule } from '../kind/apply.js'
import type { LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { Sharing } from '../kind/named.js'
import type { FaultOf, IsSound, ScopeAfter } from '../kind/rule-of.js'
import { passing } from '../kind/scope.js'
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
type SharedRule<Input extends AnyShape, Name, Value, Scope> = Name extends ''
  ? { output: Input; params: '?'; name: typeof noName }
  : Scope extends { shared: infer Known }
    ? Name extends keyof Known
      ? SharedAgain<Input, Name, Value, Scope, Known[Name]>
      : SharedFirst<Input, Name, Value, Scope>
    : SharedFirst<Input, Name, Value, Scope>

type SharedFirst<Input extends AnyShape, Name, Value, Scope> =
  ApplyRule<Input, Value, Scope> extends infer Rule extends { output: AnyShape; params: string }
    ? IsSound<Rule> extends true
      ? {
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
  ? ApplyRule<First, Value, Scope> extends { output: Output; params: infer Digits extends string }
    ? Params extends CountIn<Digits>
      ? ApplyRule<Input, Value, Scope> extends infer Rule extends { output: AnyShape; params: string }
        ? IsSound<Rule> extends true
          ? Params extends CountIn<Rule['params']>
            ? { output: Rule['output']; params: '0'; scope: ScopeAfter<Scope, Rule> }
            : { output: Rule['output']; params: '?'; layer: Fill<typeof otherWeights, { name: Name } & Compared<First, Input>> }
          : { output: Rule['output']; params: '?'; layer: FaultOf<Rule> }
        : never
      : { output: Shape; params: '?'; name: Fill<typeof otherLayer, { name: Name }> }
    : { output: Shape; params: '?'; name: Fill<typeof otherLayer, { name: Name }> }
  : never

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
      const end = follow(passing(before, { ...before.scope, sharing }), layer)
      const scope = withShared(end.scope, name, {
        layer,
        input: before.applied.output,
        ...(end.values ? {} : { output: end.applied.output }),
        weights: sharing.weights,
      })
      return passing(end, { ...scope, sharing: outer })
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
