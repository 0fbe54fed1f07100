import type { Shape } from '../../shape/shape.js'

/** The arguments of a layer, as its method takes them. */
// biome-ignore lint/suspicious/noExplicitAny: each rule states what its own arguments are.
export type Arguments = readonly any[]

/**
 * The rule of every kind of layer in types: what it makes of an input and its arguments.
 *
 * A rule gives `{ output, params }`, the params as little-endian digits (`'0'` for none, `'?'` when not known). Where
 * something is wrong it gives the sentence too, under the name of the argument that is to blame. Families add their kinds
 * here, and so can a package of your own:
 *
 * @example
 * declare module 'stridewise' {
 *   interface LayerRules<Input extends Shape, Given extends Arguments> {
 *     scale: { output: Input; params: '1' }
 *   }
 * }
 */
export interface LayerRules<Input extends Shape, Given extends Arguments> {
  /** Nothing at all, for a branch that passes its input on. */
  identity: Given extends readonly [] ? { output: Input; params: '0' } : never
}
