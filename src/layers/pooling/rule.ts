import type { CommonHalves } from '../../shape/common-halves.js'
import { type EachMessage, type PaddingMessage, requireHyperparameters } from '../../shape/hyperparameters.js'
import { type MisfitMessage, refuseMisfit } from '../../shape/misfit.js'
import type { AnyShape, IsUnion, Rank, Shape } from '../../shape/shape.js'
import {
  type EachList,
  type Hyperparameters,
  type KnownOption,
  type Option,
  type Slide,
  slide,
  type unset,
  windowAxes,
} from '../../shape/windows.js'
import type { ChosenRule, KeysOf } from '../kind/chosen.js'
import type { Applied } from '../kind/layer.js'
import { requireBoolean, requireKnownOptions, type UnknownOptions } from '../kind/options.js'
import type { Channels } from '../kind/rule.js'
import { type Blame, type BlameOption, type Faults, requireRank, type WrongRank } from '../kind/rule.js'
import { type PaddingAlone, refusePaddingAlone } from './padding-alone.js'
import type { AvgPoolOptions } from './pooling.js'

const optionNames = ['stride', 'padding', 'dilation', 'rounding', 'name'] as const
const averageOptionNames = ['stride', 'padding', 'dilation', 'rounding', 'countIncludePad', 'name'] as const

/** The options of each pool. */
export interface OptionNames {
  maxPool1d: typeof optionNames
  maxPool2d: typeof optionNames
  maxPool3d: typeof optionNames
  avgPool1d: typeof averageOptionNames
  avgPool2d: typeof averageOptionNames
  avgPool3d: typeof averageOptionNames
}

/**
 * The rule of a pool over `R` axes: the channels stay the same, and there are no parameters.
 *
 * If an option has a wrong type, TypeScript infers the full options type, in which values may be any number. TypeScript's own error is
 * better, so the rule reports nothing.
 */
export type PoolingRule<
  Kind extends keyof OptionNames,
  R extends Rank,
  Input extends AnyShape,
  Kernel,
  Options,
> = typeof unset extends keyof Options
  ? string extends keyof Options
    ? { output: [...SizesOfRank[R], Channels<Input>]; params: '0' }
    : PoolWithoutOptions<Kind, R, Input, Kernel, `${R}:${Input['length'] & number}:${Kernel & number}`>
  : KeysOf<Options> extends keyof Options & OptionNames[Kind][number]
    ? // Written out twice, since an alias costs each call 68 instantiations.
      Pool<
        Kind,
        R,
        Input,
        KnownOption<Kernel>,
        Option<Options, 'stride', KnownOption<Kernel>>,
        Option<Options, 'padding', 0>,
        Option<Options, 'dilation', 1>,
        Option<Options, 'rounding', 'exact'>,
        'stride' extends keyof Options ? true : false
      >
    : string extends keyof Options
      ? { output: [...SizesOfRank[R], Channels<Input>]; params: '0' }
      : true extends IsUnion<Options>
        ? ChosenRule<Kind, Input, [Kernel], Options>
        : { options: UnknownOptions<Kind, Options, OptionNames[Kind]>; output: UnknownOutput[R]; params: '0' }

/**
 * {@link PoolingRule} for methods, whose options may be one of several. All that options may be is no choice: to compare two networks the
 * compiler asks for it, and the rules of all kinds would be too many.
 */
export type PoolingMethodRule<
  Kind extends keyof OptionNames,
  R extends Rank,
  Input extends AnyShape,
  Kernel,
  Options,
> = undefined extends Options
  ? number extends Options
    ? PoolingRule<Kind, R, Input, Kernel, Options>
    : ChosenRule<Kind, Input, [Kernel], Options>
  : PoolingRule<Kind, R, Input, Kernel, Options>

/** Looks up the most common call, a 2x2 pool on an image of even size. `Call` is the rank, the axes and the kernel. */
type PoolWithoutOptions<Kind extends string, R extends Rank, Input, Kernel, Call extends string> = [Call, '2:3:2', Input] extends [
  '2:3:2',
  Call,
  [infer Height extends keyof CommonHalves, infer Width extends keyof CommonHalves, infer Channels extends number],
]
  ? { output: [CommonHalves[Height], CommonHalves[Width], Channels]; params: '0' }
  : Pool<Kind, R, Input, KnownOption<Kernel>, KnownOption<Kernel>, 0, 1, 'exact', false>

type Pool<Kind extends string, R extends Rank, Input, Kernel, Stride, Padding, Dilation, Round, StrideGiven> = Input extends readonly [
  ...infer Spatial extends readonly number[],
  infer Channels extends number,
]
  ? Spatial['length'] extends R
    ? PoolSizes<Kind, R, Spatial, Kernel, Stride, Padding, Dilation, Round, StrideGiven> extends infer Sizes extends readonly number[]
      ? { output: [...Sizes, Channels]; params: '0' }
      : PoolingFault<Kind, R, Spatial, Channels, Kernel, Stride, Padding, Dilation, Round, StrideGiven>
    : { kernel: WrongRank<Kind, R, Input>; output: Shape; params: '0' }
  : Input extends Shape
    ? // The number of axes is unknown.
      { output: UnknownOutput[R]; params: '0' }
    : { kernel: WrongRank<Kind, R, Input>; output: Shape; params: '0' }

