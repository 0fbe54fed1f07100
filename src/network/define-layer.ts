import type { Reverse } from '../arithmetic/digits.js'
import type { Applied, LayerKind } from '../layers/kind/layer.js'
import type { Arguments } from '../layers/kind/layer-rules.js'
import { type Layer, layerFunction } from '../layers/kind/value.js'
import type { Shape } from '../shape/shape.js'
import { defineKind } from './kinds.js'

/** What a layer of your own makes of its input; what is left out is none. */
export interface CustomLayer extends Partial<Omit<Applied, 'output'>> {
  readonly output: Shape
}

/** A number of parameters as a rule gives it: `Count<64>` is what stands for 64, `Count<number>` for a number not known. */
export type Count<Params extends number> = number extends Params ? '?' : Reverse<`${Params}`>

/**
 * Adds a kind of layer of your own: its rule at run time. Its rule in types is added to {@link LayerRules}.
 *
 * @param kind its name, which no other kind has
 * @param apply what it makes of an input and its arguments: the output's shape, weights, MACs; throws a ShapeError where it
 * cannot stand
 * @returns a function that makes layer values of this kind, for `apply`, `block` and branches
 * @throws {TypeError} when there is such a kind already
 * @example
 * import { type Arguments, defineLayer, input, type Shape } from 'stridewise'
 *
 * declare module 'stridewise' {
 *   interface LayerRules<Input extends Shape, Given extends Arguments> {
 *     scale: { output: Input; params: '1' }
 *   }
 * }
 * const scale = defineLayer('scale', (input: Shape) => ({
 *   output: input,
 *   weights: [{ name: 'factor', shape: [1], trainable: true }],
 * }))
 * input(28, 28, 64).apply(scale()) // Network<[28, 28, 64], [28, 28, 64], 1>
 */
export const defineLayer: <Kind extends string, Given extends Arguments>(
  kind: Kind,
  apply: (input: Shape, ...values: Given) => CustomLayer,
) => <Values extends Given>(...values: Values) => Layer<Kind, Values> = <Kind extends string, Given extends Arguments>(
  kind: Kind,
  apply: (input: Shape, ...values: Given) => CustomLayer,
  // What Node imports calls this function with a third argument: see scripts/node-entries.mjs.
  way = 'require',
) => {
  const layerKind: LayerKind<Arguments> = {
    kind,
    takes: Number.POSITIVE_INFINITY,
    apply: (input, ...values) => ({ settings: {}, weights: [], macs: 0, memory: 'own', ...apply(input, ...(values as never)) }),
  }
  defineKind(layerKind, way)
  return layerFunction(kind)
}
