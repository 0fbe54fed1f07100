import type { Increment, Reverse } from '../arithmetic/digits.js'
import type { DivideDecimals } from '../arithmetic/divide.js'
import type { MultiplyDigits } from '../arithmetic/multiply.js'
import type { Network } from '../network/network.js'
import { requireHyperparameters } from '../shape/hyperparameters.js'
import { type Advice, advice, type EitherOf, eitherOf, type Fill, fill, ShapeError } from '../shape/message.js'
import { type MisfitMessage, refuseMisfit } from '../shape/misfit.js'
import { type Ratio, ratio } from '../shape/ratio.js'
import type { Rank, Shape } from '../shape/shape.js'
import type { NotPositive, WholeMessage } from '../shape/whole.js'
import { requireWhole } from '../shape/whole.js'
import {
  type Hyperparameters,
  type Option,
  type PerAxis,
  type Positive,
  type Slide,
  type SlideAnyway,
  slide,
  type unset,
  type WindowOptions,
  windowAxes,
} from '../shape/windows.js'
import { type Applied, type LayerKind, valuesIn } from './layer.js'
import { requireKnownOptions, type UnknownOptions } from './options.js'
import type { AddCount } from './params.js'
import { type Blame, type BlameOption, type FirstFault, type HasRank, requireRank, type WrongRank } from './rule.js'

/** Options of {@link ConvolutionMethods.conv2d | conv1d, conv2d and conv3d}. */
export interface ConvolutionOptions<R extends Rank> extends WindowOptions<R> {
  /** Into how many groups the channels are split, each seen by its own filters, default 1; divides the channels and the filters. */
  readonly groups?: Positive
  /** Whether each filter adds a bias, default `true`. */
  readonly bias?: boolean
}

/** {@link ConvolutionOptions} when none are given. */
export interface NoConvolutionOptions<R extends Rank> extends ConvolutionOptions<R> {
  readonly [unset]: true
}

const optionNames = ['stride', 'padding', 'dilation', 'groups', 'rounding', 'bias', 'name'] as const

const groupsMisfit = '{operation}: {groups} groups do not divide {count} {things}: {count}/{groups} = {result}. {advice}'

/** Groups that are tried where those given do not divide. */
const groupsToTry = [1, 2, 3, 4, 5, 6, 7, 8] as const

/** The rule of a convolution over `R` axes. */
type ConvolutionRule<
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
      Filters,
      Kernel,
      Option<Options, 'stride', 1>,
      Option<Options, 'padding', 0>,
      Option<Options, 'dilation', 1>,
      Option<Options, 'groups', 1>,
      Option<Options, 'rounding', 'exact'>,
      Option<Options, 'bias', true>
    >
  : typeof unset extends keyof Options
    ? Convolve<Kind, R, Input, Filters, Kernel, 1, 0, 1, 1, 'exact', true>
    : { options: UnknownOptions<Kind, Options, typeof optionNames>; output: UnknownOutput<R, Filters>; params: '?' }

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
        : ConvolutionFault<Kind, R, Spatial, Channels, Filters, Kernel, Stride, Padding, Dilation, Groups, Bias>
      : ConvolutionFault<Kind, R, Spatial, Channels, Filters, Kernel, Stride, Padding, Dilation, Groups, Bias>
    : { kernel: WrongRank<Kind, R, Input>; output: UnknownOutput<R, Filters>; params: '?' }
  : HasRank<Input, R> extends 'unknown'
    ? { output: UnknownOutput<R, Filters>; params: '?' }
    : { kernel: WrongRank<Kind, R, Input>; output: UnknownOutput<R, Filters>; params: '?' }

/** Whether the filters are a whole number, and the groups divide them and the channels. */
type GroupsFit<Channels extends number, Filters extends number, Groups> = `${Filters}` extends NotPositive
  ? false
  : Groups extends 1
    ? true
    : number extends Groups | Channels | Filters
      ? true
      : `${Groups & number}` extends NotPositive
        ? false
        : Remainder<Channels | Filters, Groups & number>[1] extends '0'
          ? true
          : false

type Remainder<Of extends number, Groups extends number> = DivideDecimals<`${Of}`, `${Groups}`>

