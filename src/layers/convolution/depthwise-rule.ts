import type { Multiply } from '../../arithmetic/multiply.js'
import type { Unbranded } from '../../arithmetic/natural.js'
import type { AnyShape, Rank, Shape } from '../../shape/shape.js'
import { requireWhole, type WholeMessage } from '../../shape/whole.js'
import type { Option } from '../../shape/windows.js'
import type { ChosenRule, KeysOf, Together } from '../kind/chosen.js'
import { requireExact } from '../kind/exact-output.js'
import type { KnownNumber, Read } from '../kind/known.js'
import type { Applied } from '../kind/layer.js'
import { requireKnownOptions, type UnknownOptions } from '../kind/options.js'
import type { AddCounts } from '../kind/params.js'
import { type Dimension, type HasRank, type RankOf, requireRank } from '../kind/rule.js'
import type { IsSound } from '../kind/rule-of.js'
import type { ConvolutionOptions } from './convolution.js'
import type { DepthwiseOptions } from './depthwise.js'
import { applyConvolution, type ConvolutionRule } from './rule.js'

/*
 * A depthwise convolution has as many groups as channels, and a separable one is followed by a 1x1 convolution. Both use the rule of
 * convolutions for windows, counts and messages.
 */

const optionNames = ['stride', 'padding', 'dilation', 'multiplier', 'rounding', 'bias', 'name'] as const

/** The rule of a depthwise convolution over `R` axes. */
export type DepthwiseRule<Kind extends string, R extends Rank, Input extends AnyShape, Kernel, Options> =
  Read<Options, DepthwiseOptions<R>> extends infer Known
    ? KeysOf<Known> extends keyof Known
      ? keyof Known extends (typeof optionNames)[number]
        ? Depthwise<Kind, R, Input, Kernel, Known, Option<Known, 'multiplier', 1>>
        : { options: UnknownOptions<Kind, Known, typeof optionNames>; output: UnknownOutput<R, number>; params: '?' }
      : Together<Known extends unknown ? DepthwiseRule<Kind, R, Input, Kernel, Known> : never>
    : never

/** {@link DepthwiseRule} for methods, whose options may be one of several. */
export type DepthwiseMethodRule<
  Kind extends keyof RankOf,
  R extends Rank,
  Input extends AnyShape,
  Kernel,
  Options,
> = undefined extends Options ? ChosenRule<Kind, Input, [Kernel], Options> : DepthwiseRule<Kind, R, Input, Kernel, Options>

type Depthwise<Kind extends string, R extends Rank, Input extends AnyShape, Kernel, Options, Multiplier> =
  HasRank<Input, R> extends true
    ? [WholeMessage<Kind, 'multiplier', Multiplier, 1>] extends [never]
      ? Input extends readonly [...unknown[], infer Channels extends number]
        ? ConvolutionRule<
            Kind,
            R,
            Input,
            Times<Channels, Multiplier>,
            Kernel,
            Omit<Options, 'multiplier'> & { groups: KnownNumber<Channels> }
          >
        : never
      : { options: { multiplier: WholeMessage<Kind, 'multiplier', Multiplier, 1> }; output: UnknownOutput<R, number>; params: '?' }
    : ConvolutionRule<Kind, R, Input, number, Kernel, Omit<Options, 'multiplier'>>

type Times<Channels extends number, Multiplier> =
  KnownNumber<Multiplier> extends 1 ? Channels : Multiply<Channels, Unbranded<Multiplier> & number>

type UnknownOutput<R extends Rank, Filters> = [...{ 1: [number]; 2: [number, number]; 3: [number, number, number] }[R], Filters]

