import { fill, ShapeError } from '../../shape/message.js'
import { isObject } from '../../shape/objects.js'
import { sameShape } from '../../shape/same.js'
import { type Shape, shapeText } from '../../shape/shape.js'
import { sharedBehindText, sharedTypeText } from '../../shape/type-text.js'
import { keysOf, layerDigest } from './digest.js'
import { type Applied, type Link, paramsIn, type Scope, type SharedLayer, type Weight } from './layer.js'
import { passThrough, withTypeText } from './scope.js'

/* Shared layers at run time: one name stands for one set of weights. */

export const otherLayer = "shared: '{name}' is another layer already. One name is one layer: give this one another name."
export const otherWeights = "shared: '{name}' has weights for {first}, and here it stands on {here}."

/** Two shapes as the message compares them: only by their channels if these differ. */
const shapesToCompare = (first: Shape, here: Shape): { first: string; here: string } =>
  first.length > 1 && first.length === here.length && first.at(-1) !== here.at(-1)
    ? { first: `${first.at(-1)} channels`, here: `${here.at(-1)}` }
    : { first: shapeText(first), here: shapeText(here) }

/** Whether two layers' weights have the same names and shapes. */
export const sameWeights = (first: readonly Weight[], other: readonly Weight[]): boolean =>
  first.length === other.length &&
  first.every(({ name, shape }, index) => {
    const otherWeight = other[index] as Weight
    return name === otherWeight.name && sameShape(shape, otherWeight.shape)
  })

/** Whether two layer values, or their arguments, compute the same, as far as they say. Functions are equal only if identical. */
export const sameLayer = (first: unknown, other: unknown): boolean => {
  if (Object.is(first, other)) return true
  if (!isObject(first) || !isObject(other) || Array.isArray(first) !== Array.isArray(other)) return false
  const keys = keysOf(first)
  return keys.length === keysOf(other).length && keys.every((key) => sameLayer(first[key], other[key]))
}

/**
 * Requires two shared layers with the same name to be the same layer.
 *
 * @param isBeside whether the two are side by side, so that neither gets its weights before the other
 * @throws {ShapeError} when the layers differ, or their inputs require different weights
 */
const requireSame = (name: string, first: SharedLayer, next: SharedLayer, isBeside: boolean): void => {
  const isOther = first.layer && next.layer && !sameLayer(first.layer, next.layer)
  if (isOther || first.weights.length !== next.weights.length)
    throw new ShapeError(fill(otherLayer, { name }), 'shared', isOther ? 'name' : 'layer')
  if (next.weights.every((weights, place) => sameWeights(first.weights[place] as readonly Weight[], weights))) {
    // Of a network that was read from data only the layers with weights are known.
    if ((first.layer && next.layer) || sameLayer(first.layers, next.layers)) return
    throw new ShapeError(fill(otherLayer, { name }), 'shared', 'name')
  }
  if (isBeside || sameShape(first.input, next.input)) throw new ShapeError(fill(otherLayer, { name }), 'shared', 'name')
  throw new ShapeError(fill(otherWeights, { name, ...shapesToCompare(first.input, next.input) }), 'shared', 'layer')
}

/** A scope with one more shared layer, applied after or beside the others. */
export const withShared = (scope: Scope | undefined, name: string, layer: SharedLayer, isBeside = false): Scope => {
  const first = scope?.shared?.get(name)
  if (first) requireSame(name, first, layer, isBeside)
  if (first) return scope as Scope
  return withSharedTexts({ ...scope, shared: new Map(scope?.shared).set(name, layer) }, scope, false)
}

/** The part of a network's type for a shared layer. Of a network that was read from data, the layer's checksum is unknown. */
const sharedTextOf = ([name, { layer, input, inputs, weights }]: readonly [string, SharedLayer]): string =>
  sharedTypeText(name, inputs ?? input, layer && layerDigest(layer), paramsIn(weights.flat()))

/**
 * A scope with the shared layers that another one does not have, as one part of the network's type.
 *
 * @param isOne whether they are one object there, instead of an intersection
 */
export const withSharedTexts = (scope: Scope, before: Scope | undefined, isOne = before?.shared !== undefined): Scope => {
  const added = [...(scope.shared ?? [])].filter(([name]) => !before?.shared?.has(name))
  return added.length > 0 ? withTypeText(scope, () => sharedBehindText(added.map(sharedTextOf), !isOne)) : scope
}

/** The scope after a join: the names from before it, and the shared layers of its branches. */
export const scopeBehind = (before: Scope | undefined, branches: readonly Link[]): Scope | undefined => {
  let scope = before
  for (const branch of branches) {
    if (branch.scope?.shared === scope?.shared && branch.scope?.typeTexts === scope?.typeTexts) continue
    const previous = scope
    for (const [name, layer] of branch.scope?.shared ?? []) scope = withShared(scope, name, layer)
    scope = scope && withSharedTexts({ ...scope, typeTexts: previous?.typeTexts }, previous)
  }
  return scope
}

/** A layer without its name. Attention to another value differs from attention to itself. */
export const layerText = ({ kind, inputs, applied }: Link): string => {
  const { name: _, ...settings } = applied.settings
  return JSON.stringify([kind, settings, inputs.length])
}

/** Creates the link of a layer. Inside a shared layer, a layer with weights is registered there. */
export const layerLink = (kind: string, inputs: readonly Link[], applied: Applied, scope: Scope | undefined): Link => {
  const sharing = scope?.sharing
  const link = { kind, inputs, applied, scope }
  if (!sharing || applied.weights.length === 0) return link
  sharing.layers.push(layerText(link))
  return { ...link, shared: { name: sharing.name, place: sharing.weights.push(applied.weights) - 1 } }
}

/** A link with the shared layers of the branches that start from it, for the next branch. */
export const sharedBehind = (before: Link, branches: readonly Link[]): Link => {
  const scope = scopeBehind(before.scope, branches)
  return scope === before.scope ? before : passThrough(before, scope)
}