/** What is wrong, and how the chain goes on: as if the window were rounded down. */
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
  Bias,
> = FirstFault<
  [
    Blame<'filters', WholeMessage<Kind, 'filters', Filters, 1>>,
    Blame<'kernel', WholeMessage<Kind, 'kernel', Kernel, 1>>,
    BlameOption<'stride', WholeMessage<Kind, 'stride', Stride, 1>>,
    BlameOption<'padding', WholeMessage<Kind, 'padding', Padding, 0>>,
    BlameOption<'dilation', WholeMessage<Kind, 'dilation', Dilation, 1>>,
    BlameOption<'groups', WholeMessage<Kind, 'groups', Groups, 1>>,
    MisfitMessage<{
      operation: Kind
      window: 'filter'
      spatial: Spatial
      kernel: Kernel
      stride: Stride
      padding: Padding
      dilation: Dilation
      strideGiven: true
    }>,
    BlameOption<'groups', GroupsMessage<Kind, Channels, Filters, Groups>>,
  ]
> & {
  output: [...SlideAnyway<Spatial, Kernel, Stride, Padding, Dilation>, `${Filters}` extends NotPositive ? number : Filters]
  params: GroupsFit<Channels, Filters, Groups> extends true ? ConvolutionParams<R, Kernel, Channels, Filters, Groups, Bias> : '?'
}

type UnknownOutput<R extends Rank, Filters> = [...{ 1: [number]; 2: [number, number]; 3: [number, number, number] }[R], Filters]

/** The sentence for groups that do not divide the channels, else the filters. */
type GroupsMessage<Kind extends string, Channels extends number, Filters extends number, Groups> = Groups extends number
  ? Remainder<Channels, Groups>[1] extends '0'
    ? GroupsText<Kind, Channels, Filters, Groups, Filters, 'filters'>
    : GroupsText<Kind, Channels, Filters, Groups, Channels, 'input channels'>
  : never

type GroupsText<
  Kind extends string,
  Channels extends number,
  Filters extends number,
  Groups extends number,
  Counted extends number,
  Things extends string,
> = Fill<
  typeof groupsMisfit,
  {
    operation: Kind
    groups: `${Groups}`
    count: `${Counted}`
    things: Things
    result: Ratio<`${Counted}`, `${Groups}`>
    advice: Advice<[`groups ${EitherOf<GroupsThatFit<Channels, Filters, typeof groupsToTry>>}`], ''>
  }
>

type GroupsThatFit<Channels extends number, Filters extends number, Try> = Try extends readonly [infer Groups extends number, ...infer Rest]
  ? GroupsFit<Channels, Filters, Groups> extends true
    ? [`${Groups}`, ...GroupsThatFit<Channels, Filters, Rest>]
    : GroupsThatFit<Channels, Filters, Rest>
  : []

/** Parameters: filters * (kernel cells * channels / groups) weights, and a bias each. */
type ConvolutionParams<R extends Rank, Kernel, Channels extends number, Filters extends number, Groups, Bias> = number extends
  | Channels
  | Filters
  | Groups
  ? '?'
  : KernelCells<R, Kernel> extends infer Cells extends string
    ? Cells extends '?'
      ? '?'
      : MultiplyDigits<WithBias<MultiplyDigits<PerGroup<Channels, Groups>, Cells>, Bias>, `${Filters}`>
    : never

type PerGroup<Channels extends number, Groups> = Groups extends 1
  ? Reverse<`${Channels}`>
  : DivideDecimals<`${Channels}`, `${Groups & number}`> extends [infer Each extends string, unknown]
    ? Reverse<Each>
    : '0'

type WithBias<Weights extends string, Bias> = Bias extends false ? Weights : Increment<Weights>

/** The cells of a kernel, the product of its axes, as a decimal. */
type KernelCells<R extends Rank, Kernel> = Kernel extends number
  ? `${R}:${Kernel}` extends keyof UsualCells
    ? UsualCells[`${R}:${Kernel}`]
    : KernelCells<R, { 1: [Kernel]; 2: [Kernel, Kernel]; 3: [Kernel, Kernel, Kernel] }[R]>
  : Kernel extends readonly [infer First extends number, ...infer Rest]
    ? number extends First
      ? '?'
      : Rest extends readonly []
        ? `${First}`
        : KernelCells<R, Rest> extends infer Others extends string
          ? Others extends '?'
            ? '?'
            : Reverse<MultiplyDigits<Reverse<Others>, `${First}`>>
          : never
    : '?'

