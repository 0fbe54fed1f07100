import type { Unbranded } from '../../arithmetic/natural.js'
import { type EachMessage, type PaddingMessage, requireHyperparameters } from '../../shape/hyperparameters.js'
import { type MisfitMessage, refuseMisfit } from '../../shape/misfit.js'
import type { AnyShape, Rank, Shape } from '../../shape/shape.js'
import { type MayBePositive, requireWhole, type WholeMessage } from '../../shape/whole.js'
import {
  type Hyperparameters,
  type KnownOption,
  type Option,
  type Slide,
  type SlideAnyway,
  slide,
  type unset,
  windowAxes,
} from '../../shape/windows.js'
import type { ChosenRule, KeysOf } from '../kind/chosen.js'
import { type GroupsFit, type GroupsMessage, requireGroups } from '../kind/groups.js'
import { type Applied, valuesIn } from '../kind/layer.js'
import { adviceOnFirst, type ChannelsAreKnown, requireKnownOptions, type UnknownOptions } from '../kind/options.js'
import { type Blame, type BlameOption, type Dimension, type FirstFault, type RankOf, requireRank, type WrongRank } from '../kind/rule.js'
import type { ConvolutionOptions } from './convolution.js'
import type { ConvolutionParams, ParamsOfNineCells } from './params.js'

const optionNames = ['stride', 'padding', 'dilation', 'groups', 'rounding', 'bias', 'name'] as const

/** The rule of a convolution over `R` axes. */
export type ConvolutionRule<Kind extends string, R extends Rank, Input, Filters extends number, Kernel, Options> = keyof Options extends
  | 'stride'
  | 'padding'
  | 'rounding'
  | 'bias'
  | 'name'
  ? Convolve<
      Kind,
      R,
      Input,
      Dimension<Filters>,
      KnownOption<Kernel>,
      Option<Options, 'stride', 1>,
      Option<Options, 'padding', 0>,
      1,
      1,
      Option<Options, 'rounding', 'exact'>,
      Option<Options, 'bias', true>
    >
  : ConvolutionWithAny<Kind, R, Input, Filters, Kernel, Options>

/** {@link ConvolutionRule} with unknown options, or without any. */
type ConvolutionWithAny<
  Kind extends string,
  R extends Rank,
  Input,
  Filters extends number,
  Kernel,
  Options,
> = keyof Options extends (typeof optionNames)[number]
  ? Convolve<
      Kind,
      R,
      Input,
      Dimension<Filters>,
      KnownOption<Kernel>,
      Option<Options, 'stride', 1>,
      Option<Options, 'padding', 0>,
      Option<Options, 'dilation', 1>,
      Unbranded<Option<Options, 'groups', 1>>,
      Option<Options, 'rounding', 'exact'>,
      Option<Options, 'bias', true>
    >
  : string extends keyof Options
    ? { output: UnknownOutput<R, Filters>; params: '?' }
    : typeof unset extends keyof Options
      ? Convolve<Kind, R, Input, Dimension<Filters>, KnownOption<Kernel>, 1, 0, 1, 1, 'exact', true>
      : {
          options: UnknownOptions<Kind, Options, typeof optionNames, ChannelsAreKnown<Kind, Input, Filters, Kernel, Options>>
          output: UnknownOutput<R, Filters>
          params: '?'
        }

/**
 * {@link ConvolutionRule} for methods. It first checks for the most common call, a 3x3 filter with padding 1 on an image. This call
 * keeps the size, so the rule need not read the options.
 */
export type MethodRule<Kind extends keyof RankOf, Input extends AnyShape, Filters extends number, Kernel, Options> =
  KeysOf<Options> extends 'padding'
    ? SamePadded<Kind, Input, Filters, Kernel, Options, `${Kind}:${Kernel & number}:${Options[keyof Options] & (number | undefined)}`>
    : KeysOf<Options> extends keyof Options
      ? ConvolutionRule<Kind, RankOf[Kind], Input, Filters, Kernel, Options>
      : ChosenRule<Kind, Input, [Filters, Kernel], Options>

/** `Call` is the kind, the kernel and the padding. It is compared in both directions, since `any` and `never` match in one. */
type SamePadded<Kind extends keyof RankOf, Input extends AnyShape, Filters extends number, Kernel, Options, Call extends string> = [
  Call,
  'conv2d:3:1',
  MayBePositive<Filters>,
  Input,
] extends ['conv2d:3:1', Call, true, [infer Height extends number, infer Width extends number, infer Channels extends number]]
  ? { output: [Height, Width, Dimension<Filters>]; params: ParamsOfNineCells<Channels, Dimension<Filters>> }
  : ConvolutionRule<Kind, RankOf[Kind], Input, Filters, Kernel, Options>

type Convolve<
  Kind extends string,
  R extends Rank,
  Input,
  Filters extends number,
  Kernel,
  Stride,
  Padding,
  Dilation,
  Groups,
  Round,
  Bias,
