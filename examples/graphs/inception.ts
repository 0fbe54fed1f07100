import { avgPool2d, batchNorm, block, concat, conv2d, dense, dropout, globalAvgPool, input, maxPool2d, relu } from 'stridewise'

/*
 * Inception v3 with its auxiliary classifier as a second output, and without: Szegedy et al., "Rethinking the Inception Architecture for
 * Computer Vision" (arXiv:1512.00567), table 1, with torchvision's widths. `stridewise/zoo` has it ready, as `inceptionV3`.
 */

/** A convolution with its norm and activation. */
const conv = <
  Filters extends number,
  const Kernel extends number | readonly [number, number] = 3,
  const Padding extends number | readonly [number, number] = 0,
>(
  filters: Filters,
  kernel: Kernel = 3 as Kernel,
  padding: Padding = 0 as Padding,
) => block(conv2d(filters, kernel, { padding, bias: false }), batchNorm({ epsilon: 1e-3 }), relu())

/** The same with a stride of 2. */
const halved = <Filters extends number>(filters: Filters) =>
  block(conv2d(filters, 3, { stride: 2, bias: false }), batchNorm({ epsilon: 1e-3 }), relu())

const pool = () => maxPool2d(3, { stride: 2 })
const pooled = <Filters extends number>(filters: Filters) => block(avgPool2d(3, { stride: 1, padding: 1 }), conv(filters, 1))

/** The modules of figures 5, 6 and 7. */
const figure5 = <Pool extends number>(filters: Pool) =>
  concat(conv(64, 1), block(conv(48, 1), conv(64, 5, 2)), block(conv(64, 1), conv(96, 3, 1), conv(96, 3, 1)), pooled(filters))

const figure6 = <Width extends number>(width: Width) =>
  concat(
    conv(192, 1),
    block(conv(width, 1), conv(width, [1, 7], [0, 3]), conv(192, [7, 1], [3, 0])),
    block(conv(width, 1), conv(width, [7, 1], [3, 0]), conv(width, [1, 7], [0, 3]), conv(width, [7, 1], [3, 0]), conv(192, [1, 7], [0, 3])),
    pooled(192),
  )

const sideBySide = () => concat(conv(384, [1, 3], [0, 1]), conv(384, [3, 1], [1, 0]))
const figure7 = () =>
  concat(conv(320, 1), block(conv(384, 1), sideBySide()), block(conv(448, 1), conv(384, 3, 1), sideBySide()), pooled(192))

/** The reductions of figure 10. */
const reduction35 = () => concat(halved(384), block(conv(64, 1), conv(96, 3, 1), halved(96)), pool())
const reduction17 = () =>
  concat(block(conv(192, 1), halved(320)), block(conv(192, 1), conv(192, [1, 7], [0, 3]), conv(192, [7, 1], [3, 0]), halved(192)), pool())

/** The network that predicts. What the auxiliary classifier reads has a name, and nothing more is needed for it. */
export const inception = input(299, 299, 3)
  .apply(block(halved(32), conv(32), conv(64, 3, 1), pool(), conv(80, 1), conv(192), pool()))
  .apply(block(figure5(32), figure5(64), figure5(64), reduction35()))
  .apply(block(figure6(128), figure6(160), figure6(160), figure6(192)))
  .keep('cells17')
  .apply(block(reduction17(), figure7(), figure7()))
  .apply(block(globalAvgPool(), dropout(0.5), dense(1000)))

/** The network that is trained: figure 8 goes on from the kept value. */
export const inceptionInTraining = inception
  .keep('classes')
  .from('cells17')
  .apply(block(avgPool2d(5, { stride: 3 }), conv(128, 1), conv(768, 5), globalAvgPool(), dense(1000)))
  .keep('auxiliary')
  .outputs('classes', 'auxiliary')
  .expect({ classes: [1000], auxiliary: [1000] })

/** torchvision's count is 27,161,264 with the auxiliary classifier and 23,834,568 without. */
export const parameters: [23_834_568, 27_161_264] = [inception.params, inceptionInTraining.params]
