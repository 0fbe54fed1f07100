import { valuesIn } from '../../../layers/kind/layer.js'
import type { Chain, Config } from '../layer.js'

/*
 * Zeros around a map, cells cut off it, cells repeated: TensorFlow.js has them for images alone. Row by row an axis of any tensor is the
 * width of an image whose rows are the axes before it and whose channels are those behind it.
 */

/** How many cells at both ends of each axis. */
export type Ends = readonly (readonly [number, number])[]

export const none = (ends: Ends): boolean => ends.every(([before, after]) => before === 0 && after === 0)

/** Zeros at the ends of the spatial axes. */
export const padded = (chain: Chain, ends: Ends): Chain =>
  changed(
    chain,
    'pad',
    'ZeroPadding2D',
    ends,
    (both) => ({ padding: both }),
    (size, [before, after]) => size + before + after,
  )

/** Cells cut off the ends of the spatial axes. */
export const cropped = (chain: Chain, ends: Ends): Chain =>
  changed(
    chain,
    'crop',
    'Cropping2D',
    ends,
    (both) => ({ cropping: both }),
    (size, [before, after]) => size - before - after,
  )

/** The cells of one axis, with those before and after cut off: of the channels too, as the width of an image of one channel. */
export const sliced = (chain: Chain, along: number, end: readonly [number, number]): Chain =>
  alongEach(
    chain,
    'slice',
    chain.shape.map((_, axis) => (axis === along && !none([end]) ? end : undefined)),
    (_, both, [rows, size, rest]) => chain.add('slice', 'Cropping2D', { cropping: [[0, 0], both] }, [rows, size - both[0] - both[1], rest]),
  )

const changed = (
  chain: Chain,
  role: string,
  className: string,
  ends: Ends,
  config: (both: Ends) => Config,
  sizeOf: (size: number, end: readonly [number, number]) => number,
): Chain => {
  if (none(ends)) return chain
  const [height, width, channels] = chain.shape as [number, number, number]
  if (chain.shape.length === 3) {
    const [rows, columns] = ends as [[number, number], [number, number]]
    return chain.add(role, className, config([rows, columns]), [sizeOf(height, rows), sizeOf(width, columns), channels])
  }
  return alongEach(
    chain,
    role,
    ends.map((end) => (none([end]) ? undefined : end)),
    (axis, end, [rows, size, rest]) => chain.add(`${role}_${axis}`, className, config([[0, 0], end]), [rows, sizeOf(size, end), rest]),
  )
}

/** Whole factors by which the spatial axes grow, each cell repeated. */
export const enlarged = (chain: Chain, factors: readonly number[]): Chain => {
  const [height, width, channels] = chain.shape as [number, number, number]
  const upsampling = (size: readonly [number, number]): Config => ({ size, interpolation: 'nearest' })
  if (chain.shape.length === 3) {
    const [rows, columns] = factors as [number, number]
    return chain.add('upsample', 'UpSampling2D', upsampling([rows, columns]), [height * rows, width * columns, channels])
  }
  return alongEach(
    chain,
    'upsample',
    factors.map((factor) => (factor === 1 ? undefined : factor)),
    (axis, factor, [rows, size, rest]) =>
      chain.add(`upsample_${axis}`, 'UpSampling2D', upsampling([1, factor]), [rows, size * factor, rest]),
  )
}

/** Changes one axis after the other, each as the width of an image. */
export const alongEach = <Change>(
  chain: Chain,
  role: string,
  changes: readonly (Change | undefined)[],
  change: (axis: number, change: Change, image: readonly [number, number, number]) => void,
): Chain => {
  const shape = [...chain.shape]
  for (const [axis, each] of changes.entries()) {
    if (each === undefined) continue
    const image = [valuesIn(shape.slice(0, axis)), shape[axis] as number, valuesIn(shape.slice(axis + 1))] as const
    chain.reshape(`${role}_${axis}_in`, image)
    change(axis, each, image)
    shape[axis] = chain.shape[1] as number
  }
  return chain.reshape(`${role}_out`, shape)
}
