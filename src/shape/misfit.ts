import type { SumOf } from '../arithmetic/add.js'
import type { Reverse } from '../arithmetic/digits.js'
import type { ToNumber } from '../arithmetic/natural.js'
import { type NoteOn, noteOn } from './channels-last.js'
import { type Attempt, type LargerFixes, largerFixes, type PaddingFix, type RestFixes, restFixes, type WindowAttempt } from './fixes.js'
import { type Advice, advice, type Fill, fill, type OneOf, ShapeError } from './message.js'
import { type Ratio, ratio } from './ratio.js'
import { axisNames, type HasUnion, type Rank } from './shape.js'
import { type Axis, type AxisFit, exactSlack, exactSpan, type Slack, type Span, type TotalPadding } from './window.js'
import { type Article, type AxesText, article, axesText, type WindowText, windowText } from './window-text.js'
import { type EachList, type Fits, type OnAxis, windowAxes } from './windows.js'

/**
 * The messages for a window that does not fit, with the arithmetic and with changes that make it fit.
 *
 * The rule itself tries each change before a message suggests it.
 */

const misfit =
  '{operation}: {a} {kernel} {window} with {dilation}stride {stride} does not fit {an} {input} input: {axis}({size} - {span} + {padding})/{step} + 1 = {result}. {advice}{note}'

const tooLarge =
  '{operation}: {a} {kernel} {window}{dilation} is larger than the {input} input: {axis}{span} > {size} + {padding}. {advice}{note}'

const notEvery =
  '{operation}: {a} {kernel} {window} with {dilation}stride {stride} does not fit every size that the input may have. {advice}'

/**
 * The message for a window that does not fit, keyed by the argument to change: the kernel if it is larger than the padded input or the
 * call sets no stride, otherwise the stride. `never` if the window fits.
 */
export type MisfitMessage<Member extends Attempt> = Blamed<
  Member['strideGiven'],
  EachMember<Member, EachList<Member['kernel']>, EachList<Member['stride']>, Member['padding'], EachList<Member['dilation']>>
>

type Blamed<StrideGiven, Found> = [Found] extends [never]
  ? never
  : [Extract<Found, readonly ['larger', unknown]>] extends [never]
    ? StrideGiven extends true
      ? { options: { stride: OneOf<TextOf<Found>> } }
      : { kernel: OneOf<TextOf<Found>> }
    : { kernel: OneOf<TextOf<Extract<Found, readonly ['larger', unknown]>>> }

type TextOf<Found> = Found extends readonly [unknown, infer Text] ? Text : never

/** The messages for the members of unions that do not fit. */
type EachMember<Member extends Attempt, Kernel, Stride, Padding, Dilation> = Kernel extends unknown
  ? (Member['strideGiven'] extends true ? Stride : Kernel) extends infer S
    ? S extends unknown
      ? Padding extends unknown
        ? Dilation extends unknown
          ? MisfitOf<
              Omit<Member, 'kernel' | 'stride' | 'padding' | 'dilation'> & {
                kernel: Kernel
                stride: S
                padding: Padding
                dilation: Dilation
              },
              Member
            >
          : never
        : never
      : never
    : never
  : never

/** The message for one member of each union. The fixes that it suggests fit every member of `Union`. */
type MisfitOf<Member, Union extends Attempt> = Member extends Attempt
  ? FirstMisfit<
      Fits<Member['spatial'], Member['kernel'], Member['stride'], Member['padding'], Member['dilation']>,
      Member['rounding']
    > extends [infer Index extends 0 | 1 | 2, infer Fault]
    ? Fault extends 'larger'
      ? [
          'larger',
          HasUnion<Member['spatial']> extends true
            ? NotEveryText<Member, [PaddingFix<Union>]>
            : LargerText<Member, Union, OnAxes<Member, Index>, Index>,
        ]
      : [
          'rest',
          HasUnion<Member['spatial']> extends true
            ? NotEveryText<Member, RestFixes<Member, Union>>
            : MisfitText<Member, Union, OnAxes<Member, Index>, Index>,
        ]
    : never
  : never

