import {
  avgPool2d,
  batchNorm,
  block,
  branchOut,
  concat,
  conv2d,
  dense,
  dropout,
  globalAvgPool,
  type Layer,
  maxPool2d,
  type Network,
  relu,
} from '../index.js'
import type { Padded } from './layers.js'
import { type ClassesFor, type Count, type ModelOptions, type Or, onImages, type ParamsOn, type SizeFor } from './model.js'

/*
 * Inception v3: Szegedy, Vanhoucke, Ioffe, Shlens and Wojna, "Rethinking the Inception Architecture for Computer Vision"
 * (arXiv:1512.00567), table 1, as in torchvision, with the widths of the authors' code. All windows fit an input of 299 exactly.
 */

/** A convolution with stride 1, a norm and an activation. By default it is 3x3 without padding. */
const conv = <
  Filters extends number,
  const Kernel extends number | readonly [number, number] = 3,
  const Padding extends number | readonly [number, number] = 0,
>(
  filters: Filters,
  kernel: Kernel = 3 as Kernel,
  padding: Padding = 0 as Padding,
) => block(plain(filters, kernel, padding), batchNorm({ epsilon: 1e-3 }), relu())

const plain = <
  Filters extends number,
  Kernel extends number | readonly [number, number],
  Padding extends number | readonly [number, number],
>(
  filters: Filters,
  kernel: Kernel,
  padding: Padding,
): Layer<'conv2d', [Filters, Kernel, Padded<Padding>]> => conv2d(filters, kernel, { padding, bias: false })

/** Options of a convolution with stride 2. */
interface Halving {
  readonly stride: 2
  readonly bias: false
}

/** A 3x3 convolution with stride 2, a norm and an activation. */
const convDown = <Filters extends number>(filters: Filters) => block(conv2dDown(filters), batchNorm({ epsilon: 1e-3 }), relu())

const conv2dDown = <Filters extends number>(filters: Filters): Layer<'conv2d', [Filters, 3, Halving]> =>
  conv2d(filters, 3, { stride: 2, bias: false })

/** The branch that every module has: a pool, then a 1x1 convolution. */
const poolBranch = <Filters extends number>(filters: Filters) => block(avgPool2d(3, { stride: 1, padding: 1 }), conv(filters, 1))

const poolDown = () => maxPool2d(3, { stride: 2 })

/** Figure 5: two 3x3 convolutions instead of a 5x5. */
const figure5 = <Pool extends number>(filters: Pool) =>
  concat(conv(64, 1), block(conv(48, 1), conv(64, 5, 2)), block(conv(64, 1), conv(96, 3, 1), conv(96, 3, 1)), poolBranch(filters))

/** Figure 6: 1x7 and 7x1 instead of 7x7. */
const figure6 = <Width extends number>(width: Width) =>
  concat(
    conv(192, 1),
    block(conv(width, 1), conv(width, [1, 7], [0, 3]), conv(192, [7, 1], [3, 0])),
    block(conv(width, 1), conv(width, [7, 1], [3, 0]), conv(width, [1, 7], [0, 3]), conv(width, [7, 1], [3, 0]), conv(192, [1, 7], [0, 3])),
    poolBranch(192),
  )

/** Figure 7: 1x3 and 3x1 side by side, for many channels on few positions. */
const figure7 = () =>
  concat(conv(320, 1), block(conv(384, 1), sideBySide()), block(conv(448, 1), conv(384, 3, 1), sideBySide()), poolBranch(192))

const sideBySide = () => concat(conv(384, [1, 3], [0, 1]), conv(384, [3, 1], [1, 0]))

/** Figure 10: convolutions and a pool halve the size side by side, to avoid a bottleneck. */
const reduction35 = () => concat(convDown(384), block(conv(64, 1), conv(96, 3, 1), convDown(96)), poolDown())
const reduction17 = () =>
  concat(
    block(conv(192, 1), convDown(320)),
    block(conv(192, 1), conv(192, [1, 7], [0, 3]), conv(192, [7, 1], [3, 0]), convDown(192)),
    poolDown(),
  )

/** 299 -> 35 positions. */
const stem = () => block(convDown(32), conv(32), conv(64, 3, 1), poolDown(), conv(80, 1), conv(192), poolDown())

/** The layers up to the auxiliary head: 17 positions, 768 channels. */
const toAuxiliary = () =>
  block(stem(), figure5(32), figure5(64), figure5(64), reduction35(), figure6(128), figure6(160), figure6(160), figure6(192))

/** Figure 8: the auxiliary classifier, which is only used in training. */
const auxiliary = <Classes extends number>(classes: Classes) =>
  branchOut('aux', block(avgPool2d(5, { stride: 3 }), conv(128, 1), conv(768, 5), globalAvgPool(), dense(classes)))

const layers = <Classes extends number>(classes: Classes) =>
  block(toAuxiliary(), auxiliary(classes), reduction17(), figure7(), figure7(), globalAvgPool(), dropout(0.5), dense(classes))

type Layers<Classes extends number> = ReturnType<typeof layers<Classes>>

/**
 * Inception v3 (arXiv:1512.00567, table 1) with the auxiliary head of figure 8 as the output `aux`. The counts include the head's
 * parameters, as torchvision's published count does, and its arithmetic, which torchvision's omits.
 *
 * @example
 * inceptionV3() // Network<[299, 299, 3], [1000], 27161264>
 */
export const inceptionV3: <Classes extends Count = 1000, Size extends Count = 299>(
  /** `classes`, `input` (height and width) and options of this model; all have defaults. */
  options?: ModelOptions<ClassesFor<Classes>, SizeFor<() => Layers<Or<Classes, 1000>>, Size, 299>>,
) => Network<[Or<Size, 299>, Or<Size, 299>, 3], [Or<Classes, 1000>], ParamsOn<Or<Size, 299>, Layers<Or<Classes, 1000>>>> = (options) =>
  onImages((classes) => [layers(classes)], 299, options)
