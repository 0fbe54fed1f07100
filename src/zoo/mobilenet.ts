import {
  batchNorm,
  block,
  conv2d,
  depthwiseConv2d,
  dropout,
  globalAvgPool,
  type Layer,
  type Network,
  relu,
  relu6,
  repeat,
  residual,
  ShapeError,
  softmax,
} from '../index.js'
import {
  convNormActivation,
  depthwiseNormActivation,
  expand,
  invertedLayers,
  multiplyWidth,
  project,
  repeatRest,
} from './inverted-residual.js'
import { conv1x1 } from './layers.js'
import {
  type ClassesFor,
  type Classifier,
  type Count,
  classifier,
  type ModelOptions,
  type Or,
  type ParamsOn,
  type SizeFor,
  type WithDense,
} from './model.js'

/*
 * MobileNet v1 and v2: Howard et al., "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications"
 * (arXiv:1704.04861), table 1; Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks" (arXiv:1801.04381), table 2.
 */

const norm = () => batchNorm()

/** Options of a convolution with TensorFlow's padding, which pads the end first. */
interface Same<Stride> {
  readonly stride: Stride
  readonly padding: 'same'
  readonly bias: false
}

/** A depthwise and a 1x1 convolution (figure 3, right): "Conv dw" and the following row in table 1. */
const separable = <Filters extends number, Stride extends number>(filters: Filters, stride: Stride) =>
  block(depthwiseSame(stride), norm(), relu(), conv1x1(filters), norm(), relu())

const depthwiseSame = <Stride extends number>(stride: Stride): Layer<'depthwiseConv2d', [3, Same<Stride>]> =>
  depthwiseConv2d(3, { stride, padding: 'same', bias: false })

const convSame = <Filters extends number>(filters: Filters): Layer<'conv2d', [Filters, 3, Same<2>]> =>
  conv2d(filters, 3, { stride: 2, padding: 'same', bias: false })

/**
 * Table 1, given the widths of one multiplier. In the table the last depthwise row has stride 2, but the same size before and after.
 * According to the sizes and the published arithmetic, the stride is 1.
 */
const table1 = <
  Stem extends number,
  First extends number,
  Second extends number,
  Third extends number,
  Fourth extends number,
  Last extends number,
>([stem, first, second, third, fourth, last]: readonly [Stem, First, Second, Third, Fourth, Last]) =>
  block(
    block(convSame(stem), norm(), relu()),
    separable(first, 1),
    separable(second, 2),
    separable(second, 1),
    separable(third, 2),
    separable(third, 1),
    separable(fourth, 2),
    repeat(5, separable(fourth, 1)),
    separable(last, 2),
    separable(last, 1),
    globalAvgPool(),
  )

/** Table 1's widths times the multipliers of section 3.3. */
const v1 = {
  1: [32, 64, 128, 256, 512, 1024],
  0.75: [24, 48, 96, 192, 384, 768],
  0.5: [16, 32, 64, 128, 256, 512],
  0.25: [8, 16, 32, 64, 128, 256],
} as const

type Widths = readonly [number, number, number, number, number, number]

type Table1<Of extends Widths> = typeof table1<Of[0], Of[1], Of[2], Of[3], Of[4], Of[5]>

type V1<Width extends keyof typeof v1> = Table1<(typeof v1)[Width]>

const noWidth = 'mobilenetV1: width must be 1, 0.75, 0.5 or 0.25, not {width}.'

const ofWidth = (width: keyof typeof v1 = 1) => {
  if (!Object.hasOwn(v1, width)) throw new ShapeError(noWidth.replace('{width}', `${width}`), 'mobilenetV1', 'options.width')
  return v1[width]
}

/** Options of MobileNet v1. */
export interface MobileNetV1Options<Width> {
  /** The width multiplier: 1 (default), 0.75, 0.5 or 0.25. */
  readonly width?: Width
}

/** The bottlenecks of a row of table 2 of MobileNet v2. All but the first have a residual connection. */
const bottlenecks = <Factor extends number, From extends number, Filters extends number, Stride extends number, Layers extends number>(
  factor: Factor,
  from: From,
  filters: Filters,
  stride: Stride,
  layers: Layers,
) =>
  block(
    invertedLayers(multiplyWidth(from, factor), 3, stride, filters, norm(), relu6()),
    repeatRest(layers, residual(invertedLayers(multiplyWidth(filters, factor), 3, 1, filters, norm(), relu6()))),
  )

const v2 = () =>
  block(
    convNormActivation(32, 3, 2, norm(), relu6()),
    depthwiseNormActivation(3, 1, norm(), relu6()),
    project(16, norm()),
    bottlenecks(6, 16, 24, 2, 2),
    bottlenecks(6, 24, 32, 2, 3),
    bottlenecks(6, 32, 64, 2, 4),
    bottlenecks(6, 64, 96, 1, 3),
    bottlenecks(6, 96, 160, 2, 3),
    bottlenecks(6, 160, 320, 1, 1),
    expand(1280, norm(), relu6()),
    globalAvgPool(),
    dropout(0.2),
  )

/**
 * MobileNet v1 (arXiv:1704.04861, table 1), with TensorFlow's padding. A `width` of 0.75, 0.5 or 0.25 gives the thinner models of table
 * 6, and an `input` of 192, 160 or 128 the smaller ones of table 7.
 *
 * @example
 * mobilenetV1() // Network<[224, 224, 3], [1000], 4231976>
 */
export const mobilenetV1: <Classes extends Count = 1000, Size extends Count = 224, Width extends keyof typeof v1 = 1>(
  /** `classes`, `input` (height and width) and options of this model; all have defaults. */
  options?: ModelOptions<ClassesFor<Classes>, SizeFor<V1<Width>, Size, 224>> & MobileNetV1Options<Width>,
) => Network<[Or<Size, 224>, Or<Size, 224>, 3], [Or<Classes, 1000>], ParamsOn<Or<Size, 224>, WithDense<V1<Width>, Or<Classes, 1000>>>> = (
  options,
) => classifier(table1(ofWidth(options?.width)), 224, options, { known: ['width'], after: softmax() })

/**
 * MobileNet v2 (arXiv:1801.04381, table 2) with the widths of the table.
 *
 * @example
 * mobilenetV2() // Network<[224, 224, 3], [1000], 3504872>
 */
export const mobilenetV2: Classifier<typeof v2, 224> = (options) => classifier(v2(), 224, options)
