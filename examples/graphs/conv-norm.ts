import { batchNorm, block, conv2d } from 'stridewise'

/**
 * A convolution without biases and its batch normalization, which nearly every network here is made of. Where a window with a stride does
 * not fit, the last cells are left out, as in PyTorch.
 */
export const convNorm = <Filters extends number, Kernel extends number, Stride extends number, Padding extends number>(
  filters: Filters,
  kernel: Kernel,
  stride: Stride,
  padding: Padding,
) => block(conv2d(filters, kernel, { stride, padding, rounding: 'floor', bias: false }), batchNorm())
