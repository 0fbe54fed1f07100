import {
  type AnyLayer,
  add,
  avgPool2d,
  block,
  branch,
  concat,
  crop,
  from,
  identity,
  keep,
  type Layer,
  maxPool2d,
  relu,
  repeat,
  separableConv2d,
  zeroPad,
} from '../../index.js'
import { divideWidth, multiplyWidth } from '../inverted-residual.js'
import type { Padded } from '../layers.js'
import { type averaged, classes, norm, point, valid } from './layers.js'
import { type KerasModel, kerasModel } from './model.js'

/*
 * NASNet-A: Zoph, Vasudevan, Shlens and Le, "Learning Transferable Architectures for Scalable Image Recognition" (arXiv:1707.07012),
 * figure 4, as in Keras. Each cell reads the two cells before it.
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

const average = <Stride extends number>(name: string, stride: Stride): Layer<'avgPool2d', [3, Pool<Stride>]> =>
  avgPool2d(3, { stride, padding: 'same', name })

/** With stride 2, where Keras pads with zeros first, which count in the mean. */
const halfAverage = (name: string): Layer<'avgPool2d', [3, Pool<2>]> =>
  avgPool2d(3, { stride: 2, padding: 'same', countIncludePad: true, name })

/** Cells of zeros around a map, which take part in the maximum: Keras has one more at the beginning of a map of odd size. */
type Zeros = readonly [before: 0 | 1, after: 1]

/** With stride 2, of a map with zeros around it. */
const halfMax = (name: string, zeros: Zeros) => block(zeroPad([zeros, zeros]), maxPool2d(3, { stride: 2, rounding: 'floor', name }))

/** A value with as many channels as the cell has filters. */
const fitted = <Filters extends number>(name: string, normName: string, filters: Filters) =>
  block(relu(), point(name, filters), norm(normName))

/** How a cell fits the value of the cell before the last one: it is as large, */
const equal = <Filters extends number>(name: string, filters: Filters) =>
  fitted(`adjust_conv_projection_${name}`, `adjust_bn_${name}`, filters)

/** Options of a pool of single cells: every second one. */
interface Second {
  readonly stride: 2
  readonly rounding: 'floor'
}

const second = (name: string): Layer<'avgPool2d', [1, Second]> => avgPool2d(1, { stride: 2, rounding: 'floor', name })

/** or twice as large: every second cell, and those between them. */
const twiceAsLarge = <Filters extends number>(name: string, filters: Filters) =>
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

/** The same, of whatever size. */
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
const normal = <Name extends string, Earlier extends string, Last extends string, Filters extends number, Fit extends AnyLayer>(
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
      add(branch(h, average(`normal_left3_${name}`, 1)), p),
      add(branch(p, average(`normal_left4_${name}`, 1)), branch(p, average(`normal_right4_${name}`, 1))),
      add(branch(h, twice(`normal_left5_${name}`, filters, 3)), h),
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
      add(x2, branch(x1, average(`reduction_left4_${name}`, 1))),
      add(branch(x1, twice(`reduction_left4_${name}`, filters, 3)), branch(h, halfMax(`reduction_right5_${name}`, zeros))),
    ),
    keep(name),
  )
}

type FourZeros = readonly [Zeros, Zeros, Zeros, Zeros]

/** The zeros of the four reductions, given the size of the images: the stem and each reduction halve it. */
const zerosOn = (size: number): FourZeros => {
  const zeros: Zeros[] = []
  for (let cells = Math.floor((size - 1) / 2); zeros.length < 4; cells = Math.ceil(cells / 2)) zeros.push([cells % 2 === 0 ? 0 : 1, 1])
  return zeros as unknown as FourZeros
}

const stem = <Filters extends number>(filters: Filters) => block(valid('stem_conv1', filters, 3, 2), norm('stem_bn1'))

