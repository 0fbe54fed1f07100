import { block, maxPool2d, relu, residual } from '../../index.js'
import { type averaged, biased, classes, epsilon, norm, numbered } from './layers.js'
import { type KerasModel, kerasModel } from './model.js'

/*
 * ResNet: He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition" (arXiv:1512.03385), table 1, as Keras has it: every
 * convolution has biases, and a bottleneck has its stride in the first 1x1 convolution.
 */

/** conv1 and the pool of conv2_x: 224 -> 112 -> 56. */
const stem = () =>
  block(
    biased('conv1_conv', 64, 7, 2, 3),
    norm('conv1_bn', epsilon),
    relu(),
    maxPool2d(3, { stride: 2, padding: 1, rounding: 'floor', name: 'pool1_pool' }),
  )

/** 1x1, 3x3 and 1x1 convolutions (figure 5, right). */
const bottleneck = <Filters extends number, Wide extends number, Stride extends number>(
  name: string,
  filters: Filters,
  wide: Wide,
  stride: Stride,
) =>
  block(
    biased(`${name}_1_conv`, filters, 1, stride, 0),
    norm(`${name}_1_bn`, epsilon),
    relu(),
    biased(`${name}_2_conv`, filters, 3, 1, 1),
    norm(`${name}_2_bn`, epsilon),
    relu(),
    biased(`${name}_3_conv`, wide, 1, 1, 0),
    norm(`${name}_3_bn`, epsilon),
  )

/** Bottlenecks, of which the first has the stride and a projection for its shortcut. */
const stage = <Filters extends number, Wide extends number, Stride extends number, More extends number>(
  name: string,
  filters: Filters,
  wide: Wide,
  stride: Stride,
  more: More,
) =>
  block(
    residual(
      bottleneck(`${name}_block1`, filters, wide, stride),
      block(biased(`${name}_block1_0_conv`, wide, 1, stride, 0), norm(`${name}_block1_0_bn`, epsilon)),
    ),
    relu(),
    numbered(more, (index) => block(residual(bottleneck(`${name}_block${index + 2}`, filters, wide, 1)), relu())),
  )

const layers50 = () =>
  block(
    stem(),
    stage('conv2', 64, 256, 1, 2),
    stage('conv3', 128, 512, 2, 3),
    stage('conv4', 256, 1024, 2, 5),
    stage('conv5', 512, 2048, 2, 2),
  )

const layers101 = () =>
  block(
    stem(),
    stage('conv2', 64, 256, 1, 2),
    stage('conv3', 128, 512, 2, 3),
    stage('conv4', 256, 1024, 2, 22),
    stage('conv5', 512, 2048, 2, 2),
  )

const layers152 = () =>
  block(
    stem(),
    stage('conv2', 64, 256, 1, 2),
    stage('conv3', 128, 512, 2, 7),
    stage('conv4', 256, 1024, 2, 35),
    stage('conv5', 512, 2048, 2, 2),
  )

/**
 * Keras's `ResNet50` (arXiv:1512.03385, table 1), with biases in its convolutions.
 *
 * @example
 * resnet50() // Network<[224, 224, 3], [1000], 25583592>
 */
export const resnet50: KerasModel<typeof layers50, typeof averaged, 224> = (options) =>
  kerasModel({ body: layers50(), head: classes, standard: 224 }, options)

/**
 * Keras's `ResNet101` (arXiv:1512.03385, table 1), with biases in its convolutions.
 *
 * @example
 * resnet101() // Network<[224, 224, 3], [1000], 44601832>
 */
export const resnet101: KerasModel<typeof layers101, typeof averaged, 224> = (options) =>
  kerasModel({ body: layers101(), head: classes, standard: 224 }, options)

/**
 * Keras's `ResNet152` (arXiv:1512.03385, table 1), with biases in its convolutions.
 *
 * @example
 * resnet152() // Network<[224, 224, 3], [1000], 60268520>
 */
export const resnet152: KerasModel<typeof layers152, typeof averaged, 224> = (options) =>
  kerasModel({ body: layers152(), head: classes, standard: 224 }, options)
