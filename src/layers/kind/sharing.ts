import { fill, ShapeError } from '../../shape/message.js'
import { sameShape } from '../../shape/same.js'
import { type Shape, shapeText } from '../../shape/shape.js'
import { sharedBehindText, sharedTypeText } from '../../shape/type-text.js'
import { type Applied, type Link, type Scope, type SharedLayer, valuesIn, type Weight } from './layer.js'
import { passing, saying } from './scope.js'

/*
 * Shared layers at run time: one name is one set of weights.
 */

export const otherLayer = "shared: '{name}' is another layer already. One name is one layer: give this one another name."
export const otherWeights = "shared: '{name}' has weights for {first}, and here it stands on {here}."

/** Two shapes as the sentence compares them: by their channels where these differ. */
const compared = (first: Shape, here: Shape): { first: string; here: string } =>
  first.length > 1 && first.length === here.length && first.at(-1) !== here.at(-1)
    ? { first: `${first.at(-1)} channels`, here: `${here.at(-1)}` }
    : { first: shapeText(first), here: shapeText(here) }

/** Whether two layers' weights have the same names and shapes. */
export const sameWeights = (one: readonly Weight[], other: readonly Weight[]): boolean =>
  one.length === other.length &&
  one.every(({ name, shape }, index) => {
    const second = other[index] as Weight
    return name === second.name && sameShape(shape, second.shape)
  })

/** Whether two layer values, or their arguments, are the same. Functions are the same only as one value. */
export const sameLayer = (one: unknown, other: unknown): boolean => {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => key in other && sameLayer(one[key as never], other[key as never]))
}

/**
 * Refuses a shared layer that is another one than that of its name.
 *
 * @param isBeside whether the two stand side by side, so that neither has its weights before the other
 * @throws {ShapeError} when the layers differ, or stand where they need other weights
 */
const requireSame = (name: string, first: SharedLayer, next: SharedLayer, isBeside: boolean): void => {
  const isOther = first.layer && next.layer && !sameLayer(first.layer, next.layer)
  if (isOther || first.weights.length !== next.weights.length)
    throw new ShapeError(fill(otherLayer, { name }), 'shared', isOther ? 'name' : 'layer')
  if (next.weights.every((weights, place) => sameWeights(first.weights[place] as readonly Weight[], weights))) return
  if (isBeside || sameShape(first.input, next.input)) throw new ShapeError(fill(otherLayer, { name }), 'shared', 'name')
  throw new ShapeError(fill(otherWeights, { name, ...compared(first.input, next.input) }), 'shared', 'layer')
}

/** A scope in which one more shared layer was applied, or stands beside those that were. */
export const withShared = (scope: Scope | undefined, name: string, layer: SharedLayer, isBeside = false): Scope => {
  const first = scope?.shared?.get(name)
  if (first) requireSame(name, first, layer, isBeside)
  if (first) return scope as Scope
  const added = { ...scope, shared: new Map(scope?.shared).set(name, layer) }
  return layer.output ? saying(added, () => `{ shared: ${sharedText(name, layer)} }`) : added
}

/** What a network's type says of a shared layer. */
const sharedText = (name: string, { input, output = [], weights }: SharedLayer): string => {
  const trained = weights.flat().filter(({ trainable }) => trainable)
  return sharedTypeText(
    name,
    input,
    output,
    trained.reduce((sum, { shape }) => sum + valuesIn(shape), 0),
  )
}

/** What a network's type says behind a branch: the layers that it shares and that were not known before it. */
const saidBehind = (before: Scope | undefined, scope: Scope | undefined): Scope | undefined => {
  const known = [...(before?.shared ?? [])].filter(([, { output }]) => output)
  const added = [...(scope?.shared ?? [])].filter(([name, { output }]) => output && !before?.shared?.has(name))
  const { said: _, ...rest } = scope ?? {}
  const unsaid = before?.said ? { ...rest, said: before.said } : rest
  if (added.length === 0) return scope && unsaid
  const texts = (): string[] => added.map(([name, layer]) => sharedText(name, layer))
  return saying(unsaid, () => sharedBehindText(texts(), known.length === 0))
}

/** The scope behind a join: the names from before it, and the shared layers of its branches. */
export const scopeBehind = (before: Scope | undefined, branches: readonly Link[]): Scope | undefined => {
  let scope = before
  for (const branch of branches) {
    if (branch.scope?.shared === scope?.shared && branch.scope?.said === scope?.said) continue
    const begin = scope
    for (const [name, layer] of branch.scope?.shared ?? []) scope = withShared(scope, name, layer)
    scope = saidBehind(begin, scope)
  }
  return scope
}

/** The link of a layer behind others. In a shared layer it takes its place among those with weights. */
export const layerLink = (kind: string, inputs: readonly Link[], applied: Applied, scope: Scope | undefined): Link => {
  const sharing = scope?.sharing
  const link = { kind, inputs, applied, ...(scope ? { scope } : {}) }
  if (!sharing || applied.weights.length === 0) return link
  return { ...link, shared: { name: sharing.name, place: sharing.weights.push(applied.weights) - 1 } }
}

/** A link with the shared layers of branches from it, for the next branch. */
export const sharedBehind = (before: Link, branches: readonly Link[]): Link => {
  const scope = scopeBehind(before.scope, branches)
  return scope === before.scope ? before : passing(before, scope)
}
