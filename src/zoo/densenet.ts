import { avgPool2d, batchNorm, block, concat, globalAvgPool, identity, maxPool2d, relu, repeat } from '../index.js'
import { conv1x1, conv3x3, strided } from './layers.js'
import { type Classifier, classifier } from './model.js'

/*
 * DenseNet: Huang, Liu, van der Maaten and Weinberger, "Densely Connected Convolutional Networks" (arXiv:1608.06993), table 1:
 * DenseNet-BC, with bottlenecks of four times the growth rate and transitions that halve the channels.
 */

/** A convolution and a pool: 224 -> 112 -> 56. */
const stem = <Filters extends number>(filters: Filters) =>
  block(strided(filters, 7, 2, 3), batchNorm(), relu(), maxPool2d(3, { stride: 2, padding: 1, rounding: 'floor' }))

/** Adds `growth` channels to the existing ones. */
const layer = <Growth extends number, Bottleneck extends number>(growth: Growth, bottleneck: Bottleneck) =>
  concat(identity(), block(batchNorm(), relu(), conv1x1(bottleneck), batchNorm(), relu(), conv3x3(growth)))

/** Dense blocks with a growth rate of 32, and of 48. */
const dense32 = <Times extends number>(times: Times) => repeat(times, layer(32, 128))
const dense48 = <Times extends number>(times: Times) => repeat(times, layer(48, 192))

/** Halves the channels and the size. */
const transition = <Filters extends number>(filters: Filters) => block(batchNorm(), relu(), conv1x1(filters), avgPool2d(2))

const end = () => block(batchNorm(), relu(), globalAvgPool())

const layers121 = () =>
  block(stem(64), dense32(6), transition(128), dense32(12), transition(256), dense32(24), transition(512), dense32(16), end())

const layers161 = () =>
  block(stem(96), dense48(6), transition(192), dense48(12), transition(384), dense48(36), transition(1056), dense48(24), end())

const layers169 = () =>
  block(stem(64), dense32(6), transition(128), dense32(12), transition(256), dense32(32), transition(640), dense32(32), end())

const layers201 = () =>
  block(stem(64), dense32(6), transition(128), dense32(12), transition(256), dense32(24), dense32(24), transition(896), dense32(32), end())

/**
 * DenseNet-121 with a growth rate of 32 (arXiv:1608.06993, table 1).
 *
 * @example
 * densenet121() // Network<[224, 224, 3], [1000], 7978856>
 */
export const densenet121: Classifier<typeof layers121, 224> = (options) => classifier(layers121(), 224, options)

/**
 * DenseNet-161 with a growth rate of 48 (arXiv:1608.06993, table 1).
 *
 * @example
 * densenet161() // Network<[224, 224, 3], [1000], 28681000>
 */
export const densenet161: Classifier<typeof layers161, 224> = (options) => classifier(layers161(), 224, options)

/**
 * DenseNet-169 with a growth rate of 32 (arXiv:1608.06993, table 1).
 *
 * @example
 * densenet169() // Network<[224, 224, 3], [1000], 14149480>
 */
export const densenet169: Classifier<typeof layers169, 224> = (options) => classifier(layers169(), 224, options)

/**
 * DenseNet-201 with a growth rate of 32 (arXiv:1608.06993, table 1).
 *
 * @example
 * densenet201() // Network<[224, 224, 3], [1000], 20013928>
 */
export const densenet201: Classifier<typeof layers201, 224> = (options) => classifier(layers201(), 224, options)