/** One message for all sizes of a union, instead of one for each combination of sizes. */
type NotEveryText<Member extends Attempt, Fixes> = Fill<
  typeof notEvery,
  {
    operation: Member['operation']
    window: Member['window']
    a: Article<KernelText<Member>>
    kernel: KernelText<Member>
    dilation: DilationText<Member>
    stride: AxesText<Member['stride']>
    advice: Advice<Fixes, ''>
  }
>

/** The dilation, unless it is 1. */
type DilationText<Member extends Attempt> = Member['dilation'] extends 1 ? '' : `dilation ${AxesText<Member['dilation']>} and `

/**
 * The first axis where the window is larger than the input, otherwise the first with a remainder, as `[index, kind]`; `'none'` if
 * neither.
 */
type FirstMisfit<AxisFits, Round> = [FirstWith<'larger', AxisFits, []>] extends [never]
  ? Round extends 'exact'
    ? [FirstWith<'rest', AxisFits, []>] extends [never]
      ? 'none'
      : [FirstWith<'rest', AxisFits, []>, 'rest']
    : 'none'
  : [FirstWith<'larger', AxisFits, []>, 'larger']

type FirstWith<Fault, AxisFits, Passed extends unknown[]> = AxisFits extends readonly [infer First, ...infer Rest]
  ? Fault extends FaultOf<First>
    ? Passed['length']
    : FirstWith<Fault, Rest, [...Passed, First]>
  : never

type FaultOf<OneFit> = OneFit extends readonly [unknown, '0'] ? never : OneFit extends readonly [unknown, unknown] ? 'rest' : OneFit

/** The hyperparameters on the axis that does not fit. */
type OnAxes<Member extends Attempt, Index extends 0 | 1 | 2> = {
  size: Member['spatial'][Index]
  kernel: OnAxis<Member['kernel'], Index>
  stride: OnAxis<Member['stride'], Index>
  padding: OnAxis<Member['padding'], Index>
  dilation: OnAxis<Member['dilation'], Index>
}

type Numbers = { size: number; kernel: number; stride: number; padding: unknown; dilation: number }

type MisfitText<Member extends Attempt, Union extends Attempt, On, Index extends 0 | 1 | 2> = On extends Numbers
  ? Fill<
      typeof misfit,
      CommonText<Member, On, Index> & {
        an: Article<WindowText<Member['spatial']>>
        dilation: DilationText<Member>
        stride: AxesText<Member['stride']>
        step: `${On['stride']}`
        result: SlackRatio<Slack<On['size'], Span<On['kernel'], On['dilation']>, TotalPadding<On['padding']>>, `${On['stride']}`>
        advice: Advice<RestFixes<Member, Union>, ''>
      }
    >
  : never

type LargerText<Member extends Attempt, Union extends Attempt, On, Index extends 0 | 1 | 2> = On extends Numbers
  ? Fill<
      typeof tooLarge,
      CommonText<Member, On, Index> & {
        dilation: Member['dilation'] extends 1 ? '' : ` with dilation ${AxesText<Member['dilation']>}`
        advice: Advice<LargerFixes<Union, Padded<`${On['size']}`, TotalPadding<On['padding']>>>, ''>
      }
    >
  : never

/** A size including its padding: the largest kernel that fits. */
type Padded<Size extends string, Padding> = SumOf<Reverse<Size>, Reverse<Padding>> extends infer Total ? ToNumber<Total> : never

type CommonText<Member extends Attempt, On extends Numbers, Index extends 0 | 1 | 2> = {
  operation: Member['operation']
  window: Member['window']
  a: Article<KernelText<Member>>
  kernel: KernelText<Member>
  input: WindowText<Member['spatial']>
  axis: AxesAreEqual<Member> extends true ? '' : `${AxisName<Member['spatial'], Index>} `
  size: `${On['size']}`
  span: Span<On['kernel'], On['dilation']>
  padding: PaddingText<On['padding']>
  note: NoteOn<[...Member['spatial'], Member['channels']]>
}

