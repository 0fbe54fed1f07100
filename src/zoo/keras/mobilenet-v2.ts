import { block, type Network, relu6, residual } from '../../index.js'
import { multiplyWidth } from '../inverted-residual.js'
import type { ClassesFor, Count, Or, ParamsOn, SizeFor } from '../model.js'
import { convNormActivation, depthwiseNormActivation, expand, project } from './inverted-residual.js'
import { type averaged, classes, numbered } from './layers.js'
import { type EndOf, type Flag, type KerasOptions, kerasModel, type LayersOf, type Nothing } from './model.js'
import { type AlphaOptions, widthsOf } from './widths.js'

/*
 * MobileNet v2: Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks" (arXiv:1801.04381), table 2, as in Keras.
 */

/** An inverted residual without its shortcut, with six times as many channels between its 1x1 convolutions. */
const bottleneck = <From extends number, Filters extends number, Stride extends number>(
  id: number,
  from: From,
  filters: Filters,
  stride: Stride,
) =>
  block(
    expand([`block_${id}_expand`, `block_${id}_expand_BN`], multiplyWidth(from, 6), relu6()),
    depthwiseNormActivation([`block_${id}_depthwise`, `block_${id}_depthwise_BN`], 3, relu6(), stride),
    project([`block_${id}_project`, `block_${id}_project_BN`], filters),
  )

/** A row of table 2 from a block's number on: all but its first block have a residual connection. */
const row = <From extends number, Filters extends number, Stride extends number, More extends number>(
  id: number,
  from: From,
  filters: Filters,
  stride: Stride,
  more: More,
) =>
  block(
    bottleneck(id, from, filters, stride),
    numbered(more, (index) => residual(bottleneck(id + 1 + index, filters, filters, 1))),
  )

/** Table 2, given the widths of one alpha: of the first convolution, of the rows, and of the last convolution. */
const table2 = <Of extends Nine>([stem, first, second, third, fourth, fifth, sixth, seventh, last]: Of) =>
  block(
    convNormActivation(['Conv1', 'bn_Conv1'], stem as Of[0], 3, relu6(), 2),
    depthwiseNormActivation(['expanded_conv_depthwise', 'expanded_conv_depthwise_BN'], 3, relu6(), 1),
    project(['expanded_conv_project', 'expanded_conv_project_BN'], first as Of[1]),
    row(1, first as Of[1], second as Of[2], 2, 1),
    row(3, second as Of[2], third as Of[3], 2, 2),
    row(6, third as Of[3], fourth as Of[4], 2, 3),
    row(10, fourth as Of[4], fifth as Of[5], 1, 2),
    row(13, fifth as Of[5], sixth as Of[6], 2, 2),
    bottleneck(16, sixth as Of[6], seventh as Of[7], 1),
    expand(['Conv_1', 'Conv_1_bn'], last as Of[8], relu6()),
  )

type Nine = readonly [number, number, number, number, number, number, number, number, number]

/** The widths of table 2, and those times each alpha, rounded to multiples of 8 (up if rounding down would remove more than a tenth). */
const widths = {
  1: [32, 16, 24, 32, 64, 96, 160, 320, 1280],
  0.35: [16, 8, 8, 16, 24, 32, 56, 112, 1280],
  0.5: [16, 8, 16, 16, 32, 48, 80, 160, 1280],
  0.75: [24, 16, 24, 24, 48, 72, 120, 240, 1280],
  1.3: [40, 24, 32, 40, 80, 128, 208, 416, 1664],
  1.4: [48, 24, 32, 48, 88, 136, 224, 448, 1792],
} as const

type Widths = typeof widths
type Table2<Of extends Nine> = typeof table2<Of>

/**
 * Keras's `MobileNetV2` (arXiv:1801.04381, table 2). `alpha` is 1, 0.35, 0.5, 0.75, 1.3 or 1.4.
 *
 * @example
 * mobilenetV2() // Network<[224, 224, 3], [1000], 3504872>
 */
export const mobilenetV2: <Classes extends Count = 1000, Size extends Count = 224, Top extends Flag = true, Alpha extends keyof Widths = 1>(
  /** `classes`, `input` (height and width), `top` and `alpha`; all have defaults. */
  options?: KerasOptions<ClassesFor<Classes>, SizeFor<Table2<Widths[Alpha]>, Size, 224>, Top> & AlphaOptions<Alpha>,
) => Network<
  [Or<Size, 224>, Or<Size, 224>, 3],
  EndOf<Or<Size, 224>, Table2<Widths[Alpha]>, Nothing, Or<Classes, 1000>, Top>,
  ParamsOn<Or<Size, 224>, LayersOf<Table2<Widths[Alpha]>, typeof averaged, Nothing, Or<Classes, 1000>, Top>>
> = (options) =>
  kerasModel(
    { body: table2(widthsOf('mobilenetV2', widths, options?.alpha ?? 1)), head: classes, standard: 224, known: ['alpha'] },
    options,
  )
