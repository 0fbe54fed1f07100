import { block, type Layer, maxPool2d, relu, residual, separableConv2d } from '../../index.js'
import { type averaged, classes, norm, numbered, same, valid } from './layers.js'
import { type KerasModel, kerasModel } from './model.js'

/*
 * Xception: Chollet, "Xception: Deep Learning with Depthwise Separable Convolutions" (arXiv:1610.02357), figure 5, as in Keras.
 */

/** Options of a convolution that keeps the size. */
interface Keeping {
  readonly padding: 'same'
  readonly bias: false
}

const separable = <Filters extends number>(name: string, filters: Filters): Layer<'separableConv2d', [Filters, 3, Keeping]> =>
  separableConv2d(filters, 3, { padding: 'same', bias: false, name })

/** A separable convolution with its norm. */
const separableNorm = <Filters extends number>(name: string, filters: Filters) => block(separable(name, filters), norm(`${name}_bn`))

/** Options of a pool with half as many cells. */
interface Halved {
  readonly stride: 2
  readonly padding: 'same'
}

const pool = (name: string): Layer<'maxPool2d', [3, Halved]> => maxPool2d(3, { stride: 2, padding: 'same', name })

/** The 1x1 convolution of a shortcut. Keras gives it no name of its own, so its name is that of the class and a number. */
const shortcut = <Filters extends number>(number: string, filters: Filters) =>
  block(same(`conv2d${number}`, filters, 1, 2), norm(`batch_normalization${number}`))

/** A module with half as many cells. */
const halving = <First extends number, Filters extends number>(name: string, number: string, first: First, filters: Filters) =>
  residual(
    block(relu(), separableNorm(`${name}_sepconv1`, first), relu(), separableNorm(`${name}_sepconv2`, filters), pool(`${name}_pool`)),
    shortcut(number, filters),
  )

/** The first such module, which begins without an activation: the layer before it ends in one. */
const firstHalving = () =>
  residual(
    block(separableNorm('block2_sepconv1', 128), relu(), separableNorm('block2_sepconv2', 128), pool('block2_pool')),
    shortcut('', 128),
  )

/** A module of the middle flow. */
const middle = (name: string) =>
  residual(
    block(
      relu(),
      separableNorm(`${name}_sepconv1`, 728),
      relu(),
      separableNorm(`${name}_sepconv2`, 728),
      relu(),
      separableNorm(`${name}_sepconv3`, 728),
    ),
  )

const layers = () =>
  block(
    block(
      valid('block1_conv1', 32, 3, 2),
      norm('block1_conv1_bn'),
      relu(),
      valid('block1_conv2', 64, 3, 1),
      norm('block1_conv2_bn'),
      relu(),
    ),
    firstHalving(),
    halving('block3', '_1', 256, 256),
    halving('block4', '_2', 728, 728),
    numbered(8, (index) => middle(`block${index + 5}`)),
    halving('block13', '_3', 728, 1024),
    block(separableNorm('block14_sepconv1', 1536), relu(), separableNorm('block14_sepconv2', 2048), relu()),
  )

/**
 * Keras's `Xception` (arXiv:1610.02357, figure 5), for images of 299x299.
 *
 * @example
 * xception() // Network<[299, 299, 3], [1000], 22855952>
 */
export const xception: KerasModel<typeof layers, typeof averaged, 299> = (options) =>
  kerasModel({ body: layers(), head: classes, standard: 299 }, options)
