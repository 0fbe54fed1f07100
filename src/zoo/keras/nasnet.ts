import { type AnyNetwork, block, keep, type NetworkData, networkFrom, relu } from '../../index.js'
import { type averaged, classes } from './layers.js'
import { type KerasModel, kerasModel } from './model.js'
import { equal, normal, reduction, twiceAsLarge, type Zeros } from './nasnet-cells.js'
import { type followed, stem } from './nasnet-types.js'

/*
 * NASNet-A: Zoph, Vasudevan, Shlens and Le, "Learning Transferable Architectures for Scalable Image Recognition" (arXiv:1707.07012),
 * figure 4, as in Keras. The types follow fewer layers, with the same shapes and counts: see `nasnet-types.ts`.
 */

type FourZeros = readonly [Zeros, Zeros, Zeros, Zeros]

/** The zeros of the four reductions, given the size of the images: the stem and each reduction halve it. */
const zerosOn = (size: number): FourZeros => {
  const zeros: Zeros[] = []
  for (let cells = Math.floor((size - 1) / 2); zeros.length < 4; cells = Math.ceil(cells / 2)) zeros.push([cells % 2 === 0 ? 0 : 1, 1])
  return zeros as unknown as FourZeros
}

/** The cells of the mobile network. The first normal cell behind a reduction also reads the cell before it. */
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

/** The cells of the large network. The first normal cell behind a reduction also reads the second cell before it. */
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

/** The same network without the names of its cells: its type does not have them, and a call may use them again. */
const withoutNames = (network: AnyNetwork): never => {
  const { kept: _, ...data } = JSON.parse(JSON.stringify(network)) as NetworkData
  return networkFrom(data) as never
}

/**
 * Keras's `NASNetMobile` (arXiv:1707.07012, section 4): 4 normal cells at each of three sizes, for images of 224x224.
 *
 * @example
 * nasnetMobile() // Network<[224, 224, 3], [1000], 5289978>
 */
export const nasnetMobile: KerasModel<typeof followed<32, 44, 2>, typeof averaged, 224> = (options) =>
  withoutNames(kerasModel({ body: (size) => block(stem(32), mobile(zerosOn(size))), head: classes, standard: 224 }, options))

/**
 * Keras's `NASNetLarge` (arXiv:1707.07012, section 4): 6 normal cells at each of three sizes, for images of 331x331.
 *
 * @example
 * nasnetLarge() // Network<[331, 331, 3], [1000], 88753150>
 */
export const nasnetLarge: KerasModel<typeof followed<96, 168, 4>, typeof averaged, 331> = (options) =>
  withoutNames(kerasModel({ body: (size) => block(stem(96), large(zerosOn(size))), head: classes, standard: 331 }, options))
