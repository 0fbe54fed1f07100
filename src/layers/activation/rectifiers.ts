import type { Shape } from '../../shape/shape.js'
import { elementwise, elementwiseKind, requireFinite } from '../kind/elementwise.js'
import type { LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** Activations that let positive values pass and hold negative ones back. */

const withNumber = (kind: string, name: string, standard: number): LayerKind<[number?]> => ({
  kind,
  takes: 1,
  apply: (input, value = standard) => {
    requireFinite(kind, name, value)
    return elementwise(input, { [name]: value })
  },
})

export const rectifierKinds = {
  relu6: elementwiseKind('relu6'),
  selu: elementwiseKind('selu'),
  softplus: elementwiseKind('softplus'),
  leakyRelu: withNumber('leakyRelu', 'slope', 0.01),
  elu: withNumber('elu', 'alpha', 1),
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    relu6: { output: Input; params: '0' }
    selu: { output: Input; params: '0' }
    softplus: { output: Input; params: '0' }
    leakyRelu: { output: Input; params: '0' }
    elu: { output: Input; params: '0' }
  }
}

/**
 * Rectified linear unit with a ceiling of 6 as a layer value.
 *
 * @example
 * relu6() // Layer<'relu6', []>
 */
export const relu6: () => Layer<'relu6', []> = layerFunction('relu6')

/**
 * Scaled exponential linear unit as a layer value.
 *
 * @example
 * selu() // Layer<'selu', []>
 */
export const selu: () => Layer<'selu', []> = layerFunction('selu')

/**
 * Softplus as a layer value.
 *
 * @example
 * softplus() // Layer<'softplus', []>
 */
export const softplus: () => Layer<'softplus', []> = layerFunction('softplus')

/**
 * Leaky rectified linear unit as a layer value.
 *
 * @param slope what negative values are multiplied by, default 0.01
 * @example
 * leakyRelu(0.1) // Layer<'leakyRelu', [0.1]>
 */
export const leakyRelu: <Slope extends number = 0.01>(slope?: Slope) => Layer<'leakyRelu', [Slope]> = layerFunction('leakyRelu', [0.01])

/**
 * Exponential linear unit as a layer value.
 *
 * @param alpha how far below 0 values can go, default 1
 * @example
 * elu() // Layer<'elu', [1]>
 */
export const elu: <Alpha extends number = 1>(alpha?: Alpha) => Layer<'elu', [Alpha]> = layerFunction('elu', [1])

declare module '../../network/network.js' {
  interface Network<Input extends Shape, Output extends Shape, Params extends number> {
    /**
     * Rectified linear unit with a ceiling: min(max(0, x), 6) for every value (Krizhevsky 2010; MobileNet).
     *
     * The shape stays; no parameters. Computed in place, so it takes no memory of its own.
     *
     * @example
     * input(112, 112, 32).relu6() // Network<[112, 112, 32], [112, 112, 32], 0>
     */
    relu6(): Network<Input, Output, Params>

    /**
     * Scaled exponential linear unit: s * max(0, x) + s * min(0, a * (e^x - 1)) with s = 1.0507 and a = 1.6733, so that values keep
     * mean 0 and variance 1 from layer to layer (Klambauer et al. 2017).
     *
     * The shape stays; no parameters. Computed in place, so it takes no memory of its own.
     *
     * @example
     * input(128).selu() // Network<[128], [128], 0>
     */
    selu(): Network<Input, Output, Params>

    /**
     * Softplus: log(1 + e^x) for every value, a smooth rectifier (Dugas et al. 2001).
     *
     * The shape stays; no parameters. Computed in place, so it takes no memory of its own.
     *
     * @example
     * input(128).softplus() // Network<[128], [128], 0>
     */
    softplus(): Network<Input, Output, Params>

    /**
     * Leaky rectified linear unit: x where it is positive, slope * x elsewhere (Maas et al. 2013).
     *
     * The shape stays; no parameters. Computed in place, so it takes no memory of its own.
     *
     * @param slope what negative values are multiplied by, default 0.01 (PyTorch; darknet has 0.1)
     * @throws {ShapeError} when the slope is not finite
     * @example
     * input(208, 208, 32).leakyRelu(0.1) // Network<[208, 208, 32], [208, 208, 32], 0>
     */
    leakyRelu(slope?: number): Network<Input, Output, Params>

    /**
     * Exponential linear unit: x where it is positive, alpha * (e^x - 1) elsewhere (Clevert et al. 2015).
     *
     * The shape stays; no parameters. Computed in place, so it takes no memory of its own.
     *
     * @param alpha how far below 0 values can go, default 1
     * @throws {ShapeError} when alpha is not finite
     * @example
     * input(128).elu() // Network<[128], [128], 0>
     */
    elu(alpha?: number): Network<Input, Output, Params>
  }
}
