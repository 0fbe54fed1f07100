import {
  type AnyLayer,
  add,
  avgPool2d,
  batchNorm,
  block,
  branch,
  concat,
  conv2d,
  crop,
  from,
  input,
  keep,
  maxPool2d,
  relu,
  separableConv2d,
  zeroPad,
} from 'stridewise'

/*
 * NASNet-A mobile: Zoph et al., "Learning Transferable Architectures for Scalable Image Recognition" (arXiv:1707.07012), figure 4, as
 * `NASNetMobile` of Keras. Each cell reads the two cells before it, which a chain alone cannot say.
 *
 * Pools of stride 2 have `padding: 'same'`. Keras pads with zeros first, which has the same shapes and counts.
 */

/** Two separable convolutions, of which the first has the stride. */
const separable = <Filters extends number, Kernel extends number, Stride extends number = 1>(
  filters: Filters,
  kernel: Kernel,
  stride: Stride = 1 as Stride,
) =>
  block(
    relu(),
    separableConv2d(filters, kernel, { stride, padding: 'same', bias: false }),
    batchNorm(),
    relu(),
    separableConv2d(filters, kernel, { padding: 'same', bias: false }),
    batchNorm(),
  )

const average = () => avgPool2d(3, { stride: 1, padding: 'same' })
const halfAverage = () => avgPool2d(3, { stride: 2, padding: 'same' })
const halfMax = () => maxPool2d(3, { stride: 2, padding: 'same' })

/** A value with as many channels as the cell has filters. */
const fitted = <Filters extends number>(filters: Filters) => block(relu(), conv2d(filters, 1, { bias: false }), batchNorm())

/** The same for a value that is twice as large: every second cell, and those between them. */
const fittedHalf = <Half extends number>(half: Half) =>
  block(
    relu(),
    concat(
      block(avgPool2d(1, { stride: 2, rounding: 'floor' }), conv2d(half, 1, { bias: false })),
      block(
        zeroPad([
          [0, 1],
          [0, 1],
        ]),
        crop([
          [1, 0],
          [1, 0],
        ]),
        avgPool2d(1, { stride: 2, rounding: 'floor' }),
        conv2d(half, 1, { bias: false }),
      ),
    ),
    batchNorm(),
  )

/** Both values that a cell reads, fitted: `p` of the cell before the last one, `h` of the last one. */
const begin = <Name extends string, Earlier extends string, Last extends string, Filters extends number, Fit extends AnyLayer>(
  name: Name,
  [earlier, last]: readonly [Earlier, Last],
  filters: Filters,
  fit: Fit,
) => block(from(earlier), fit, keep(`${name}.p` as const), from(last), fitted(filters), keep(`${name}.h` as const))

/** The normal cell: five sums, joined with `p`. */
const normal = <Name extends string, Earlier extends string, Last extends string, Filters extends number, Fit extends AnyLayer>(
  name: Name,
  before: readonly [Earlier, Last],
  filters: Filters,
  fit: Fit,
) => {
  const [p, h] = [`${name}.p`, `${name}.h`] as const
  return block(
    begin(name, before, filters, fit),
    concat(
      p,
      add(branch(h, separable(filters, 5)), branch(p, separable(filters, 3))),
      add(branch(p, separable(filters, 5)), branch(p, separable(filters, 3))),
      add(branch(h, average()), p),
      add(branch(p, average()), branch(p, average())),
      add(branch(h, separable(filters, 3)), h),
    ),
    keep(name),
  )
}

/** The reduction cell: half the size. Its first two sums are read again. */
const reduction = <Name extends string, Earlier extends string, Last extends string, Filters extends number, Fit extends AnyLayer>(
  name: Name,
  before: readonly [Earlier, Last],
  filters: Filters,
  fit: Fit,
) => {
  const [p, h, x1, x2] = [`${name}.p`, `${name}.h`, `${name}.1`, `${name}.2`] as const
  return block(
    begin(name, before, filters, fit),
    add(branch(h, separable(filters, 5, 2)), branch(p, separable(filters, 7, 2))),
    keep(x1),
    add(branch(h, halfMax()), branch(p, separable(filters, 7, 2))),
    keep(x2),
    concat(
      x2,
      add(branch(h, halfAverage()), branch(p, separable(filters, 5, 2))),
      add(x2, branch(x1, average())),
      add(branch(x1, separable(filters, 3)), branch(h, halfMax())),
    ),
    keep(name),
  )
}

/** Three rows of four normal cells, each row behind a reduction. Every cell says which two it reads. */
export const nasnetMobile = input(224, 224, 3)
  .conv2d(32, 3, { stride: 2, rounding: 'floor', bias: false })
  .batchNorm()
  .keep('stem')
  .apply(reduction('stem1', ['stem', 'stem'], 11, block()))
  .apply(reduction('stem2', ['stem', 'stem1'], 22, fittedHalf(11)))
  .apply(normal('a1', ['stem1', 'stem2'], 44, fittedHalf(22)))
  .apply(normal('a2', ['stem2', 'a1'], 44, fitted(44)))
  .apply(normal('a3', ['a1', 'a2'], 44, fitted(44)))
  .apply(normal('a4', ['a2', 'a3'], 44, fitted(44)))
  .apply(reduction('b', ['a3', 'a4'], 88, fitted(88)))
  .apply(normal('b1', ['a4', 'b'], 88, fittedHalf(44)))
  .apply(normal('b2', ['b', 'b1'], 88, fitted(88)))
  .apply(normal('b3', ['b1', 'b2'], 88, fitted(88)))
  .apply(normal('b4', ['b2', 'b3'], 88, fitted(88)))
  .apply(reduction('c', ['b3', 'b4'], 176, fitted(176)))
  .apply(normal('c1', ['b4', 'c'], 176, fittedHalf(88)))
  .apply(normal('c2', ['c', 'c1'], 176, fitted(176)))
  .apply(normal('c3', ['c1', 'c2'], 176, fitted(176)))
  .apply(normal('c4', ['c2', 'c3'], 176, fitted(176)))
  .expect(7, 7, 1056)
  .relu()
  .globalAvgPool()
  .dense(1000)

/** Keras counts 5,326,716 parameters, 36,738 of which are running means and variances: 5,289,978 are trainable. */
export const parameters: 5_289_978 = nasnetMobile.params
