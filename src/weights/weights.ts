import type { Shape } from '../shape/shape.js'

/** A tensor of numbers, row by row. */
export interface Tensor {
  readonly shape: Shape
  readonly dtype: 'F32'
  readonly data: Float32Array
}

/**
 * The numbers of a network, under the names and in the layouts of PyTorch: `conv2d_1.weight` is `[filters, channels / groups, height,
 * width]`, `dense_1.weight` is `[units, features]`, `batchNorm_1.running_mean` is `[channels]`.
 *
 * A name is that of the graph's node, a dot, and what the tensor is.
 */
export type Weights = ReadonlyMap<string, Tensor>

/** A tensor that a network has, as {@link Weights} hold it. */
export interface WeightSpec {
  /** `'conv2d_1.weight'`. */
  readonly name: string
  /** In PyTorch's layout. */
  readonly shape: Shape
  /** The node that it belongs to. */
  readonly node: string
  /** What the graph calls it: `'kernel'`, `'movingMean'`. */
  readonly weight: string
  readonly trainable: boolean
}