/**
 * {@link Slide} for a pool: no window may contain only padding. In a call without a stride, the stride of a rounded window is its
 * kernel.
 */
type PoolSizes<Kind, R, Spatial, Kernel, Stride, Padding, Dilation, Round, StrideGiven> = [Padding, Round] extends [0, 'exact']
  ? Slide<Spatial, Kernel, Stride, Padding, Dilation, Round>
  : [PaddingAlone<Kind, R, Kernel, Padding, Dilation>] extends [never]
    ? [StrideGiven, Round] extends [false, 'floor' | 'ceil']
      ? Merged<Spatial, WithOwnStride<Spatial, EachList<Kernel>, Padding, Dilation, Round>>
      : Slide<Spatial, Kernel, Stride, Padding, Dilation, Round>
    : 'alone'

type WithOwnStride<Spatial, Kernel, Padding, Dilation, Round> = Kernel extends unknown
  ? Slide<Spatial, Kernel, Kernel, Padding, Dilation, Round>
  : never

/** The union of the sizes of several windows, axis by axis; `'misfit'` if one of the windows does not fit. */
type Merged<Spatial, All> = [All] extends [readonly number[]] ? { [Index in keyof Spatial]: All[Index & keyof All] } : 'misfit'

type SizesOfRank = { 1: [number]; 2: [number, number]; 3: [number, number, number] }

type UnknownOutput = { 1: [number, number]; 2: [number, number, number]; 3: [number, number, number, number] }

/** The mistake. The output sizes are `number`, so that later layers report nothing. */
type PoolingFault<
  Kind extends string,
  R extends Rank,
  Spatial extends readonly number[],
  Channels extends number,
  Kernel,
  Stride,
  Padding,
  Dilation,
  Round,
  StrideGiven,
> = Faults<
  [
    Blame<'kernel', EachMessage<Kind, 'kernel', R, Kernel, 1>>,
    BlameOption<'stride', EachMessage<Kind, 'stride', R, Stride, 1>>,
    BlameOption<'padding', PaddingMessage<Kind, R, Padding>>,
    BlameOption<'dilation', EachMessage<Kind, 'dilation', R, Dilation, 1>>,
    PaddingAlone<Kind, R, Kernel, Padding, Dilation>,
    MisfitMessage<{
      operation: Kind
      window: 'window'
      spatial: Spatial
      channels: Channels
      kernel: Kernel
      stride: Stride
      padding: Padding
      dilation: Dilation
      rounding: Round
      strideGiven: StrideGiven extends true ? true : false
    }>,
  ]
> & {
  output: [
    ...(StrideGiven extends true
      ? SizesOfRank[R]
      : SizesWithOwnStride<PaddingAlone<Kind, R, Kernel, Padding, Dilation>, Spatial, Kernel, Padding, Dilation, Round, SizesOfRank[R]>),
    Channels,
  ]
  params: '0'
}

/** The sizes in a call without a stride, where each kernel of a union is its own stride. `Else` if one of them does not fit. */
type SizesWithOwnStride<Alone, Spatial, Kernel, Padding, Dilation, Round, Else> = [Alone] extends [never]
  ? Merged<Spatial, WithOwnStride<Spatial, EachList<Kernel>, Padding, Dilation, Round>> extends infer Sizes extends readonly number[]
    ? Sizes
    : Else
  : Else

/** A pool over `rank` axes: {@link PoolingRule} at run time. */
export const applyPooling = (
  kind: string,
  rank: Rank,
  input: Shape,
  kernel: number | readonly number[],
  options: AvgPoolOptions<Rank> = {},
): Applied => {
  const isMean = kind.startsWith('avg')
  requireKnownOptions(kind, options, isMean ? averageOptionNames : optionNames)
  const { countIncludePad } = options
  if (countIncludePad !== undefined) requireBoolean(kind, 'countIncludePad', countIncludePad)
  const { stride = kernel, padding = 0, dilation = 1, rounding = 'exact', name } = options
  const hyperparameters = { kernel, stride, padding, dilation } as Hyperparameters
  requireRank(kind, rank, input, 'kernel')
  requireHyperparameters(kind, rank, hyperparameters, rounding)

  const spatial = input.slice(0, -1)
  const axes = windowAxes(spatial, hyperparameters)
  const { fits, sizes } = slide(axes, rounding)
  refusePaddingAlone(kind, fits, padding)
  const strideGiven = options.stride !== undefined
  if (!sizes)
    return refuseMisfit(
      { operation: kind, window: 'window', spatial, channels: input.at(-1) as number, hyperparameters, strideGiven },
      fits,
    )
  return {
    output: [...sizes, input.at(-1) as number],
    settings: {
      kernel,
      stride,
      padding,
      dilation,
      rounding,
      ...(countIncludePad === undefined || countIncludePad === (padding !== 'same') ? {} : { countIncludePad }),
      ...(name === undefined ? {} : { name }),
    },
    weights: [],
    macs: 0,
    memory: 'own',
    window: { axes, fits, rounding },
  }
}
