import type { Literal } from '../arithmetic/natural.js'
import type { OverForty } from './long-list.js'
import type { Rank } from './shape.js'
import { type Axis, type AxisFit, type AxisPadding, type Fit, fitAxis, type Rounding, type RoundUp, roundUp } from './window.js'

/** A window on all axes of its input: hyperparameters for all axes or per axis, and the output sizes. */

/** A whole number of at least 1. This form keeps literals, and editors suggest the most common values. */
export type Positive = 1 | 2 | (number & {})

/** A small number that keeps a variance from 0. This form keeps literals, and editors suggest the defaults of PyTorch and Keras. */
export type Epsilon = 1e-5 | 1e-3 | (number & {})

/** A whole number of at least 0. */
export type Natural = 0 | 1 | (number & {})

/** One value per axis of a window. */
export interface EachAxis<Value> {
  1: readonly [Value]
  2: readonly [Value, Value]
  3: readonly [Value, Value, Value]
}

/**
 * A list of any length. The rule rejects one of the wrong length, since its message can say how many values the window needs. If the
 * length is unknown at compile time, the run time checks it.
 */
type Listed<Value> = readonly Value[]

/** A hyperparameter: one value for every axis, or one per axis in the order of the shape. */
export type PerAxis<R extends Rank> = Positive | EachAxis<Positive>[R] | Listed<Positive>

/** Padding: the same on every side, `'same'`, `'valid'`, or a number or `[before, after]` per axis. */
export type Padding<R extends Rank> =
  | Natural
  | 'same'
  | 'valid'
  | EachAxis<Natural | readonly [Natural, Natural]>[R]
  | Listed<Natural | Listed<Natural>>

/** The options of every window, in convolutions and pools. */
export interface WindowOptions<R extends Rank> {
  /** Step between window positions. The default is 1 for a convolution and the kernel for a pool. */
  readonly stride?: PerAxis<R>
  /**
   * Zeros around the input (in a max pool, cells that are never the maximum), default 0: a number for every side, a number or `[before,
   * after]` per axis, `'same'` for ceil(input / stride) outputs as in TensorFlow, or `'valid'` for none.
   */
  readonly padding?: Padding<R>
  /** Distance between the cells of the kernel, default 1. A kernel of size F spans dilation * (F - 1) + 1 cells. */
  readonly dilation?: PerAxis<R>
  /**
   * What to do if the window does not fit exactly: `'exact'` (default) throws, `'floor'` ignores the remaining cells as PyTorch and
   * ONNX do, `'ceil'` adds a window that reaches past the edge as `ceil_mode` does, unless it would start outside the input.
   */
  readonly rounding?: 'exact' | 'floor' | 'ceil'
  /** The layer's name in reports and exports. The default is its kind and a number. */
  readonly name?: string
}

/**
 * Marks the options type that stands for "no options given".
 *
 * A method's options default to such a type. It names every option, so that editors can suggest them, and differs from an options
 * object whose values are unknown.
 */
export declare const unset: unique symbol

/** The value of an option, or its default. */
export type Option<Options, Name extends string, Default> = Name extends keyof Options ? OrDefault<Options[Name], Default> : Default

/** {@link Option} for options that are one of several objects, or `undefined`. */
export type OptionOfEach<Options, Name extends string, Default> = Options extends unknown ? Option<Options, Name, Default> : never

/** {@link KnownOption} in one step, since every option of every layer goes through it. */
type OrDefault<Value, Default> = [Value] extends [never]
  ? AnyValue
  : Value extends undefined
    ? Default
    : number extends Value
      ? Literal<Value>
      : { [Index in keyof Value]: KnownOption<Value[Index]> }

/**
 * A value as the rules use it, alone or in a list. A member of an enum becomes its literal. `never`, which no value has, is treated as
 * `any`. The mapped type leaves anything unchanged but a list and a number with a brand (`MappedBrand`).
 */
export type KnownOption<Value> = [Value] extends [never]
  ? AnyValue
  : number extends Value
    ? Literal<Value>
    : { [Index in keyof Value]: KnownOption<Value[Index]> }

// biome-ignore lint/suspicious/noExplicitAny: every rule accepts `any` as an unknown value.
type AnyValue = any

