import {
  type AnyLayer,
  add,
  avgPool2d,
  block,
  branch,
  concat,
  crop,
  from,
  keep,
  type Layer,
  maxPool2d,
  relu,
  separableConv2d,
  zeroPad,
} from '../../index.js'
import { divideWidth } from '../inverted-residual.js'
import { norm, point } from './layers.js'

/*
 * The cells of NASNet-A (arXiv:1707.07012, figure 4) with Keras's names. Each reads the two cells before it.
 */

/** Options of a separable convolution. */
interface Separable<Stride> {
  readonly stride: Stride
  readonly padding: 'same'
  readonly bias: false
}

const separable = <Filters extends number, Kernel extends number, Stride extends number>(
  name: string,
  filters: Filters,
  kernel: Kernel,
  stride: Stride,
): Layer<'separableConv2d', [Filters, Kernel, Separable<Stride>]> =>
  separableConv2d(filters, kernel, { stride, padding: 'same', bias: false, name })

/** Two separable convolutions, of which the first has the stride. */
const twice = <Filters extends number, Kernel extends number, Stride extends number = 1>(
  name: string,
  filters: Filters,
  kernel: Kernel,
  stride: Stride = 1 as Stride,
) =>
  block(
    relu(),
    separable(`separable_conv_1_${name}`, filters, kernel, stride),
    norm(`separable_conv_1_bn_${name}`),
    relu(),
    separable(`separable_conv_2_${name}`, filters, kernel, 1),
    norm(`separable_conv_2_bn_${name}`),
  )

/** Options of a pool. */
interface Pool<Stride> {
  readonly stride: Stride
  readonly padding: 'same'
}

const average = (name: string): Layer<'avgPool2d', [3, Pool<1>]> => avgPool2d(3, { stride: 1, padding: 'same', name })

/** With stride 2, where Keras pads with zeros first, which count in the mean. */
const halfAverage = (name: string): Layer<'avgPool2d', [3, Pool<2>]> =>
  avgPool2d(3, { stride: 2, padding: 'same', countIncludePad: true, name })

/** Cells of zeros around a map, which take part in the maximum: Keras has one more at the beginning of a map of odd size. */
export type Zeros = readonly [before: 0 | 1, after: 1]

/** With stride 2, of a map with zeros around it. */
const halfMax = (name: string, zeros: Zeros) => block(zeroPad([zeros, zeros]), maxPool2d(3, { stride: 2, rounding: 'floor', name }))

/** A value with as many channels as the cell has filters. */
const fitted = <Filters extends number>(name: string, normName: string, filters: Filters) =>
  block(relu(), point(name, filters), norm(normName))

/** Fits the value of the cell before the last one, if it is as large as the last one's. */
export const equal = <Filters extends number>(name: string, filters: Filters) =>
  fitted(`adjust_conv_projection_${name}`, `adjust_bn_${name}`, filters)

/** Options of a pool of single cells: every second one. */
export interface Second {
  readonly stride: 2
  readonly rounding: 'floor'
}

export const second = (name: string): Layer<'avgPool2d', [1, Second]> => avgPool2d(1, { stride: 2, rounding: 'floor', name })

/** Fits the value of the cell before the last one, if it is twice as large: every second cell, and those between them. */
export const twiceAsLarge = <Filters extends number>(name: string, filters: Filters) =>
  block(
    relu(),
    concat(
      block(second(`adjust_avg_pool_1_${name}`), point(`adjust_conv_1_${name}`, divideWidth(filters, 2))),
      block(shifted(), second(`adjust_avg_pool_2_${name}`), point(`adjust_conv_2_${name}`, divideWidth(filters, 2))),
    ),
    norm(`adjust_bn_${name}`),
  )

/** Everything one cell up and to the left. */
const shifted = () =>
  block(
    zeroPad([
      [0, 1],
      [0, 1],
    ]),
    crop([
      [1, 0],
      [1, 0],
    ]),
  )

/** Both values that a cell reads, fitted: `p` of the cell before the last one, `h` of the last one. */
const begin = <Name extends string, Earlier extends string, Last extends string, Filters extends number, Fit extends AnyLayer>(
  kind: 'normal' | 'reduction',
  name: Name,
  [earlier, last]: readonly [Earlier, Last],
  filters: Filters,
  fit: Fit,
) =>
  block(
    from(earlier),
    fit,
    keep(`${name}.p` as const),
    from(last),
    fitted(`${kind}_conv_1_${name}`, `${kind}_bn_1_${name}`, filters),
    keep(`${name}.h` as const),
  )

/** The normal cell: five sums, joined with `p`. */
export const normal = <Name extends string, Earlier extends string, Last extends string, Filters extends number, Fit extends AnyLayer>(
  name: Name,
  before: readonly [Earlier, Last],
  filters: Filters,
  fit: Fit,
) => {
  const [p, h] = [`${name}.p`, `${name}.h`] as const
  return block(
    begin('normal', name, before, filters, fit),
    concat(
      p,
      add(branch(h, twice(`normal_left1_${name}`, filters, 5)), branch(p, twice(`normal_right1_${name}`, filters, 3))),
      add(branch(p, twice(`normal_left2_${name}`, filters, 5)), branch(p, twice(`normal_right2_${name}`, filters, 3))),
      add(branch(h, average(`normal_left3_${name}`)), p),
      add(branch(p, average(`normal_left4_${name}`)), branch(p, average(`normal_right4_${name}`))),
      add(branch(h, twice(`normal_left5_${name}`, filters, 3)), h),
    ),
    keep(name),
  )
}

/** The reduction cell: half the size. Its first two sums are read again. */
export const reduction = <Name extends string, Earlier extends string, Last extends string, Filters extends number, Fit extends AnyLayer>(
  name: Name,
  before: readonly [Earlier, Last],
  filters: Filters,
  fit: Fit,
  zeros: Zeros,
) => {
  const [p, h, x1, x2] = [`${name}.p`, `${name}.h`, `${name}.1`, `${name}.2`] as const
  return block(
    begin('reduction', name, before, filters, fit),
    add(branch(h, twice(`reduction_left1_${name}`, filters, 5, 2)), branch(p, twice(`reduction_right1_${name}`, filters, 7, 2))),
    keep(x1),
    add(branch(h, halfMax(`reduction_left2_${name}`, zeros)), branch(p, twice(`reduction_right2_${name}`, filters, 7, 2))),
    keep(x2),
    concat(
      x2,
      add(branch(h, halfAverage(`reduction_left3_${name}`)), branch(p, twice(`reduction_right3_${name}`, filters, 5, 2))),
      add(x2, branch(x1, average(`reduction_left4_${name}`))),
      add(branch(x1, twice(`reduction_left4_${name}`, filters, 3)), branch(h, halfMax(`reduction_right5_${name}`, zeros))),
    ),
    keep(name),
  )
}
