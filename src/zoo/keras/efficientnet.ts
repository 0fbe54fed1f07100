import { type AnyLayer, block, dropout, normalize, rescale, residual, sigmoid, silu } from '../../index.js'
import { divideWidth, multiplyWidth } from '../inverted-residual.js'
import { convNormActivation, depthwiseNormActivation, expand, project, squeezeExcite } from './inverted-residual.js'
import { averaged, letter, numberedRest, predictions } from './layers.js'
import { type KerasModel, kerasModel } from './model.js'

/*
 * EfficientNet: Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks" (arXiv:1905.11946), table 1, and
 * the larger models by compound scaling (section 3.3), as in Keras: pixels from 0 to 255 are divided by 255 and normalized with
 * statistics that are weights. Stochastic depth is left out.
 */

/** Squeeze and excitation with one unit for every four channels of the block's input. */
const gate = <From extends number, Channels extends number>(name: string, from: From, channels: Channels) =>
  squeezeExcite([`${name}_se_reduce`, `${name}_se_expand`], divideWidth(from, 4), channels, silu(), sigmoid())

/** MBConv1, without an expansion. */
const mbConv1 = <From extends number, Filters extends number>(name: string, from: From, filters: Filters) =>
  block(
    depthwiseNormActivation([`${name}_dwconv`, `${name}_bn`], 3, silu(), 1),
    gate(name, from, from),
    project([`${name}_project_conv`, `${name}_project_bn`], filters),
  )

/** MBConv6. */
const mbConv6 = <Kernel extends number, Stride extends number, From extends number, Filters extends number>(
  name: string,
  kernel: Kernel,
  stride: Stride,
  from: From,
  filters: Filters,
) =>
  block(
    expand([`${name}_expand_conv`, `${name}_expand_bn`], multiplyWidth(from, 6), silu()),
    depthwiseNormActivation([`${name}_dwconv`, `${name}_bn`], kernel, silu(), stride),
    gate(name, from, multiplyWidth(from, 6)),
    project([`${name}_project_conv`, `${name}_project_bn`], filters),
  )

/** Stage 2 of table 1. All layers but the first have a residual connection. */
const stage1 = <From extends number, Filters extends number, Layers extends number>(from: From, filters: Filters, layers: Layers) =>
  block(
    mbConv1('block1a', from, filters),
    numberedRest(layers, (index) => residual(mbConv1(`block1${letter(index)}`, filters, filters))),
  )

/** One of stages 3 to 8. Its first layer has the stride and changes the channels. */
const stage = <Kernel extends number, Stride extends number, From extends number, Filters extends number, Layers extends number>(
  name: string,
  kernel: Kernel,
  stride: Stride,
  from: From,
  filters: Filters,
  layers: Layers,
) =>
  block(
    mbConv6(`${name}a`, kernel, stride, from, filters),
    numberedRest(layers, (index) => residual(mbConv6(`${name}${letter(index)}`, kernel, 1, filters, filters))),
  )

/** Table 1 after compound scaling: the channels of stages 1 to 8, and the numbers of layers of stages 2 to 8. */
interface Scale {
  readonly channels: readonly [number, number, number, number, number, number, number, number]
  readonly layers: readonly [number, number, number, number, number, number, number]
}

type Channels<Of extends Scale, Stage extends keyof Scale['channels']> = Of['channels'][Stage] & number
type Layers<Of extends Scale, Stage extends keyof Scale['layers']> = Of['layers'][Stage] & number

const table1 = <Of extends Scale>({ channels: c, layers: n }: Of) =>
  block(
    block(rescale(1 / 255), normalize()),
    convNormActivation(['stem_conv', 'stem_bn'], c[0] as Channels<Of, 0>, 3, silu(), 2),
    stage1(c[0] as Channels<Of, 0>, c[1] as Channels<Of, 1>, n[0] as Layers<Of, 0>),
    stage('block2', 3, 2, c[1] as Channels<Of, 1>, c[2] as Channels<Of, 2>, n[1] as Layers<Of, 1>),
    stage('block3', 5, 2, c[2] as Channels<Of, 2>, c[3] as Channels<Of, 3>, n[2] as Layers<Of, 2>),
    stage('block4', 3, 2, c[3] as Channels<Of, 3>, c[4] as Channels<Of, 4>, n[3] as Layers<Of, 3>),
    stage('block5', 5, 1, c[4] as Channels<Of, 4>, c[5] as Channels<Of, 5>, n[4] as Layers<Of, 4>),
    stage('block6', 5, 2, c[5] as Channels<Of, 5>, c[6] as Channels<Of, 6>, n[5] as Layers<Of, 5>),
    stage('block7', 3, 1, c[6] as Channels<Of, 6>, c[7] as Channels<Of, 7>, n[6] as Layers<Of, 6>),
    expand(['top_conv', 'top_bn'], multiplyWidth(c[7] as Channels<Of, 7>, 4), silu()),
  )

