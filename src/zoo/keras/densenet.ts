import { avgPool2d, block, concat, conv2d, identity, type Layer, maxPool2d, relu } from '../../index.js'
import { type averaged, classes, epsilon, norm, numbered, point } from './layers.js'
import { type KerasModel, kerasModel } from './model.js'

/*
 * DenseNet: Huang, Liu, van der Maaten and Weinberger, "Densely Connected Convolutional Networks" (arXiv:1608.06993), table 1, with a
 * growth rate of 32, as in Keras.
 */

/** Options of a convolution that keeps the size, or halves it. */
interface Padded<Stride, Padding> {
  readonly stride: Stride
  readonly padding: Padding
  readonly rounding: 'floor'
  readonly bias: false
}

const padded = <Filters extends number, Kernel extends number, Stride extends number, Padding extends number>(
  name: string,
  filters: Filters,
  kernel: Kernel,
  stride: Stride,
  padding: Padding,
): Layer<'conv2d', [Filters, Kernel, Padded<Stride, Padding>]> =>
  conv2d(filters, kernel, { stride, padding, rounding: 'floor', bias: false, name })

/** A convolution and a pool: 224 -> 112 -> 56. */
const stem = () =>
  block(
    padded('conv1_conv', 64, 7, 2, 3),
    norm('conv1_bn', epsilon),
    relu(),
    maxPool2d(3, { stride: 2, padding: 1, rounding: 'floor', name: 'pool1' }),
  )

/** Adds 32 channels to the existing ones. */
const layer = (name: string) => concat(identity(), block(norm(`${name}_0_bn`, epsilon), relu(), point(`${name}_1_conv`, 128), growth(name)))

/** The layers on 128 channels, which are the same in every layer: the compiler computes them once for each size. */
const growth = (name: string) => block(norm(`${name}_1_bn`, epsilon), relu(), padded(`${name}_2_conv`, 32, 3, 1, 1))

const dense = <Times extends number>(name: string, times: Times) => numbered(times, (index) => layer(`${name}_block${index + 1}`))

/** Halves the channels and the size. */
const transition = <Filters extends number>(name: string, filters: Filters) =>
  block(norm(`${name}_bn`, epsilon), relu(), point(`${name}_conv`, filters), halved(`${name}_pool`))

/** Options of a 2x2 pool that ignores the last cells. */
interface Halved {
  readonly stride: 2
  readonly rounding: 'floor'
}

const halved = (name: string): Layer<'avgPool2d', [2, Halved]> => avgPool2d(2, { stride: 2, rounding: 'floor', name })

const end = () => block(norm('bn', epsilon), relu())

const layers121 = () =>
  block(
    stem(),
    dense('conv2', 6),
    transition('pool2', 128),
    dense('conv3', 12),
    transition('pool3', 256),
    dense('conv4', 24),
    transition('pool4', 512),
    dense('conv5', 16),
    end(),
  )

const layers169 = () =>
  block(
    stem(),
    dense('conv2', 6),
    transition('pool2', 128),
    dense('conv3', 12),
    transition('pool3', 256),
    dense('conv4', 32),
    transition('pool4', 640),
    dense('conv5', 32),
    end(),
  )

const layers201 = () =>
  block(
    stem(),
    dense('conv2', 6),
    transition('pool2', 128),
    dense('conv3', 12),
    transition('pool3', 256),
    dense('conv4', 48),
    transition('pool4', 896),
    dense('conv5', 32),
    end(),
  )

/**
 * Keras's `DenseNet121` (arXiv:1608.06993, table 1), with a growth rate of 32.
 *
 * @example
 * densenet121() // Network<[224, 224, 3], [1000], 7978856>
 */
export const densenet121: KerasModel<typeof layers121, typeof averaged, 224> = (options) =>
  kerasModel({ body: layers121(), head: classes, standard: 224 }, options)

/**
 * Keras's `DenseNet169` (arXiv:1608.06993, table 1), with a growth rate of 32.
 *
 * @example
 * densenet169() // Network<[224, 224, 3], [1000], 14149480>
 */
export const densenet169: KerasModel<typeof layers169, typeof averaged, 224> = (options) =>
  kerasModel({ body: layers169(), head: classes, standard: 224 }, options)

/**
 * Keras's `DenseNet201` (arXiv:1608.06993, table 1), with a growth rate of 32.
 *
 * @example
 * densenet201() // Network<[224, 224, 3], [1000], 20013928>
 */
export const densenet201: KerasModel<typeof layers201, typeof averaged, 224> = (options) =>
  kerasModel({ body: layers201(), head: classes, standard: 224 }, options)
