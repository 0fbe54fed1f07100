import { avgPool2d, batchNorm, block, conv2d, type Layer, maxPool2d, relu } from '../../index.js'
import { type Same, valid } from './layers.js'

/*
 * The parts of Inception networks in Keras: a convolution without biases, a norm without a scale, and ReLU. Keras names most of them
 * after their class, with numbers in the order in which they are made.
 */

/** The name of the next convolution, and that of its norm. */
export type Next = () => readonly [conv: string, norm: string]

/** Names in order: `conv2d`, `conv2d_1`, `conv2d_2`, ... */
export const inOrder = (): Next => {
  let count = 0
  return () => {
    const number = count === 0 ? '' : `_${count}`
    count += 1
    return [`conv2d${number}`, `batch_normalization${number}`]
  }
}

/** Options of a norm without a scale. */
export interface NoScale {
  readonly scale: false
}

export const unscaled = (name: string): Layer<'batchNorm', [NoScale]> => batchNorm({ epsilon: 1e-3, scale: false, name })

/** A convolution that keeps the size, with its norm and ReLU. */
export const conv = <Filters extends number, const Kernel extends number | readonly [number, number]>(
  next: Next,
  filters: Filters,
  kernel: Kernel,
) => {
  const [name, normName] = next()
  return block(keeping(name, filters, kernel), unscaled(normName), relu())
}

const keeping = <Filters extends number, const Kernel extends number | readonly [number, number]>(
  name: string,
  filters: Filters,
  kernel: Kernel,
): Layer<'conv2d', [Filters, Kernel, Same<1>]> => conv2d(filters, kernel, { stride: 1, padding: 'same', bias: false, name })

/** A convolution without padding, with its norm and ReLU. */
export const convValid = <Filters extends number, Kernel extends number, Stride extends number>(
  next: Next,
  filters: Filters,
  kernel: Kernel,
  stride: Stride,
) => {
  const [name, normName] = next()
  return block(valid(name, filters, kernel, stride), unscaled(normName), relu())
}

/** Options of a pool that keeps the size; its zeros do not count in the mean. */
export interface Keeping {
  readonly stride: 1
  readonly padding: 'same'
}

/** A pool that keeps the size, and a 1x1 convolution. */
export const poolBranch = <Filters extends number>(next: Next, filters: Filters) => block(average(), conv(next, filters, 1))

const average = (): Layer<'avgPool2d', [3, Keeping]> => avgPool2d(3, { stride: 1, padding: 'same' })

/** Options of a pool with stride 2 that ignores the last cells. */
export interface Down {
  readonly stride: 2
  readonly rounding: 'floor'
}

export const poolDown = (): Layer<'maxPool2d', [3, Down]> => maxPool2d(3, { stride: 2, rounding: 'floor' })
