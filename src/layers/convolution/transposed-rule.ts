import type { Unbranded } from '../../arithmetic/natural.js'
import { type EachMessage, type PaddingMessage, requireHyperparameters } from '../../shape/hyperparameters.js'
import type { AnyShape, IsUnion, Rank, Shape } from '../../shape/shape.js'
import { requireWhole, type WholeMessage } from '../../shape/whole.js'
import {
  type EachAxis,
  type Hyperparameters,
  type KnownOption,
  type Natural,
  type Option,
  type Padding,
  type PerAxis,
  type Positive,
  type unset,
  windowAxes,
} from '../../shape/windows.js'
import type { ChosenRule } from '../kind/chosen.js'
import { type GroupsFit, type GroupsMessage, requireGroups } from '../kind/groups.js'
import type { Read } from '../kind/known.js'
import { type Applied, valuesIn } from '../kind/layer.js'
import { adviceOnFirst, type ChannelsAreKnown, requireKnownOptions, type UnknownOptions } from '../kind/options.js'
import {
  type Blame,
  type BlameOption,
  type Dimension,
  type FirstFault,
  type HasRank,
  type RankOf,
  requireRank,
  type WrongRank,
} from '../kind/rule.js'
import { type OutputPaddingCount, type OutputPaddingMessage, requireOutputPadding, requireOutputPaddingFits } from './output-padding.js'
import type { ConvolutionParams } from './params.js'
import { type NothingLeftMessage, type TransposeAttempt, type TransposedSizes, transposedSizes } from './transposed-size.js'

/**
 * Options of convTranspose1d, convTranspose2d and convTranspose3d: those of a window without `rounding`. They are spelled out because
 * editors with TypeScript 7.0 show no docstrings behind `Omit`, and an interface in between would cost a type for each call of every
 * window.
 */
export interface ConvTransposeOptions<R extends Rank> {
  /** Step between window positions in the output, default 1. */
  readonly stride?: PerAxis<R>
  /**
   * Cells to remove around the output, default 0: a number for every side, a number or `[before, after]` per axis, `'same'` or
   * `'valid'`.
   */
  readonly padding?: Padding<R>
  /** Distance between the cells of the kernel, default 1. A kernel of size F spans dilation * (F - 1) + 1 cells. */
  readonly dilation?: PerAxis<R>
  /** The layer's name in reports and exports. The default is its kind and a number. */
  readonly name?: string
  /**
   * Additional cells at the end of the output, default 0. They select one of the sizes that a convolution with this stride maps to the
   * input size.
   */
  readonly outputPadding?: Natural | EachAxis<Natural>[R] | readonly Natural[]
  /** Number of groups of channels, each with its own filters, default 1. It must divide the channels and the filters. */
  readonly groups?: Positive
  /** Whether each filter adds a bias, default `true`. */
  readonly bias?: boolean
}

/** {@link ConvTransposeOptions} for a call without options. */
export interface NoConvTransposeOptions<R extends Rank> extends ConvTransposeOptions<R> {
  readonly [unset]: true
}

const optionNames = ['stride', 'padding', 'outputPadding', 'dilation', 'groups', 'bias', 'name'] as const

/** The rule of a transposed convolution over `R` axes. */
export type ConvTransposeRule<Kind extends string, R extends Rank, Input extends AnyShape, Filters extends number, Kernel, Options> =
  Read<Options, ConvTransposeOptions<R>> extends infer Known
    ? keyof Known extends (typeof optionNames)[number]
      ? HasRank<Input, R> extends true
        ? Input extends readonly [...infer Spatial extends readonly number[], infer Channels extends number]
          ? Transpose<
              R,
              Spatial,
              Channels,
              Dimension<Filters>,
              {
                operation: Kind
                kernel: Unbranded<KnownOption<Kernel>>
                stride: Unbranded<Option<Known, 'stride', 1>>
                padding: Unbranded<Option<Known, 'padding', 0>>
                outputPadding: Unbranded<Option<Known, 'outputPadding', 0>>
                dilation: Unbranded<Option<Known, 'dilation', 1>>
              },
              Unbranded<Option<Known, 'groups', 1>>,
              Option<Known, 'bias', true>
            >
          : never
        : HasRank<Input, R> extends 'unknown'
          ? { output: UnknownOutput<R, Dimension<Filters>>; params: '?' }
          : { kernel: WrongRank<Kind, R, Input>; output: Shape; params: '?' }
      : {
          options: UnknownOptions<Kind, Known, typeof optionNames, ChannelsAreKnown<Kind, Input, Filters, Kernel, Known>>
          output: UnknownOutput<R, Filters>
          params: '?'
        }
    : never

/** {@link ConvTransposeRule} for methods, whose options may be one of several. */
export type ConvTransposeMethodRule<
  Kind extends keyof RankOf,
  R extends Rank,
  Input extends AnyShape,
  Filters extends number,
  Kernel,
  Options,
