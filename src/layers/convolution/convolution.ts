import type { AnyShape, Rank, Shape } from '../../shape/shape.js'
import type { PerAxis, Positive, unset, WindowOptions } from '../../shape/windows.js'
import type { LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { LeftOut, NoOptions } from '../kind/options.js'
import { type Given, type Layer, layerFunction } from '../kind/value.js'
import { applyConvolution, type ConvolutionRule, type MethodRule } from './rule.js'

/** Options of conv1d, conv2d and conv3d. */
export interface ConvolutionOptions<R extends Rank> extends WindowOptions<R> {
  /** Number of groups of channels, each with its own filters, default 1. It must divide the channels and the filters. */
  readonly groups?: Positive
  /** Whether each filter adds a bias, default `true`. */
  readonly bias?: boolean
}

/** {@link ConvolutionOptions} for a call without options. */
export interface NoConvolutionOptions<R extends Rank> extends ConvolutionOptions<R> {
  readonly [unset]: true
}

const convolution = <R extends Rank>(kind: string, rank: R): LayerKind<[number, PerAxis<R>, ConvolutionOptions<R>?]> => ({
  takes: 3,
  apply: (input, filters, kernel, options) =>
    applyConvolution(kind, rank, input, filters, kernel, options as ConvolutionOptions<Rank> | undefined),
})

export const convolutionKinds = {
  conv1d: convolution('conv1d', 1),
  conv2d: convolution('conv2d', 2),
  conv3d: convolution('conv3d', 3),
}

/** The rule of a convolution's layer value: first with the arguments as `conv2d` writes them, then with any others. */
type ValueRule<Kind extends string, R extends Rank, Input extends AnyShape, Values extends Arguments> = Values extends [
  infer Filters extends number,
  infer Kernel,
  infer Options,
]
  ? ConvolutionRule<Kind, R, Input, Filters, Kernel, Options>
  : Values extends readonly [infer Filters extends number, infer Kernel, ...infer Rest]
    ? ConvolutionRule<Kind, R, Input, Filters, Kernel, Rest extends readonly [infer Options] ? Options : NoConvolutionOptions<R>>
    : never

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    conv1d: ValueRule<'conv1d', 1, Input, Given>
    conv2d: ValueRule<'conv2d', 2, Input, Given>
    conv3d: ValueRule<'conv3d', 3, Input, Given>
  }
}

/**
 * A convolution over 1 axis as a layer value; see `Network.conv1d`.
 *
 * @param filters number of output channels, from 1
 * @param kernel size of a filter: one number, or one per axis
 * @param options `stride` (default 1), `padding` (0), `dilation` (1), `groups` (1), `rounding` (`'exact'`), `bias` (`true`), `name`
 * @example
 * conv1d(16, 3) // Layer<'conv1d', [16, 3]>
 */
export const conv1d: <
  Filters extends number,
  Kernel extends PerAxis<1>,
  Options extends ConvolutionOptions<1> | NoOptions = NoConvolutionOptions<1>,
>(
  filters: Filters,
  kernel: Kernel,
  options: LeftOut | Options,
) => Layer<'conv1d', Given<[Filters, Kernel], Options>> = layerFunction('conv1d')

/**
 * A convolution over 2 axes as a layer value; see `Network.conv2d`.
 *
 * @param filters number of output channels, from 1
 * @param kernel size of a filter: one number, or one per axis
 * @param options `stride` (default 1), `padding` (0), `dilation` (1), `groups` (1), `rounding` (`'exact'`), `bias` (`true`), `name`
 * @example
 * conv2d(96, 11, { stride: 4 }) // Layer<'conv2d', [96, 11, { stride: 4 }]>
 */
export const conv2d: <
  Filters extends number,
  Kernel extends PerAxis<2>,
  Options extends ConvolutionOptions<2> | NoOptions = NoConvolutionOptions<2>,
>(
  filters: Filters,
  kernel: Kernel,
  options: LeftOut | Options,
) => Layer<'conv2d', Given<[Filters, Kernel], Options>> = layerFunction('conv2d')

/**
 * A convolution over 3 axes as a layer value; see `Network.conv3d`.
 *
 * @param filters number of output channels, from 1
 * @param kernel size of a filter: one number, or one per axis
 * @param options `stride` (default 1), `padding` (0), `dilation` (1), `groups` (1), `rounding` (`'exact'`), `bias` (`true`), `name`
 * @example
 * conv3d(8, 3, { padding: 1 }) // Layer<'conv3d', [8, 3, { padding: 1 }]>
 */
export const conv3d: <
  Filters extends number,
  Kernel extends PerAxis<3>,
  Options extends ConvolutionOptions<3> | NoOptions = NoConvolutionOptions<3>,
>(
  filters: Filters,
  kernel: Kernel,
  options: LeftOut | Options,
) => Layer<'conv3d', Given<[Filters, Kernel], Options>> = layerFunction('conv3d')

type Conv = 'conv1d' | 'conv2d' | 'conv3d'

/** A parameter's type: its argument, or its message from the rule. In a generic function the rule cannot run; use a block. */
export type FiltersOrUseABlock<Kind extends Conv, Input extends AnyShape, Filters extends number, Kernel, Options> =
  MethodRule<Kind, Input, Filters, Kernel, Options> extends { filters: infer Fault extends string } ? Fault : Filters
