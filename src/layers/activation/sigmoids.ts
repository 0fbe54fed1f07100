import type { Shape } from '../../shape/shape.js'
import { elementwiseKind } from '../kind/elementwise.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** Activations with a bounded range: (0, 1), (-1, 1), or logarithms of probabilities. */

export const sigmoidKinds = {
  sigmoid: elementwiseKind,
  hardSigmoid: elementwiseKind,
  tanh: elementwiseKind,
  logSoftmax: elementwiseKind,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    sigmoid: { output: Input; params: '0' }
    hardSigmoid: { output: Input; params: '0' }
    tanh: { output: Input; params: '0' }
    logSoftmax: { output: Input; params: '0' }
  }
}

/**
 * Sigmoid as a layer value.
 *
 * @example
 * sigmoid() // Layer<'sigmoid', []>
 */
export const sigmoid: { (): Layer<'sigmoid', []>; readonly length: 0 } = layerFunction('sigmoid')

/**
 * Hard sigmoid as a layer value.
 *
 * @example
 * hardSigmoid() // Layer<'hardSigmoid', []>
 */
export const hardSigmoid: { (): Layer<'hardSigmoid', []>; readonly length: 0 } = layerFunction('hardSigmoid')

/**
 * Hyperbolic tangent as a layer value.
 *
 * @example
 * tanh() // Layer<'tanh', []>
 */
export const tanh: { (): Layer<'tanh', []>; readonly length: 0 } = layerFunction('tanh')

/**
 * Logarithm of the softmax over the last axis as a layer value.
 *
 * @example
 * logSoftmax() // Layer<'logSoftmax', []>
 */
export const logSoftmax: { (): Layer<'logSoftmax', []>; readonly length: 0 } = layerFunction('logSoftmax')