/** The rule of a separable convolution over `R` axes: depthwise without a bias, then 1x1 with one. */
export type SeparableRule<Kind extends string, R extends Rank, Input extends AnyShape, Filters extends number, Kernel, Options> =
  Read<Options, DepthwiseOptions<R>> extends infer Known
    ? keyof Known extends (typeof optionNames)[number]
      ? HasRank<Input, R> extends true
        ? [WholeMessage<Kind, 'filters', Filters, 1>] extends [never]
          ? Pointwise<
              Kind,
              R,
              Dimension<Filters>,
              DepthwiseRule<Kind, R, Input, Kernel, Omit<Known, 'bias'> & { bias: false }>,
              Option<Known, 'bias', true>
            >
          : { filters: WholeMessage<Kind, 'filters', Filters, 1>; output: UnknownOutput<R, number>; params: '?' }
        : ConvolutionRule<Kind, R, Input, Filters, Kernel, Omit<Known, 'multiplier'>>
      : { options: UnknownOptions<Kind, Known, typeof optionNames>; output: UnknownOutput<R, Filters>; params: '?' }
    : never

/** {@link SeparableRule} for methods, whose options may be one of several. */
export type SeparableMethodRule<
  Kind extends keyof RankOf,
  R extends Rank,
  Input extends AnyShape,
  Filters extends number,
  Kernel,
  Options,
> =
  KeysOf<Options> extends keyof Options
    ? SeparableRule<Kind, R, Input, Filters, Kernel, Options>
    : ChosenRule<Kind, Input, [Filters, Kernel], Options>

type Pointwise<Kind extends string, R extends Rank, Filters extends number, Depth, Bias> = Depth extends {
  output: infer Middle extends Shape
  params: infer Params extends string
}
  ? ConvolutionRule<Kind, R, Middle, Filters, 1, { bias: Bias }> extends infer Point extends { output: Shape; params: string }
    ? IsSound<Depth> extends true
      ? { output: Point['output']; params: AddCounts<Params, Point['params']> }
      : Omit<Depth, 'output' | 'params'> & { output: Point['output']; params: '?' }
    : never
  : never

/** A depthwise convolution over `rank` axes: {@link DepthwiseRule} at run time. */
export const applyDepthwise = (
  kind: string,
  rank: Rank,
  input: Shape,
  kernel: number | readonly number[],
  options: DepthwiseOptions<Rank> = {},
): Applied => {
  requireKnownOptions(kind, options, optionNames)
  const { multiplier = 1, ...window } = options
  requireRank(kind, rank, input, 'kernel')
  requireWhole(kind, 'options.multiplier', multiplier, 1)

  const channels = input.at(-1) as number
  const filters = channels * multiplier
  const inGroups = { ...window, groups: channels } as ConvolutionOptions<Rank>
  // A mistake in the window comes before a number of filters that is too large: in the type, that is unknown.
  const { settings, ...applied } = applyConvolution(kind, rank, input, Number.isSafeInteger(filters) ? filters : channels, kernel, inGroups)
  requireExact(kind, [filters])
  const { filters: _, groups: __, ...own } = settings
  return { ...applied, settings: { ...own, multiplier } }
}

/** A separable convolution over `rank` axes: {@link SeparableRule} at run time. */
export const applySeparable = (
  kind: string,
  rank: Rank,
  input: Shape,
  filters: number,
  kernel: number | readonly number[],
  options: DepthwiseOptions<Rank> = {},
): Applied => {
  requireKnownOptions(kind, options, optionNames)
  requireRank(kind, rank, input, 'kernel')
  requireWhole(kind, 'filters', filters, 1)
  const { bias = true } = options
  const depth = applyDepthwise(kind, rank, input, kernel, { ...options, bias: false })
  const point = applyConvolution(kind, rank, depth.output, filters, 1, { bias })
  const [pointwise, ...biases] = point.weights.map((weight) => (weight.name === 'kernel' ? { ...weight, name: 'pointwiseKernel' } : weight))
  return {
    ...depth,
    output: point.output,
    settings: { filters, ...depth.settings, bias },
    weights: [...depth.weights.map((weight) => ({ ...weight, name: 'depthwiseKernel' })), ...(pointwise ? [pointwise] : []), ...biases],
    macs: depth.macs + point.macs,
  }
}
