import type { Shape } from '../../shape/shape.js'

/** The arguments of a layer, as its method takes them. */
// biome-ignore lint/suspicious/noExplicitAny: each rule states what its own arguments are.
export type Arguments = readonly any[]

/**
 * The rules of all kinds of layers in types: what a layer makes of its input and arguments.
 *
 * A rule returns `{ output, params }`, with the params as little-endian digits (`'0'` for none, `'?'` if unknown). For a mistake it
 * also returns the message, under the name of the invalid argument. `in out` saves the compiler work: to compare two uses of a rule, as it
 * does when it completes an argument, it need not compare the rules of all kinds. Leave `in out` out when you add a kind.
 *
 * Each family of layers adds its kinds here, and so can your own package:
 *
 * @example
 * declare module 'stridewise' {
 *   interface LayerRules<Input extends Shape, Given extends Arguments> {
 *     scale: { output: Input; params: '1' }
 *   }
 * }
 */
export interface LayerRules<in out Input extends Shape, in out Given extends Arguments> {
  /** Passes its input on, for a branch without layers. */
  identity: Given extends readonly [] ? { output: Input; params: '0' } : never
}