/** The cells of the mobile network. In front of a row of normal cells, Keras reads the cell before the reduction. */
const mobile = ([stem1, stem2, reduce4, reduce8]: FourZeros) =>
  block(
    keep('stem'),
    reduction('stem_1', ['stem', 'stem'], 11, block(), stem1),
    reduction('stem_2', ['stem', 'stem_1'], 22, twiceAsLarge('stem_2', 22), stem2),
    normal('0', ['stem_1', 'stem_2'], 44, twiceAsLarge('0', 44)),
    normal('1', ['stem_2', '0'], 44, equal('1', 44)),
    normal('2', ['0', '1'], 44, equal('2', 44)),
    normal('3', ['1', '2'], 44, equal('3', 44)),
    reduction('reduce_4', ['2', '3'], 88, equal('reduce_4', 88), reduce4),
    normal('5', ['3', 'reduce_4'], 88, twiceAsLarge('5', 88)),
    normal('6', ['reduce_4', '5'], 88, equal('6', 88)),
    normal('7', ['5', '6'], 88, equal('7', 88)),
    normal('8', ['6', '7'], 88, equal('8', 88)),
    reduction('reduce_8', ['7', '8'], 176, equal('reduce_8', 176), reduce8),
    normal('9', ['8', 'reduce_8'], 176, twiceAsLarge('9', 176)),
    normal('10', ['reduce_8', '9'], 176, equal('10', 176)),
    normal('11', ['9', '10'], 176, equal('11', 176)),
    normal('12', ['10', '11'], 176, equal('12', 176)),
    relu(),
  )

/** The cells of the large network. In front of a row of normal cells, Keras reads the last cell but one before the reduction. */
const large = ([stem1, stem2, reduce6, reduce12]: FourZeros) =>
  block(
    keep('stem'),
    reduction('stem_1', ['stem', 'stem'], 42, block(), stem1),
    reduction('stem_2', ['stem', 'stem_1'], 84, twiceAsLarge('stem_2', 84), stem2),
    normal('0', ['stem_1', 'stem_2'], 168, twiceAsLarge('0', 168)),
    normal('1', ['stem_2', '0'], 168, equal('1', 168)),
    normal('2', ['0', '1'], 168, equal('2', 168)),
    normal('3', ['1', '2'], 168, equal('3', 168)),
    normal('4', ['2', '3'], 168, equal('4', 168)),
    normal('5', ['3', '4'], 168, equal('5', 168)),
    reduction('reduce_6', ['4', '5'], 336, equal('reduce_6', 336), reduce6),
    normal('7', ['4', 'reduce_6'], 336, twiceAsLarge('7', 336)),
    normal('8', ['reduce_6', '7'], 336, equal('8', 336)),
    normal('9', ['7', '8'], 336, equal('9', 336)),
    normal('10', ['8', '9'], 336, equal('10', 336)),
    normal('11', ['9', '10'], 336, equal('11', 336)),
    normal('12', ['10', '11'], 336, equal('12', 336)),
    reduction('reduce_12', ['11', '12'], 672, equal('reduce_12', 672), reduce12),
    normal('13', ['11', 'reduce_12'], 672, twiceAsLarge('13', 672)),
    normal('14', ['reduce_12', '13'], 672, equal('14', 672)),
    normal('15', ['13', '14'], 672, equal('15', 672)),
    normal('16', ['14', '15'], 672, equal('16', 672)),
    normal('17', ['15', '16'], 672, equal('17', 672)),
    normal('18', ['16', '17'], 672, equal('18', 672)),
    relu(),
  )

/*
 * What the compiler follows instead of all cells. The convolutions of a cell stand one after the other, since its sums, pools and
 * activations keep the shape and have no parameters; and only those values have names that cells of another kind read. The cells of a row
 * are then equal from the third on, and the compiler computes one of them. The shapes and the counts are those of the network.
 */

/** Half of {@link twice}. Where that halves the size, the layer before it does so here, which leaves one kind of unit for each kernel. */
const unit = <Filters extends number, Kernel extends number, Padding extends number>(filters: Filters, kernel: Kernel, padding: Padding) =>
  block(keeping(filters, kernel, padding), norm(''))
const keeping = <Filters extends number, Kernel extends number, Padding extends number>(
  filters: Filters,
  kernel: Kernel,
  padding: Padding,
): Layer<'separableConv2d', [Filters, Kernel, Padded<Padding>]> => separableConv2d(filters, kernel, { padding, bias: false })

/** {@link equal} and the like, and {@link twiceAsLarge}, whose two convolutions have half of the filters each. */
const projected = <Filters extends number>(filters: Filters) => block(point('', filters), norm(''))
const halvingProjected = <Filters extends number>(filters: Filters) => block(second(''), point('', filters), norm(''))

