import { demand, forEachAxis, type Sizes, whole } from './verdict.js'

/** A window along each axis: how many positions it has. */

/** What slides along one axis. */
export interface WindowAxis {
  readonly size: number
  readonly kernel: number
  readonly stride: number
  readonly dilation: number
  /** Zeros before and after; `'same'` is as many as keep ceil(size / stride) positions. */
  readonly padding: readonly [before: number, after: number] | 'same'
}

/** Padding for each axis: a number, `'same'`, `'valid'`, or for each axis a number or two. */
export const paddingOf = (padding: unknown, axes: number): readonly (readonly [number, number] | 'same')[] => {
  if (padding === 'same') return Array.from({ length: axes }, () => 'same' as const)
  if (padding === 'valid') return paddingOf(0, axes)
  return forEachAxis(padding, axes).map((each) => {
    const [before, after] = forEachAxis(each, 2)
    return [whole(before, 0), whole(after, 0)] as const
  })
}

/** The axes of a window with its options, each of them a whole number of at least 1. */
export const windowOf = (
  spatial: Sizes,
  kernel: unknown,
  { stride = 1, dilation = 1, padding = 0 }: { stride?: unknown; dilation?: unknown; padding?: unknown },
): readonly WindowAxis[] => {
  const axes = spatial.length
  const [kernels, strides, dilations] = [kernel, stride, dilation].map((each) => forEachAxis(each, axes).map((value) => whole(value, 1)))
  const paddings = paddingOf(padding, axes)
  return spatial.map((size, axis) => ({
    size,
    kernel: kernels?.[axis] as number,
    stride: strides?.[axis] as number,
    dilation: dilations?.[axis] as number,
    padding: paddings[axis] as readonly [number, number] | 'same',
  }))
}

/** What a dilated kernel spans: F + (F - 1)(D - 1) cells (Dumoulin and Visin 2016, section 5.1). */
export const spanOf = ({ kernel, dilation }: WindowAxis): number => kernel + (kernel - 1) * (dilation - 1)

/** The positions of a window. */
export const positionsOf = (axis: WindowAxis, rounding: unknown = 'exact'): number => {
  const { size, stride, padding } = axis
  // TensorFlow's documentation of `tf.nn.convolution`: with SAME there are ceil(size / stride) positions.
  if (padding === 'same') return Math.ceil(size / stride)
  const [before, after] = padding
  const room = size + before + after - spanOf(axis)
  demand(room >= 0, 'a window larger than its input')
  // CS231n, "Spatial arrangement": (W - F + 2P)/S + 1 positions where that is a whole number.
  if (room % stride === 0) return room / stride + 1
  demand(rounding !== 'exact', 'a window that does not fit')
  // PyTorch's documentation of Conv2d: floor((H + 2P - D(F - 1) - 1)/S + 1).
  const positions = Math.floor(room / stride) + 1
  // PyTorch's documentation of MaxPool2d, `ceil_mode`: one more, unless it would begin in the padding after the input.
  return rounding === 'ceil' && positions * stride < size + before ? positions + 1 : positions
}
