import type { Shape } from '../../shape/shape.js'
import { elementwiseKind } from '../kind/elementwise.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** Activations that multiply a value by a gate made of itself. */

export const gatedActivationKinds = {
  silu: elementwiseKind('silu'),
  hardSwish: elementwiseKind('hardSwish'),
  gelu: elementwiseKind('gelu'),
  mish: elementwiseKind('mish'),
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    silu: { output: Input; params: '0' }
    hardSwish: { output: Input; params: '0' }
    gelu: { output: Input; params: '0' }
    mish: { output: Input; params: '0' }
  }
}

/**
 * Sigmoid linear unit, or swish as a layer value.
 *
 * @example
 * silu() // Layer<'silu', []>
 */
export const silu: () => Layer<'silu', []> = layerFunction('silu')

/**
 * Hard swish as a layer value.
 *
 * @example
 * hardSwish() // Layer<'hardSwish', []>
 */
export const hardSwish: () => Layer<'hardSwish', []> = layerFunction('hardSwish')

/**
 * Gaussian error linear unit as a layer value.
 *
 * @example
 * gelu() // Layer<'gelu', []>
 */
export const gelu: () => Layer<'gelu', []> = layerFunction('gelu')

/**
 * Mish as a layer value.
 *
 * @example
 * mish() // Layer<'mish', []>
 */
export const mish: () => Layer<'mish', []> = layerFunction('mish')

declare module '../../network/network.js' {
  interface Network<Input extends Shape, Output extends Shape, Params extends number> {
    /**
     * Sigmoid linear unit, or swish: x * sigmoid(x) for every value (Elfwing et al. 2017, Ramachandran et al. 2017).
     *
     * The shape stays; no parameters. Computed in place, so it takes no memory of its own.
     *
     * @example
     * input(112, 112, 32).silu() // Network<[112, 112, 32], [112, 112, 32], 0>
     */
    silu(): Network<Input, Output, Params>

    /**
     * Hard swish: x * min(max(0, x + 3), 6) / 6 for every value (Howard et al. 2019, MobileNetV3).
     *
     * The shape stays; no parameters. Computed in place, so it takes no memory of its own.
     *
     * @example
     * input(112, 112, 16).hardSwish() // Network<[112, 112, 16], [112, 112, 16], 0>
     */
    hardSwish(): Network<Input, Output, Params>

    /**
     * Gaussian error linear unit: x * P(X <= x) for a normal X, x/2 * (1 + erf(x / sqrt 2)) exactly and not by tanh
     * (Hendrycks and Gimpel 2016).
     *
     * The shape stays; no parameters. Computed in place, so it takes no memory of its own.
     *
     * @example
     * input(56, 56, 384).gelu() // Network<[56, 56, 384], [56, 56, 384], 0>
     */
    gelu(): Network<Input, Output, Params>

    /**
     * Mish: x * tanh(log(1 + e^x)) for every value (Misra 2019).
     *
     * The shape stays; no parameters. Computed in place, so it takes no memory of its own.
     *
     * @example
     * input(76, 76, 128).mish() // Network<[76, 76, 128], [76, 76, 128], 0>
     */
    mish(): Network<Input, Output, Params>
  }
}
