import type { SumOf } from '../arithmetic/add.js'
import type { Reverse } from '../arithmetic/digits.js'
import type { ToNumber } from '../arithmetic/natural.js'
import { type NoteOn, noteOn } from './channels-last.js'
import { type Attempt, type LargerFixes, largerFixes, type PaddingFix, type RestFixes, restFixes, type WindowAttempt } from './fixes.js'
import { type Advice, advice, type Fill, fill, type OneOf, ShapeError } from './message.js'
import { type Ratio, ratio } from './ratio.js'
import { axisNames, type IsUnion, type Rank } from './shape.js'
import { type Axis, type AxisFit, exactSlack, exactSpan, type Slack, type Span, type TotalPadding } from './window.js'
import { type Article, type AxesText, article, axesText, type WindowText, windowText } from './window-text.js'
import { type EachList, type Fits, type OnAxis, windowAxes } from './windows.js'

/**
 * The sentences for a window that does not fit, with the arithmetic and with changes that make it fit.
 *
 * Every suggestion is tried by the rule itself before it is made.
 */

const misfit =
  '{operation}: {a} {kernel} {window} with {dilation}stride {stride} does not fit {an} {input} input: {axis}({size} - {span} + {padding})/{step} + 1 = {result}. {advice}{note}'

const tooLarge =
  '{operation}: {a} {kernel} {window}{dilation} is larger than the {input} input: {axis}{span} > {size} + {padding}. {advice}{note}'

const notEvery =
  '{operation}: {a} {kernel} {window} with {dilation}stride {stride} does not fit every size that the input may have. {advice}'

/**
 * The sentence for a window that does not fit, under the name of the argument that is to blame: the kernel when it is larger
 * than the padded input or when the stride was left to its default, else the stride. `never` when the window fits.
 */
export type MisfitMessage<It extends Attempt> = Blamed<
  It['strideGiven'],
  EachMember<It, EachList<It['kernel']>, EachList<It['stride']>, It['padding'], EachList<It['dilation']>>
>

type Blamed<StrideGiven, Found> = [Found] extends [never]
  ? never
  : [Extract<Found, readonly ['larger', unknown]>] extends [never]
    ? StrideGiven extends true
      ? { options: { stride: OneOf<TextOf<Found>> } }
      : { kernel: OneOf<TextOf<Found>> }
    : { kernel: OneOf<TextOf<Extract<Found, readonly ['larger', unknown]>>> }

type TextOf<Found> = Found extends readonly [unknown, infer Text] ? Text : never

/** Over unions, the sentences for those members that do not fit. */
type EachMember<It extends Attempt, Kernel, Stride, Padding, Dilation> = Kernel extends unknown
  ? (It['strideGiven'] extends true ? Stride : Kernel) extends infer S
    ? S extends unknown
      ? Padding extends unknown
        ? Dilation extends unknown
          ? MisfitOf<
              Omit<It, 'kernel' | 'stride' | 'padding' | 'dilation'> & { kernel: Kernel; stride: S; padding: Padding; dilation: Dilation },
              It
            >
          : never
        : never
      : never
    : never
  : never

/** The sentence for one member; what it suggests fits the `Whole`, with every member. */
type MisfitOf<It, Whole extends Attempt> = It extends Attempt
  ? FirstMisfit<Fits<It['spatial'], It['kernel'], It['stride'], It['padding'], It['dilation']>, It['rounding']> extends [
      infer Index extends 0 | 1 | 2,
      infer Fault,
    ]
    ? Fault extends 'larger'
      ? [
          'larger',
          HasUnion<It['spatial']> extends true ? NotEveryText<It, [PaddingFix<Whole>]> : LargerText<It, Whole, OnAxes<It, Index>, Index>,
        ]
      : [
          'rest',
          HasUnion<It['spatial']> extends true ? NotEveryText<It, RestFixes<It, Whole>> : MisfitText<It, Whole, OnAxes<It, Index>, Index>,
        ]
    : never
  : never

/** Whether an axis is a union, as of two branches. At run time every size is one number. */
type HasUnion<Spatial> = Spatial extends readonly [infer First, ...infer Rest]
  ? true extends IsUnion<First>
    ? true
    : HasUnion<Rest>
  : false

/** One sentence for all the sizes, which would otherwise have one each, and each combination of axes. */
type NotEveryText<It extends Attempt, Fixes> = Fill<
  typeof notEvery,
  {
    operation: It['operation']
    window: It['window']
    a: Article<KernelText<It>>
    kernel: KernelText<It>
    dilation: DilationText<It>
    stride: AxesText<It['stride']>
    advice: Advice<Fixes, ''>
  }
>

/** What is said of the dilation where there is one. */
type DilationText<It extends Attempt> = It['dilation'] extends 1 ? '' : `dilation ${AxesText<It['dilation']>} and `

/** The first axis where the window is larger than the input, else the first where it leaves a rest: its index and which; or `'none'`. */
type FirstMisfit<All, Round> = [FirstWith<'larger', All, []>] extends [never]
  ? Round extends 'exact'
    ? [FirstWith<'rest', All, []>] extends [never]
      ? 'none'
      : [FirstWith<'rest', All, []>, 'rest']
    : 'none'
  : [FirstWith<'larger', All, []>, 'larger']

type FirstWith<What, All, Passed extends unknown[]> = All extends readonly [infer First, ...infer Rest]
  ? What extends FaultOf<First>
    ? Passed['length']
    : FirstWith<What, Rest, [...Passed, First]>
  : never