const b0 = { channels: [32, 16, 24, 40, 80, 112, 192, 320], layers: [1, 2, 2, 3, 3, 4, 1] } as const
const b1 = { channels: [32, 16, 24, 40, 80, 112, 192, 320], layers: [2, 3, 3, 4, 4, 5, 2] } as const
const b2 = { channels: [32, 16, 24, 48, 88, 120, 208, 352], layers: [2, 3, 3, 4, 4, 5, 2] } as const
const b3 = { channels: [40, 24, 32, 48, 96, 136, 232, 384], layers: [2, 3, 3, 5, 5, 6, 2] } as const
const b4 = { channels: [48, 24, 32, 56, 112, 160, 272, 448], layers: [2, 4, 4, 6, 6, 8, 2] } as const
const b5 = { channels: [48, 24, 40, 64, 128, 176, 304, 512], layers: [3, 5, 5, 7, 7, 9, 3] } as const
const b6 = { channels: [56, 32, 40, 72, 144, 200, 344, 576], layers: [3, 6, 6, 8, 8, 11, 3] } as const
const b7 = { channels: [64, 32, 48, 80, 160, 224, 384, 640], layers: [4, 7, 7, 10, 10, 13, 4] } as const

type EfficientNet<Of extends Scale, Standard extends number> = KerasModel<typeof table1<Of>, typeof averaged, Standard>

/** The dropout and the scores. */
const top =
  (dropped: number) =>
  (classes: number): AnyLayer =>
    block(averaged(), dropout(dropped), predictions(classes))

/**
 * Keras's `EfficientNetB0` (arXiv:1905.11946): the baseline network, for images of 224x224 with pixels from 0 to 255.
 *
 * @example
 * efficientnetB0() // Network<[224, 224, 3], [1000], 5288548>
 */
export const efficientnetB0: EfficientNet<typeof b0, 224> = (options) =>
  kerasModel({ body: table1(b0), head: top(0.2), standard: 224 }, options)

/**
 * Keras's `EfficientNetB1` (arXiv:1905.11946): 1.1 times the layers of B0, for images of 240x240 with pixels from 0 to 255.
 *
 * @example
 * efficientnetB1() // Network<[240, 240, 3], [1000], 7794184>
 */
export const efficientnetB1: EfficientNet<typeof b1, 240> = (options) =>
  kerasModel({ body: table1(b1), head: top(0.2), standard: 240 }, options)

/**
 * Keras's `EfficientNetB2` (arXiv:1905.11946): 1.1 times the channels and 1.2 times the layers of B0, for images of 260x260 with pixels from 0 to 255.
 *
 * @example
 * efficientnetB2() // Network<[260, 260, 3], [1000], 9109994>
 */
export const efficientnetB2: EfficientNet<typeof b2, 260> = (options) =>
  kerasModel({ body: table1(b2), head: top(0.3), standard: 260 }, options)

/**
 * Keras's `EfficientNetB3` (arXiv:1905.11946): 1.2 times the channels and 1.4 times the layers of B0, for images of 300x300 with pixels from 0 to 255.
 *
 * @example
 * efficientnetB3() // Network<[300, 300, 3], [1000], 12233232>
 */
export const efficientnetB3: EfficientNet<typeof b3, 300> = (options) =>
  kerasModel({ body: table1(b3), head: top(0.3), standard: 300 }, options)

/**
 * Keras's `EfficientNetB4` (arXiv:1905.11946): 1.4 times the channels and 1.8 times the layers of B0, for images of 380x380 with pixels from 0 to 255.
 *
 * @example
 * efficientnetB4() // Network<[380, 380, 3], [1000], 19341616>
 */
export const efficientnetB4: EfficientNet<typeof b4, 380> = (options) =>
  kerasModel({ body: table1(b4), head: top(0.4), standard: 380 }, options)

/**
 * Keras's `EfficientNetB5` (arXiv:1905.11946): 1.6 times the channels and 2.2 times the layers of B0, for images of 456x456 with pixels from 0 to 255.
 *
 * @example
 * efficientnetB5() // Network<[456, 456, 3], [1000], 30389784>
 */
export const efficientnetB5: EfficientNet<typeof b5, 456> = (options) =>
  kerasModel({ body: table1(b5), head: top(0.4), standard: 456 }, options)

/**
 * Keras's `EfficientNetB6` (arXiv:1905.11946): 1.8 times the channels and 2.6 times the layers of B0, for images of 528x528 with pixels from 0 to 255.
 *
 * @example
 * efficientnetB6() // Network<[528, 528, 3], [1000], 43040704>
 */
export const efficientnetB6: EfficientNet<typeof b6, 528> = (options) =>
  kerasModel({ body: table1(b6), head: top(0.5), standard: 528 }, options)

/**
 * Keras's `EfficientNetB7` (arXiv:1905.11946): 2 times the channels and 3.1 times the layers of B0, for images of 600x600 with pixels from 0 to 255.
 *
 * @example
 * efficientnetB7() // Network<[600, 600, 3], [1000], 66347960>
 */
export const efficientnetB7: EfficientNet<typeof b7, 600> = (options) =>
  kerasModel({ body: table1(b7), head: top(0.5), standard: 600 }, options)
