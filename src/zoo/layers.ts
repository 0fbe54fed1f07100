import { conv2d, type Layer } from '../index.js'

/*
 * Convolutions without biases, which precede a batch normalization. Their options are named interfaces, so the compiler recognizes
 * equal layers and computes them only once.
 */

/** Options of a convolution that keeps the size. */
export interface Padded<Padding> {
  readonly padding: Padding
  readonly bias: false
}

/** Options of a strided convolution. On an even size it ignores the last cells, as PyTorch does. */
export interface Strided<Stride, Padding> {
  readonly stride: Stride
  readonly padding: Padding
  readonly rounding: 'floor'
  readonly bias: false
}

/** A 1x1 convolution without biases. */
export const conv1x1 = <Filters extends number>(filters: Filters): Layer<'conv2d', [Filters, 1, Padded<0>]> =>
  conv2d(filters, 1, { padding: 0, bias: false })

/** A 3x3 convolution without biases that keeps the size. */
export const conv3x3 = <Filters extends number>(filters: Filters): Layer<'conv2d', [Filters, 3, Padded<1>]> =>
  conv2d(filters, 3, { padding: 1, bias: false })

/** A convolution with a stride and without biases. */
export const strided = <Filters extends number, Kernel extends number, Stride extends number, Padding extends number>(
  filters: Filters,
  kernel: Kernel,
  stride: Stride,
  padding: Padding,
): Layer<'conv2d', [Filters, Kernel, Strided<Stride, Padding>]> =>
  conv2d(filters, kernel, { stride, padding, rounding: 'floor', bias: false })

/** Options of a grouped convolution. */
export interface Grouped<Groups, Stride, Padding> extends Strided<Stride, Padding> {
  readonly groups: Groups
}

/** A grouped convolution with a stride and without biases. */
export const grouped = <
  Filters extends number,
  Kernel extends number,
  Groups extends number,
  Stride extends number,
  Padding extends number,
>(
  filters: Filters,
  kernel: Kernel,
  groups: Groups,
  stride: Stride,
  padding: Padding,
): Layer<'conv2d', [Filters, Kernel, Grouped<Groups, Stride, Padding>]> =>
  conv2d(filters, kernel, { groups, stride, padding, rounding: 'floor', bias: false })
