import { type Costs, channelsOf, demand, forEachAxis, optionsOf, type Sizes, spatialAxes, whole } from './verdict.js'
import { positionsOf, spanOf, windowOf } from './windows.js'

/** Pools: the channels stay, and there is nothing to learn. */

/** PyTorch's documentation of MaxPool2d: the stride is the kernel unless it is given. */
export const pool =
  (known: readonly string[]) =>
  (axes: number, input: Sizes, [kernel, more]: readonly unknown[]): Costs => {
    const options = optionsOf(more, [...known, 'stride', 'padding', 'dilation', 'rounding'])
    const window = windowOf(spatialAxes(input, axes), kernel, { ...options, stride: options['stride'] ?? kernel })
    // A window that is all padding has nothing to take the largest or the mean of.
    for (const axis of window) {
      const { padding } = axis
      demand(padding === 'same' || padding.every((zeros) => zeros < spanOf(axis)), 'padding as large as a window')
    }
    return { output: [...window.map((axis) => positionsOf(axis, options['rounding'])), channelsOf(input)], params: 0, macs: 0 }
  }

/** Keras's documentation of GlobalAveragePooling2D: a value for each channel. */
export const globalPool = (input: Sizes): Costs => {
  spatialAxes(input, 1, Number.POSITIVE_INFINITY)
  return { output: [channelsOf(input)], params: 0, macs: 0 }
}

/** PyTorch's documentation of AdaptiveAvgPool1d to 3d: the output has the size that is asked for, for any input size. */
export const adaptivePool = (input: Sizes, [size]: readonly unknown[]): Costs => {
  const axes = spatialAxes(input, 1, Number.POSITIVE_INFINITY).length
  return { output: [...forEachAxis(size, axes).map((each) => whole(each, 1)), channelsOf(input)], params: 0, macs: 0 }
}
