import { type AnyLayer, block, concat, type Layer, relu, rescale, residual } from '../../index.js'
import { conv, convValid, inOrder, type Next, poolBranch, poolDown } from './inception-layers.js'
import { type averaged, classes, numbered, pointwise } from './layers.js'
import { type KerasModel, kerasModel } from './model.js'

/*
 * Inception-ResNet v2: Szegedy, Ioffe, Vanhoucke and Alemi, "Inception-v4, Inception-ResNet and the Impact of Residual Connections on
 * Learning" (arXiv:1602.07261), figure 15, as in Keras: the norms have no scale, and the sums scale what they add.
 */

/** 299 -> 35 positions. */
const stem = (next: Next) =>
  block(
    convValid(next, 32, 3, 2),
    convValid(next, 32, 3, 1),
    conv(next, 64, 3),
    poolDown(),
    convValid(next, 80, 1, 1),
    convValid(next, 192, 3, 1),
    poolDown(),
  )

/** The module before the first sums: 320 channels. */
const mixed5b = (next: Next) =>
  concat(
    conv(next, 96, 1),
    block(conv(next, 48, 1), conv(next, 64, 5)),
    block(conv(next, 64, 1), conv(next, 96, 3), conv(next, 96, 3)),
    poolBranch(next, 64),
  )

/** Branches, a 1x1 convolution with biases to the channels of the input, and what of it the sum adds. */
const scaled = <Branches extends AnyLayer, Filters extends number>(branches: Branches, name: string, filters: Filters, scale: number) =>
  residual(block(branches, pointwise(`${name}_conv`, filters), scaling(scale)))

/** The types need not know how much. */
const scaling = (scale: number): Layer<'rescale', [number, 0]> => rescale(scale)

/** Inception-ResNet-A (figure 16). */
const block35 = (next: Next, number: number) =>
  block(
    scaled(
      concat(
        conv(next, 32, 1),
        block(conv(next, 32, 1), conv(next, 32, 3)),
        block(conv(next, 32, 1), conv(next, 48, 3), conv(next, 64, 3)),
      ),
      `block35_${number}`,
      320,
      0.17,
    ),
    relu(),
  )

/** Inception-ResNet-B (figure 17). */
const block17 = (next: Next, number: number) =>
  block(
    scaled(
      concat(conv(next, 192, 1), block(conv(next, 128, 1), conv(next, 160, [1, 7]), conv(next, 192, [7, 1]))),
      `block17_${number}`,
      1088,
      0.1,
    ),
    relu(),
  )

/** Inception-ResNet-C (figure 19). */
const block8 = (next: Next, number: number, scale = 0.2) =>
  scaled(
    concat(conv(next, 192, 1), block(conv(next, 192, 1), conv(next, 224, [1, 3]), conv(next, 256, [3, 1]))),
    `block8_${number}`,
    2080,
    scale,
  )

/** Reduction-A (figure 7) and reduction-B (figure 18): half as many positions. */
const mixed6a = (next: Next) =>
  concat(convValid(next, 384, 3, 2), block(conv(next, 256, 1), conv(next, 256, 3), convValid(next, 384, 3, 2)), poolDown())
const mixed7a = (next: Next) =>
  concat(
    block(conv(next, 256, 1), convValid(next, 384, 3, 2)),
    block(conv(next, 256, 1), convValid(next, 288, 3, 2)),
    block(conv(next, 256, 1), conv(next, 288, 3), convValid(next, 320, 3, 2)),
    poolDown(),
  )

/** The last convolution, which has a name of its own. */
const last = () => block(conv(() => ['conv_7b', 'conv_7b_bn'], 1536, 1))

const layers = (next: Next = inOrder()) =>
  block(
    stem(next),
    mixed5b(next),
    numbered(10, (index) => block35(next, index + 1)),
    mixed6a(next),
    numbered(20, (index) => block17(next, index + 1)),
    mixed7a(next),
    numbered(9, (index) => block(block8(next, index + 1), relu())),
    block8(next, 10, 1),
    last(),
  )

/**
 * Keras's `InceptionResNetV2` (arXiv:1602.07261, figure 15), for images of 299x299.
 *
 * @example
 * inceptionResnetV2() // Network<[299, 299, 3], [1000], 55813192>
 */
export const inceptionResnetV2: KerasModel<typeof layers, typeof averaged, 299> = (options) =>
  kerasModel({ body: layers(), head: classes, standard: 299 }, options)
