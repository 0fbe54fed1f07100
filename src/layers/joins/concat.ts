import type { AnyShape } from '../../shape/shape.js'
import type { BranchValue } from '../kind/branch.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type Layer, layerFunction } from '../kind/value.js'
import { type JoinRule, joinKind } from './branches.js'

/* Branches joined along their channels. */

/** {@link JoinRule} at run time. */
export const concatKinds = { concat: joinKind('concat') }

/**
 * Concatenates branches along their channels, as a layer value.
 *
 * @param branches layer values or names of kept values, at least two, whose outputs differ only in their channels
 * @example
 * concat(conv2d(64, 1), block(conv2d(96, 1), relu(), conv2d(128, 3, { padding: 1 })))
 */
export const concat: <Branches extends [BranchValue, ...BranchValue[]]>(...branches: Branches) => Layer<'concat', Branches> =
  layerFunction('concat')

declare module '../kind/scope-rules.js' {
  interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {
    concat: JoinRule<'concat', Input, Given, Scope>
  }
}
