import type { AnyShape, Rank, Shape } from '../../shape/shape.js'
import type { PerAxis } from '../../shape/windows.js'
import type { LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { LeftOut, NoOptions } from '../kind/options.js'
import type { RankOf } from '../kind/rule.js'
import { type Given, type Layer, layerFunction } from '../kind/value.js'
import { applyConvTranspose, type ConvTransposeOptions, type ConvTransposeRule, type NoConvTransposeOptions } from './transposed-rule.js'

const transposed = <R extends Rank>(kind: string, rank: R): LayerKind<[number, PerAxis<R>, ConvTransposeOptions<R>?]> => ({
  takes: 3,
  apply: (input, filters, kernel, options) =>
    applyConvTranspose(kind, rank, input, filters, kernel, options as ConvTransposeOptions<Rank> | undefined),
})

export const convTransposeKinds = {
  convTranspose1d: transposed('convTranspose1d', 1),
  convTranspose2d: transposed('convTranspose2d', 2),
  convTranspose3d: transposed('convTranspose3d', 3),
}

/** The rule of a transposed convolution's layer value. */
type ValueRule<Kind extends string, R extends Rank, Input extends AnyShape, Values extends Arguments> = Values extends readonly [
  infer Filters extends number,
  infer Kernel,
  ...infer Rest,
]
  ? ConvTransposeRule<Kind, R, Input, Filters, Kernel, Rest extends readonly [infer Options] ? Options : NoConvTransposeOptions<R>>
  : never

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    convTranspose1d: ValueRule<'convTranspose1d', 1, Input, Given>
    convTranspose2d: ValueRule<'convTranspose2d', 2, Input, Given>
    convTranspose3d: ValueRule<'convTranspose3d', 3, Input, Given>
  }
}

/**
 * A transposed convolution over 1 axis as a layer value; see `Network.convTranspose1d`.
 *
 * @param filters number of output channels, from 1
 * @param kernel size of a filter: one number, or one per axis
 * @param options `stride` (default 1), `padding` (0), `outputPadding` (0), `dilation` (1), `groups` (1), `bias` (`true`), `name`
 * @example
 * convTranspose1d(8, 2, { stride: 2 }) // Layer<'convTranspose1d', [8, 2, { stride: 2 }]>
 */
export const convTranspose1d: <
  Filters extends number,
  Kernel extends PerAxis<1>,
  Options extends ConvTransposeOptions<1> | NoOptions = NoConvTransposeOptions<1>,
>(
  filters: Filters,
  kernel: Kernel,
  options: LeftOut | Options,
) => Layer<'convTranspose1d', Given<[Filters, Kernel], Options>> = layerFunction('convTranspose1d')

/**
 * A transposed convolution over 2 axes as a layer value; see `Network.convTranspose2d`.
 *
 * @param filters number of output channels, from 1
 * @param kernel size of a filter: one number, or one per axis
 * @param options `stride` (default 1), `padding` (0), `outputPadding` (0), `dilation` (1), `groups` (1), `bias` (`true`), `name`
 * @example
 * convTranspose2d(8, 2, { stride: 2 }) // Layer<'convTranspose2d', [8, 2, { stride: 2 }]>
 */
export const convTranspose2d: <
  Filters extends number,
  Kernel extends PerAxis<2>,
  Options extends ConvTransposeOptions<2> | NoOptions = NoConvTransposeOptions<2>,
>(
  filters: Filters,
  kernel: Kernel,
  options: LeftOut | Options,
) => Layer<'convTranspose2d', Given<[Filters, Kernel], Options>> = layerFunction('convTranspose2d')

/**
 * A transposed convolution over 3 axes as a layer value; see `Network.convTranspose3d`.
 *
 * @param filters number of output channels, from 1
 * @param kernel size of a filter: one number, or one per axis
 * @param options `stride` (default 1), `padding` (0), `outputPadding` (0), `dilation` (1), `groups` (1), `bias` (`true`), `name`
 * @example
 * convTranspose3d(8, 2, { stride: 2 }) // Layer<'convTranspose3d', [8, 2, { stride: 2 }]>
 */
export const convTranspose3d: <
  Filters extends number,
  Kernel extends PerAxis<3>,
  Options extends ConvTransposeOptions<3> | NoOptions = NoConvTransposeOptions<3>,
>(
  filters: Filters,
  kernel: Kernel,
  options: LeftOut | Options,
) => Layer<'convTranspose3d', Given<[Filters, Kernel], Options>> = layerFunction('convTranspose3d')

type ConvTranspose = 'convTranspose1d' | 'convTranspose2d' | 'convTranspose3d'

/** A parameter's type: its argument, or its message from the rule. In a generic function the rule cannot run; use a block. */
export type TransposedFiltersOrUseABlock<Kind extends ConvTranspose, Input extends AnyShape, Filters extends number, Kernel, Options> =
  ConvTransposeRule<Kind, RankOf[Kind], Input, Filters, Kernel, Options> extends { filters: infer Fault extends string } ? Fault : Filters
