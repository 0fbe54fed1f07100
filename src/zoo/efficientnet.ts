import { batchNorm, block, dropout, globalAvgPool, residual, sigmoid, silu } from '../index.js'
import {
  convNormActivation,
  depthwiseNormActivation,
  divideWidth,
  expand,
  gatedInvertedLayers,
  type Kernel,
  multiplyWidth,
  type Norm,
  project,
  repeatRest,
  squeezeExcite,
} from './inverted-residual.js'
import { type Classifier, classifier } from './model.js'

/*
 * EfficientNet: Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks" (arXiv:1905.11946), table 1, and
 * the larger models by compound scaling (section 3.3), as in torchvision, without stochastic depth.
 *
 * A larger model multiplies the channels of table 1 by its width, rounded to a multiple of 8 (up if rounding down would remove more
 * than a tenth), and the number of layers by its depth, rounded up. Squeeze and excitation has one unit for every four input channels
 * of its block.
 */

/** MBConv1 with squeeze and excitation, without an expansion. */
const mbConv1 = <From extends number, Filters extends number>(norm: Norm, from: From, filters: Filters) =>
  block(depthwiseNormActivation(3, 1, norm, silu()), squeezeExcite(divideWidth(from, 4), from, silu(), sigmoid()), project(filters, norm))

/** MBConv6 with squeeze and excitation. */
const mbConv6 = <Size extends Kernel, Stride extends number, From extends number, Filters extends number>(
  norm: Norm,
  kernel: Size,
  stride: Stride,
  from: From,
  filters: Filters,
) =>
  gatedInvertedLayers(
    multiplyWidth(from, 6),
    kernel,
    stride,
    filters,
    norm,
    silu(),
    squeezeExcite(divideWidth(from, 4), multiplyWidth(from, 6), silu(), sigmoid()),
  )

/** Stage 2 of table 1. All layers but the first have a residual connection. */
const stageMbConv1 = <From extends number, Filters extends number, Layers extends number>(
  norm: Norm,
  from: From,
  filters: Filters,
  layers: Layers,
) => block(mbConv1(norm, from, filters), repeatRest(layers, residual(mbConv1(norm, filters, filters))))

/** One of stages 3 to 8. Its first layer has the stride and changes the channels. */
const stageMbConv6 = <Size extends Kernel, Stride extends number, From extends number, Filters extends number, Layers extends number>(
  norm: Norm,
  kernel: Size,
  stride: Stride,
  from: From,
  filters: Filters,
  layers: Layers,
) => block(mbConv6(norm, kernel, stride, from, filters), repeatRest(layers, residual(mbConv6(norm, kernel, 1, filters, filters))))

/** Table 1, given the channels of stages 1 to 8 and the numbers of layers of stages 2 to 8. */
const table1 = <
  Channels1 extends number,
  Channels2 extends number,
  Channels3 extends number,
  Channels4 extends number,
  Channels5 extends number,
  Channels6 extends number,
  Channels7 extends number,
  Channels8 extends number,
  Layers2 extends number,
  Layers3 extends number,
  Layers4 extends number,
  Layers5 extends number,
  Layers6 extends number,
  Layers7 extends number,
  Layers8 extends number,
>(
  {
    channels: [channels1, channels2, channels3, channels4, channels5, channels6, channels7, channels8],
    layers: [layers2, layers3, layers4, layers5, layers6, layers7, layers8],
  }: {
    readonly channels: readonly [Channels1, Channels2, Channels3, Channels4, Channels5, Channels6, Channels7, Channels8]
    readonly layers: readonly [Layers2, Layers3, Layers4, Layers5, Layers6, Layers7, Layers8]
  },
  dropped: number,
  norm: Norm = batchNorm(),
) =>
  block(
    convNormActivation(channels1, 3, 2, norm, silu()),
    stageMbConv1(norm, channels1, channels2, layers2),
    stageMbConv6(norm, 3, 2, channels2, channels3, layers3),
    stageMbConv6(norm, 5, 2, channels3, channels4, layers4),
    stageMbConv6(norm, 3, 2, channels4, channels5, layers5),
    stageMbConv6(norm, 5, 1, channels5, channels6, layers6),
    stageMbConv6(norm, 5, 2, channels6, channels7, layers7),
    stageMbConv6(norm, 3, 1, channels7, channels8, layers8),
    expand(multiplyWidth(channels8, 4), norm, silu()),
    globalAvgPool(),
    dropout(dropped),
  )

/** Table 1 after compound scaling. */
interface Scale {
  readonly channels: readonly [number, number, number, number, number, number, number, number]
  readonly layers: readonly [number, number, number, number, number, number, number]
}

