import { distanceOf, positionOf, type Resampling, resamplingsOf } from '../layers/kind/resampling.js'
import type { GraphNode } from '../network/graph.js'
import type { Step } from './sight.js'

/** How each kind of layer looks at the map before it, along one of its axes. */

/** Every place sees `count` places from `p * stride - before` on. */
const sliding = (stride: number, before: number, count: number, dilation: number): Step => ({
  period: 1,
  advance: stride,
  windowAt: (place) => ({ first: place * stride - before, count, dilation }),
  within: [-before, (count - 1) * dilation - before],
})

/** Every place sees one of the `size` places, which go on at the other end. */
const around = (size: number, padded: number, before: number): Step => ({
  period: padded,
  advance: 0,
  windowAt: (place) => ({ first: (((place - before) % size) + size) % size, count: 1, dilation: 1 }),
  within: [0, size - 1],
})

/** Every place of a map that is `scale` times as long sees that which it came from. */
const enlarging = (scale: number): Step => ({
  period: scale,
  advance: 1,
  windowAt: (place) => ({ first: Math.floor(place / scale), count: 1, dilation: 1 }),
  within: [-1, 0],
})

/** Every place sees the cells between whose centres it lies: two if bilinear, four if bicubic. */
const resampling = (axis: Resampling): Step => {
  const { cells, size, method } = axis
  // A factor is the distance, also where the size was rounded.
  const [seen, places] = distanceOf(axis).map(Number) as [number, number]
  const common = gcd(places, seen) || 1
  const beside = method === 'bicubic' ? 1 : 0
  // Positions are up to half a step away, or a step where the size was rounded.
  const around = cells / size + 1
  return {
    period: Math.max(places / common, 1),
    advance: seen / common,
    windowAt: (place) => {
      const { cell, away } = positionOf(axis, place)
      if (method === 'nearest' || away === 0) return { first: cell, count: 1, dilation: 1 }
      return { first: cell - beside, count: 2 + 2 * beside, dilation: 1 }
    },
    within: method === 'nearest' ? [-around, 0] : [-around - beside, around + beside],
  }
}

/** Part i of n places is from floor(i * n / size) to ceil((i + 1) * n / size). */
const dividing = (cells: number, size: number): Step => {
  const common = gcd(cells, size)
  return {
    period: size / common,
    advance: cells / common,
    windowAt: (place) => {
      const first = Math.floor((place * cells) / size)
      return { first, count: Math.ceil(((place + 1) * cells) / size) - first, dilation: 1 }
    },
    within: [-1, cells / size],
  }
}

/** Input i adds to the places i * stride + k * dilation - before, for each k of the kernel: so each of these sees it. */
const transposed = (kernel: number, stride: number, dilation: number, before: number): Step => {
  const common = gcd(stride, dilation)
  /** How far apart those of the kernel are that meet an input at one place. */
  const apart = stride / common
  return {
    period: stride,
    advance: 1,
    windowAt: (place) => {
      let cell = 0
      while (cell < Math.min(kernel, apart) && (place + before - cell * dilation) % stride !== 0) cell += 1
      if (cell >= Math.min(kernel, apart)) return { first: 0, count: 0, dilation: 1 }
      const count = Math.floor((kernel - 1 - cell) / apart) + 1
      const last = (place + before - cell * dilation) / stride
      return { first: last - (count - 1) * (dilation / common), count, dilation: dilation / common }
    },
    within: [(before - dilation * (kernel - 1)) / stride, before / stride],
  }
}

/** Every place sees its window, which begins `shift` places later, up to the ends of the map. */
const inWindows = (window: number, shift: number): Step => ({
  period: window,
  advance: window,
  windowAt: (place) => ({ first: Math.floor((place - shift) / window) * window + shift, count: window, dilation: 1 }),
  within: [1 - window, window - 1],
})

const gcd = (one: number, other: number): number => (other === 0 ? one : gcd(other, one % other))

/** The value of a setting on an axis: one for all, or one per axis. */
const onAxis = (value: unknown, axis: number): unknown => (Array.isArray(value) ? value[axis] : value)

/** The cells in front that an amount or a padding says: a number, or those before and after. */
const beforeOf = (ends: unknown): number => {
  const before = Array.isArray(ends) ? ends[0] : ends
  return typeof before === 'number' ? before : 0
}

/** Zeros that `'same'` cuts off in front: half of what is beyond N * stride. */
const cutBefore = (padding: unknown, kernel: number, stride: number, dilation: number): number =>
  padding === 'same' ? Math.max(Math.floor((dilation * (kernel - 1) + 1 - stride) / 2), 0) : beforeOf(padding)

/** What a layer's places see along an axis of its input; `undefined` where each sees its own place alone. */
export const stepOf = ({ kind, settings, inputShapes, output, window, reach }: GraphNode, axis: number): Step | undefined => {
  const setting = (name: string): unknown => onAxis(settings[name], axis)
  if (kind === 'pad' && settings['mode'] === 'circular')
    return around(inputShapes[0]?.[axis] as number, output[axis] as number, beforeOf(setting('amount')))
  // Mirrored cells and copies lie further in than zeros would: they make no field larger.
  if (kind === 'zeroPad' || kind === 'pad') return sliding(1, beforeOf(setting('amount')), 1, 1)
  if (kind === 'crop') return sliding(1, -beforeOf(setting('amount')), 1, 1)
  if (kind === 'slice') return axis === settings['axis'] ? sliding(1, -(settings['start'] as number), 1, 1) : undefined
  if (kind === 'classToken') return sliding(1, 1, 1, 1)
  if (kind === 'upsample') return resampling(resamplingsOf({ settings, inputShapes, output })[axis] as Resampling)
  if (kind === 'windowAttention') {
    const window = settings['window'] as number
    return inWindows(window, window < (output[axis] as number) ? (settings['shift'] as number) : 0)
  }
  if (kind === 'pixelShuffle') return enlarging(settings['scale'] as number)
  if (kind === 'pixelUnshuffle') return sliding(settings['scale'] as number, 0, settings['scale'] as number, 1)
  if (/^adaptive(Avg|Max)Pool$/.test(kind)) return dividing(inputShapes[0]?.[axis] as number, output[axis] as number)
  if (/^convTranspose\dd$/.test(kind)) {
    const [kernel, stride, dilation] = ['kernel', 'stride', 'dilation'].map(setting) as [number, number, number]
    return transposed(kernel, stride, dilation, cutBefore(setting('padding'), kernel, stride, dilation))
  }
  const fit = window?.fits[axis]
  const slid = window?.axes[axis]
  if (fit && slid) return sliding(slid.stride, fit.before, slid.kernel, slid.dilation)
  const custom = reach?.[axis]
  if (custom) {
    // A layer that the user defined only says how far its values see and how far apart they are.
    const { span, step } = custom
    if (Number.isInteger(step)) return sliding(step, 0, span, 1)
    return { period: 1, advance: step, windowAt: () => ({ first: 0, count: span, dilation: 1 }), within: [0, span - 1] }
  }
  return undefined
}

/** Whether a step is that of a layer whose places see their own alone. */
export const isTrivial = ({ period, advance, windowAt }: Step): boolean => {
  const { first, count } = windowAt(0)
  return period === 1 && advance === 1 && first === 0 && count === 1
}
