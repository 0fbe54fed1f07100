import { type Costs, channelsOf, demand, forEachAxis, optionsOf, product, type Sizes, spatialAxes, whole } from './verdict.js'
import { positionsOf, spanOf, windowOf } from './windows.js'

/** Convolutions of every sort. */

const windowNames = ['stride', 'padding', 'dilation', 'rounding', 'bias']

/** A window's positions on every axis, and the cells of its kernel. */
const slide = (input: Sizes, axes: number, kernel: unknown, options: Readonly<Record<string, unknown>>) => {
  const window = windowOf(spatialAxes(input, axes), kernel, options)
  const positions = window.map((axis) => positionsOf(axis, options['rounding']))
  return { positions, cells: product(window.map((axis) => axis.kernel)) }
}

/** Groups divide the channels and the filters: PyTorch's documentation of Conv2d. */
const groupsOf = (groups: unknown, channels: number, filters: number): number => {
  const count = whole(groups ?? 1, 1)
  demand(channels % count === 0 && filters % count === 0, 'numbers that do not divide')
  return count
}

/** PyTorch's documentation of Conv1d to Conv3d: weights of (filters, channels / groups, kernel), and a bias for each filter. */
export const convolution = (axes: number, input: Sizes, [given, kernel, more]: readonly unknown[]): Costs => {
  const options = optionsOf(more, [...windowNames, 'groups'])
  const filters = whole(given, 1)
  const { positions, cells } = slide(input, axes, kernel, options)
  const groups = groupsOf(options['groups'], channelsOf(input), filters)
  const weights = filters * (channelsOf(input) / groups) * cells
  return {
    output: [...positions, filters],
    params: weights + (options['bias'] === false ? 0 : filters),
    macs: product(positions) * weights,
  }
}

/** Howard et al. 2017, section 3.1: a filter for each channel, D_K * D_K * M weights; Keras's `depth_multiplier` makes more of them. */
export const depthwise = (axes: number, input: Sizes, [kernel, more]: readonly unknown[]): Costs => {
  const options = optionsOf(more, [...windowNames, 'multiplier'])
  const filters = channelsOf(input) * whole(options['multiplier'] ?? 1, 1)
  const { positions, cells } = slide(input, axes, kernel, options)
  return {
    output: [...positions, filters],
    params: filters * cells + (options['bias'] === false ? 0 : filters),
    macs: product(positions) * filters * cells,
  }
}

/** Keras's documentation of SeparableConv2D: a depthwise convolution without bias, then one of kernel 1 that has it. */
export const separable = (axes: number, input: Sizes, [given, kernel, more]: readonly unknown[]): Costs => {
  const options = optionsOf(more, [...windowNames, 'multiplier'])
  const filters = whole(given, 1)
  const between = channelsOf(input) * whole(options['multiplier'] ?? 1, 1)
  const { positions, cells } = slide(input, axes, kernel, options)
  return {
    output: [...positions, filters],
    params: between * cells + between * filters + (options['bias'] === false ? 0 : filters),
    macs: product(positions) * (between * cells + between * filters),
  }
}

/**
 * PyTorch's documentation of ConvTranspose2d: (H - 1)S - 2P + D(F - 1) + output padding + 1, weights of (channels, filters / groups,
 * kernel), and an output padding smaller than the stride or the dilation. Every value of the input is multiplied by every weight of its channel.
 */
export const transposed = (axes: number, input: Sizes, [given, kernel, more]: readonly unknown[]): Costs => {
  const options = optionsOf(more, ['stride', 'padding', 'outputPadding', 'dilation', 'groups', 'bias'])
  const filters = whole(given, 1)
  const spatial = spatialAxes(input, axes)
  const window = windowOf(spatial, kernel, options)
  const extra = forEachAxis(options['outputPadding'] ?? 0, axes).map((each) => whole(each, 0))
  const output = window.map((axis, index) => {
    const { size, stride, dilation, padding } = axis
    const more = extra[index] as number
    // Keras's documentation of Conv2DTranspose: with padding "same" the input's size times the stride, and nothing to add to it.
    if (padding === 'same') {
      demand(more === 0, 'a number that cannot be')
      return size * stride
    }
    demand(more < stride || more < dilation, 'a number that cannot be')
    const result = (size - 1) * stride - padding[0] - padding[1] + (spanOf(axis) - 1) + more + 1
    demand(result >= 1, 'nothing is left')
    return result
  })
  const groups = groupsOf(options['groups'], channelsOf(input), filters)
  const weights = channelsOf(input) * (filters / groups) * product(window.map((axis) => axis.kernel))
  return {
    output: [...output, filters],
    params: weights + (options['bias'] === false ? 0 : filters),
    macs: product(spatial) * weights,
  }
}
