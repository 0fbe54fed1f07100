import { type AnyLayer, block, dropout, normalize, rescale, residual, sigmoid, silu } from '../../index.js'
import { divideWidth, multiplyWidth } from '../inverted-residual.js'
import { convNormActivation, depthwiseNormActivation, expand, project, squeezeExcite } from './inverted-residual.js'
import { averaged, letter, numbered, numberedRest, predictions } from './layers.js'
import { type KerasModel, kerasModel } from './model.js'

/*
 * EfficientNetV2: Tan and Le, "EfficientNetV2: Smaller Models and Faster Training" (arXiv:2104.00298), table 4, and the other sizes of
 * the authors' repository, as in Keras, which first brings pixels from 0 to 255 into the range of training. Stochastic depth is left
 * out.
 */

/** Fused-MBConv1 (figure 2): a 3x3 convolution. */
const fused1 = <Filters extends number>(name: string, filters: Filters) =>
  convNormActivation([`${name}_project_conv`, `${name}_project_bn`], filters, 3, silu())

/** Fused-MBConv4 (figure 2): a 3x3 convolution expands the channels, a 1x1 convolution projects them. */
const fused4 = <Stride extends number, From extends number, Filters extends number>(
  name: string,
  stride: Stride,
  from: From,
  filters: Filters,
) =>
  block(
    convNormActivation([`${name}_expand_conv`, `${name}_expand_bn`], multiplyWidth(from, 4), 3, silu(), stride),
    project([`${name}_project_conv`, `${name}_project_bn`], filters),
  )

/** MBConv with squeeze and excitation, whose width is a quarter of the input channels. */
const mbConv = <Factor extends number, Stride extends number, From extends number, Filters extends number>(
  name: string,
  factor: Factor,
  stride: Stride,
  from: From,
  filters: Filters,
) =>
  block(
    expand([`${name}_expand_conv`, `${name}_expand_bn`], multiplyWidth(from, factor), silu()),
    depthwiseNormActivation([`${name}_dwconv2`, `${name}_bn`], 3, silu(), stride),
    squeezeExcite([`${name}_se_reduce`, `${name}_se_expand`], divideWidth(from, 4), multiplyWidth(from, factor), silu(), sigmoid()),
    project([`${name}_project_conv`, `${name}_project_bn`], filters),
  )

/** A stage of Fused-MBConv1, all of whose layers keep the shape. */
const keepingStage = <Filters extends number, Layers extends number>(filters: Filters, layers: Layers) =>
  numbered(layers, (index) => residual(fused1(`block1${letter(index)}`, filters)))

/** A stage of Fused-MBConv4 with stride 2. All layers but the first have a residual connection. */
const fusedStage = <From extends number, Filters extends number, Layers extends number>(
  name: string,
  from: From,
  filters: Filters,
  layers: Layers,
) =>
  block(
    fused4(`${name}a`, 2, from, filters),
    numberedRest(layers, (index) => residual(fused4(`${name}${letter(index)}`, 1, filters, filters))),
  )

/** A stage of MBConv. */
const stage = <Factor extends number, Stride extends number, From extends number, Filters extends number, Layers extends number>(
  name: string,
  factor: Factor,
  stride: Stride,
  from: From,
  filters: Filters,
  layers: Layers,
) =>
  block(
    mbConv(`${name}a`, factor, stride, from, filters),
    numberedRest(layers, (index) => residual(mbConv(`${name}${letter(index)}`, factor, 1, filters, filters))),
  )

const stem = <Filters extends number>(filters: Filters) => convNormActivation(['stem_conv', 'stem_bn'], filters, 3, silu(), 2)

/** The last convolution. */
const last = <Filters extends number>(filters: Filters) => expand(['top_conv', 'top_bn'], filters, silu())

/** Pixels from 0 to 255, divided by 255, and normalized with the statistics of ImageNet. */
const normalized = () => block(rescale(1 / 255), normalize([0.485, 0.456, 0.406], [0.229 ** 2, 0.224 ** 2, 0.225 ** 2]))

/** Pixels from 0 to 255 become -1 to 1. */
const rescaled = () => block(rescale(1 / 128, -1))

/** B0 to B3: the channels of the stages and the last convolution, and the numbers of layers behind the first stage's. */
interface Base {
  readonly channels: readonly [number, number, number, number, number, number, number, number]
  readonly layers: readonly [number, number, number, number, number, number]
}

type Channels<Of extends Base, Stage extends keyof Base['channels']> = Of['channels'][Stage] & number
type Layers<Of extends Base, Stage extends keyof Base['layers']> = Of['layers'][Stage] & number

const base = <Of extends Base>({ channels: c, layers: n }: Of) =>
  block(
    normalized(),
    stem(c[0] as Channels<Of, 0>),
    fused1('block1a', c[1] as Channels<Of, 1>),
    numberedRest(n[0] as Layers<Of, 0>, (index) => residual(fused1(`block1${letter(index)}`, c[1] as Channels<Of, 1>))),
    fusedStage('block2', c[1] as Channels<Of, 1>, c[2] as Channels<Of, 2>, n[1] as Layers<Of, 1>),
    fusedStage('block3', c[2] as Channels<Of, 2>, c[3] as Channels<Of, 3>, n[2] as Layers<Of, 2>),
    stage('block4', 4, 2, c[3] as Channels<Of, 3>, c[4] as Channels<Of, 4>, n[3] as Layers<Of, 3>),
    stage('block5', 6, 1, c[4] as Channels<Of, 4>, c[5] as Channels<Of, 5>, n[4] as Layers<Of, 4>),
    stage('block6', 6, 2, c[5] as Channels<Of, 5>, c[6] as Channels<Of, 6>, n[5] as Layers<Of, 5>),
    last(c[7] as Channels<Of, 7>),
  )

