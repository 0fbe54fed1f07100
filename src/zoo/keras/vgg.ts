import { type AnyLayer, block, conv2d, dense, flatten, type Layer, maxPool2d, relu } from '../../index.js'
import { numbered, predictions } from './layers.js'
import { type KerasModel, kerasModel } from './model.js'

/*
 * VGG: Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition" (arXiv:1409.1556), table 1, as in
 * Keras, without dropout. Pools ignore the last cells.
 */

/** Options of a convolution that keeps the size. */
interface Keeping {
  readonly padding: 'same'
}

const conv = <Filters extends number>(name: string, filters: Filters) => block(keeping(name, filters), relu())

const keeping = <Filters extends number>(name: string, filters: Filters): Layer<'conv2d', [Filters, 3, Keeping]> =>
  conv2d(filters, 3, { padding: 'same', name })

/** Options of a pool that ignores the last cells. */
interface Halved {
  readonly stride: 2
  readonly rounding: 'floor'
}

const pool = (name: string): Layer<'maxPool2d', [2, Halved]> => maxPool2d(2, { stride: 2, rounding: 'floor', name })

const stage = <Filters extends number, Times extends number>(name: string, filters: Filters, times: Times) =>
  block(
    numbered(times, (index) => conv(`${name}_conv${index + 1}`, filters)),
    pool(`${name}_pool`),
  )

/** The dense layers before the last. */
const head = () => block(flatten(), dense(4096, { name: 'fc1' }), relu(), dense(4096, { name: 'fc2' }), relu())

const scores = (classes: number): AnyLayer => block(head(), predictions(classes))

const d = () =>
  block(stage('block1', 64, 2), stage('block2', 128, 2), stage('block3', 256, 3), stage('block4', 512, 3), stage('block5', 512, 3))
const e = () =>
  block(stage('block1', 64, 2), stage('block2', 128, 2), stage('block3', 256, 4), stage('block4', 512, 4), stage('block5', 512, 4))

/**
 * Keras's `VGG16`: configuration D (arXiv:1409.1556, table 1).
 *
 * @example
 * vgg16() // Network<[224, 224, 3], [1000], 138357544>
 */
export const vgg16: KerasModel<typeof d, typeof head, 224> = (options) => kerasModel({ body: d(), head: scores, standard: 224 }, options)

/**
 * Keras's `VGG19`: configuration E (arXiv:1409.1556, table 1).
 *
 * @example
 * vgg19() // Network<[224, 224, 3], [1000], 143667240>
 */
export const vgg19: KerasModel<typeof e, typeof head, 224> = (options) => kerasModel({ body: e(), head: scores, standard: 224 }, options)