> =
  true extends IsUnion<Options>
    ? ChosenRule<Kind, Input, [Filters, Kernel], Options>
    : ConvTransposeRule<Kind, R, Input, Filters, Kernel, Options>

type UnknownOutput<R extends Rank, Filters> = [...{ 1: [number]; 2: [number, number]; 3: [number, number, number] }[R], Filters]

/** Checks first that all numbers are whole, which the arithmetic requires. */
type Transpose<
  R extends Rank,
  Spatial extends readonly number[],
  Channels extends number,
  Filters extends number,
  It extends TransposeAttempt,
  Groups,
  Bias,
> =
  FirstFault<
    [
      Blame<'filters', WholeMessage<It['operation'], 'filters', Filters, 1>>,
      Blame<'kernel', EachMessage<It['operation'], 'kernel', R, It['kernel'], 1>>,
      BlameOption<'stride', EachMessage<It['operation'], 'stride', R, It['stride'], 1>>,
      BlameOption<'padding', PaddingMessage<It['operation'], R, It['padding']>>,
      BlameOption<'dilation', EachMessage<It['operation'], 'dilation', R, It['dilation'], 1>>,
      BlameOption<'outputPadding', OutputPaddingCount<It['operation'], R, It['outputPadding']>>,
      BlameOption<'outputPadding', WholeMessage<It['operation'], 'outputPadding', It['outputPadding'], 0>>,
      BlameOption<'groups', WholeMessage<It['operation'], 'groups', Groups, 1>>,
    ]
  > extends infer Fault
    ? [Fault] extends [never]
      ? TransposeWhole<R, Spatial, Channels, Filters, It, Groups, Bias>
      : Fault & { output: UnknownOutput<R, number>; params: '?' }
    : never

type TransposeWhole<
  R extends Rank,
  Spatial extends readonly number[],
  Channels extends number,
  Filters extends number,
  It extends TransposeAttempt,
  Groups,
  Bias,
> =
  FirstFault<
    [
      BlameOption<'outputPadding', OutputPaddingMessage<R, Spatial, It>>,
      BlameOption<'padding', NothingLeftMessage<R, Spatial, It>>,
      GroupsFit<Channels, Filters, Groups> extends true
        ? never
        : BlameOption<'groups', GroupsMessage<It['operation'], Channels, Filters, Groups>>,
    ]
  > extends infer Fault
    ? [Fault] extends [never]
      ? {
          output: [...TransposedSizes<Spatial, It>, Filters]
          params: ConvolutionParams<R, It['kernel'], Channels, Filters, Groups, Bias>
        }
      : Fault & { output: UnknownOutput<R, Filters>; params: '?' }
    : never

/** A transposed convolution over `rank` axes: {@link ConvTransposeRule} at run time. */
export const applyConvTranspose = (
  kind: string,
  rank: Rank,
  input: Shape,
  filters: number,
  kernel: number | readonly number[],
  options: ConvTransposeOptions<Rank> = {},
): Applied => {
  requireKnownOptions(kind, options, optionNames, adviceOnFirst(kind, input, [filters, kernel, options]))
  const { stride = 1, padding = 0, outputPadding = 0, dilation = 1, groups = 1, bias = true, name } = options
  const hyperparameters = { kernel, stride, padding, dilation } as Hyperparameters
  requireRank(kind, rank, input, 'kernel')
  requireWhole(kind, 'filters', filters, 1)
  requireHyperparameters(kind, rank, hyperparameters, 'exact')
  requireOutputPadding(kind, rank, outputPadding)
  requireWhole(kind, 'options.groups', groups, 1)

  const channels = input.at(-1) as number
  const axes = windowAxes(input.slice(0, -1), hyperparameters).map((axis, index) => ({
    ...axis,
    outputPadding: typeof outputPadding === 'number' ? outputPadding : (outputPadding[index] as number),
  }))
  const named = [kernel, stride, padding, outputPadding, dilation].some(Array.isArray)
  requireOutputPaddingFits(kind, axes, named)
  const output = [...transposedSizes(kind, axes, named), filters]
  requireGroups(kind, channels, filters, groups)

  const weight = { name: 'kernel', shape: [...axes.map((axis) => axis.kernel), filters / groups, channels], trainable: true }
  return {
    output,
    settings: { filters, kernel, stride, padding, outputPadding, dilation, groups, bias, ...(name === undefined ? {} : { name }) },
    weights: bias ? [weight, { name: 'bias', shape: [filters], trainable: true }] : [weight],
    macs: valuesIn(input.slice(0, -1)) * valuesIn(weight.shape),
    memory: 'own',
    // Of the positions that the kernel covers on the enlarged map, every `stride`th is a cell of the input.
    reach: axes.map((axis) => ({ span: Math.floor((axis.dilation * (axis.kernel - 1)) / axis.stride) + 1, step: 1 / axis.stride })),
  }
}
