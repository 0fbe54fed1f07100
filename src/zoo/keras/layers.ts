import {
  type AnyLayer,
  batchNorm,
  block,
  conv2d,
  dense,
  depthwiseConv2d,
  globalAvgPool,
  identity,
  type Layer,
  type Subtract,
  softmax,
} from '../../index.js'
import type { Padded } from '../layers.js'

/*
 * Layers with the names that Keras gives them. The names are no part of the types: they change neither shapes nor counts, and a block
 * that is repeated with other names is one `repeat` for the compiler.
 */

/** Options of a convolution as Keras pads it: to ceil(input / stride) outputs. */
export interface Same<Stride> {
  readonly stride: Stride
  readonly padding: 'same'
  readonly bias: false
}

/** Options of a convolution without padding, which ignores the last cells. */
export interface Valid<Stride> {
  readonly stride: Stride
  readonly rounding: 'floor'
  readonly bias: false
}

/** A convolution without biases, with stride 1 unless there is another. */
export const same = <Filters extends number, const Kernel extends number | readonly [number, number], Stride extends number = 1>(
  name: string,
  filters: Filters,
  kernel: Kernel,
  stride: Stride = 1 as Stride,
): Layer<'conv2d', [Filters, Kernel, Same<Stride>]> => conv2d(filters, kernel, { stride, padding: 'same', bias: false, name })

/** A 1x1 convolution without biases. */
export const point = <Filters extends number>(name: string, filters: Filters): Layer<'conv2d', [Filters, 1, Padded<0>]> =>
  conv2d(filters, 1, { padding: 0, bias: false, name })

/** A convolution without biases and without padding. */
export const valid = <Filters extends number, Kernel extends number, Stride extends number>(
  name: string,
  filters: Filters,
  kernel: Kernel,
  stride: Stride,
): Layer<'conv2d', [Filters, Kernel, Valid<Stride>]> => conv2d(filters, kernel, { stride, rounding: 'floor', bias: false, name })

/** Options of a convolution with biases. */
export interface Biased<Stride, Padding> {
  readonly stride: Stride
  readonly padding: Padding
  readonly rounding: 'floor'
}

/** A convolution with biases, which ignores the last cells. */
export const biased = <Filters extends number, Kernel extends number, Stride extends number, Padding extends number>(
  name: string,
  filters: Filters,
  kernel: Kernel,
  stride: Stride,
  padding: Padding,
): Layer<'conv2d', [Filters, Kernel, Biased<Stride, Padding>]> => conv2d(filters, kernel, { stride, padding, rounding: 'floor', name })

/** A depthwise convolution without biases. */
export const depthwise = <Kernel extends number, Stride extends number>(
  name: string,
  kernel: Kernel,
  stride: Stride,
): Layer<'depthwiseConv2d', [Kernel, Same<Stride>]> => depthwiseConv2d(kernel, { stride, padding: 'same', bias: false, name })

/** A 1x1 convolution with biases. */
export const pointwise = <Filters extends number>(name: string, filters: Filters): Layer<'conv2d', [Filters, 1]> =>
  conv2d(filters, 1, { name }) as never

/** The epsilon of the batch normalizations of ResNet and DenseNet in Keras. */
export const epsilon = 1.001e-5

/** A batch normalization with the epsilon of its model; Keras's default is 1e-3. */
export const norm = (name: string, added = 1e-3): Layer<'batchNorm', []> => batchNorm({ epsilon: added, name })

/**
 * A `repeat` whose layers have a name each. At run time it is a block of what the function makes.
 *
 * @param times how often, from 1
 * @param layer makes the layer with an index from 0
 */
export const numbered = <Times extends number, Value extends AnyLayer>(
  times: Times,
  layer: (index: number) => Value,
): Layer<'repeat', [Times, Value]> => block(...Array.from({ length: times }, (_, index) => layer(index))) as never

/** The letter with an index, as in `block2a`. */
export const letter = (index: number): string => String.fromCharCode('a'.charCodeAt(0) + index)

/** The layers of a stage behind its first, which has index 0, or nothing if there are none. */
export const numberedRest = <Layers extends number, Value extends AnyLayer>(
  layers: Layers,
  layer: (index: number) => Value,
): Layers extends 1 ? Layer<'identity', []> : Layer<'repeat', [Subtract<Layers, 1>, Value]> =>
  (layers > 1 ? numbered(layers - 1, (index) => layer(index + 1)) : identity()) as never

/** The pool before the last layer. */
export const averaged = () => block(globalAvgPool())

/** The pool and the dense layer that most models end in. */
export const classes = (units: number): AnyLayer => block(averaged(), predictions(units))

/** The last dense layer and its softmax. */
export const predictions = (units: number, name = 'predictions'): AnyLayer => block(dense(units, { name }), softmax())
