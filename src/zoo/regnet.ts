import { batchNorm, block, dense, globalAvgPool, multiply, relu, repeat, residual, sigmoid } from '../index.js'
import { conv1x1, grouped, strided } from './layers.js'
import { type Classifier, classifier } from './model.js'

/*
 * RegNet: Radosavovic, Kosaraju, Girshick, He and Dollar, "Designing Network Design Spaces" (arXiv:2003.13678).
 *
 * Four stages of residual bottlenecks with the same width inside and outside (b = 1) and a grouped 3x3 convolution. RegNetY adds
 * squeeze and excitation. A stage's first block has stride 2 and a projection as its shortcut; on an even size it ignores the last
 * cells.
 */

/** 224 -> 112. */
const stem = () => block(strided(32, 3, 2, 1), batchNorm(), relu())

/** The shortcut of a block that changes the shape. */
const projection = <Width extends number>(width: Width) => block(strided(width, 1, 2, 0), batchNorm())

/** A 1x1 and a grouped 3x3 convolution, before the gate or the last 1x1. */
const opening = <Width extends number, Groups extends number, Stride extends number>(width: Width, groups: Groups, stride: Stride) =>
  block(conv1x1(width), batchNorm(), relu(), grouped(width, 3, groups, stride, 1), batchNorm(), relu())

const closing = <Width extends number>(width: Width) => block(conv1x1(width), batchNorm())

/** Squeeze and excitation. `squeezed` is a quarter of the input channels of the residual block. */
const gate = <Squeezed extends number, Width extends number>(squeezed: Squeezed, width: Width) =>
  multiply(block(globalAvgPool(), dense(squeezed), relu(), dense(width), sigmoid()))

/** The first block of a stage of RegNetX. */
const first = <Width extends number, Groups extends number>(width: Width, groups: Groups) =>
  block(residual(block(opening(width, groups, 2), closing(width)), projection(width)), relu())

/** A stage of RegNetX: its width, its groups, and the number of blocks after the first. */
const stage = <Width extends number, Groups extends number, More extends number>(width: Width, groups: Groups, more: More) =>
  block(first(width, groups), repeat(more, block(residual(block(opening(width, groups, 1), closing(width))), relu())))

/** The first block of a stage of RegNetY. */
const firstGated = <Width extends number, Groups extends number, Squeezed extends number>(
  width: Width,
  groups: Groups,
  squeezed: Squeezed,
) => block(residual(block(opening(width, groups, 2), gate(squeezed, width), closing(width)), projection(width)), relu())

/** A stage of RegNetY: its width, its groups, the squeezed width in the first block and in the others, and the number of the others. */
const stageGated = <
  Width extends number,
  Groups extends number,
  SqueezedFirst extends number,
  Squeezed extends number,
  More extends number,
>(
  width: Width,
  groups: Groups,
  squeezedFirst: SqueezedFirst,
  squeezed: Squeezed,
  more: More,
) =>
  block(
    firstGated(width, groups, squeezedFirst),
    repeat(more, block(residual(block(opening(width, groups, 1), gate(squeezed, width), closing(width))), relu())),
  )

const x400mf = () => block(stem(), first(32, 2), stage(64, 4, 1), stage(160, 10, 6), stage(400, 25, 11), globalAvgPool())
const x800mf = () => block(stem(), first(64, 4), stage(128, 8, 2), stage(288, 18, 6), stage(672, 42, 4), globalAvgPool())
const x1_6gf = () => block(stem(), stage(72, 3, 1), stage(168, 7, 3), stage(408, 17, 9), stage(912, 38, 1), globalAvgPool())
const x3_2gf = () => block(stem(), stage(96, 2, 1), stage(192, 4, 5), stage(432, 9, 14), stage(1008, 21, 1), globalAvgPool())
const x8gf = () => block(stem(), stage(80, 1, 1), stage(240, 2, 4), stage(720, 6, 14), first(1920, 16), globalAvgPool())
const x16gf = () => block(stem(), stage(256, 2, 1), stage(512, 4, 5), stage(896, 7, 12), first(2048, 16), globalAvgPool())
const x32gf = () => block(stem(), stage(336, 2, 1), stage(672, 4, 6), stage(1344, 8, 12), first(2520, 15), globalAvgPool())
const y400mf = () =>
  block(
    stem(),
    firstGated(48, 6, 8),
    stageGated(104, 13, 12, 26, 2),
    stageGated(208, 26, 26, 52, 5),
    stageGated(440, 55, 52, 110, 5),
    globalAvgPool(),
  )
