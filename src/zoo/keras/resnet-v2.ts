import { block, conv2d, type Layer, maxPool2d, relu, residual, zeroPad } from '../../index.js'
import { type averaged, biased, classes, epsilon, norm, numbered, point, same } from './layers.js'
import { type KerasModel, kerasModel } from './model.js'

/*
 * ResNet v2: He, Zhang, Ren and Sun, "Identity Mappings in Deep Residual Networks" (arXiv:1603.05027), figure 1b: each block begins with
 * its batch normalization and ReLU. As Keras has it, the last block of a stage has the stride.
 */

/** Options of a window that takes every second cell. */
interface Halved<Padding> {
  readonly stride: 2
  readonly padding: Padding
  readonly rounding: 'floor'
}

/** A pool of single cells: every second one. */
const halved = (): Layer<'maxPool2d', [1, Halved<0>]> => maxPool2d(1, { stride: 2, padding: 0, rounding: 'floor' })

/** Options of a convolution without biases that takes every second cell. */
interface Halving extends Halved<1> {
  readonly bias: false
}

const conv2 = <Filters extends number>(name: string, filters: Filters): Layer<'conv2d', [Filters, 3, Halving]> =>
  conv2d(filters, 3, { stride: 2, padding: 1, rounding: 'floor', bias: false, name })

/** conv1 and the pool of conv2_x: 224 -> 112 -> 56. The zeros around the map count in the maximum. */
const stem = () => block(biased('conv1_conv', 64, 7, 2, 3), zeroPad(1), maxPool2d(3, { stride: 2, rounding: 'floor', name: 'pool1_pool' }))

/** The norm and the activation in front of a block. */
const before = (name: string) => block(norm(`${name}_preact_bn`, epsilon), relu())

/** 1x1, 3x3 and 1x1 convolutions, of which only the last has biases. */
const bottleneck = <Filters extends number, Wide extends number>(name: string, filters: Filters, wide: Wide) =>
  block(
    point(`${name}_1_conv`, filters),
    norm(`${name}_1_bn`, epsilon),
    relu(),
    same(`${name}_2_conv`, filters, 3),
    norm(`${name}_2_bn`, epsilon),
    relu(),
    biased(`${name}_3_conv`, wide, 1, 1, 0),
  )

/** The same with stride 2 in the 3x3 convolution. */
const halving = <Filters extends number, Wide extends number>(name: string, filters: Filters, wide: Wide) =>
  block(
    point(`${name}_1_conv`, filters),
    norm(`${name}_1_bn`, epsilon),
    relu(),
    conv2(`${name}_2_conv`, filters),
    norm(`${name}_2_bn`, epsilon),
    relu(),
    biased(`${name}_3_conv`, wide, 1, 1, 0),
  )

/** Blocks: the first with a convolution for its shortcut, the last with stride 2. */
const halvingStage = <Filters extends number, Wide extends number, Between extends number>(
  name: string,
  filters: Filters,
  wide: Wide,
  between: Between,
) => block(stage(name, filters, wide, between), halvingBlock(`${name}_block${between + 2}`, filters, wide))

/** Blocks, of which the first has a convolution for its shortcut. */
const stage = <Filters extends number, Wide extends number, More extends number>(name: string, filters: Filters, wide: Wide, more: More) =>
  block(
    before(`${name}_block1`),
    residual(bottleneck(`${name}_block1`, filters, wide), biased(`${name}_block1_0_conv`, wide, 1, 1, 0)),
    numbered(more, (index) => keepingBlock(`${name}_block${index + 2}`, filters, wide)),
  )

const keepingBlock = <Filters extends number, Wide extends number>(name: string, filters: Filters, wide: Wide) =>
  residual(block(before(name), bottleneck(name, filters, wide)))

const halvingBlock = <Filters extends number, Wide extends number>(name: string, filters: Filters, wide: Wide) =>
  residual(block(before(name), halving(name, filters, wide)), halved())

const end = () => block(norm('post_bn', epsilon), relu())

const layers50 = () =>
  block(
    stem(),
    halvingStage('conv2', 64, 256, 1),
    halvingStage('conv3', 128, 512, 2),
    halvingStage('conv4', 256, 1024, 4),
    stage('conv5', 512, 2048, 2),
    end(),
  )

const layers101 = () =>
  block(
    stem(),
    halvingStage('conv2', 64, 256, 1),
    halvingStage('conv3', 128, 512, 2),
    halvingStage('conv4', 256, 1024, 21),
    stage('conv5', 512, 2048, 2),
    end(),
  )

const layers152 = () =>
  block(
    stem(),
    halvingStage('conv2', 64, 256, 1),
    halvingStage('conv3', 128, 512, 6),
    halvingStage('conv4', 256, 1024, 34),
    stage('conv5', 512, 2048, 2),
    end(),
  )

/**
 * Keras's `ResNet50V2` (arXiv:1603.05027): each block begins with its batch normalization.
 *
 * @example
 * resnet50V2() // Network<[224, 224, 3], [1000], 25568360>
 */
export const resnet50V2: KerasModel<typeof layers50, typeof averaged, 224> = (options) =>
  kerasModel({ body: layers50(), head: classes, standard: 224 }, options)

/**
 * Keras's `ResNet101V2` (arXiv:1603.05027): each block begins with its batch normalization.
 *
 * @example
 * resnet101V2() // Network<[224, 224, 3], [1000], 44577896>
 */
export const resnet101V2: KerasModel<typeof layers101, typeof averaged, 224> = (options) =>
  kerasModel({ body: layers101(), head: classes, standard: 224 }, options)

/**
 * Keras's `ResNet152V2` (arXiv:1603.05027): each block begins with its batch normalization.
 *
 * @example
 * resnet152V2() // Network<[224, 224, 3], [1000], 60236904>
 */
export const resnet152V2: KerasModel<typeof layers152, typeof averaged, 224> = (options) =>
  kerasModel({ body: layers152(), head: classes, standard: 224 }, options)
