import type { LikeChannelsFirst, WithNote } from '../../shape/channels-last.js'
import type { AnyShape, Rank, Shape } from '../../shape/shape.js'
import type { PerAxis, unset, WindowOptions } from '../../shape/windows.js'
import type { LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { LeftOut, NoOptions } from '../kind/options.js'
import type { RankOf } from '../kind/rule.js'
import { type Given, type Layer, layerFunction } from '../kind/value.js'
import { applyPooling, type OptionNames, type PoolingMethodRule, type PoolingRule } from './rule.js'

/** Options of the pools. */
export interface PoolingOptions<R extends Rank> extends WindowOptions<R> {}

/** Options of the average pools. */
export interface AvgPoolOptions<R extends Rank> extends PoolingOptions<R> {
  /**
   * Whether the zeros of the padding count in the mean, default `true`, and `false` with `padding: 'same'`: those are the defaults of
   * PyTorch's `count_include_pad` and of TensorFlow. ONNX's default is `false`.
   */
  readonly countIncludePad?: boolean
}

/** {@link PoolingOptions} for a call without options. */
export interface NoPoolingOptions<R extends Rank> extends PoolingOptions<R> {
  readonly [unset]: true
}

const pool = <R extends Rank>(kind: string, rank: R): LayerKind<[PerAxis<R>, PoolingOptions<R>?]> => ({
  takes: 2,
  apply: (input, kernel, options) => applyPooling(kind, rank, input, kernel, options as PoolingOptions<Rank> | undefined),
})

/** {@link AvgPoolOptions} for a call without options. */
export interface NoAvgPoolOptions<R extends Rank> extends AvgPoolOptions<R> {
  readonly [unset]: true
}

export const poolingKinds = {
  maxPool1d: pool('maxPool1d', 1),
  maxPool2d: pool('maxPool2d', 2),
  maxPool3d: pool('maxPool3d', 3),
  avgPool1d: pool('avgPool1d', 1),
  avgPool2d: pool('avgPool2d', 2),
  avgPool3d: pool('avgPool3d', 3),
}

/** The rule of a pool's layer value. */
type ValueRule<Kind extends keyof OptionNames, R extends Rank, Input extends AnyShape, Values extends Arguments> = Values extends readonly [
  infer Kernel,
  infer Options,
]
  ? PoolingRule<Kind, R, Input, Kernel, Options>
  : PoolingRule<Kind, R, Input, Values[0], NoPoolingOptions<R>>

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    maxPool1d: ValueRule<'maxPool1d', 1, Input, Given>
    maxPool2d: ValueRule<'maxPool2d', 2, Input, Given>
    maxPool3d: ValueRule<'maxPool3d', 3, Input, Given>
    avgPool1d: ValueRule<'avgPool1d', 1, Input, Given>
    avgPool2d: ValueRule<'avgPool2d', 2, Input, Given>
    avgPool3d: ValueRule<'avgPool3d', 3, Input, Given>
  }
}

/**
 * A max pool over 1 axis as a layer value; see `Network.maxPool1d`.
 *
 * @param kernel size of the window: one number, or one per axis
 * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `name`
 * @example
 * maxPool1d(3, { stride: 2 }) // Layer<'maxPool1d', [3, { stride: 2 }]>
 */
export const maxPool1d: <Kernel extends PerAxis<1>, Options extends PoolingOptions<1> | NoOptions = NoPoolingOptions<1>>(
  kernel: Kernel,
  options: LeftOut | Options,
) => Layer<'maxPool1d', Given<[Kernel], Options>> = layerFunction('maxPool1d')

/**
 * A max pool over 2 axes as a layer value; see `Network.maxPool2d`.
 *
 * @param kernel size of the window: one number, or one per axis
 * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `name`
 * @example
 * maxPool2d(3, { stride: 2 }) // Layer<'maxPool2d', [3, { stride: 2 }]>
 */
export const maxPool2d: <Kernel extends PerAxis<2>, Options extends PoolingOptions<2> | NoOptions = NoPoolingOptions<2>>(
  kernel: Kernel,
  options: LeftOut | Options,
) => Layer<'maxPool2d', Given<[Kernel], Options>> = layerFunction('maxPool2d')

/**
 * A max pool over 3 axes as a layer value; see `Network.maxPool3d`.
 *
 * @param kernel size of the window: one number, or one per axis
 * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `name`
 * @example
 * maxPool3d(3, { stride: 2 }) // Layer<'maxPool3d', [3, { stride: 2 }]>
 */
export const maxPool3d: <Kernel extends PerAxis<3>, Options extends PoolingOptions<3> | NoOptions = NoPoolingOptions<3>>(
  kernel: Kernel,
  options: LeftOut | Options,
) => Layer<'maxPool3d', Given<[Kernel], Options>> = layerFunction('maxPool3d')

/**
 * An average pool over 1 axis as a layer value; see `Network.avgPool1d`.
 *
 * @param kernel size of the window: one number, or one per axis
 * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `countIncludePad`, `name`
 * @example
 * avgPool1d(3, { stride: 2 }) // Layer<'avgPool1d', [3, { stride: 2 }]>
 */
export const avgPool1d: <Kernel extends PerAxis<1>, Options extends AvgPoolOptions<1> | NoOptions = NoAvgPoolOptions<1>>(
  kernel: Kernel,
  options: LeftOut | Options,
) => Layer<'avgPool1d', Given<[Kernel], Options>> = layerFunction('avgPool1d')

/**
 * An average pool over 2 axes as a layer value; see `Network.avgPool2d`.
 *
 * @param kernel size of the window: one number, or one per axis
 * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `countIncludePad`, `name`
 * @example
 * avgPool2d(3, { stride: 2 }) // Layer<'avgPool2d', [3, { stride: 2 }]>
 */
export const avgPool2d: <Kernel extends PerAxis<2>, Options extends AvgPoolOptions<2> | NoOptions = NoAvgPoolOptions<2>>(
  kernel: Kernel,
  options: LeftOut | Options,
) => Layer<'avgPool2d', Given<[Kernel], Options>> = layerFunction('avgPool2d')

/**
 * An average pool over 3 axes as a layer value; see `Network.avgPool3d`.
 *
 * @param kernel size of the window: one number, or one per axis
 * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `countIncludePad`, `name`
 * @example
 * avgPool3d(3, { stride: 2 }) // Layer<'avgPool3d', [3, { stride: 2 }]>
 */
export const avgPool3d: <Kernel extends PerAxis<3>, Options extends AvgPoolOptions<3> | NoOptions = NoAvgPoolOptions<3>>(
  kernel: Kernel,
  options: LeftOut | Options,
) => Layer<'avgPool3d', Given<[Kernel], Options>> = layerFunction('avgPool3d')

type Pool = 'maxPool1d' | 'maxPool2d' | 'maxPool3d' | 'avgPool1d' | 'avgPool2d' | 'avgPool3d'

/**
 * The first parameter's type: its argument, or its message from the rule, with the note on `Start`, the network's own input. In a generic
 * function the rule cannot run; use a block.
 */
export type KernelOrUseABlock<Kind extends Pool, Input extends AnyShape, Kernel, Options, Start> =
  PoolingMethodRule<Kind, RankOf[Kind], Input, Kernel, Options> extends { kernel: infer Fault extends string }
    ? Start extends LikeChannelsFirst
      ? WithNote<Fault, Start>
      : Fault
    : Kernel
