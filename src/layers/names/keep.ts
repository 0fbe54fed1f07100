import type { AnyShape, Shape } from '../../shape/shape.js'
import type { LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { IsBlank, IsOneName, Keeping, NoNameText, NoValueText, TakenNames, TakenNameText } from '../kind/named.js'
import { passThrough, requireNewName, requireValue, withKeptValue } from '../kind/scope.js'
import { type Layer, layerFunction } from '../kind/value.js'

/* Names the current value. */

/** The rule of `keep`: the value is unchanged, and gets a name. */
type KeepRule<Input, Name, Scope> = Input extends Shape
  ? IsOneName<Name> extends false
    ? { output: Input; params: '0' }
    : IsBlank<Name> extends true
      ? { output: Input; params: '0'; name: NoNameText<'keep'> }
      : Name extends TakenNames<Scope>
        ? { output: Input; params: '0'; name: TakenNameText<'keep', Name> }
        : { output: Input; params: '0'; scope: Keeping<Scope, Name, Input> }
  : { output: Shape; params: '?'; name: NoValueText<'keep'> }

/** {@link KeepRule} at run time. */
export const keepKinds = {
  keep: {
    takes: 1,
    extend: (before, _, name) => {
      requireValue('keep', before)
      return passThrough(before, withKeptValue(before.scope, requireNewName('keep', before, name), before))
    },
  } satisfies LinkKind<[string]>,
}

/**
 * Names the current value, as a layer value: in a block, the value at that position.
 *
 * @param name the name for joins, `branch` and `from`
 * @example
 * block(conv2d(64, 3), relu(), keep('c2'), maxPool2d(2))
 */
export const keep: <Name extends string>(name: Name) => Layer<'keep', [Name]> = layerFunction('keep')

declare module '../kind/scope-rules.js' {
  interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {
    keep: KeepRule<Input, Given[0], Scope>
  }
}
