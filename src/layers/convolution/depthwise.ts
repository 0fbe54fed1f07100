import type { LikeChannelsFirst, WithNote } from '../../shape/channels-last.js'
import type { AnyShape, Rank, Shape } from '../../shape/shape.js'
import type { PerAxis, Positive, unset, WindowOptions } from '../../shape/windows.js'
import type { LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { LeftOut, NoOptions } from '../kind/options.js'
import type { RankOf } from '../kind/rule.js'
import { type Given, type Layer, layerFunction } from '../kind/value.js'
import { applyDepthwise, type DepthwiseMethodRule, type DepthwiseRule } from './depthwise-rule.js'

/** Options of depthwise and of separable convolutions. */
export interface DepthwiseOptions<R extends Rank> extends WindowOptions<R> {
  /** Number of filters per channel, default 1. */
  readonly multiplier?: Positive
  /** Whether each filter adds a bias, default `true`. */
  readonly bias?: boolean
}

/** {@link DepthwiseOptions} for a call without options. */
export interface NoDepthwiseOptions<R extends Rank> extends DepthwiseOptions<R> {
  readonly [unset]: true
}

const depthwise = <R extends Rank>(kind: string, rank: R): LayerKind<[PerAxis<R>, DepthwiseOptions<R>?]> => ({
  takes: 2,
  apply: (input, kernel, options) => applyDepthwise(kind, rank, input, kernel, options as DepthwiseOptions<Rank> | undefined),
})

export const depthwiseKinds = {
  depthwiseConv1d: depthwise('depthwiseConv1d', 1),
  depthwiseConv2d: depthwise('depthwiseConv2d', 2),
  depthwiseConv3d: depthwise('depthwiseConv3d', 3),
}

/** The rule of a depthwise convolution's layer value. */
type ValueRule<Kind extends string, R extends Rank, Input extends AnyShape, Values extends Arguments> = Values extends readonly [
  infer Kernel,
  infer Options,
]
  ? DepthwiseRule<Kind, R, Input, Kernel, Options>
  : DepthwiseRule<Kind, R, Input, Values[0], NoDepthwiseOptions<R>>

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    depthwiseConv1d: ValueRule<'depthwiseConv1d', 1, Input, Given>
    depthwiseConv2d: ValueRule<'depthwiseConv2d', 2, Input, Given>
    depthwiseConv3d: ValueRule<'depthwiseConv3d', 3, Input, Given>
  }
}

/**
 * A depthwise convolution over 1 axis as a layer value; see `Network.depthwiseConv1d`.
 *
 * @param kernel size of a filter: one number, or one per axis
 * @param options `stride` (default 1), `padding` (0), `dilation` (1), `multiplier` (1), `rounding` (`'exact'`), `bias` (`true`), `name`
 * @example
 * depthwiseConv1d(3, { padding: 1 }) // Layer<'depthwiseConv1d', [3, { padding: 1 }]>
 */
export const depthwiseConv1d: <Kernel extends PerAxis<1>, Options extends DepthwiseOptions<1> | NoOptions = NoDepthwiseOptions<1>>(
  kernel: Kernel,
  options: LeftOut | Options,
) => Layer<'depthwiseConv1d', Given<[Kernel], Options>> = layerFunction('depthwiseConv1d')

/**
 * A depthwise convolution over 2 axes as a layer value; see `Network.depthwiseConv2d`.
 *
 * @param kernel size of a filter: one number, or one per axis
 * @param options `stride` (default 1), `padding` (0), `dilation` (1), `multiplier` (1), `rounding` (`'exact'`), `bias` (`true`), `name`
 * @example
 * depthwiseConv2d(3, { padding: 1 }) // Layer<'depthwiseConv2d', [3, { padding: 1 }]>
 */
export const depthwiseConv2d: <Kernel extends PerAxis<2>, Options extends DepthwiseOptions<2> | NoOptions = NoDepthwiseOptions<2>>(
  kernel: Kernel,
  options: LeftOut | Options,
) => Layer<'depthwiseConv2d', Given<[Kernel], Options>> = layerFunction('depthwiseConv2d')

/**
 * A depthwise convolution over 3 axes as a layer value; see `Network.depthwiseConv3d`.
 *
 * @param kernel size of a filter: one number, or one per axis
 * @param options `stride` (default 1), `padding` (0), `dilation` (1), `multiplier` (1), `rounding` (`'exact'`), `bias` (`true`), `name`
 * @example
 * depthwiseConv3d(3, { padding: 1 }) // Layer<'depthwiseConv3d', [3, { padding: 1 }]>
 */
export const depthwiseConv3d: <Kernel extends PerAxis<3>, Options extends DepthwiseOptions<3> | NoOptions = NoDepthwiseOptions<3>>(
  kernel: Kernel,
  options: LeftOut | Options,
) => Layer<'depthwiseConv3d', Given<[Kernel], Options>> = layerFunction('depthwiseConv3d')

type DepthwiseConv = 'depthwiseConv1d' | 'depthwiseConv2d' | 'depthwiseConv3d'

/** A parameter's type: its argument, or its message from the rule. In a generic function the rule cannot run; use a block. */
export type DepthwiseKernelOrUseABlock<
  Kind extends DepthwiseConv,
  Input extends AnyShape,
  Kernel,
  Options,
  Start,
> = NoOptions extends Options
  ? Kernel
  : DepthwiseMethodRule<Kind, RankOf[Kind], Input, Kernel, Options> extends { kernel: infer Fault extends string }
    ? Start extends LikeChannelsFirst
      ? WithNote<Fault, Start>
      : Fault
    : Kernel