/** Short cuts for the usual square kernels. */
interface UsualCells {
  '2:1': '1'
  '2:3': '9'
  '2:5': '25'
  '2:7': '49'
}

/** A convolution over `rank` axes: {@link ConvolutionRule} at run time. */
const applyConvolution = (
  kind: string,
  rank: Rank,
  input: Shape,
  filters: number,
  kernel: number | readonly number[],
  options: ConvolutionOptions<Rank> = {},
): Applied => {
  requireKnownOptions(kind, options, optionNames)
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
  if (!sizes) return refuseMisfit({ operation: kind, window: 'filter', spatial, hyperparameters, strideGiven: true }, fits)
  requireGroups(kind, channels, filters, groups)

  const cells = axes.map((axis) => axis.kernel)
  const weight = { name: 'kernel', shape: [...cells, channels / groups, filters], trainable: true }
  const output = [...sizes, filters]
  return {
    output,
    settings: { filters, kernel, stride, padding, dilation, groups, rounding, bias, ...(name === undefined ? {} : { name }) },
    weights: bias ? [weight, { name: 'bias', shape: [filters], trainable: true }] : [weight],
    macs: valuesIn(sizes) * valuesIn(weight.shape),
    memory: 'own',
    window: { axes, fits, rounding },
  }
}

/** {@link GroupsMessage} at run time. */
const requireGroups = (kind: string, channels: number, filters: number, groups: number): void => {
  const divide = (by: number) => channels % by === 0 && filters % by === 0
  if (divide(groups)) return
  const [count, things] = channels % groups === 0 ? [filters, 'filters'] : [channels, 'input channels']
  const message = fill(groupsMisfit, {
    operation: kind,
    groups: `${groups}`,
    count: `${count}`,
    things: `${things}`,
    result: ratio(Number(count), groups),
    advice: advice([`groups ${eitherOf(groupsToTry.filter(divide).map(String))}`], ''),
  })
  throw new ShapeError(message, kind, 'options.groups')
}

const convolution = <R extends Rank>(kind: string, rank: R): LayerKind<[number, PerAxis<R>, ConvolutionOptions<R>?]> => ({
  kind,
  apply: (input, filters, kernel, options) =>
    applyConvolution(kind, rank, input, filters, kernel, options as ConvolutionOptions<Rank> | undefined),
})

export const convolutionKinds = {
  conv1d: convolution('conv1d', 1),
  conv2d: convolution('conv2d', 2),
  conv3d: convolution('conv3d', 3),
}

/** How the parameters of a convolution look for their own fault in its rule. */
type FiltersOf<Kind extends string, R extends Rank, Input, Filters extends number, Kernel, Options> =
  ConvolutionRule<Kind, R, Input, Filters, Kernel, Options> extends { filters: infer Fault extends string } ? Fault : Filters
type KernelOf<Kind extends string, R extends Rank, Input, Filters extends number, Kernel, Options> =
  ConvolutionRule<Kind, R, Input, Filters, Kernel, Options> extends { kernel: infer Fault extends string } ? Fault : Kernel
type OptionsOf<Kind extends string, R extends Rank, Input, Filters extends number, Kernel, Options> =
  ConvolutionRule<Kind, R, Input, Filters, Kernel, Options> extends { options: infer Faults extends object } ? Faults : Options

