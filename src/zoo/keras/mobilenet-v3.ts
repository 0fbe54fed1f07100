import {
  type AnyLayer,
  adaptiveAvgPool,
  block,
  conv2d,
  dense,
  dropout,
  flatten,
  globalAvgPool,
  hardSigmoid,
  hardSwish,
  type Network,
  relu,
  rescale,
  residual,
  softmax,
} from '../../index.js'
import type { ClassesFor, Count, Or, ParamsOn, SizeFor } from '../model.js'
import { convNormActivation, depthwiseNormActivation, expand, project, squeezeExcite } from './inverted-residual.js'
import { numbered, pointwise } from './layers.js'
import { type GatedRow, type Large, largeRows, type Row, type Small, smallRows } from './mobilenet-v3-rows.js'
import { type EndOf, type Flag, type KerasOptions, kerasModel, type LayersOf, type Nothing } from './model.js'
import { type AlphaOptions, widthsOf } from './widths.js'

/*
 * MobileNet v3: Howard et al., "Searching for MobileNetV3" (arXiv:1905.02244), tables 1 and 2, as in Keras, which brings pixels from 0 to
 * 255 into the range from -1 to 1 first.
 */

/** A row without squeeze and excitation: number, kernel, channels, nonlinearity and stride. */
const bneck = <Kernel extends number, Of extends Row, Activation extends AnyLayer, Stride extends number>(
  id: number,
  kernel: Kernel,
  [width, filters]: Of,
  activation: Activation,
  stride: Stride,
) =>
  block(
    expand([`expanded_conv_${id}_expand`, `expanded_conv_${id}_expand_bn`], width as Of[0], activation),
    depthwiseNormActivation([`expanded_conv_${id}_depthwise`, `expanded_conv_${id}_depthwise_bn`], kernel, activation, stride),
    project([`expanded_conv_${id}_project`, `expanded_conv_${id}_project_bn`], filters as Of[1]),
  )

/** A row with squeeze and excitation. */
const gatedBneck = <Kernel extends number, Of extends GatedRow, Activation extends AnyLayer, Stride extends number>(
  id: number,
  kernel: Kernel,
  [width, squeezed, filters]: Of,
  activation: Activation,
  stride: Stride,
) =>
  block(
    expand([`expanded_conv_${id}_expand`, `expanded_conv_${id}_expand_bn`], width as Of[0], activation),
    depthwiseNormActivation([`expanded_conv_${id}_depthwise`, `expanded_conv_${id}_depthwise_bn`], kernel, activation, stride),
    gate(`expanded_conv_${id}_`, squeezed as Of[1], width as Of[0]),
    project([`expanded_conv_${id}_project`, `expanded_conv_${id}_project_bn`], filters as Of[2]),
  )

const gate = <Squeezed extends number, Channels extends number>(prefix: string, squeezed: Squeezed, channels: Channels) =>
  squeezeExcite([`${prefix}squeeze_excite_conv`, `${prefix}squeeze_excite_conv_1`], squeezed, channels, relu(), hardSigmoid())

/** Pixels from 0 to 255 become -1 to 1; then the first convolution. */
const stem = () => block(rescale(1 / 127.5, -1), convNormActivation(['conv', 'conv_bn'], 16, 3, hardSwish(), 2))

/** The depthwise convolution of the first row, which has no expansion. */
const firstDepthwise = <Stride extends number>(stride: Stride) =>
  depthwiseNormActivation(['expanded_conv_depthwise', 'expanded_conv_depthwise_bn'], 3, relu(), stride)

const firstProject = () => project(['expanded_conv_project', 'expanded_conv_project_bn'], 16)

/** The last convolution of the body. */
const last = <Filters extends number>(filters: Filters) => expand(['conv_1', 'conv_1_bn'], filters, hardSwish())

/** Table 2. Rows that keep the shape have a residual connection. */
const small = <Of extends Small>(of: Of) =>
  block(
    stem(),
    block(firstDepthwise(2), gate('expanded_conv_', 8, 16), firstProject()),
    bneck(1, 3, [72, 24] as const, relu(), 2),
    residual(bneck(2, 3, [88, 24] as const, relu(), 1)),
    gatedBneck(3, 5, of.a as Of['a'], hardSwish(), 2),
    numbered(2, (index) => residual(gatedBneck(4 + index, 5, of.b as Of['b'], hardSwish(), 1))),
    gatedBneck(6, 5, of.c as Of['c'], hardSwish(), 1),
    residual(gatedBneck(7, 5, of.d as Of['d'], hardSwish(), 1)),
    gatedBneck(8, 5, of.e as Of['e'], hardSwish(), 2),
    numbered(2, (index) => residual(gatedBneck(9 + index, 5, of.f as Of['f'], hardSwish(), 1))),
    last(of.last as Of['last']),
  )

