import type { Shape } from '../../shape/shape.js'
import { elementwiseKind } from '../kind/elementwise.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** Activations that bring values into a range: between 0 and 1, between -1 and 1, or to the logarithms of shares. */

export const sigmoidKinds = {
  sigmoid: elementwiseKind('sigmoid'),
  hardSigmoid: elementwiseKind('hardSigmoid'),
  tanh: elementwiseKind('tanh'),
  logSoftmax: elementwiseKind('logSoftmax'),
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
export const sigmoid: () => Layer<'sigmoid', []> = layerFunction('sigmoid')

/**
 * Hard sigmoid as a layer value.
 *
 * @example
 * hardSigmoid() // Layer<'hardSigmoid', []>
 */
export const hardSigmoid: () => Layer<'hardSigmoid', []> = layerFunction('hardSigmoid')

/**
 * Hyperbolic tangent as a layer value.
 *
 * @example
 * tanh() // Layer<'tanh', []>
 */
export const tanh: () => Layer<'tanh', []> = layerFunction('tanh')

/**
 * Logarithm of the softmax over the last axis as a layer value.
 *
 * @example
 * logSoftmax() // Layer<'logSoftmax', []>
 */
export const logSoftmax: () => Layer<'logSoftmax', []> = layerFunction('logSoftmax')

declare module '../../network/network.js' {
  interface Network<Input extends Shape, Output extends Shape, Params extends number> {
    /**
     * Sigmoid: 1 / (1 + e^-x) for every value, between 0 and 1.
     *
     * The shape stays; no parameters. Computed in place, so it takes no memory of its own.
     *
     * @example
     * input(28, 28, 64).sigmoid() // Network<[28, 28, 64], [28, 28, 64], 0>
     */
    sigmoid(): Network<Input, Output, Params>

    /**
     * Hard sigmoid: min(max(0, x + 3), 6) / 6 for every value, a sigmoid of straight lines (PyTorch, MobileNetV3; Keras 2 had 0.2x + 0.5).
     *
     * The shape stays; no parameters. Computed in place, so it takes no memory of its own.
     *
     * @example
     * input(28, 28, 64).hardSigmoid() // Network<[28, 28, 64], [28, 28, 64], 0>
     */
    hardSigmoid(): Network<Input, Output, Params>

    /**
     * Hyperbolic tangent: (e^x - e^-x) / (e^x + e^-x) for every value, between -1 and 1.
     *
     * The shape stays; no parameters. Computed in place, so it takes no memory of its own.
     *
     * @example
     * input(28, 28, 6).tanh() // Network<[28, 28, 6], [28, 28, 6], 0>
     */
    tanh(): Network<Input, Output, Params>

    /**
     * Logarithm of the softmax over the last axis: x - log(sum of e^x), which the negative log-likelihood loss takes.
     *
     * The shape stays; no parameters.
     *
     * @example
     * input(1000).logSoftmax() // Network<[1000], [1000], 0>
     */
    logSoftmax(): Network<Input, Output, Params>
  }
}
