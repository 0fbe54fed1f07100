import { block, branch, concat, identity, keep, type Layer, repeat, separableConv2d } from '../../index.js'
import { divideWidth, multiplyWidth } from '../inverted-residual.js'
import type { Padded } from '../layers.js'
import { norm, point, valid } from './layers.js'
import { second } from './nasnet-cells.js'

/*
 * What the compiler follows instead of all cells. The convolutions of a cell stand one after the other, since its sums, pools and
 * activations keep the shape and have no parameters; and only those values have names that cells of another kind read. The cells of a row
 * are then equal from the third on, and the compiler computes one of them. The shapes and the counts are those of the network.
 */

/** The convolution in front of the cells. */
export const stem = <Filters extends number>(filters: Filters) => block(valid('stem_conv1', filters, 3, 2), norm('stem_bn1'))

/**
 * Half of the two separable convolutions of a branch. Where these halve the size, the layer before them does so here, which leaves one
 * kind of unit for each kernel.
 */
const unit = <Filters extends number, Kernel extends number, Padding extends number>(filters: Filters, kernel: Kernel, padding: Padding) =>
  block(keeping(filters, kernel, padding), norm(''))
const keeping = <Filters extends number, Kernel extends number, Padding extends number>(
  filters: Filters,
  kernel: Kernel,
  padding: Padding,
): Layer<'separableConv2d', [Filters, Kernel, Padded<Padding>]> => separableConv2d(filters, kernel, { padding, bias: false })

/** The convolution that fits a value; and those that fit one that is twice as large, whose two halves are one here. */
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
export const followed = <Stem extends number, Filters extends number, More extends number>(
  filtersOfStem: Stem,
  filters: Filters,
  more: More,
) =>
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
