import { type Costs, channelsOf, demand, forEachAxis, optionsOf, product, type Sizes, spatialAxes, whole } from './verdict.js'
import { paddingOf } from './windows.js'

/** Layers that only move values, or repeat or leave out some of them. */

const moved = (output: Sizes): Costs => ({ output, params: 0, macs: 0 })

/** PyTorch's documentation of Flatten: the axes from `start` on become one. */
export const flatten = (input: Sizes, [start = 0]: readonly unknown[]): Costs => {
  const first = whole(start, 0)
  demand(first < input.length, 'no such axis or token')
  return moved([...input.slice(0, first), product(input.slice(first))])
}

/** numpy's documentation of `reshape`: as many values as before, and one dimension of -1 is inferred from the others. */
export const reshape = (input: Sizes, shape: readonly unknown[]): Costs => {
  const others = shape.map((size) => (size === -1 ? 1 : whole(size, 1)))
  demand(shape.filter((size) => size === -1).length < 2, 'a number that cannot be')
  const output = others.map((size, axis) => (shape[axis] === -1 ? product(input) / product(others) : size))
  demand(output.every(Number.isInteger), 'another number of values')
  demand(product(output) === product(input), 'another number of values')
  return moved(output)
}

/** PyTorch's documentation of Unflatten: the sizes multiply to that of the axis. */
export const unflatten = (input: Sizes, [axis, ...sizes]: readonly unknown[]): Costs => {
  const at = whole(axis, 0)
  demand(at < input.length, 'no such axis or token')
  const parts = sizes.map((size) => whole(size, 1))
  demand(product(parts) === input[at], 'another number of values')
  return moved([...input.slice(0, at), ...parts, ...input.slice(at + 1)])
}

/** PyTorch's documentation of `torch.squeeze`, refused where it would do nothing: the axis has size 1, and others stay. */
export const squeeze = (input: Sizes, [axis]: readonly unknown[]): Costs => {
  const at = whole(axis, 0)
  demand(at < input.length, 'no such axis or token')
  demand(input.length > 1, 'nothing is left')
  demand(input[at] === 1, 'another number of values')
  return moved(input.filter((_, index) => index !== at))
}

/** PyTorch's documentation of `torch.unsqueeze`: a new axis of size 1 at the index, at most behind the last. */
export const unsqueeze = (input: Sizes, [axis]: readonly unknown[]): Costs => {
  const at = whole(axis, 0)
  demand(at <= input.length, 'no such axis or token')
  return moved([...input.slice(0, at), 1, ...input.slice(at)])
}

/** Python's documentation of slices, without its clamping: negative places are counted from the end, and something is left. */
export const slice = (input: Sizes, [axis, start, end]: readonly unknown[]): Costs => {
  const at = whole(axis, 0)
  demand(at < input.length, 'no such axis or token')
  const size = input[at] as number
  const places = [start, end ?? size].map((place) => {
    demand(Number.isInteger(place), 'a number that cannot be')
    return (place as number) < 0 ? size + (place as number) : (place as number)
  }) as [number, number]
  demand(places[0] >= 0 && places[0] < places[1] && places[1] <= size, 'nothing is left')
  return moved(input.map((each, index) => (index === at ? places[1] - places[0] : each)))
}

/** PyTorch's documentation of `torch.permute`: each axis once. */
export const permute = (input: Sizes, axes: readonly unknown[]): Costs => {
  demand([...axes].sort().join() === [...input.keys()].join(), 'no such axis or token')
  return moved(axes.map((axis) => input[axis as number] as number))
}

/** PyTorch's documentation of Upsample: the size that is asked for, or every size times its factor, rounded down. */
export const upsample = (input: Sizes, [scale, more]: readonly unknown[]): Costs => {
  const { method = 'nearest', alignCorners = false, rounding = 'exact' } = optionsOf(more, ['method', 'alignCorners', 'rounding'])
  const spatial = spatialAxes(input, 1, Number.POSITIVE_INFINITY)
  const size = (scale as { size?: unknown } | undefined)?.size
  const sizes =
    size === undefined
      ? forEachAxis(scale, spatial.length).map((factor, axis) => resized(spatial[axis] as number, factor, rounding === 'floor'))
      : forEachAxis(size, spatial.length).map((each) => whole(each, 1))
  demand(method !== 'bicubic' || spatial.length === 2, 'another number of axes')
  demand(alignCorners !== true || method !== 'nearest', 'no such option')
  return moved([...sizes, channelsOf(input)])
}

/** A size times a factor of at most seven decimal places. */
const resized = (size: number, factor: unknown, rounds: boolean): number => {
  demand(typeof factor === 'number' && factor >= 1e-6, 'a number that cannot be')
  const millionths = size * Math.round((factor as number) * 1e7)
  const down = Math.floor(millionths / 1e7)
  demand(down >= 1, 'nothing is left')
  demand(rounds || down * 1e7 === millionths, 'numbers that do not divide')
  return down
}

/** PyTorch's documentation of PixelShuffle: (C * r^2, H, W) becomes (C, H * r, W * r). */
export const pixelShuffle = (input: Sizes, [scale]: readonly unknown[]): Costs => {
  const factor = whole(scale, 1)
  const spatial = spatialAxes(input, 2)
  demand(channelsOf(input) % (factor * factor) === 0, 'numbers that do not divide')
  return moved([...spatial.map((size) => size * factor), channelsOf(input) / (factor * factor)])
}

/** PyTorch's documentation of PixelUnshuffle: (C, H * r, W * r) becomes (C * r^2, H, W). */
export const pixelUnshuffle = (input: Sizes, [scale]: readonly unknown[]): Costs => {
  const factor = whole(scale, 1)
  const spatial = spatialAxes(input, 2)
  demand(
    spatial.every((size) => size % factor === 0),
    'numbers that do not divide',
  )
  return moved([...spatial.map((size) => size / factor), channelsOf(input) * factor * factor])
}

/** PyTorch's documentation of ZeroPad2d adds to both ends (sign 1), Keras's of Cropping2D takes from them (sign -1). */
/** PyTorch's documentation of `pad`, NumPy's for `symmetric`: cells that are copies must be there, without the outermost in `reflect`. */
export const pad = (input: Sizes, [amount, more]: readonly unknown[]): Costs => {
  const { mode = 'constant' } = optionsOf(more, ['mode'])
  const costs = atEnds(1, input, [amount])
  const ends = paddingOf(amount, input.length - 1) as readonly (readonly [number, number])[]
  for (const [axis, both] of ends.entries()) {
    const most = (input[axis] as number) - (mode === 'reflect' ? 1 : 0)
    if (mode !== 'constant' && mode !== 'replicate') demand(Math.max(...both) <= most, 'nothing is left')
  }
  return costs
}

export const atEnds = (sign: 1 | -1, input: Sizes, [amount]: readonly unknown[]): Costs => {
  const spatial = spatialAxes(input, 1, Number.POSITIVE_INFINITY)
  const ends = paddingOf(amount, spatial.length) as readonly (readonly [number, number])[]
  const output = spatial.map((size, axis) => {
    const [before, after] = ends[axis] as readonly [number, number]
    return size + sign * (before + after)
  })
  demand(
    output.every((size) => size >= 1),
    'nothing is left',
  )
  return moved([...output, channelsOf(input)])
}
