import { type AnyLayer, batchNorm, block, dense, dropout, globalAvgPool, hardSigmoid, hardSwish, relu, repeat, residual } from '../index.js'
import {
  convNormActivation,
  depthwiseNormActivation,
  expand,
  gatedInvertedLayers,
  invertedLayers,
  type Kernel,
  project,
  squeezeExcite,
} from './inverted-residual.js'
import { type Classifier, classifier } from './model.js'

/*
 * MobileNet v3: Howard et al., "Searching for MobileNetV3" (arXiv:1905.02244), tables 1 and 2, as in torchvision.
 *
 * The width of squeeze and excitation is a fourth of the expanded channels, rounded to a multiple of 8 (up if rounding down would
 * remove more than a tenth).
 */

const norm = () => batchNorm({ epsilon: 1e-3 })

/** A row without squeeze and excitation: kernel, expansion, output channels, nonlinearity and stride. */
const bneck = <Size extends Kernel, Width extends number, Filters extends number, Activation extends AnyLayer, Stride extends number>(
  kernel: Size,
  width: Width,
  filters: Filters,
  activation: Activation,
  stride: Stride,
) => invertedLayers(width, kernel, stride, filters, norm(), activation)

/** A row with squeeze and excitation, of `squeezed` units. */
const gatedBneck = <
  Size extends Kernel,
  Width extends number,
  Squeezed extends number,
  Filters extends number,
  Activation extends AnyLayer,
  Stride extends number,
>(
  kernel: Size,
  width: Width,
  squeezed: Squeezed,
  filters: Filters,
  activation: Activation,
  stride: Stride,
) => gatedInvertedLayers(width, kernel, stride, filters, norm(), activation, squeezeExcite(squeezed, width, relu(), hardSigmoid()))

const stem = () => convNormActivation(16, 3, 2, norm(), hardSwish())

/** The last rows. The pool comes before the last expansion. */
const head = <Width extends number, Units extends number>(width: Width, units: Units) =>
  block(expand(width, norm(), hardSwish()), globalAvgPool(), dense(units), hardSwish(), dropout(0.2))

/** Table 1. Rows that keep the shape have a residual connection. */
const large = () =>
  block(
    stem(),
    residual(block(depthwiseNormActivation(3, 1, norm(), relu()), project(16, norm()))),
    bneck(3, 64, 24, relu(), 2),
    residual(bneck(3, 72, 24, relu(), 1)),
    gatedBneck(5, 72, 24, 40, relu(), 2),
    repeat(2, residual(gatedBneck(5, 120, 32, 40, relu(), 1))),
    bneck(3, 240, 80, hardSwish(), 2),
    residual(bneck(3, 200, 80, hardSwish(), 1)),
    repeat(2, residual(bneck(3, 184, 80, hardSwish(), 1))),
    gatedBneck(3, 480, 120, 112, hardSwish(), 1),
    residual(gatedBneck(3, 672, 168, 112, hardSwish(), 1)),
    gatedBneck(5, 672, 168, 160, hardSwish(), 2),
    repeat(2, residual(gatedBneck(5, 960, 240, 160, hardSwish(), 1))),
    head(960, 1280),
  )

/** Table 2. */
const small = () =>
  block(
    stem(),
    block(depthwiseNormActivation(3, 2, norm(), relu()), squeezeExcite(8, 16, relu(), hardSigmoid()), project(16, norm())),
    bneck(3, 72, 24, relu(), 2),
    residual(bneck(3, 88, 24, relu(), 1)),
    gatedBneck(5, 96, 24, 40, hardSwish(), 2),
    repeat(2, residual(gatedBneck(5, 240, 64, 40, hardSwish(), 1))),
    gatedBneck(5, 120, 32, 48, hardSwish(), 1),
    residual(gatedBneck(5, 144, 40, 48, hardSwish(), 1)),
    gatedBneck(5, 288, 72, 96, hardSwish(), 2),
    repeat(2, residual(gatedBneck(5, 576, 144, 96, hardSwish(), 1))),
    head(576, 1024),
  )

/**
 * MobileNet v3 Large (arXiv:1905.02244, table 1).
 *
 * @example
 * mobilenetV3Large() // Network<[224, 224, 3], [1000], 5483032>
 */
export const mobilenetV3Large: Classifier<typeof large, 224> = (options) => classifier(large(), 224, options)

/**
 * MobileNet v3 Small (arXiv:1905.02244, table 2).
 *
 * @example
 * mobilenetV3Small() // Network<[224, 224, 3], [1000], 2542856>
 */
export const mobilenetV3Small: Classifier<typeof small, 224> = (options) => classifier(small(), 224, options)
