import type { Shape } from '../../shape/shape.js'
import { elementwiseKind } from '../kind/elementwise.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** Activations that multiply a value by a function of itself. */

export const gatedActivationKinds = {
  silu: elementwiseKind,
  hardSwish: elementwiseKind,
  gelu: elementwiseKind,
  mish: elementwiseKind,
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
export const silu: { (): Layer<'silu', []>; readonly length: 0 } = layerFunction('silu')

/**
 * Hard swish as a layer value.
 *
 * @example
 * hardSwish() // Layer<'hardSwish', []>
 */
export const hardSwish: { (): Layer<'hardSwish', []>; readonly length: 0 } = layerFunction('hardSwish')

/**
 * Gaussian error linear unit as a layer value.
 *
 * @example
 * gelu() // Layer<'gelu', []>
 */
export const gelu: { (): Layer<'gelu', []>; readonly length: 0 } = layerFunction('gelu')

/**
 * Mish as a layer value.
 *
 * @example
 * mish() // Layer<'mish', []>
 */
export const mish: { (): Layer<'mish', []>; readonly length: 0 } = layerFunction('mish')
