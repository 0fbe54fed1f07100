import type { TotalOfBoth } from '../../arithmetic/add.js'
import type { Reverse } from '../../arithmetic/digits.js'
import type { MultiplyDigits } from '../../arithmetic/multiply.js'
import type { SubtractDigits } from '../../arithmetic/subtract.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import { requireWhole, type WholeMessage } from '../../shape/whole.js'
import type { Natural, Option, Positive, unset } from '../../shape/windows.js'
import type { ChosenRule } from '../kind/chosen.js'
import type { IsOpen, Read } from '../kind/known.js'
import type { Applied } from '../kind/layer.js'
import { requireKnownOptions, type UnknownOptions } from '../kind/options.js'
import {
  type Blame,
  type BlameOption,
  type Channels,
  type Dimension,
  type FirstFault,
  type HasRank,
  requireRank,
  type WrongRank,
} from '../kind/rule.js'
import type { EachAttentionParams } from './attention.js'
import { type HeadsText, requireHeads } from './heads.js'
import { requireVersion, type VersionMessage } from './version.js'
import { requireShift, requireWindows, type ShiftMessage, type WindowMessage } from './windows.js'

/* Attention within the windows of an image, as in Swin Transformers. */

/** Options of `windowAttention`. */
export interface WindowAttentionOptions {
  /** The number of cells by which the windows move down and to the right, less than `window`, default 0. */
  readonly shift?: Natural
  /** Whether the projections add biases, default `true`. */
  readonly bias?: boolean
  /** The version of the Swin Transformer, default 1. Version 2 has cosine scores, and two dense layers compute the position biases. */
  readonly version?: Positive
  /** The layer's name in reports and exports. The default is its kind and a number. */
  readonly name?: string
}

/** {@link WindowAttentionOptions} for a call without options. */
export interface NoWindowOptions extends WindowAttentionOptions {
  readonly [unset]: true
}

const optionNames = ['shift', 'bias', 'version', 'name'] as const

/** The rule of `windowAttention`. */
export type WindowAttentionRule<Input extends AnyShape, Heads extends number, Window extends number, Options> =
  Read<Options, WindowAttentionOptions> extends infer Known
    ? keyof Known extends (typeof optionNames)[number]
      ? Attend<
          Input,
          Dimension<Heads>,
          Dimension<Window>,
          Dimension<Option<Known, 'shift', 0> & number>,
          Option<Known, 'bias', true>,
          Dimension<Option<Known, 'version', 1> & number>
        >
      : { output: Input; params: '?'; options: UnknownOptions<'windowAttention', Known, typeof optionNames> }
    : never

/** {@link WindowAttentionRule} for methods, whose options may be one of several. */
export type WindowAttentionMethodRule<
  Input extends AnyShape,
  Heads extends number,
  Window extends number,
  Options,
> = undefined extends Options
  ? ChosenRule<'windowAttention', Input, [Heads, Window], Options>
  : WindowAttentionRule<Input, Heads, Window, Options>

type Attend<Input extends AnyShape, Heads extends number, Window extends number, Shift extends number, Bias, Version extends number> =
  FirstFault<
    [
      Blame<'heads', HeadsMessage<Input, Heads>>,
      Blame<'window', WindowMessage<Input, Window>>,
      BlameOption<'shift', ShiftMessage<Shift, Window>>,
      BlameOption<'version', VersionMessage<'windowAttention', Version>>,
    ]
  > extends infer Fault
    ? [Fault] extends [never]
      ? { output: Input; params: WindowParams<Channels<Input>, Heads, Window, Bias, Version> }
      : { output: Input; params: '?' } & Fault
    : never

type HeadsMessage<Input, Heads extends number> =
  HasRank<Input, 2> extends false
    ? WrongRank<'windowAttention', 2, Input>
    : [WholeMessage<'windowAttention', 'heads', Heads, 1>] extends [never]
      ? HeadsText<'windowAttention', Channels<Input>, Heads, 'channels'>
      : WholeMessage<'windowAttention', 'heads', Heads, 1>

/** Parameters: those of attention on the channels, and those of the position biases. */
type WindowParams<Features extends number, Heads extends number, Window extends number, Bias, Version> =
  IsOpen<Features, Heads> extends true
    ? '?'
    : IsOpen<Window, Version> extends true
      ? '?'
      : TotalOfBoth<EachAttentionParams<Features, Bias>, PositionParams<Heads, Window, Version>>

/**
 * Version 1 has a table of (2 * window - 1)^2 rows with a bias for each head. Version 2 computes the biases with 2 * 512 + 512 and 512
 * * heads parameters, and has a temperature for each head: 513 * heads + 1536.
 */
type PositionParams<Heads extends number, Window extends number, Version> = Version extends 2
  ? Heads extends Heads
    ? TotalOfBoth<MultiplyDigits<'315', `${Heads}`>, '6351'>
    : never
  : Window extends Window
    ? TotalOfBoth<Reverse<`${Window}`>, Reverse<`${Window}`>> extends infer Twice extends string
      ? SubtractDigits<Twice, '1'> extends infer Side extends string
        ? EachHead<MultiplyDigits<Reverse<Side>, Side>, Heads>
        : never
      : never
    : never

type EachHead<Rows, Heads extends number> = Heads extends Heads ? MultiplyDigits<Rows, `${Heads}`> : never

/** The units of the first of the two dense layers that compute the position biases (Liu et al. 2021b, section 3.3, and its code). */
const hidden = 512

/** {@link WindowAttentionRule} at run time. */
export const applyWindowAttention = (input: Shape, heads: number, window: number, options: WindowAttentionOptions = {}): Applied => {
  requireKnownOptions('windowAttention', options, optionNames)
  const { shift = 0, bias = true, version = 1, name } = options
  requireRank('windowAttention', 2, input, 'heads')
  requireWhole('windowAttention', 'heads', heads, 1)
  const [height, width, channels] = input as [number, number, number]
  requireHeads('windowAttention', channels, heads, 'channels')
  requireWhole('windowAttention', 'window', window, 1)
  requireWindows([height, width], window)
  requireWhole('windowAttention', 'options.shift', shift, 0)
  requireShift(shift, window)
  requireVersion('windowAttention', version)
  const rows = (2 * window - 1) ** 2
  const positions =
    version === 1
      ? [{ name: 'positionTable', shape: [rows, heads], trainable: true }]
      : [
          { name: 'logitScale', shape: [heads, 1, 1], trainable: true },
          { name: 'positionHiddenKernel', shape: [2, hidden], trainable: true },
          { name: 'positionHiddenBias', shape: [hidden], trainable: true },
          { name: 'positionKernel', shape: [hidden, heads], trainable: true },
        ]
  const weights = [
    { name: 'inProjectionKernel', shape: [channels, 3 * channels], trainable: true },
    { name: 'inProjectionBias', shape: [3 * channels], trainable: true },
    { name: 'outProjectionKernel', shape: [channels, channels], trainable: true },
    { name: 'outProjectionBias', shape: [channels], trainable: true },
  ]
  return {
    output: input,
    settings: { heads, window, shift, bias, version, ...(name === undefined ? {} : { name }) },
    weights: [...weights.filter((weight) => bias || !weight.name.endsWith('Bias')), ...positions],
    macs: height * width * channels * (4 * channels + 2 * window * window) + (version === 1 ? 0 : rows * hidden * (2 + heads)),
    memory: 'own',
  }
}