const y800mf = () =>
  block(
    stem(),
    firstGated(64, 4, 8),
    stageGated(144, 9, 16, 36, 2),
    stageGated(320, 20, 36, 80, 7),
    stageGated(784, 49, 80, 196, 1),
    globalAvgPool(),
  )
const y1_6gf = () =>
  block(
    stem(),
    stageGated(48, 2, 8, 12, 1),
    stageGated(120, 5, 12, 30, 5),
    stageGated(336, 14, 30, 84, 16),
    stageGated(888, 37, 84, 222, 1),
    globalAvgPool(),
  )
const y3_2gf = () =>
  block(
    stem(),
    stageGated(72, 3, 8, 18, 1),
    stageGated(216, 9, 18, 54, 4),
    stageGated(576, 24, 54, 144, 12),
    firstGated(1512, 63, 144),
    globalAvgPool(),
  )
const y8gf = () =>
  block(
    stem(),
    stageGated(224, 4, 8, 56, 1),
    stageGated(448, 8, 56, 112, 3),
    stageGated(896, 16, 112, 224, 9),
    firstGated(2016, 36, 224),
    globalAvgPool(),
  )
const y16gf = () =>
  block(
    stem(),
    stageGated(224, 2, 8, 56, 1),
    stageGated(448, 4, 56, 112, 3),
    stageGated(1232, 11, 112, 308, 10),
    firstGated(3024, 27, 308),
    globalAvgPool(),
  )
const y32gf = () =>
  block(
    stem(),
    stageGated(232, 1, 8, 58, 1),
    stageGated(696, 3, 58, 174, 4),
    stageGated(1392, 6, 174, 348, 11),
    firstGated(3712, 16, 348),
    globalAvgPool(),
  )
const y128gf = () =>
  block(
    stem(),
    stageGated(528, 2, 8, 132, 1),
    stageGated(1056, 4, 132, 264, 6),
    stageGated(2904, 11, 264, 726, 16),
    firstGated(7392, 28, 726),
    globalAvgPool(),
  )
/**
 * RegNetX-400MF (arXiv:2003.13678): depths 1, 2, 7 and 12, 16 channels in a group.
 *
 * @example
 * regnetX400mf() // Network<[224, 224, 3], [1000], 5495976>
 */
export const regnetX400mf: Classifier<typeof x400mf, 224> = (options) => classifier(x400mf(), 224, options)

/**
 * RegNetX-800MF (arXiv:2003.13678): depths 1, 3, 7 and 5, 16 channels in a group.
 *
 * @example
 * regnetX800mf() // Network<[224, 224, 3], [1000], 7259656>
 */
export const regnetX800mf: Classifier<typeof x800mf, 224> = (options) => classifier(x800mf(), 224, options)

/**
 * RegNetX-1.6GF (arXiv:2003.13678): depths 2, 4, 10 and 2, 24 channels in a group.
 *
 * @example
 * regnetX1_6gf() // Network<[224, 224, 3], [1000], 9190136>
 */
export const regnetX1_6gf: Classifier<typeof x1_6gf, 224> = (options) => classifier(x1_6gf(), 224, options)

/**
 * RegNetX-3.2GF (arXiv:2003.13678): depths 2, 6, 15 and 2, 48 channels in a group.
 *
 * @example
 * regnetX3_2gf() // Network<[224, 224, 3], [1000], 15296552>
 */
export const regnetX3_2gf: Classifier<typeof x3_2gf, 224> = (options) => classifier(x3_2gf(), 224, options)

