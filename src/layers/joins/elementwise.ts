import type { AnyShape } from '../../shape/shape.js'
import type { BranchValue } from '../kind/branch.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type Layer, layerFunction } from '../kind/value.js'
import { type JoinRule, joinKind } from './branches.js'

/* Branches with equal shapes, joined element by element. */

/** {@link JoinRule} at run time. */
export const elementwiseJoinKinds = {
  add: joinKind('add'),
  subtract: joinKind('subtract'),
  average: joinKind('average'),
  maximum: joinKind('maximum'),
  minimum: joinKind('minimum'),
}

/**
 * Adds branches element by element, as a layer value.
 *
 * @param branches layer values or names of kept values, at least two, whose outputs have the same shape
 * @example
 * add(conv2d(64, 1), conv2d(64, 3, { padding: 1 }))
 */
export const add: <Branches extends [BranchValue, ...BranchValue[]]>(...branches: Branches) => Layer<'add', Branches> = layerFunction('add')

/**
 * Subtracts the second branch from the first, element by element, as a layer value.
 *
 * @param left a layer value or the name of a kept value
 * @param right the branch to subtract, with the same shape
 * @example
 * subtract('left', 'right')
 */
export const subtract: <Left extends BranchValue, Right extends BranchValue>(left: Left, right: Right) => Layer<'subtract', [Left, Right]> =
  layerFunction('subtract')

/**
 * Averages branches element by element, as a layer value.
 *
 * @param branches layer values or names of kept values, at least two, whose outputs have the same shape
 * @example
 * average('student', 'teacher')
 */
export const average: <Branches extends [BranchValue, ...BranchValue[]]>(...branches: Branches) => Layer<'average', Branches> =
  layerFunction('average')

/**
 * Takes the maximum of branches element by element, as a layer value.
 *
 * @param branches layer values or names of kept values, at least two, whose outputs have the same shape
 * @example
 * maximum(conv2d(64, 1), identity())
 */
export const maximum: <Branches extends [BranchValue, ...BranchValue[]]>(...branches: Branches) => Layer<'maximum', Branches> =
  layerFunction('maximum')

/**
 * Takes the minimum of branches element by element, as a layer value.
 *
 * @param branches layer values or names of kept values, at least two, whose outputs have the same shape
 * @example
 * minimum(conv2d(64, 1), identity())
 */
export const minimum: <Branches extends [BranchValue, ...BranchValue[]]>(...branches: Branches) => Layer<'minimum', Branches> =
  layerFunction('minimum')

declare module '../kind/scope-rules.js' {
  interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {
    add: JoinRule<'add', Input, Given, Scope>
    subtract: JoinRule<'subtract', Input, Given, Scope>
    average: JoinRule<'average', Input, Given, Scope>
    maximum: JoinRule<'maximum', Input, Given, Scope>
    minimum: JoinRule<'minimum', Input, Given, Scope>
  }
}