/** The layers on `p` and on `h` of a normal cell. Each output stands for three of the cell's six. */
const onP = <Filters extends number>(filters: Filters) => block(repeat(4, unit(filters, 3, 1)), repeat(2, unit(filters, 5, 2)))
const onH = <Filters extends number>(filters: Filters) =>
  block(projected(filters), repeat(2, unit(filters, 5, 2)), repeat(2, unit(filters, 3, 1)))
const six = () => concat(identity(), identity(), identity())

/** A normal cell behind two cells with the same shape. */
const steady = <Filters extends number>(filters: Filters) => block(concat(block(projected(filters), onP(filters)), onH(filters)), six())

/** The first two normal cells of a row: they read a value twice as large, and the reduction. */
const first = <Name extends string, Filters extends number>(name: Name, filters: Filters) =>
  block(concat(branch(name, halvingProjected(filters), onP(filters)), onH(filters)), six())
const afterFirst = <Name extends string, Filters extends number>(name: Name, filters: Filters) =>
  block(concat(branch(name, projected(filters), onP(filters)), onH(filters)), six())

/** The layers on `p` and on `h` of a reduction. Each output stands for two of the cell's four. */
const halvedP = <Filters extends number>(filters: Filters) => block(repeat(4, unit(filters, 7, 3)), repeat(2, unit(filters, 5, 2)))
const halvedH = <Filters extends number>(filters: Filters) =>
  block(halvingProjected(filters), repeat(2, unit(filters, 5, 2)), repeat(2, unit(filters, 3, 1)))
const four = () => concat(identity(), identity())

const reduced = <Filters extends number>(filters: Filters) =>
  block(concat(block(halvingProjected(filters), halvedP(filters)), halvedH(filters)), four())

/** The first reduction, which reads `p` as it is, and the second, whose `p` is twice as large. */
const firstReduced = <Filters extends number>(filters: Filters) =>
  concat(
    block(second(''), unit(filters, 7, 3), unit(filters, 7, 3)),
    block(second(''), unit(filters, 7, 3), unit(filters, 7, 3)),
    block(second(''), unit(filters, 5, 2), unit(filters, 5, 2)),
    halvedH(filters),
  )
const secondReduced = <Filters extends number>(filters: Filters) =>
  block(concat(branch('stem', halvingProjected(filters), second(''), halvedP(filters)), halvedH(filters)), four())

/** A row of normal cells behind the reduction that is kept as `reduced`. */
const row = <Before extends string, Reduced extends string, Filters extends number, More extends number>(
  [before, reduced]: readonly [Before, Reduced],
  filters: Filters,
  more: More,
) => block(keep(reduced), first(before, filters), afterFirst(reduced, filters), repeat(more, steady(filters)))

/** Both networks: the filters of the stem, those of the first cells, and how many normal cells of a size there are from the third on. */
const followed = <Stem extends number, Filters extends number, More extends number>(filtersOfStem: Stem, filters: Filters, more: More) =>
  block(
    stem(filtersOfStem),
    block(
      keep('stem'),
      firstReduced(divideWidth(filters, 4)),
      keep('1'),
      secondReduced(divideWidth(filters, 2)),
      row(['1', '2'], filters, more),
      keep('3'),
      reduced(multiplyWidth(filters, 2)),
      row(['3', '4'], multiplyWidth(filters, 2), more),
      keep('5'),
      reduced(multiplyWidth(filters, 4)),
      row(['5', '6'], multiplyWidth(filters, 4), more),
    ),
  )

/**
 * Keras's `NASNetMobile` (arXiv:1707.07012, section 4): 4 normal cells at each of three sizes, for images of 224x224.
 *
 * @example
 * nasnetMobile() // Network<[224, 224, 3], [1000], 5289978>
 */
export const nasnetMobile: KerasModel<typeof followed<32, 44, 2>, typeof averaged, 224> = (options) =>
  kerasModel({ body: (size) => block(stem(32), mobile(zerosOn(size))), head: classes, standard: 224 }, options)

/**
 * Keras's `NASNetLarge` (arXiv:1707.07012, section 4): 6 normal cells at each of three sizes, for images of 331x331.
 *
 * @example
 * nasnetLarge() // Network<[331, 331, 3], [1000], 88753150>
 */
export const nasnetLarge: KerasModel<typeof followed<96, 168, 4>, typeof averaged, 331> = (options) =>
  kerasModel({ body: (size) => block(stem(96), large(zerosOn(size))), head: classes, standard: 331 }, options)
