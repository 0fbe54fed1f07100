import type { AnyShape } from '../../shape/shape.js'
import type { LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { NamedRule } from '../kind/named.js'
import { passThrough, valueNamed } from '../kind/scope.js'
import { type Layer, layerFunction } from '../kind/value.js'

/* Continues from a kept value. */

/** The rule of `from`: the value with the name. */
type FromRule<Name, Scope> = NamedRule<Scope, Name, 'from: '>

/** {@link FromRule} at run time. The preceding layers stay in the network. */
export const fromKinds = {
  from: {
    takes: 1,
    extend: (before, _, name) => passThrough(valueNamed('from: ', before, name), before.scope, [before]),
  } satisfies LinkKind<[string]>,
}

/**
 * Continues from a kept value, as a layer value: the following layers of a block apply to that value.
 *
 * @param name the name passed to `keep`, or the name of an input
 * @example
 * block(keep('here'), conv2d(8, 3), keep('there'), from('here'), maxPool2d(3))
 */
export const from: <Name extends string>(name: Name) => Layer<'from', [Name]> = layerFunction('from')

declare module '../kind/scope-rules.js' {
  interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {
    from: FromRule<Given[0], Scope>
  }
}