/** Distributes a list with unions: the union of all lists that it may be. A long list fits no window, and stays as it is. */
export type EachList<Value> = Value extends OverForty
  ? Value
  : Value extends readonly [infer First, ...infer Rest]
    ? First extends unknown
      ? EachList<Rest> extends infer Others
        ? Others extends readonly unknown[]
          ? [First, ...Others]
          : never
        : never
      : never
    : Value

/** A hyperparameter on one axis. */
export type OnAxis<Value, Index extends number> = Value extends readonly unknown[] ? Value[Index] : Value

/** {@link Fit} on every axis of a window; `'invalid'` if a list does not have one value per axis. */
export type Fits<Spatial, Kernel, Stride, Pad, Dilation> = [Kernel | Stride | Pad | Dilation] extends [number | string]
  ? Spatial extends readonly [infer H extends number, infer W extends number]
    ? [Fit<H, Kernel, Stride, Pad, Dilation>, Fit<W, Kernel, Stride, Pad, Dilation>]
    : FitsEach<Spatial, Kernel, Stride, Pad, Dilation>
  : FitsEach<Spatial, Kernel, Stride, Pad, Dilation>

type FitsEach<Spatial, Kernel, Stride, Pad, Dilation> = [ListsOfWrongLength<Spatial, Kernel | Stride | Pad | Dilation>] extends [never]
  ? FitsOnEach<Spatial, Kernel, Stride, Pad, Dilation>
  : 'invalid'

/** The lists among the values that do not have one value per axis. */
type ListsOfWrongLength<Spatial, Value> = Value extends readonly unknown[]
  ? number extends Value['length']
    ? never
    : Spatial extends { length: Value['length'] }
      ? never
      : Value
  : never

type FitsOnEach<Spatial, Kernel, Stride, Pad, Dilation> = Spatial extends readonly [
  infer D extends number,
  infer H extends number,
  infer W extends number,
]
  ? [FitOn<D, Kernel, Stride, Pad, Dilation, 0>, FitOn<H, Kernel, Stride, Pad, Dilation, 1>, FitOn<W, Kernel, Stride, Pad, Dilation, 2>]
  : Spatial extends readonly [infer H extends number, infer W extends number]
    ? [FitOn<H, Kernel, Stride, Pad, Dilation, 0>, FitOn<W, Kernel, Stride, Pad, Dilation, 1>]
    : Spatial extends readonly [infer L extends number]
      ? [FitOn<L, Kernel, Stride, Pad, Dilation, 0>]
      : never

type FitOn<Size extends number, Kernel, Stride, Pad, Dilation, Index extends number> = Fit<
  Size,
  OnAxis<Kernel, Index>,
  OnAxis<Stride, Index>,
  OnAxis<Pad, Index>,
  OnAxis<Dilation, Index>
>

/**
 * The output sizes of a window, or `'misfit'`.
 *
 * Every member of a union has to fit. If the rounding is unknown at compile time, the result is the union of the sizes for each.
 */
export type Slide<Spatial, Kernel, Stride, Pad, Dilation, Round> =
  Fits<Spatial, Kernel, Stride, Pad, Dilation> extends infer AxisFits
    ? AxisFits extends [[infer H, '0'], [infer W, '0']]
      ? [H, W]
      : 'exact' extends Round
        ? SlideAny<Spatial, AxisFits, Kernel, Stride, Pad, Dilation, Round>
        : [AxisFits, Round] extends [[[infer H extends number, string], [infer W extends number, string]], 'floor']
          ? [H, W]
          : SlideAny<Spatial, AxisFits, Kernel, Stride, Pad, Dilation, Round>
    : never

/** {@link Slide} for one axis, three axes, and windows that do not fit exactly. */
type SlideAny<Spatial, AxisFits, Kernel, Stride, Pad, Dilation, Round> = AxisFits extends [[infer L, '0']]
  ? [L]
  : AxisFits extends [[infer D, '0'], [infer H, '0'], [infer W, '0']]
    ? [D, H, W]
    : AxisFits extends readonly (readonly [number, string])[]
      ? [Round] extends ['exact']
        ? 'misfit'
        : Rounded<Spatial, AxisFits, Kernel, Stride, Pad, Dilation, Round>
      : 'misfit'

