import type { AnyShape } from '../../shape/shape.js'
import type { Arguments } from './layer-rules.js'

/**
 * The rule of every kind that reads names or holds other layers: what it makes of an input and its arguments, where names mean what
 * `Scope` says. It gives `scope` too, where a name is added.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the families add their kinds.
// biome-ignore lint/correctness/noUnusedVariables: they use what it takes.
export interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {}
