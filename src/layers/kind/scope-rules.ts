import type { AnyShape } from '../../shape/shape.js'
import type { Arguments } from './layer-rules.js'

/**
 * The rules of all kinds that read names or contain other layers: what a layer makes of its input and arguments, with names as in
 * `Scope`. A rule that adds a name also returns `scope`. For `in out` see `LayerRules`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: each family adds its kinds.
// biome-ignore lint/correctness/noUnusedVariables: the members use the parameters.
export interface ScopeRules<in out Scope, in out Input extends AnyShape, in out Given extends Arguments> {}