/** Table 1. Rows that keep the shape have a residual connection. */
const large = <Of extends Large>(of: Of) =>
  block(
    stem(),
    residual(block(firstDepthwise(1), firstProject())),
    bneck(1, 3, [64, 24] as const, relu(), 2),
    residual(bneck(2, 3, [72, 24] as const, relu(), 1)),
    gatedBneck(3, 5, of.a as Of['a'], relu(), 2),
    numbered(2, (index) => residual(gatedBneck(4 + index, 5, of.b as Of['b'], relu(), 1))),
    bneck(6, 3, of.c as Of['c'], hardSwish(), 2),
    residual(bneck(7, 3, of.d as Of['d'], hardSwish(), 1)),
    numbered(2, (index) => residual(bneck(8 + index, 3, of.e as Of['e'], hardSwish(), 1))),
    gatedBneck(10, 3, of.f as Of['f'], hardSwish(), 1),
    residual(gatedBneck(11, 3, of.g as Of['g'], hardSwish(), 1)),
    gatedBneck(12, 5, of.h as Of['h'], hardSwish(), 2),
    numbered(2, (index) => residual(gatedBneck(13 + index, 5, of.i as Of['i'], hardSwish(), 1))),
    last(of.last as Of['last']),
  )

type Table2<Of extends Small> = typeof small<Of>
type Table1<Of extends Large> = typeof large<Of>

type SmallRows = typeof smallRows
type LargeRows = typeof largeRows

/** The layers between the pooled map and the scores; Keras writes the dense layers as 1x1 convolutions. */
const head = <Units extends number>(units: Units) => block(globalAvgPool(), dense(units), hardSwish(), dropout(0.2))

/**
 * A name for it. Where `typeof head<1024>` itself stands in the type of a model, TypeScript 5.9 and 6.0 overflow as they write that type
 * out, as in a hover of the function.
 */
type Head<Units extends number> = typeof head<Units>

/** {@link head} and the scores as Keras has them. */
const convolutions =
  (units: number) =>
  (classes: number): AnyLayer =>
    block(
      adaptiveAvgPool(1),
      pointwise('conv_2', units),
      hardSwish(),
      dropout(0.2),
      conv2d(classes, 1, { name: 'logits' }),
      flatten(),
      softmax(),
    )

/**
 * Keras's `MobileNetV3Small` (arXiv:1905.02244, table 2), for pixels from 0 to 255. `alpha` is 1 or 0.75.
 *
 * @example
 * mobilenetV3Small() // Network<[224, 224, 3], [1000], 2542856>
 */
export const mobilenetV3Small: <
  Classes extends Count = 1000,
  Size extends Count = 224,
  Top extends Flag = true,
  Alpha extends keyof SmallRows = 1,
>(
  /** `classes`, `input` (height and width), `top` and `alpha`; all have defaults. */
  options?: KerasOptions<ClassesFor<Classes>, SizeFor<Table2<SmallRows[Alpha]>, Size, 224>, Top> & AlphaOptions<Alpha>,
) => Network<
  [Or<Size, 224>, Or<Size, 224>, 3],
  EndOf<Or<Size, 224>, Table2<SmallRows[Alpha]>, Nothing, Or<Classes, 1000>, Top>,
  ParamsOn<Or<Size, 224>, LayersOf<Table2<SmallRows[Alpha]>, Head<1024>, Nothing, Or<Classes, 1000>, Top>>
> = (options) => {
  const body = small(widthsOf('mobilenetV3Small', smallRows, options?.alpha ?? 1))
  return kerasModel({ body, head: convolutions(1024), standard: 224, known: ['alpha'] }, options)
}

/**
 * Keras's `MobileNetV3Large` (arXiv:1905.02244, table 1), for pixels from 0 to 255. `alpha` is 1 or 0.75.
 *
 * @example
 * mobilenetV3Large() // Network<[224, 224, 3], [1000], 5483032>
 */
export const mobilenetV3Large: <
  Classes extends Count = 1000,
  Size extends Count = 224,
  Top extends Flag = true,
  Alpha extends keyof LargeRows = 1,
>(
  /** `classes`, `input` (height and width), `top` and `alpha`; all have defaults. */
  options?: KerasOptions<ClassesFor<Classes>, SizeFor<Table1<LargeRows[Alpha]>, Size, 224>, Top> & AlphaOptions<Alpha>,
) => Network<
  [Or<Size, 224>, Or<Size, 224>, 3],
  EndOf<Or<Size, 224>, Table1<LargeRows[Alpha]>, Nothing, Or<Classes, 1000>, Top>,
  ParamsOn<Or<Size, 224>, LayersOf<Table1<LargeRows[Alpha]>, Head<1280>, Nothing, Or<Classes, 1000>, Top>>
> = (options) => {
  const body = large(widthsOf('mobilenetV3Large', largeRows, options?.alpha ?? 1))
  return kerasModel({ body, head: convolutions(1280), standard: 224, known: ['alpha'] }, options)
}