/**
 * RegNetX-8GF (arXiv:2003.13678): depths 2, 5, 15 and 1, 120 channels in a group. The first stage has only 80 channels, in a single
 * group.
 *
 * @example
 * regnetX8gf() // Network<[224, 224, 3], [1000], 39572648>
 */
export const regnetX8gf: Classifier<typeof x8gf, 224> = (options) => classifier(x8gf(), 224, options)

/**
 * RegNetX-16GF (arXiv:2003.13678): depths 2, 6, 13 and 1, 128 channels in a group.
 *
 * @example
 * regnetX16gf() // Network<[224, 224, 3], [1000], 54278536>
 */
export const regnetX16gf: Classifier<typeof x16gf, 224> = (options) => classifier(x16gf(), 224, options)

/**
 * RegNetX-32GF (arXiv:2003.13678): depths 2, 7, 13 and 1, 168 channels in a group.
 *
 * @example
 * regnetX32gf() // Network<[224, 224, 3], [1000], 107811560>
 */
export const regnetX32gf: Classifier<typeof x32gf, 224> = (options) => classifier(x32gf(), 224, options)

/**
 * RegNetY-400MF (arXiv:2003.13678): depths 1, 3, 6 and 6, 8 channels in a group.
 *
 * @example
 * regnetY400mf() // Network<[224, 224, 3], [1000], 4344144>
 */
export const regnetY400mf: Classifier<typeof y400mf, 224> = (options) => classifier(y400mf(), 224, options)

/**
 * RegNetY-800MF (arXiv:2003.13678): depths 1, 3, 8 and 2, 16 channels in a group.
 *
 * @example
 * regnetY800mf() // Network<[224, 224, 3], [1000], 6432512>
 */
export const regnetY800mf: Classifier<typeof y800mf, 224> = (options) => classifier(y800mf(), 224, options)

/**
 * RegNetY-1.6GF (arXiv:2003.13678): depths 2, 6, 17 and 2, 24 channels in a group.
 *
 * @example
 * regnetY1_6gf() // Network<[224, 224, 3], [1000], 11202430>
 */
export const regnetY1_6gf: Classifier<typeof y1_6gf, 224> = (options) => classifier(y1_6gf(), 224, options)

/**
 * RegNetY-3.2GF (arXiv:2003.13678): depths 2, 5, 13 and 1, 24 channels in a group.
 *
 * @example
 * regnetY3_2gf() // Network<[224, 224, 3], [1000], 19436338>
 */
export const regnetY3_2gf: Classifier<typeof y3_2gf, 224> = (options) => classifier(y3_2gf(), 224, options)

/**
 * RegNetY-8GF (arXiv:2003.13678): depths 2, 4, 10 and 1, 56 channels in a group.
 *
 * @example
 * regnetY8gf() // Network<[224, 224, 3], [1000], 39381472>
 */
export const regnetY8gf: Classifier<typeof y8gf, 224> = (options) => classifier(y8gf(), 224, options)

/**
 * RegNetY-16GF (arXiv:2003.13678): depths 2, 4, 11 and 1, 112 channels in a group.
 *
 * @example
 * regnetY16gf() // Network<[224, 224, 3], [1000], 83590140>
 */
export const regnetY16gf: Classifier<typeof y16gf, 224> = (options) => classifier(y16gf(), 224, options)

/**
 * RegNetY-32GF (arXiv:2003.13678): depths 2, 5, 12 and 1, 232 channels in a group.
 *
 * @example
 * regnetY32gf() // Network<[224, 224, 3], [1000], 145046770>
 */
export const regnetY32gf: Classifier<typeof y32gf, 224> = (options) => classifier(y32gf(), 224, options)

/**
 * RegNetY-128GF (arXiv:2003.13678): depths 2, 7, 17 and 1, 264 channels in a group.
 *
 * @example
 * regnetY128gf() // Network<[224, 224, 3], [1000], 644812894>
 */
export const regnetY128gf: Classifier<typeof y128gf, 224> = (options) => classifier(y128gf(), 224, options)
