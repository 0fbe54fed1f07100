import type { Shape } from '../../shape/shape.js'
import { elementwise, elementwiseKind, requireFinite } from '../kind/elementwise.js'
import type { LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** Activations that pass positive values and limit negative ones. */

const withNumber = (kind: string, name: string, standard: number): LayerKind<[number?]> => ({
  takes: 1,
  apply: (input, value = standard) => {
    requireFinite(kind, name, value)
    return elementwise(input, { [name]: value })
  },
})

export const rectifierKinds = {
  relu6: elementwiseKind,
  selu: elementwiseKind,
  softplus: elementwiseKind,
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
export const relu6: { (): Layer<'relu6', []>; readonly length: 0 } = layerFunction('relu6')

/**
 * Scaled exponential linear unit as a layer value.
 *
 * @example
 * selu() // Layer<'selu', []>
 */
export const selu: { (): Layer<'selu', []>; readonly length: 0 } = layerFunction('selu')

/**
 * Softplus as a layer value.
 *
 * @example
 * softplus() // Layer<'softplus', []>
 */
export const softplus: { (): Layer<'softplus', []>; readonly length: 0 } = layerFunction('softplus')

/**
 * Leaky rectified linear unit as a layer value.
 *
 * @param slope factor for negative values, default 0.01
 * @example
 * leakyRelu(0.1) // Layer<'leakyRelu', [0.1]>
 */
export const leakyRelu: <Slope extends number = 0.01>(slope?: Slope) => Layer<'leakyRelu', [Slope]> = layerFunction('leakyRelu', [0.01])

/**
 * Exponential linear unit as a layer value.
 *
 * @param alpha scale of the negative part, default 1: the output is above -alpha
 * @example
 * elu() // Layer<'elu', [1]>
 */
export const elu: <Alpha extends number = 1>(alpha?: Alpha) => Layer<'elu', [Alpha]> = layerFunction('elu', [1])