/** Convolutions. */
export interface ConvolutionMethods<Input extends Shape, Output extends Shape, Params extends number> {
  /**
   * A convolution over one axis, such as time or text: each filter slides over the input and sees all channels of its group.
   *
   * `[length, channels] -> [(N - F + 2P)/S + 1, filters]` (CS231n, lecture 7).
   *
   * Parameters: filters * (cells of the kernel * channels / groups), plus filters biases. MACs: positions * the weights.
   *
   * @param filters how many channels come out, from 1
   * @param kernel size of a filter: one number, or one per axis
   * @param options `stride` (default 1), `padding` (0), `dilation` (1), `groups` (1), `rounding` (`'exact'`), `bias` (`true`), `name`
   * @throws {ShapeError} when the filter does not fit, or the groups do not divide the channels and the filters
   * @example
   * input(100, 8).conv1d(16, 3) // Network<[100, 8], [98, 16], 400>
   */
  conv1d<Filters extends number, Kernel extends PerAxis<1>, Options extends ConvolutionOptions<1> = NoConvolutionOptions<1>>(
    filters: FiltersOf<'conv1d', 1, Output, Filters, Kernel, Options>,
    kernel: KernelOf<'conv1d', 1, Output, Filters, Kernel, Options>,
    options?: OptionsOf<'conv1d', 1, Output, Filters, Kernel, Options>,
  ): Network<
    Input,
    ConvolutionRule<'conv1d', 1, Output, Filters, Kernel, Options>['output'],
    AddCount<Params, ConvolutionRule<'conv1d', 1, Output, Filters, Kernel, Options>['params']>
  >

  /**
   * A convolution over the two axes of an image: each filter slides over the input and sees all channels of its group.
   *
   * `[height, width, channels] -> [(N - F + 2P)/S + 1 on both axes, filters]` (CS231n, lecture 7).
   *
   * Parameters: filters * (cells of the kernel * channels / groups), plus filters biases. MACs: positions * the weights.
   *
   * @param filters how many channels come out, from 1
   * @param kernel size of a filter: one number, or one per axis
   * @param options `stride` (default 1), `padding` (0), `dilation` (1), `groups` (1), `rounding` (`'exact'`), `bias` (`true`), `name`
   * @throws {ShapeError} when the filter does not fit, or the groups do not divide the channels and the filters
   * @example
   * input(32, 32, 3).conv2d(10, 5, { padding: 2 }) // Network<[32, 32, 3], [32, 32, 10], 760>
   */
  conv2d<Filters extends number, Kernel extends PerAxis<2>, Options extends ConvolutionOptions<2> = NoConvolutionOptions<2>>(
    filters: FiltersOf<'conv2d', 2, Output, Filters, Kernel, Options>,
    kernel: KernelOf<'conv2d', 2, Output, Filters, Kernel, Options>,
    options?: OptionsOf<'conv2d', 2, Output, Filters, Kernel, Options>,
  ): Network<
    Input,
    ConvolutionRule<'conv2d', 2, Output, Filters, Kernel, Options>['output'],
    AddCount<Params, ConvolutionRule<'conv2d', 2, Output, Filters, Kernel, Options>['params']>
  >

  /**
   * A convolution over three axes, such as a video or a scan: each filter slides over the input and sees all channels of its group.
   *
   * `[depth, height, width, channels] -> [(N - F + 2P)/S + 1 on each axis, filters]` (CS231n, lecture 7).
   *
   * Parameters: filters * (cells of the kernel * channels / groups), plus filters biases. MACs: positions * the weights.
   *
   * @param filters how many channels come out, from 1
   * @param kernel size of a filter: one number, or one per axis
   * @param options `stride` (default 1), `padding` (0), `dilation` (1), `groups` (1), `rounding` (`'exact'`), `bias` (`true`), `name`
   * @throws {ShapeError} when the filter does not fit, or the groups do not divide the channels and the filters
   * @example
   * input(16, 56, 56, 3).conv3d(8, 3, { padding: 1 }) // Network<[16, 56, 56, 3], [16, 56, 56, 8], 656>
   */
  conv3d<Filters extends number, Kernel extends PerAxis<3>, Options extends ConvolutionOptions<3> = NoConvolutionOptions<3>>(
    filters: FiltersOf<'conv3d', 3, Output, Filters, Kernel, Options>,
    kernel: KernelOf<'conv3d', 3, Output, Filters, Kernel, Options>,
    options?: OptionsOf<'conv3d', 3, Output, Filters, Kernel, Options>,
  ): Network<
    Input,
    ConvolutionRule<'conv3d', 3, Output, Filters, Kernel, Options>['output'],
    AddCount<Params, ConvolutionRule<'conv3d', 3, Output, Filters, Kernel, Options>['params']>
  >
}
