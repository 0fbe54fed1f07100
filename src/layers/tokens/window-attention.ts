import type { TotalOfBoth } from '../../arithmetic/add.js'
import type { Compare } from '../../arithmetic/compare.js'
import type { Reverse } from '../../arithmetic/digits.js'
import type { MultiplyDigits } from '../../arithmetic/multiply.js'
import type { Literal } from '../../arithmetic/natural.js'
import type { Subtract, SubtractDigits } from '../../arithmetic/subtract.js'
import type { Noted } from '../../shape/channels-last.js'
import { type Advice, advice, type EitherOf, eitherOf, type Fill, fill, ShapeError } from '../../shape/message.js'
import { type Ratio, ratio } from '../../shape/ratio.js'
import { type AnyShape, axisNames, type Shape } from '../../shape/shape.js'
import { requireWhole, type WholeMessage } from '../../shape/whole.js'
import type { Natural, Option, Positive, unset } from '../../shape/windows.js'
import type { ChosenRule } from '../kind/chosen.js'
import type { IsOpen, Read } from '../kind/known.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type LeftOut, type NoOptions, type OptionsGiven, requireKnownOptions, type UnknownOptions } from '../kind/options.js'
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
import type { Unchecked } from '../kind/rule-of.js'
import { type Given, type Layer, layerFunction, type Without } from '../kind/value.js'
import type { EachAttentionParams } from './attention.js'
import { type Divides, type DivisorsOf, divisorsOf } from './divisors.js'
import { type HeadsText, requireHeads } from './heads.js'
import { requireVersion, type VersionMessage } from './version.js'

/** Attention within the windows of an image, as in Swin Transformers. */

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

const windowMisfit = 'windowAttention: windows of {window} cells do not divide the {axis} of {size}: {size}/{window} = {result}. {advice}'
const shiftMisfit = 'windowAttention: shift must be less than the window of {window}, not {shift}. Use shift {most} or less.'

/** Windows to suggest if the given one does not divide the image. */
const windowsToTry = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] as const

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

type WindowMessage<Input, Window extends number> = [WholeMessage<'windowAttention', 'window', Window, 1>] extends [never]
  ? Input extends readonly [infer Height extends number, infer Width extends number, unknown]
    ? FirstFault<[WindowText<Height, Window, 'height', Width>, WindowText<Width, Window, 'width', Height>]>
    : never
  : WholeMessage<'windowAttention', 'window', Window, 1>

/** The message for windows that do not divide an axis; `never` if they do, or are unknown. */
type WindowText<Size extends number, Window extends number, Axis extends string, Other extends number> = number extends Size | Window
  ? never
  : Size extends Size
    ? Window extends Window
      ? Divides<Size, Window> extends true
        ? never
        : EitherOf<DivisorsOf<number extends Other ? Size : Size | Other, typeof windowsToTry>> extends infer Windows extends string
          ? Fill<
              typeof windowMisfit,
              {
                window: `${Window}`
                axis: Axis
                size: `${Size}`
                result: Ratio<`${Size}`, `${Window}`>
                advice: Advice<[`window ${Windows}`], ''>
              }
            >
          : never
      : never
    : never

