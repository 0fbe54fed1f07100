import { activationKinds } from '../layers/activation/kinds.js'
import { blockKinds } from '../layers/blocks/kinds.js'
import { convolutionKinds } from '../layers/convolution/kinds.js'
import { denseKinds } from '../layers/dense/kinds.js'
import { joinKinds } from '../layers/joins/kinds.js'
import type { LayerKind, LinkKind } from '../layers/kind/layer.js'
import { nameKinds } from '../layers/names/kinds.js'
import { normalizationKinds } from '../layers/normalization/kinds.js'
import { poolingKinds } from '../layers/pooling/kinds.js'
import { recurrentKinds } from '../layers/recurrent/kinds.js'
import { regularizationKinds } from '../layers/regularization/kinds.js'
import { reshapingKinds } from '../layers/reshaping/kinds.js'
import { resizingKinds } from '../layers/resizing/kinds.js'
import { tokenKinds } from '../layers/tokens/kinds.js'
import { sharedAcrossBuilds } from '../shape/across-builds.js'

type AnyKind = LayerKind | LinkKind

/** The table of contents of `layers/`. */
const families = {
  ...activationKinds,
  ...blockKinds,
  ...convolutionKinds,
  ...denseKinds,
  ...joinKinds,
  ...nameKinds,
  ...normalizationKinds,
  ...poolingKinds,
  ...recurrentKinds,
  ...regularizationKinds,
  ...reshapingKinds,
  ...resizingKinds,
  ...tokenKinds,
}

/** The name of a kind: of its method, and of the function that makes it as a layer value. */
export type KindName = keyof typeof families

/** The kinds that are only ways to put others behind each other: a graph has no nodes of theirs. */
export type ArrangingKind = 'identity' | 'block' | 'repeat' | 'residual' | 'branchOut' | NamingKind

/** The kinds that name values and weights. */
type NamingKind = keyof typeof nameKinds

/** The kinds of nodes in a graph. What reads graphs has a table with each of these; the compiler names those that it lacks. */
export type NodeKind = Exclude<KindName, ArrangingKind>

/** Every kind of layer of the package at run time, by its name. */
export const kinds: ReadonlyMap<string, AnyKind> = new Map(Object.entries(families as Record<string, AnyKind>))

/** The kinds that were defined by hand in this build. */
const defined = new Map<string, AnyKind>()

/** Those of both builds: a layer value that one build made can be applied in the other. */
const definedAnywhere = (): Map<string, AnyKind> => sharedAcrossBuilds('kinds', () => new Map<string, AnyKind>())

/** The kind of that name, of the package or defined by hand; `undefined` when there is none. */
export const kindOf = (name: string): AnyKind | undefined => kinds.get(name) ?? defined.get(name) ?? definedAnywhere().get(name)

/** The names of those, each behind the way in which the package was loaded. */
const definedNames = new Set<string>()

/**
 * Adds a kind that is defined by hand.
 *
 * @param way how the package was loaded, by `import` or by `require`: a library that is loaded in both ways defines its kinds twice
 * @throws {TypeError} when there is one of that name
 */
export const defineKind = (kind: LayerKind<never[]>, way: string): void => {
  const name = kind.kind
  if (kinds.has(name) || definedNames.has(`${way} ${name}`)) throw new TypeError(`There is a layer of the kind '${name}' already.`)
  definedNames.add(`${way} ${name}`)
  defined.set(name, kind)
  definedAnywhere().set(name, kind)
}