type Rounded<Spatial, AxisFits extends readonly unknown[], Kernel, Stride, Pad, Dilation, Round> = {
  [Index in keyof AxisFits]: Index extends keyof Spatial
    ? Round extends 'floor'
      ? Floor<AxisFits[Index]>
      : Ceil<Spatial[Index], AxisFits[Index], AtIndex<Kernel, Index>, AtIndex<Stride, Index>, AtIndex<Pad, Index>, AtIndex<Dilation, Index>>
    : never
}

/** A hyperparameter on one axis of a mapped tuple; any of its values if the list has an unknown length. */
export type AtIndex<Value, Index> = Value extends readonly unknown[]
  ? Index extends keyof Value
    ? Value[Index]
    : number extends Value['length']
      ? Value[number]
      : never
  : Value

type Floor<AxisFit> = AxisFit extends readonly [infer Positions, unknown] ? Positions : number

/** The number of positions rounded up; for unions, that of each member with its own remainder. */
type Ceil<Size, AxisFit, Kernel, Stride, Pad, Dilation> = AxisFit extends readonly [number, '0']
  ? AxisFit[0]
  : Size extends number
    ? Kernel extends unknown
      ? Stride extends number
        ? EachPair<Pad> extends infer Pair
          ? Pair extends unknown
            ? Dilation extends unknown
              ? CeilOf<Size, Fit<Size, Kernel, Stride, Pair, Dilation>, Stride, Pair>
              : never
            : never
          : never
        : number
      : never
    : number

/** The paddings that `[before, after]` stands for if one of the two is a union: where the last window starts depends on each pair. */
type EachPair<Pad> = Pad extends readonly [infer Before, infer After]
  ? Before extends unknown
    ? After extends unknown
      ? readonly [Before, After]
      : never
    : never
  : Pad

type CeilOf<Size extends number, AxisFit, Stride extends number, Pad> = AxisFit extends readonly [
  infer Positions extends number,
  infer Rest,
]
  ? Rest extends '0'
    ? Positions
    : RoundUp<Size, Positions, Stride, Pad>
  : number

/** The output sizes after a mistake: `number` on every axis if the window does not fit, so that later layers report nothing. */
export type SlideAnyway<Spatial extends readonly unknown[], Kernel, Stride, Pad, Dilation> =
  Fits<Spatial, Kernel, Stride, Pad, Dilation> extends infer AxisFits extends readonly (readonly [number, '0'])[]
    ? { [Index in keyof AxisFits]: AxisFits[Index][0] }
    : { [Index in keyof Spatial]: number }

/** A window's hyperparameters as passed, with the layer's defaults filled in. */
export interface Hyperparameters {
  readonly kernel: number | readonly number[]
  readonly stride: number | readonly number[]
  readonly padding: number | 'same' | 'valid' | readonly (number | readonly [number, number])[]
  readonly dilation: number | readonly number[]
}

const onAxis = <Value>(value: Value | readonly Value[], index: number): Value =>
  Array.isArray(value) ? (value[index] as Value) : (value as Value)

/** {@link FitOn} at run time: the window's hyperparameters on each axis. */
export const windowAxes = (spatial: readonly number[], { kernel, stride, padding, dilation }: Hyperparameters): Axis[] =>
  spatial.map((size, index) => ({
    size,
    kernel: onAxis(kernel, index),
    stride: onAxis(stride, index),
    padding: onAxis<AxisPadding>(padding as AxisPadding, index),
    dilation: onAxis(dilation, index),
  }))

/** {@link Slide} at run time: how the window fits each axis, and the output sizes; `undefined` if it does not fit. */
export const slide = (axes: readonly Axis[], rounding: Rounding): { fits: AxisFit[]; sizes: number[] | undefined } => {
  const fits = axes.map(fitAxis)
  const fit = fits.every(({ positions, remainder }) => positions > 0 && (remainder === 0 || rounding !== 'exact'))
  if (!fit) return { fits, sizes: undefined }
  const sizes = fits.map((one, index) => (one.remainder === 0 || rounding === 'floor' ? one.positions : roundUp(axes[index] as Axis, one)))
  return { fits, sizes }
}
