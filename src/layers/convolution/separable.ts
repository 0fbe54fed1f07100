import type { AnyShape, Rank, Shape } from '../../shape/shape.js'
import type { PerAxis } from '../../shape/windows.js'
import type { LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { LeftOut, NoOptions } from '../kind/options.js'
import type { RankOf } from '../kind/rule.js'
import { type Given, type Layer, layerFunction } from '../kind/value.js'
import type { DepthwiseOptions, NoDepthwiseOptions } from './depthwise.js'
import { applySeparable, type SeparableRule } from './depthwise-rule.js'

const separable = <R extends Rank>(kind: string, rank: R): LayerKind<[number, PerAxis<R>, DepthwiseOptions<R>?]> => ({
  takes: 3,
  apply: (input, filters, kernel, options) =>
    applySeparable(kind, rank, input, filters, kernel, options as DepthwiseOptions<Rank> | undefined),
})

export const separableKinds = {
  separableConv1d: separable('separableConv1d', 1),
  separableConv2d: separable('separableConv2d', 2),
}

/** The rule of a separable convolution's layer value. */
type ValueRule<Kind extends string, R extends Rank, Input extends AnyShape, Values extends Arguments> = Values extends readonly [
  infer Filters extends number,
  infer Kernel,
  infer Options,
]
  ? SeparableRule<Kind, R, Input, Filters, Kernel, Options>
  : SeparableRule<Kind, R, Input, Values[0], Values[1], NoDepthwiseOptions<R>>

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    separableConv1d: ValueRule<'separableConv1d', 1, Input, Given>
    separableConv2d: ValueRule<'separableConv2d', 2, Input, Given>
  }
}

/**
 * A separable convolution over 1 axis as a layer value; see `Network.separableConv1d`.
 *
 * @param filters number of output channels, from 1
 * @param kernel size of a depthwise filter: one number, or one per axis
 * @param options `stride` (default 1), `padding` (0), `dilation` (1), `multiplier` (1), `rounding` (`'exact'`), `bias` (`true`), `name`
 * @example
 * separableConv1d(64, 3, { padding: 1 }) // Layer<'separableConv1d', [64, 3, { padding: 1 }]>
 */
export const separableConv1d: <
  Filters extends number,
  Kernel extends PerAxis<1>,
  Options extends DepthwiseOptions<1> | NoOptions = NoDepthwiseOptions<1>,
>(
  filters: Filters,
  kernel: Kernel,
  options: LeftOut | Options,
) => Layer<'separableConv1d', Given<[Filters, Kernel], Options>> = layerFunction('separableConv1d')

/**
 * A separable convolution over 2 axes as a layer value; see `Network.separableConv2d`.
 *
 * @param filters number of output channels, from 1
 * @param kernel size of a depthwise filter: one number, or one per axis
 * @param options `stride` (default 1), `padding` (0), `dilation` (1), `multiplier` (1), `rounding` (`'exact'`), `bias` (`true`), `name`
 * @example
 * separableConv2d(64, 3, { padding: 1 }) // Layer<'separableConv2d', [64, 3, { padding: 1 }]>
 */
export const separableConv2d: <
  Filters extends number,
  Kernel extends PerAxis<2>,
  Options extends DepthwiseOptions<2> | NoOptions = NoDepthwiseOptions<2>,
>(
  filters: Filters,
  kernel: Kernel,
  options: LeftOut | Options,
) => Layer<'separableConv2d', Given<[Filters, Kernel], Options>> = layerFunction('separableConv2d')

type SeparableConv = 'separableConv1d' | 'separableConv2d'

/** A parameter's type: its argument, or its message from the rule. In a generic function the rule cannot run; use a block. */
export type SeparableFiltersOrUseABlock<Kind extends SeparableConv, Input extends AnyShape, Filters extends number, Kernel, Options> =
  SeparableRule<Kind, RankOf[Kind], Input, Filters, Kernel, Options> extends { filters: infer Fault extends string } ? Fault : Filters