type FaultOf<One> = One extends readonly [unknown, '0'] ? never : One extends readonly [unknown, unknown] ? 'rest' : One

/** The hyperparameters on the axis that is to blame. */
type OnAxes<It extends Attempt, Index extends 0 | 1 | 2> = {
  size: It['spatial'][Index]
  kernel: OnAxis<It['kernel'], Index>
  stride: OnAxis<It['stride'], Index>
  padding: OnAxis<It['padding'], Index>
  dilation: OnAxis<It['dilation'], Index>
}

type Numbers = { size: number; kernel: number; stride: number; padding: unknown; dilation: number }

type MisfitText<It extends Attempt, Whole extends Attempt, On, Index extends 0 | 1 | 2> = On extends Numbers
  ? Fill<
      typeof misfit,
      CommonText<It, On, Index> & {
        an: Article<WindowText<It['spatial']>>
        dilation: DilationText<It>
        stride: AxesText<It['stride']>
        step: `${On['stride']}`
        result: SlackRatio<Slack<On['size'], Span<On['kernel'], On['dilation']>, TotalPadding<On['padding']>>, `${On['stride']}`>
        advice: Advice<RestFixes<It, Whole>, ''>
      }
    >
  : never

type LargerText<It extends Attempt, Whole extends Attempt, On, Index extends 0 | 1 | 2> = On extends Numbers
  ? Fill<
      typeof tooLarge,
      CommonText<It, On, Index> & {
        dilation: It['dilation'] extends 1 ? '' : ` with dilation ${AxesText<It['dilation']>}`
        advice: Advice<LargerFixes<Whole, Padded<`${On['size']}`, TotalPadding<On['padding']>>>, ''>
      }
    >
  : never

/** A size with its padding, the largest kernel. */
type Padded<Size extends string, Padding> = SumOf<Reverse<Size>, Reverse<Padding>> extends infer Total ? ToNumber<Total> : never

type CommonText<It extends Attempt, On extends Numbers, Index extends 0 | 1 | 2> = {
  operation: It['operation']
  window: It['window']
  a: Article<KernelText<It>>
  kernel: KernelText<It>
  input: WindowText<It['spatial']>
  axis: Alike<It> extends true ? '' : `${AxisName<It['spatial'], Index>} `
  size: `${On['size']}`
  span: Span<On['kernel'], On['dilation']>
  padding: PaddingText<On['padding']>
  note: NoteOn<[...It['spatial'], It['channels']]>
}

/** Whether every axis does the same arithmetic, so that it need not be named. */
type Alike<It extends Attempt> = It['kernel'] | It['stride'] | It['padding'] | It['dilation'] extends number | string
  ? It['spatial'] extends readonly [infer First, ...infer Rest]
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

type KernelText<It extends Attempt> = WindowText<It['kernel'] extends number ? Repeat<It['spatial'], It['kernel']> : It['kernel']>

type Repeat<Axes extends readonly unknown[], Value> = { [Index in keyof Axes]: Value }

type PaddingText<Padding> = Padding extends readonly [infer Before extends number, infer After extends number]
  ? `${Before} + ${After}`
  : Padding extends number
    ? `2*${Padding}`
    : '2*0'

/** (slack)/stride + 1, as (slack + stride)/stride. */
type SlackRatio<Room, Stride extends string> =
  SumOf<Reverse<Room>, Reverse<Stride>> extends infer Numerator extends string ? Ratio<Numerator, Stride> : never

/**
 * Refuses a window that does not fit: {@link MisfitMessage} at run time.
 *
 * @throws {ShapeError} always, with the sentence and the argument to blame
 */
export const refuseMisfit = (it: WindowAttempt, fits: readonly AxisFit[]): never => {
  const { operation, spatial, channels, hyperparameters } = it
  const larger = fits.findIndex(({ positions }) => positions <= 0)
  const index = larger >= 0 ? larger : fits.findIndex(({ remainder }) => remainder !== 0)
  const { positions, before, after } = fits[index] as AxisFit
  const axis = windowAxes(spatial, hyperparameters)[index] as Axis
  const { kernel, stride, dilation } = hyperparameters
  const rank = spatial.length as Rank
  const kernelText = windowText(typeof kernel === 'number' ? spatial.map(() => kernel) : kernel)
  const common = {
    operation,
    window: it.window,
    a: article(kernelText),
    kernel: kernelText,
    input: windowText(spatial),
    axis: alike(it) ? '' : `${axisNames[rank][index]} `,
    size: `${axis.size}`,
    span: `${exactSpan(axis)}`,
    note: noteOn([...spatial, channels]),
    padding: Array.isArray(axis.padding) ? axis.padding.join(' + ') : `2*${typeof axis.padding === 'number' ? axis.padding : 0}`,
  }
  if (positions <= 0) {
    const values = {
      ...common,
      dilation: dilation === 1 ? '' : ` with dilation ${axesText(dilation)}`,
      advice: advice(largerFixes(it, axis.size + before + after), ''),
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
    advice: advice(restFixes(it), ''),
  }
  throw new ShapeError(fill(misfit, values), operation, it.strideGiven ? 'options.stride' : 'kernel')
}

const alike = ({ spatial, hyperparameters: { kernel, stride, padding, dilation } }: WindowAttempt): boolean =>
  ![kernel, stride, padding, dilation].some(Array.isArray) && spatial.every((size) => size === spatial[0])
