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
import { described } from './described.js'

type AnyKind = LayerKind | LinkKind

/** All built-in kinds, in the order of the tables in the documentation. */
const builtIn = {
  ...convolutionKinds,
  ...poolingKinds,
  ...resizingKinds,
  ...denseKinds,
  ...reshapingKinds,
  ...tokenKinds,
  ...recurrentKinds,
  ...normalizationKinds,
  ...activationKinds,
  ...regularizationKinds,
  ...joinKinds,
  ...blockKinds,
  ...nameKinds,
}

/** The name of a kind, which is also the name of its method and of the function that creates its layer values. */
export type KindName = keyof typeof builtIn

/** The kinds that only arrange other layers. A graph has no nodes of these kinds. */
export type ArrangingKind = 'identity' | 'block' | 'repeat' | 'residual' | 'branchOut' | NamingKind

/** The kinds that name values and weights. */
type NamingKind = keyof typeof nameKinds

/** The kinds of nodes in a graph. Code that reads graphs has a table keyed by these, so the compiler reports any that is missing. */
export type NodeKind = Exclude<KindName, ArrangingKind>

/** The run-time rules of all built-in kinds. */
export const kinds: ReadonlyMap<string, AnyKind> = new Map(Object.entries(builtIn as Record<string, AnyKind>))

/** The custom kinds defined through this build. */
const custom = new Map<string, AnyKind>()

/** The custom kinds of both builds, so that a layer value made by one build can be applied in the other. */
const customOfBothBuilds = (): Map<string, AnyKind> => sharedAcrossBuilds('kinds', () => new Map<string, AnyKind>())

/** The built-in or custom kind with this name; `undefined` if there is none. */
export const kindOf = (name: string): AnyKind | undefined => kinds.get(name) ?? custom.get(name) ?? customOfBothBuilds().get(name)

/** The names of the custom kinds, each prefixed with the module system that defined it. */
const customNames = new Set<string>()

/**
 * Adds a custom kind.
 *
 * @param moduleSystem how the package was loaded, by `import` or by `require`. A library that is loaded both ways defines its kinds
 *   twice.
 * @throws {TypeError} when the kind is no name, the rule no function, or a kind of this name exists
 */
export const defineKind = (name: string, kind: LayerKind<never[]>, moduleSystem: string): void => {
  if (typeof name !== 'string' || name.trim() === '')
    throw new TypeError(`defineLayer: the kind must be a name such as 'shuffle', not ${described(name)}.`)
  if (kinds.has(name) || customNames.has(`${moduleSystem} ${name}`)) throw new TypeError(`There is a layer of the kind '${name}' already.`)
  customNames.add(`${moduleSystem} ${name}`)
  custom.set(name, kind)
  customOfBothBuilds().set(name, kind)
}
