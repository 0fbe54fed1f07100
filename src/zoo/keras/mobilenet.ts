import {
  type AnyLayer,
  adaptiveAvgPool,
  block,
  conv2d,
  depthwiseConv2d,
  dropout,
  flatten,
  type Layer,
  type Network,
  relu6,
  softmax,
} from '../../index.js'
import type { ClassesFor, Count, Or, ParamsOn, SizeFor } from '../model.js'
import { type averaged, depthwise, norm, numbered, point, same } from './layers.js'
import { type EndOf, type Flag, type KerasOptions, kerasModel, type LayersOf, type Nothing } from './model.js'
import { type AlphaOptions, widthsOf } from './widths.js'

/*
 * MobileNet: Howard et al., "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications" (arXiv:1704.04861),
 * table 1, with ReLU6 and a 1x1 convolution for the scores, as in Keras.
 */

/** Options of a depthwise convolution with stride 2 and zeros at the end alone. */
interface Halving {
  readonly stride: 2
  readonly padding: readonly [readonly [0, 1], readonly [0, 1]]
  readonly rounding: 'floor'
  readonly bias: false
}

const depthwise2 = (name: string): Layer<'depthwiseConv2d', [3, Halving]> =>
  depthwiseConv2d(3, {
    stride: 2,
    padding: [
      [0, 1],
      [0, 1],
    ],
    rounding: 'floor',
    bias: false,
    name,
  })

/** The norm, the activation and the 1x1 convolution behind a depthwise one. */
const behind = <Filters extends number>(id: number, filters: Filters) =>
  block(norm(`conv_dw_${id}_bn`), relu6(), point(`conv_pw_${id}`, filters), norm(`conv_pw_${id}_bn`), relu6())

const keeping = <Filters extends number>(id: number, filters: Filters) => block(depthwise(`conv_dw_${id}`, 3, 1), behind(id, filters))

const halving = <Filters extends number>(id: number, filters: Filters) => block(depthwise2(`conv_dw_${id}`), behind(id, filters))

/** Table 1, given the widths of one alpha. */
const table1 = <
  Stem extends number,
  First extends number,
  Second extends number,
  Third extends number,
  Fourth extends number,
  Last extends number,
>([stem, first, second, third, fourth, last]: readonly [Stem, First, Second, Third, Fourth, Last]) =>
  block(
    block(same('conv1', stem, 3, 2), norm('conv1_bn'), relu6()),
    keeping(1, first),
    halving(2, second),
    keeping(3, second),
    halving(4, third),
    keeping(5, third),
    halving(6, fourth),
    numbered(5, (index) => keeping(index + 7, fourth)),
    halving(12, last),
    keeping(13, last),
  )

/** The widths of table 1, and those times each alpha. */
const widths = {
  1: [32, 64, 128, 256, 512, 1024],
  0.75: [24, 48, 96, 192, 384, 768],
  0.5: [16, 32, 64, 128, 256, 512],
  0.25: [8, 16, 32, 64, 128, 256],
} as const

type Widths = typeof widths
type Six = readonly [number, number, number, number, number, number]
type Table1<Of extends Six> = typeof table1<Of[0], Of[1], Of[2], Of[3], Of[4], Of[5]>

/** The scores are a 1x1 convolution of the pooled map. */
const head = (classes: number): AnyLayer =>
  block(adaptiveAvgPool(1), dropout(1e-3), conv2d(classes, 1, { name: 'conv_preds' }), flatten(), softmax())

/**
 * Keras's `MobileNet` (arXiv:1704.04861, table 1). `alpha` is 1, 0.75, 0.5 or 0.25.
 *
 * @example
 * mobilenet() // Network<[224, 224, 3], [1000], 4231976>
 */
export const mobilenet: <Classes extends Count = 1000, Size extends Count = 224, Top extends Flag = true, Alpha extends keyof Widths = 1>(
  /** `classes`, `input` (height and width), `top` and `alpha`; all have defaults. */
  options?: KerasOptions<ClassesFor<Classes>, SizeFor<Table1<Widths[Alpha]>, Size, 224>, Top> & AlphaOptions<Alpha>,
) => Network<
  [Or<Size, 224>, Or<Size, 224>, 3],
  EndOf<Or<Size, 224>, Table1<Widths[Alpha]>, Nothing, Or<Classes, 1000>, Top>,
  ParamsOn<Or<Size, 224>, LayersOf<Table1<Widths[Alpha]>, typeof averaged, Nothing, Or<Classes, 1000>, Top>>
> = (options) =>
  kerasModel({ body: table1(widthsOf('mobilenet', widths, options?.alpha ?? 1)), head, standard: 224, known: ['alpha'] }, options)
