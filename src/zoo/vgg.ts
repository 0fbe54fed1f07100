import { batchNorm, block, conv2d, dense, dropout, flatten, localResponseNorm, maxPool2d, relu, repeat } from '../index.js'
import { type Classifier, classifier } from './model.js'

/*
 * VGG: Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition" (arXiv:1409.1556), table 1. Stages
 * of 3x3 convolutions keep the size, a pool after each stage halves it, and three dense layers follow.
 */

const conv = <Filters extends number>(filters: Filters) => block(conv2d(filters, 3, { padding: 1 }), relu())

const convBn = <Filters extends number>(filters: Filters) => block(conv2d(filters, 3, { padding: 1 }), batchNorm(), relu())

const stage = <Filters extends number, Times extends number>(filters: Filters, times: Times) =>
  block(repeat(times, conv(filters)), maxPool2d(2))

const stageBn = <Filters extends number, Times extends number>(filters: Filters, times: Times) =>
  block(repeat(times, convBn(filters)), maxPool2d(2))

/** A stage of configuration C, whose last convolution is 1x1. */
const stageC = <Filters extends number>(filters: Filters) => block(repeat(2, conv(filters)), conv2d(filters, 1), relu(), maxPool2d(2))

/** The dense layers before the last. */
const head = () => block(flatten(), dense(4096), relu(), dropout(0.5), dense(4096), relu(), dropout(0.5))

const a = () => block(stage(64, 1), stage(128, 1), stage(256, 2), stage(512, 2), stage(512, 2), head())
const aLrn = () =>
  block(
    conv(64),
    localResponseNorm(5, { alpha: 5e-4, k: 2 }),
    maxPool2d(2),
    stage(128, 1),
    stage(256, 2),
    stage(512, 2),
    stage(512, 2),
    head(),
  )
const b = () => block(stage(64, 2), stage(128, 2), stage(256, 2), stage(512, 2), stage(512, 2), head())
const c = () => block(stage(64, 2), stage(128, 2), stageC(256), stageC(512), stageC(512), head())
const d = () => block(stage(64, 2), stage(128, 2), stage(256, 3), stage(512, 3), stage(512, 3), head())
const e = () => block(stage(64, 2), stage(128, 2), stage(256, 4), stage(512, 4), stage(512, 4), head())

const aBn = () => block(stageBn(64, 1), stageBn(128, 1), stageBn(256, 2), stageBn(512, 2), stageBn(512, 2), head())
const bBn = () => block(stageBn(64, 2), stageBn(128, 2), stageBn(256, 2), stageBn(512, 2), stageBn(512, 2), head())
const dBn = () => block(stageBn(64, 2), stageBn(128, 2), stageBn(256, 3), stageBn(512, 3), stageBn(512, 3), head())
const eBn = () => block(stageBn(64, 2), stageBn(128, 2), stageBn(256, 4), stageBn(512, 4), stageBn(512, 4), head())

/**
 * VGG-11: configuration A (arXiv:1409.1556, table 1).
 *
 * @example
 * vgg11() // Network<[224, 224, 3], [1000], 132863336>
 */
export const vgg11: Classifier<typeof a, 224> = (options) => classifier(a(), 224, options)

/**
 * VGG-11 with local response normalization: configuration A-LRN (arXiv:1409.1556, table 1).
 *
 * @example
 * vgg11Lrn() // Network<[224, 224, 3], [1000], 132863336>
 */
export const vgg11Lrn: Classifier<typeof aLrn, 224> = (options) => classifier(aLrn(), 224, options)

/**
 * VGG-13: configuration B (arXiv:1409.1556, table 1).
 *
 * @example
 * vgg13() // Network<[224, 224, 3], [1000], 133047848>
 */
export const vgg13: Classifier<typeof b, 224> = (options) => classifier(b(), 224, options)

/**
 * VGG-16 with 1x1 convolutions: configuration C (arXiv:1409.1556, table 1).
 *
 * @example
 * vgg16C() // Network<[224, 224, 3], [1000], 133638952>
 */
export const vgg16C: Classifier<typeof c, 224> = (options) => classifier(c(), 224, options)

/**
 * VGG-16: configuration D (arXiv:1409.1556, table 1), the network in the table of lecture 7 of CS231n.
 *
 * @example
 * vgg16() // Network<[224, 224, 3], [1000], 138357544>
 */
export const vgg16: Classifier<typeof d, 224> = (options) => classifier(d(), 224, options)

/**
 * VGG-19: configuration E (arXiv:1409.1556, table 1).
 *
 * @example
 * vgg19() // Network<[224, 224, 3], [1000], 143667240>
 */
export const vgg19: Classifier<typeof e, 224> = (options) => classifier(e(), 224, options)

/**
 * VGG-11 with batch normalization after every convolution (torchvision's `vgg11_bn`): configuration A (arXiv:1409.1556, table 1).
 *
 * @example
 * vgg11Bn() // Network<[224, 224, 3], [1000], 132868840>
 */
export const vgg11Bn: Classifier<typeof aBn, 224> = (options) => classifier(aBn(), 224, options)

/**
 * VGG-13 with batch normalization after every convolution (torchvision's `vgg13_bn`): configuration B (arXiv:1409.1556, table 1).
 *
 * @example
 * vgg13Bn() // Network<[224, 224, 3], [1000], 133053736>
 */
export const vgg13Bn: Classifier<typeof bBn, 224> = (options) => classifier(bBn(), 224, options)

/**
 * VGG-16 with batch normalization after every convolution (torchvision's `vgg16_bn`): configuration D (arXiv:1409.1556, table 1).
 *
 * @example
 * vgg16Bn() // Network<[224, 224, 3], [1000], 138365992>
 */
export const vgg16Bn: Classifier<typeof dBn, 224> = (options) => classifier(dBn(), 224, options)

/**
 * VGG-19 with batch normalization after every convolution (torchvision's `vgg19_bn`): configuration E (arXiv:1409.1556, table 1).
 *
 * @example
 * vgg19Bn() // Network<[224, 224, 3], [1000], 143678248>
 */
export const vgg19Bn: Classifier<typeof eBn, 224> = (options) => classifier(eBn(), 224, options)