/** Whether the arithmetic is the same on every axis, so that the message need not name one. */
type AxesAreEqual<Member extends Attempt> = Member['kernel'] | Member['stride'] | Member['padding'] | Member['dilation'] extends
  | number
  | string
  ? Member['spatial'] extends readonly [infer First, ...infer Rest]
    ? Rest extends readonly First[]
      ? true
      : false
    : never
  : false

type AxisName<Spatial, Index extends 0 | 1 | 2> = Spatial extends readonly unknown[]
  ? (typeof axisNames)[Spatial['length'] & Rank] extends infer Names extends readonly string[]
    ? Names[Index]
    : never
  : never

type KernelText<Member extends Attempt> = WindowText<
  Member['kernel'] extends number ? Repeat<Member['spatial'], Member['kernel']> : Member['kernel']
>

type Repeat<Axes extends readonly unknown[], Value> = { [Index in keyof Axes]: Value }

type PaddingText<Padding> = Padding extends readonly [infer Before extends number, infer After extends number]
  ? `${Before} + ${After}`
  : Padding extends number
    ? `2*${Padding}`
    : '2*0'

/** slack/stride + 1, computed as (slack + stride)/stride. */
type SlackRatio<Room, Stride extends string> =
  SumOf<Reverse<Room>, Reverse<Stride>> extends infer Numerator extends string ? Ratio<Numerator, Stride> : never

/**
 * {@link MisfitMessage} at run time.
 *
 * @throws {ShapeError} always, with the message and the argument to change
 */
export const refuseMisfit = (attempt: WindowAttempt, fits: readonly AxisFit[]): never => {
  const { operation, spatial, channels, hyperparameters } = attempt
  const larger = fits.findIndex(({ positions }) => positions <= 0)
  const index = larger >= 0 ? larger : fits.findIndex(({ remainder }) => remainder !== 0)
  const { positions, before, after } = fits[index] as AxisFit
  const axis = windowAxes(spatial, hyperparameters)[index] as Axis
  const { kernel, stride, dilation } = hyperparameters
  const rank = spatial.length as Rank
  const kernelText = windowText(typeof kernel === 'number' ? spatial.map(() => kernel) : kernel)
  const common = {
    operation,
    window: attempt.window,
    a: article(kernelText),
    kernel: kernelText,
    input: windowText(spatial),
    axis: axesAreEqual(attempt) ? '' : `${axisNames[rank][index]} `,
    size: `${axis.size}`,
    span: `${exactSpan(axis)}`,
    note: noteOn([...spatial, channels]),
    padding: Array.isArray(axis.padding) ? axis.padding.join(' + ') : `2*${typeof axis.padding === 'number' ? axis.padding : 0}`,
  }
  if (positions <= 0) {
    const values = {
      ...common,
      dilation: dilation === 1 ? '' : ` with dilation ${axesText(dilation)}`,
      advice: advice(largerFixes(attempt, axis.size + before + after), ''),
    }
    throw new ShapeError(fill(tooLarge, values), operation, 'kernel')
  }
  const values = {
    ...common,
    an: article(common.input),
    dilation: dilation === 1 ? '' : `dilation ${axesText(dilation)} and `,
    stride: axesText(stride),
    step: `${axis.stride}`,
    result: ratio(exactSlack(axis) + BigInt(axis.stride), axis.stride),
    advice: advice(restFixes(attempt), ''),
  }
  throw new ShapeError(fill(misfit, values), operation, attempt.strideGiven ? 'options.stride' : 'kernel')
}

const axesAreEqual = ({ spatial, hyperparameters: { kernel, stride, padding, dilation } }: WindowAttempt): boolean =>
  ![kernel, stride, padding, dilation].some(Array.isArray) && spatial.every((size) => size === spatial[0])
