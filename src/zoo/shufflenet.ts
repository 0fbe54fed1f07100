import { batchNorm, block, concat, crop, flatten, globalAvgPool, maxPool2d, permute, relu, repeat, unflatten } from '../index.js'
import { convNormActivation, depthwise, divideWidth, expand } from './inverted-residual.js'
import { type Classifier, classifier } from './model.js'

/*
 * ShuffleNet v2: Ma, Zhang, Zheng and Sun, "ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture Design"
 * (arXiv:1807.11164), figure 3 and table 5.
 */

const norm = () => batchNorm()

/** The channel split: makes the two halves of the channels an axis of their own, and crops the second. */
const firstHalf = <Half extends number>(channels: Half) => block(unflatten(2, 2, channels), crop([0, 0, [0, 1]]), flatten(2))
const secondHalf = <Half extends number>(channels: Half) => block(unflatten(2, 2, channels), crop([0, 0, [1, 0]]), flatten(2))

/** The channel shuffle: interleaves the two halves of the channels. */
const shuffle = <Half extends number>(channels: Half) => block(unflatten(2, 2, channels), permute(0, 1, 3, 2), flatten(2))

/** The branch of both units: 1x1, depthwise 3x3 and 1x1, without an activation after the depthwise convolution. */
const branch = <Half extends number, Stride extends number>(channels: Half, stride: Stride) =>
  block(expand(channels, norm(), relu()), depthwise(3, stride), norm(), expand(channels, norm(), relu()))

/** The basic unit (figure 3c): half of the channels bypass it. */
const unit = <Half extends number>(channels: Half) =>
  block(concat(firstHalf(channels), block(secondHalf(channels), branch(channels, 1))), shuffle(channels))

/** The unit for down-sampling (figure 3d): both branches read all channels. */
const unitDown = <Half extends number>(channels: Half) =>
  block(concat(block(depthwise(3, 2), norm(), expand(channels, norm(), relu())), branch(channels, 2)), shuffle(channels))

/** A stage of table 5: a unit for down-sampling, then units that keep the shape. */
const stage = <Filters extends number, More extends number>(filters: Filters, more: More) =>
  block(unitDown(divideWidth(filters, 2)), repeat(more, unit(divideWidth(filters, 2))))

/** Table 5, given the output channels of one column. */
const table5 = <Second extends number, Third extends number, Fourth extends number, Last extends number>([
  second,
  third,
  fourth,
  last,
]: readonly [Second, Third, Fourth, Last]) =>
  block(
    convNormActivation(24, 3, 2, norm(), relu()),
    maxPool2d(3, { stride: 2, padding: 1, rounding: 'floor' }),
    stage(second, 3),
    stage(third, 7),
    stage(fourth, 3),
    expand(last, norm(), relu()),
    globalAvgPool(),
  )

type Channels = readonly [number, number, number, number]

type Table5<Of extends Channels> = typeof table5<Of[0], Of[1], Of[2], Of[3]>

const channels0_5 = [48, 96, 192, 1024] as const
const channels1_0 = [116, 232, 464, 1024] as const
const channels1_5 = [176, 352, 704, 1024] as const
const channels2_0 = [244, 488, 976, 2048] as const

/**
 * ShuffleNet v2, 0.5x (arXiv:1807.11164, table 5).
 *
 * @example
 * shufflenetV2X0_5() // Network<[224, 224, 3], [1000], 1366792>
 */
export const shufflenetV2X0_5: Classifier<Table5<typeof channels0_5>, 224> = (options) => classifier(table5(channels0_5), 224, options)

/**
 * ShuffleNet v2, 1x (arXiv:1807.11164, table 5).
 *
 * @example
 * shufflenetV2X1_0() // Network<[224, 224, 3], [1000], 2278604>
 */
export const shufflenetV2X1_0: Classifier<Table5<typeof channels1_0>, 224> = (options) => classifier(table5(channels1_0), 224, options)

/**
 * ShuffleNet v2, 1.5x (arXiv:1807.11164, table 5).
 *
 * @example
 * shufflenetV2X1_5() // Network<[224, 224, 3], [1000], 3503624>
 */
export const shufflenetV2X1_5: Classifier<Table5<typeof channels1_5>, 224> = (options) => classifier(table5(channels1_5), 224, options)

/**
 * ShuffleNet v2, 2x (arXiv:1807.11164, table 5).
 *
 * @example
 * shufflenetV2X2_0() // Network<[224, 224, 3], [1000], 7393996>
 */
export const shufflenetV2X2_0: Classifier<Table5<typeof channels2_0>, 224> = (options) => classifier(table5(channels2_0), 224, options)
