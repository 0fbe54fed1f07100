import { batchNorm, block, dropout, globalAvgPool, relu, residual } from '../index.js'
import {
  convNormActivation,
  depthwiseNormActivation,
  expand,
  invertedLayers,
  type Kernel,
  multiplyWidth,
  project,
  repeatRest,
} from './inverted-residual.js'
import { type Classifier, classifier } from './model.js'

/*
 * MnasNet: Tan et al., "MnasNet: Platform-Aware Neural Architecture Search for Mobile" (arXiv:1807.11626), in the variant without
 * squeeze and excitation (MnasNet-B1), as in torchvision.
 *
 * Other sizes multiply the widths 32, 16, 24, 40, 80, 96, 192 and 320, rounded to a multiple of 8 (up if rounding down would remove
 * more than a tenth). The last width stays 1280.
 */

const norm = () => batchNorm()

/** A row of figure 7: MBConv3 or MBConv6. All layers but the first have a residual connection. */
const mbConv = <
  Factor extends number,
  Size extends Kernel,
  Stride extends number,
  From extends number,
  Filters extends number,
  Layers extends number,
>(
  factor: Factor,
  kernel: Size,
  stride: Stride,
  from: From,
  filters: Filters,
  layers: Layers,
) =>
  block(
    invertedLayers(multiplyWidth(from, factor), kernel, stride, filters, norm(), relu()),
    repeatRest(layers, residual(invertedLayers(multiplyWidth(filters, factor), kernel, 1, filters, norm(), relu()))),
  )

/** Figure 7, given the widths of one size. */
const figure7 = <
  Stem extends number,
  First extends number,
  Second extends number,
  Third extends number,
  Fourth extends number,
  Fifth extends number,
  Sixth extends number,
  Last extends number,
>([stem, first, second, third, fourth, fifth, sixth, last]: readonly [Stem, First, Second, Third, Fourth, Fifth, Sixth, Last]) =>
  block(
    convNormActivation(stem, 3, 2, norm(), relu()),
    depthwiseNormActivation(3, 1, norm(), relu()),
    project(first, norm()),
    mbConv(3, 3, 2, first, second, 3),
    mbConv(3, 5, 2, second, third, 3),
    mbConv(6, 5, 2, third, fourth, 3),
    mbConv(6, 3, 1, fourth, fifth, 2),
    mbConv(6, 5, 2, fifth, sixth, 4),
    mbConv(6, 3, 1, sixth, last, 1),
    expand(1280, norm(), relu()),
    globalAvgPool(),
    dropout(0.2),
  )

type Widths = readonly [number, number, number, number, number, number, number, number]

type Figure7<Of extends Widths> = typeof figure7<Of[0], Of[1], Of[2], Of[3], Of[4], Of[5], Of[6], Of[7]>

const widths0_5 = [16, 8, 16, 24, 40, 48, 96, 160] as const
const widths0_75 = [24, 16, 24, 32, 64, 72, 144, 240] as const
const widths1_0 = [32, 16, 24, 40, 80, 96, 192, 320] as const
const widths1_3 = [40, 24, 32, 56, 104, 128, 248, 416] as const

/**
 * MnasNet-B1 with 0.5 times the widths (arXiv:1807.11626, figure 7; torchvision's `mnasnet0_5`).
 *
 * @example
 * mnasnet0_5() // Network<[224, 224, 3], [1000], 2218512>
 */
export const mnasnet0_5: Classifier<Figure7<typeof widths0_5>, 224> = (options) => classifier(figure7(widths0_5), 224, options)

/**
 * MnasNet-B1 with 0.75 times the widths (arXiv:1807.11626, figure 7; torchvision's `mnasnet0_75`).
 *
 * @example
 * mnasnet0_75() // Network<[224, 224, 3], [1000], 3170208>
 */
export const mnasnet0_75: Classifier<Figure7<typeof widths0_75>, 224> = (options) => classifier(figure7(widths0_75), 224, options)

/**
 * MnasNet-B1 with the original widths (arXiv:1807.11626, figure 7; torchvision's `mnasnet1_0`).
 *
 * @example
 * mnasnet1_0() // Network<[224, 224, 3], [1000], 4383312>
 */
export const mnasnet1_0: Classifier<Figure7<typeof widths1_0>, 224> = (options) => classifier(figure7(widths1_0), 224, options)

/**
 * MnasNet-B1 with 1.3 times the widths (arXiv:1807.11626, figure 7; torchvision's `mnasnet1_3`).
 *
 * @example
 * mnasnet1_3() // Network<[224, 224, 3], [1000], 6282256>
 */
export const mnasnet1_3: Classifier<Figure7<typeof widths1_3>, 224> = (options) => classifier(figure7(widths1_3), 224, options)
