import { block, concat } from '../../index.js'
import { conv, convValid, inOrder, type Next, poolBranch, poolDown } from './inception-layers.js'
import { type averaged, classes } from './layers.js'
import { type KerasModel, kerasModel } from './model.js'

/*
 * Inception v3: Szegedy, Vanhoucke, Ioffe, Shlens and Wojna, "Rethinking the Inception Architecture for Computer Vision"
 * (arXiv:1512.00567), table 1, as in Keras: the norms have no scale, and there is no auxiliary head.
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

/** Figure 5: two 3x3 convolutions instead of a 5x5. */
const figure5 = <Pool extends number>(next: Next, filters: Pool) =>
  concat(
    conv(next, 64, 1),
    block(conv(next, 48, 1), conv(next, 64, 5)),
    block(conv(next, 64, 1), conv(next, 96, 3), conv(next, 96, 3)),
    poolBranch(next, filters),
  )

/** Figure 6: 1x7 and 7x1 instead of 7x7. */
const figure6 = <Width extends number>(next: Next, width: Width) =>
  concat(
    conv(next, 192, 1),
    block(conv(next, width, 1), conv(next, width, [1, 7]), conv(next, 192, [7, 1])),
    block(conv(next, width, 1), conv(next, width, [7, 1]), conv(next, width, [1, 7]), conv(next, width, [7, 1]), conv(next, 192, [1, 7])),
    poolBranch(next, 192),
  )

/** Figure 7: 1x3 and 3x1 side by side, for many channels on few positions. */
const figure7 = (next: Next) =>
  concat(
    conv(next, 320, 1),
    block(conv(next, 384, 1), sideBySide(next)),
    block(conv(next, 448, 1), conv(next, 384, 3), sideBySide(next)),
    poolBranch(next, 192),
  )

const sideBySide = (next: Next) => concat(conv(next, 384, [1, 3]), conv(next, 384, [3, 1]))

/** Figure 10: convolutions and a pool halve the size side by side. */
const reduction35 = (next: Next) =>
  concat(convValid(next, 384, 3, 2), block(conv(next, 64, 1), conv(next, 96, 3), convValid(next, 96, 3, 2)), poolDown())
const reduction17 = (next: Next) =>
  concat(
    block(conv(next, 192, 1), convValid(next, 320, 3, 2)),
    block(conv(next, 192, 1), conv(next, 192, [1, 7]), conv(next, 192, [7, 1]), convValid(next, 192, 3, 2)),
    poolDown(),
  )

const layers = (next: Next = inOrder()) =>
  block(
    stem(next),
    figure5(next, 32),
    figure5(next, 64),
    figure5(next, 64),
    reduction35(next),
    figure6(next, 128),
    figure6(next, 160),
    figure6(next, 160),
    figure6(next, 192),
    reduction17(next),
    figure7(next),
    figure7(next),
  )

/**
 * Keras's `InceptionV3` (arXiv:1512.00567, table 1), for images of 299x299.
 *
 * @example
 * inceptionV3() // Network<[299, 299, 3], [1000], 23817352>
 */
export const inceptionV3: KerasModel<typeof layers, typeof averaged, 299> = (options) =>
  kerasModel({ body: layers(), head: classes, standard: 299 }, options)
