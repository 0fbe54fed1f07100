import type { Shape } from '../shape/shape.js'

/** A tensor of numbers in row-major order. */
export interface Tensor {
  readonly shape: Shape
  readonly dtype: 'F32'
  readonly data: Float32Array
}

/**
 * The weights of a network, with PyTorch's names and layouts: `conv2d_1.weight` is `[filters, channels / groups, height, width]`,
 * `dense_1.weight` is `[units, features]`, `batchNorm_1.running_mean` is `[channels]`.
 *
 * A name consists of the name of the graph's node, a dot, and the name of the weight.
 */
export type Weights = ReadonlyMap<string, Tensor>

/** The description of a tensor in {@link Weights}. */
export interface WeightSpec {
  /** `'conv2d_1.weight'`. */
  readonly name: string
  /** The shape in PyTorch's layout. */
  readonly shape: Shape
  /** The node that it belongs to. */
  readonly node: string
  /** The name of the weight in the graph: `'kernel'`, `'movingMean'`. */
  readonly weight: string
  readonly trainable: boolean
}
