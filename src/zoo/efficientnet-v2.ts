import { batchNorm, block, dropout, globalAvgPool, repeat, residual, sigmoid, silu } from '../index.js'
import {
  convNormActivation,
  divideWidth,
  expand,
  gatedInvertedLayers,
  multiplyWidth,
  project,
  repeatRest,
  squeezeExcite,
} from './inverted-residual.js'
import { type Classifier, classifier } from './model.js'

/*
 * EfficientNetV2: Tan and Le, "EfficientNetV2: Smaller Models and Faster Training" (arXiv:2104.00298): S from table 4, M and L from the
 * authors' repository and torchvision; without stochastic depth.
 */

const norm = () => batchNorm({ epsilon: 1e-3 })

/** Fused-MBConv1 (figure 2): repeated 3x3 convolutions, each with a residual connection. */
const fused1 = <Filters extends number, Layers extends number>(filters: Filters, layers: Layers) =>
  repeat(layers, residual(convNormActivation(filters, 3, 1, norm(), silu())))

/** Fused-MBConv4 (figure 2): a 3x3 convolution expands the channels, a 1x1 convolution projects them. */
const fusedMbConv4 = <Stride extends number, From extends number, Filters extends number>(stride: Stride, from: From, filters: Filters) =>
  block(convNormActivation(multiplyWidth(from, 4), 3, stride, norm(), silu()), project(filters, norm()))

/** MBConv with squeeze and excitation; the squeezed width is a quarter of the input channels. */
const mbConv = <Factor extends number, Stride extends number, From extends number, Filters extends number>(
  factor: Factor,
  stride: Stride,
  from: From,
  filters: Filters,
) =>
  gatedInvertedLayers(
    multiplyWidth(from, factor),
    3,
    stride,
    filters,
    norm(),
    silu(),
    squeezeExcite(divideWidth(from, 4), multiplyWidth(from, factor), silu(), sigmoid()),
  )

/** A stage of Fused-MBConv4. All layers but the first have a residual connection. */
const fused4 = <Stride extends number, From extends number, Filters extends number, Layers extends number>(
  stride: Stride,
  from: From,
  filters: Filters,
  layers: Layers,
) => block(fusedMbConv4(stride, from, filters), repeatRest(layers, residual(fusedMbConv4(1, filters, filters))))

/** A stage of MBConv. */
const stage = <Factor extends number, Stride extends number, From extends number, Filters extends number, Layers extends number>(
  factor: Factor,
  stride: Stride,
  from: From,
  filters: Filters,
  layers: Layers,
) => block(mbConv(factor, stride, from, filters), repeatRest(layers, residual(mbConv(factor, 1, filters, filters))))

const stem = <Filters extends number>(filters: Filters) => convNormActivation(filters, 3, 2, norm(), silu())

const head = (dropped: number) => block(expand(1280, norm(), silu()), globalAvgPool(), dropout(dropped))

const small = () =>
  block(
    stem(24),
    fused1(24, 2),
    fused4(2, 24, 48, 4),
    fused4(2, 48, 64, 4),
    stage(4, 2, 64, 128, 6),
    stage(6, 1, 128, 160, 9),
    stage(6, 2, 160, 256, 15),
    head(0.2),
  )

const medium = () =>
  block(
    stem(24),
    fused1(24, 3),
    fused4(2, 24, 48, 5),
    fused4(2, 48, 80, 5),
    stage(4, 2, 80, 160, 7),
    stage(6, 1, 160, 176, 14),
    stage(6, 2, 176, 304, 18),
    stage(6, 1, 304, 512, 5),
    head(0.3),
  )

const large = () =>
  block(
    stem(32),
    fused1(32, 4),
    fused4(2, 32, 64, 7),
    fused4(2, 64, 96, 7),
    stage(4, 2, 96, 192, 10),
    stage(6, 1, 192, 224, 19),
    stage(6, 2, 224, 384, 25),
    stage(6, 1, 384, 640, 7),
    head(0.4),
  )

/**
 * EfficientNetV2-S (arXiv:2104.00298, table 4), images of 384x384.
 *
 * @example
 * efficientnetV2S() // Network<[384, 384, 3], [1000], 21458488>
 */
export const efficientnetV2S: Classifier<typeof small, 384> = (options) => classifier(small(), 384, options)

/**
 * EfficientNetV2-M (arXiv:2104.00298, the authors' repository), images of 480x480.
 *
 * @example
 * efficientnetV2M() // Network<[480, 480, 3], [1000], 54139356>
 */
export const efficientnetV2M: Classifier<typeof medium, 480> = (options) => classifier(medium(), 480, options)

/**
 * EfficientNetV2-L (arXiv:2104.00298, the authors' repository), images of 480x480.
 *
 * @example
 * efficientnetV2L() // Network<[480, 480, 3], [1000], 118515272>
 */
export const efficientnetV2L: Classifier<typeof large, 480> = (options) => classifier(large(), 480, options)