type Table1<Of extends Scale> = typeof table1<
  Of['channels'][0],
  Of['channels'][1],
  Of['channels'][2],
  Of['channels'][3],
  Of['channels'][4],
  Of['channels'][5],
  Of['channels'][6],
  Of['channels'][7],
  Of['layers'][0],
  Of['layers'][1],
  Of['layers'][2],
  Of['layers'][3],
  Of['layers'][4],
  Of['layers'][5],
  Of['layers'][6]
>

const b0 = { channels: [32, 16, 24, 40, 80, 112, 192, 320], layers: [1, 2, 2, 3, 3, 4, 1] } as const
const b1 = { channels: [32, 16, 24, 40, 80, 112, 192, 320], layers: [2, 3, 3, 4, 4, 5, 2] } as const
const b2 = { channels: [32, 16, 24, 48, 88, 120, 208, 352], layers: [2, 3, 3, 4, 4, 5, 2] } as const
const b3 = { channels: [40, 24, 32, 48, 96, 136, 232, 384], layers: [2, 3, 3, 5, 5, 6, 2] } as const
const b4 = { channels: [48, 24, 32, 56, 112, 160, 272, 448], layers: [2, 4, 4, 6, 6, 8, 2] } as const
const b5 = { channels: [48, 24, 40, 64, 128, 176, 304, 512], layers: [3, 5, 5, 7, 7, 9, 3] } as const
const b6 = { channels: [56, 32, 40, 72, 144, 200, 344, 576], layers: [3, 6, 6, 8, 8, 11, 3] } as const
const b7 = { channels: [64, 32, 48, 80, 160, 224, 384, 640], layers: [4, 7, 7, 10, 10, 13, 4] } as const

/** The epsilon of B5 to B7. The others use the default of batch normalization. */
const epsilon = 1e-3

/**
 * EfficientNet-B0 (arXiv:1905.11946): the baseline network, for images of 224x224.
 *
 * @example
 * efficientnetB0() // Network<[224, 224, 3], [1000], 5288548>
 */
export const efficientnetB0: Classifier<Table1<typeof b0>, 224> = (options) => classifier(table1(b0, 0.2), 224, options)

/**
 * EfficientNet-B1 (arXiv:1905.11946): 1.1 times the layers of B0, for images of 240x240.
 *
 * @example
 * efficientnetB1() // Network<[240, 240, 3], [1000], 7794184>
 */
export const efficientnetB1: Classifier<Table1<typeof b1>, 240> = (options) => classifier(table1(b1, 0.2), 240, options)

/**
 * EfficientNet-B2 (arXiv:1905.11946): 1.1 times the channels and 1.2 times the layers of B0, images of 288x288.
 *
 * @example
 * efficientnetB2() // Network<[288, 288, 3], [1000], 9109994>
 */
export const efficientnetB2: Classifier<Table1<typeof b2>, 288> = (options) => classifier(table1(b2, 0.3), 288, options)

/**
 * EfficientNet-B3 (arXiv:1905.11946): 1.2 times the channels and 1.4 times the layers of B0, images of 300x300.
 *
 * @example
 * efficientnetB3() // Network<[300, 300, 3], [1000], 12233232>
 */
export const efficientnetB3: Classifier<Table1<typeof b3>, 300> = (options) => classifier(table1(b3, 0.3), 300, options)

/**
 * EfficientNet-B4 (arXiv:1905.11946): 1.4 times the channels and 1.8 times the layers of B0, images of 380x380.
 *
 * @example
 * efficientnetB4() // Network<[380, 380, 3], [1000], 19341616>
 */
export const efficientnetB4: Classifier<Table1<typeof b4>, 380> = (options) => classifier(table1(b4, 0.4), 380, options)

/**
 * EfficientNet-B5 (arXiv:1905.11946): 1.6 times the channels and 2.2 times the layers of B0, images of 456x456.
 *
 * @example
 * efficientnetB5() // Network<[456, 456, 3], [1000], 30389784>
 */
export const efficientnetB5: Classifier<Table1<typeof b5>, 456> = (options) =>
  classifier(table1(b5, 0.4, batchNorm({ epsilon })), 456, options)

/**
 * EfficientNet-B6 (arXiv:1905.11946): 1.8 times the channels and 2.6 times the layers of B0, images of 528x528.
 *
 * @example
 * efficientnetB6() // Network<[528, 528, 3], [1000], 43040704>
 */
export const efficientnetB6: Classifier<Table1<typeof b6>, 528> = (options) =>
  classifier(table1(b6, 0.5, batchNorm({ epsilon })), 528, options)

/**
 * EfficientNet-B7 (arXiv:1905.11946): 2 times the channels and 3.1 times the layers of B0, images of 600x600.
 *
 * @example
 * efficientnetB7() // Network<[600, 600, 3], [1000], 66347960>
 */
export const efficientnetB7: Classifier<Table1<typeof b7>, 600> = (options) =>
  classifier(table1(b7, 0.5, batchNorm({ epsilon })), 600, options)