const b0 = { channels: [32, 16, 32, 48, 96, 112, 192, 1280], layers: [1, 2, 2, 3, 5, 8] } as const
const b1 = { channels: [32, 16, 32, 48, 96, 112, 192, 1280], layers: [2, 3, 3, 4, 6, 9] } as const
const b2 = { channels: [32, 16, 32, 56, 104, 120, 208, 1408], layers: [2, 3, 3, 4, 6, 10] } as const
const b3 = { channels: [40, 16, 40, 56, 112, 136, 232, 1536], layers: [2, 3, 3, 5, 7, 12] } as const

const small = () =>
  block(
    rescaled(),
    stem(24),
    keepingStage(24, 2),
    fusedStage('block2', 24, 48, 4),
    fusedStage('block3', 48, 64, 4),
    stage('block4', 4, 2, 64, 128, 6),
    stage('block5', 6, 1, 128, 160, 9),
    stage('block6', 6, 2, 160, 256, 15),
    last(1280),
  )

const medium = () =>
  block(
    rescaled(),
    stem(24),
    keepingStage(24, 3),
    fusedStage('block2', 24, 48, 5),
    fusedStage('block3', 48, 80, 5),
    stage('block4', 4, 2, 80, 160, 7),
    stage('block5', 6, 1, 160, 176, 14),
    stage('block6', 6, 2, 176, 304, 18),
    stage('block7', 6, 1, 304, 512, 5),
    last(1280),
  )

const large = () =>
  block(
    rescaled(),
    stem(32),
    keepingStage(32, 4),
    fusedStage('block2', 32, 64, 7),
    fusedStage('block3', 64, 96, 7),
    stage('block4', 4, 2, 96, 192, 10),
    stage('block5', 6, 1, 192, 224, 19),
    stage('block6', 6, 2, 224, 384, 25),
    stage('block7', 6, 1, 384, 640, 7),
    last(1280),
  )

type EfficientNetV2Base<Of extends Base, Standard extends number> = KerasModel<typeof base<Of>, typeof averaged, Standard>

/** The dropout and the scores. */
const top =
  (dropped: number) =>
  (classes: number): AnyLayer =>
    block(averaged(), dropout(dropped), predictions(classes))

/**
 * Keras's `EfficientNetV2B0` (arXiv:2104.00298, the authors' repository), for images of 224x224 with pixels from 0 to 255.
 *
 * @example
 * efficientnetV2B0() // Network<[224, 224, 3], [1000], 7139704>
 */
export const efficientnetV2B0: EfficientNetV2Base<typeof b0, 224> = (options) =>
  kerasModel({ body: base(b0), head: top(0.2), standard: 224 }, options)

/**
 * Keras's `EfficientNetV2B1` (arXiv:2104.00298, the authors' repository), for images of 240x240 with pixels from 0 to 255.
 *
 * @example
 * efficientnetV2B1() // Network<[240, 240, 3], [1000], 8141052>
 */
export const efficientnetV2B1: EfficientNetV2Base<typeof b1, 240> = (options) =>
  kerasModel({ body: base(b1), head: top(0.2), standard: 240 }, options)

/**
 * Keras's `EfficientNetV2B2` (arXiv:2104.00298, the authors' repository), for images of 260x260 with pixels from 0 to 255.
 *
 * @example
 * efficientnetV2B2() // Network<[260, 260, 3], [1000], 10096086>
 */
export const efficientnetV2B2: EfficientNetV2Base<typeof b2, 260> = (options) =>
  kerasModel({ body: base(b2), head: top(0.2), standard: 260 }, options)

/**
 * Keras's `EfficientNetV2B3` (arXiv:2104.00298, the authors' repository), for images of 300x300 with pixels from 0 to 255.
 *
 * @example
 * efficientnetV2B3() // Network<[300, 300, 3], [1000], 14358406>
 */
export const efficientnetV2B3: EfficientNetV2Base<typeof b3, 300> = (options) =>
  kerasModel({ body: base(b3), head: top(0.2), standard: 300 }, options)

/**
 * Keras's `EfficientNetV2S` (arXiv:2104.00298, table 4), for images of 384x384 with pixels from 0 to 255.
 *
 * @example
 * efficientnetV2S() // Network<[384, 384, 3], [1000], 21458488>
 */
export const efficientnetV2S: KerasModel<typeof small, typeof averaged, 384> = (options) =>
  kerasModel({ body: small(), head: top(0.2), standard: 384 }, options)

/**
 * Keras's `EfficientNetV2M` (arXiv:2104.00298, the authors' repository), for images of 480x480 with pixels from 0 to 255.
 *
 * @example
 * efficientnetV2M() // Network<[480, 480, 3], [1000], 54139356>
 */
export const efficientnetV2M: KerasModel<typeof medium, typeof averaged, 480> = (options) =>
  kerasModel({ body: medium(), head: top(0.2), standard: 480 }, options)

/**
 * Keras's `EfficientNetV2L` (arXiv:2104.00298, the authors' repository), for images of 480x480 with pixels from 0 to 255.
 *
 * @example
 * efficientnetV2L() // Network<[480, 480, 3], [1000], 118515272>
 */
export const efficientnetV2L: KerasModel<typeof large, typeof averaged, 480> = (options) =>
  kerasModel({ body: large(), head: top(0.2), standard: 480 }, options)
