import type { Reverse } from '../arithmetic/digits.js'
import type { Applied, LayerKind } from '../layers/kind/layer.js'
import type { Arguments } from '../layers/kind/layer-rules.js'
import { type Layer, layerFunction } from '../layers/kind/value.js'
import type { Shape } from '../shape/shape.js'
import { described } from './described.js'
import { defineKind } from './kinds.js'

/** The result of a custom layer's rule. Only the output shape is required: by default a layer has no weights, MACs or settings. */
export interface CustomLayer extends Partial<Omit<Applied, 'output'>> {
  readonly output: Shape
}

/** A parameter count as rules in types return it: `Count<64>` stands for 64, `Count<number>` for an unknown number. */
export type Count<Params extends number> = number extends Params ? '?' : Reverse<`${Params}`>

/**
 * Defines a custom kind of layer. This adds its rule at run time; to add its rule in types, merge it into {@link LayerRules}.
 *
 * @param kind the name of the kind, which must be new
 * @param apply computes the output shape, weights and MACs from the input shape and the arguments; throws a ShapeError if the layer
 *   does not accept them
 * @returns a function that creates layer values of this kind, for `apply`, `block` and branches
 * @throws {TypeError} when a kind of this name exists
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
) => { <Values extends Given>(...values: Values): Layer<Kind, Values>; readonly length: 0 } = <
  Kind extends string,
  Given extends Arguments,
>(
  kind: Kind,
  apply: (input: Shape, ...values: Given) => CustomLayer,
  // The ES module for Node passes a third argument: see scripts/node-entries.mjs.
  moduleSystem = 'require',
) => {
  if (typeof apply !== 'function') throw new TypeError(`defineLayer: needs a function that gives the output, not ${described(apply)}.`)
  const layerKind: LayerKind<Arguments> = {
    takes: Number.POSITIVE_INFINITY,
    apply: (input, ...values) => ({ settings: {}, weights: [], macs: 0, memory: 'own', ...apply(input, ...(values as never)) }),
  }
  defineKind(kind, layerKind, moduleSystem)
  return layerFunction(kind)
}