> = Input extends readonly [...infer Spatial extends readonly number[], infer Channels extends number]
  ? Spatial['length'] extends R
    ? Slide<Spatial, Kernel, Stride, Padding, Dilation, Round> extends infer Sizes extends readonly number[]
      ? GroupsFit<Channels, Filters, Groups> extends true
        ? { output: [...Sizes, Filters]; params: ConvolutionParams<R, Kernel, Channels, Filters, Groups, Bias> }
        : ConvolutionFault<Kind, R, Spatial, Channels, Filters, Kernel, Stride, Padding, Dilation, Groups, Round, Bias>
      : ConvolutionFault<Kind, R, Spatial, Channels, Filters, Kernel, Stride, Padding, Dilation, Groups, Round, Bias>
    : { kernel: WrongRank<Kind, R, Input>; output: Shape; params: '?' }
  : Input extends Shape
    ? { output: UnknownOutput<R, Filters>; params: '?' }
    : { kernel: WrongRank<Kind, R, Input>; output: Shape; params: '?' }

/** The mistake. If the window does not fit, the output sizes are `number`, so that later layers report nothing. */
type ConvolutionFault<
  Kind extends string,
  R extends Rank,
  Spatial extends readonly number[],
  Channels extends number,
  Filters extends number,
  Kernel,
  Stride,
  Padding,
  Dilation,
  Groups,
  Round,
  Bias,
> = FirstFault<
  [
    Blame<'filters', WholeMessage<Kind, 'filters', Filters, 1>>,
    Blame<'kernel', EachMessage<Kind, 'kernel', R, Kernel, 1>>,
    BlameOption<'stride', EachMessage<Kind, 'stride', R, Stride, 1>>,
    BlameOption<'padding', PaddingMessage<Kind, R, Padding>>,
    BlameOption<'dilation', EachMessage<Kind, 'dilation', R, Dilation, 1>>,
    BlameOption<'groups', WholeMessage<Kind, 'groups', Groups, 1>>,
    MisfitMessage<{
      operation: Kind
      window: 'filter'
      spatial: Spatial
      channels: Channels
      kernel: Kernel
      stride: Stride
      padding: Padding
      dilation: Dilation
      rounding: Round
      strideGiven: true
    }>,
    BlameOption<'groups', GroupsMessage<Kind, Channels, Filters, Groups>>,
  ]
> & {
  output: [...SlideAnyway<Spatial, Kernel, Stride, Padding, Dilation>, MayBePositive<Filters> extends true ? Filters : number]
  params: [GroupsFit<Channels, Filters, Groups>, EachMessage<Kind, 'kernel', R, Kernel, 1>] extends [true, never]
    ? ConvolutionParams<R, Kernel, Channels, Filters, Groups, Bias>
    : '?'
}

type UnknownOutput<R extends Rank, Filters extends number> = [
  ...{ 1: [number]; 2: [number, number]; 3: [number, number, number] }[R],
  Dimension<Filters>,
]

/** A convolution over `rank` axes: {@link ConvolutionRule} at run time. */
export const applyConvolution = (
  kind: string,
  rank: Rank,
  input: Shape,
  filters: number,
  kernel: number | readonly number[],
  options: ConvolutionOptions<Rank> = {},
): Applied => {
  requireKnownOptions(kind, options, optionNames, adviceOnFirst(kind, input, [filters, kernel, options]))
  const { stride = 1, padding = 0, dilation = 1, groups = 1, rounding = 'exact', bias = true, name } = options
  requireRank(kind, rank, input, 'kernel')
  requireWhole(kind, 'filters', filters, 1)
  requireHyperparameters(kind, rank, { kernel, stride, padding, dilation } as Hyperparameters, rounding)
  requireWhole(kind, 'options.groups', groups, 1)

  const spatial = input.slice(0, -1)
  const channels = input.at(-1) as number
  const hyperparameters = { kernel, stride, padding, dilation } as Hyperparameters
  const axes = windowAxes(spatial, hyperparameters)
  const { fits, sizes } = slide(axes, rounding)
  if (!sizes)
    return refuseMisfit(
      { operation: kind, window: 'filter', spatial, channels: input.at(-1) as number, hyperparameters, strideGiven: true },
      fits,
    )
  requireGroups(kind, channels, filters, groups)

  const cells = axes.map((axis) => axis.kernel)
  const weight = { name: 'kernel', shape: [...cells, channels / groups, filters], trainable: true }
  return {
    output: [...sizes, filters],
    settings: { filters, kernel, stride, padding, dilation, groups, rounding, bias, ...(name === undefined ? {} : { name }) },
    weights: bias ? [weight, { name: 'bias', shape: [filters], trainable: true }] : [weight],
    macs: valuesIn(sizes) * valuesIn(weight.shape),
    memory: 'own',
    window: { axes, fits, rounding },
  }
}
