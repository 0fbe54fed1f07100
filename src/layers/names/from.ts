import type { AnyShape } from '../../shape/shape.js'
import type { LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { NamedRule } from '../kind/named.js'
import { passThrough, valueNamed } from '../kind/scope.js'
import { type Layer, layerFunction } from '../kind/value.js'

/*
 * To go on from a kept value.
 */

/** The rule of what goes on from a name: the value that has it. */
type FromRule<Name, Scope> = NamedRule<Scope, Name, 'from: '>

/** {@link FromRule} at run time. What was here stays in the network. */
export const fromKinds = {
  from: {
    kind: 'from',
    takes: 1,
    extend: (before, _, name) => passThrough(valueNamed('from: ', before, name), before.scope, [before]),
  } satisfies LinkKind<[string]>,
}

/**
 * The value of a name, as a layer value: what follows in a block goes on from it.
 *
 * @param name the name that `keep` gave, or an input's
 * @example
 * block(keep('here'), conv2d(8, 3), keep('there'), from('here'), maxPool2d(3))
 */
export const from: <Name extends string>(name: Name) => Layer<'from', [Name]> = layerFunction('from')

declare module '../kind/scope-rules.js' {
  interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {
    from: FromRule<Given[0], Scope>
  }
}