/** The message for a shift by a whole window or more. */
type ShiftMessage<Shift extends number, Window extends number> = [WholeMessage<'windowAttention', 'shift', Shift, 0>] extends [never]
  ? number extends Shift | Window
    ? never
    : Shift extends Shift
      ? Window extends Window
        ? Compare<Shift, Window> extends 'less'
          ? never
          : Fill<typeof shiftMisfit, { shift: `${Shift}`; window: `${Window}`; most: `${Subtract<Window, 1>}` }>
        : never
      : never
  : WholeMessage<'windowAttention', 'shift', Shift, 0>

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
const applyWindowAttention = (input: Shape, heads: number, window: number, options: WindowAttentionOptions = {}): Applied => {
  requireKnownOptions('windowAttention', options, optionNames)
  const { shift = 0, bias = true, version = 1, name } = options
  requireRank('windowAttention', 2, input, 'heads')
  requireWhole('windowAttention', 'heads', heads, 1)
  const [height, width, channels] = input as [number, number, number]
  requireHeads('windowAttention', channels, heads, 'channels')
  requireWhole('windowAttention', 'window', window, 1)
  requireWindows([height, width], window)
  requireWhole('windowAttention', 'options.shift', shift, 0)
  if (shift >= window) {
    const values = { shift: `${shift}`, window: `${window}`, most: `${window - 1}` }
    throw new ShapeError(fill(shiftMisfit, values), 'windowAttention', 'options.shift')
  }
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

const requireWindows = (sizes: readonly number[], window: number): void => {
  const at = sizes.findIndex((size) => size % window !== 0)
  if (at < 0) return
  const size = sizes[at] as number
  const values = {
    window: `${window}`,
    axis: axisNames[2][at] as string,
    size: `${size}`,
    result: ratio(size, window),
    advice: advice([`window ${eitherOf(divisorsOf(sizes, windowsToTry))}`], ''),
  }
  throw new ShapeError(fill(windowMisfit, values), 'windowAttention', 'window')
}

export const windowAttentionKinds = {
  windowAttention: {
    kind: 'windowAttention',
    takes: 3,
    apply: applyWindowAttention,
  } satisfies LayerKind<[number, number, WindowAttentionOptions?]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    windowAttention: Given extends readonly [Unchecked, Unchecked, infer Options]
      ? WindowAttentionRule<Input, Given[0], Given[1], Options>
      : WindowAttentionRule<Input, Given[0], Given[1], NoWindowOptions>
  }
}

/**
 * Attention within the windows of an image, as a layer value; see `Network.windowAttention`.
 *
 * @param heads the number of heads that share the channels, from 1; it must divide the channels
 * @param window the size of the windows on both axes, from 1; it must divide the height and the width
 * @param options `shift` (default 0), `bias` (`true`), `version` (1), `name`
 * @example
 * windowAttention(3, 7, { shift: 3 }) // Layer<'windowAttention', [3, 7, { shift: 3 }]>
 */
export const windowAttention: <
  Heads extends number,
  Window extends number,
  Options extends WindowAttentionOptions | NoOptions = NoWindowOptions,
>(
  heads: Heads,
  window: Window,
  options: LeftOut | Options,
) => Layer<'windowAttention', Given<[Heads, Window], Options>> = layerFunction('windowAttention')

export type WindowAttentionHeadsOrUseABlock<Input extends AnyShape, Heads extends number, Window extends number, Options, Start> =
  number extends Literal<Heads>
    ? WindowAttentionMethodRule<Input, Heads, Window, Options> extends { heads: infer Fault extends string }
      ? Fault
      : Heads
    : WindowAttentionMethodRule<Input, Heads, Window, Options> extends { heads: infer Fault extends string }
      ? Noted<Fault, Start>
      : Heads
export type WindowOrUseABlock<Input extends AnyShape, Heads extends number, Window extends number, Options, Start> =
  number extends Literal<Window>
    ? WindowAttentionMethodRule<Input, Heads, Window, Options> extends { window: infer Fault extends string }
      ? Fault
      : Window
    : WindowAttentionMethodRule<Input, Heads, Window, Options> extends { window: infer Fault extends string }
      ? Noted<Fault, Start>
      : Window
export type WindowAttentionOptionsOrUseABlock<
  Input extends AnyShape,
  Heads extends number,
  Window extends number,
  Options,
  Start,
> = number extends Options
  ? OptionsGiven<Options>
  : Options extends Without
    ? Options
    : WindowAttentionRule<Input, Heads, Window, Options> extends { options: infer Faults extends object | string }
      ? Noted<Faults, Start>
      : Options
