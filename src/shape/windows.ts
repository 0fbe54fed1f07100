import type { Literal } from '../arithmetic/natural.js'
import type { Rank } from './shape.js'
import { type Axis, type AxisFit, type AxisPadding, type Fit, fitAxis, type Rounding, type RoundUp, roundUp } from './window.js'

/**
 * A window on all axes of its input: hyperparameters given once or per axis, and the sizes that come out.
 */

/** A whole number, written so that a literal stays a literal and the editor offers the usual first values. */
export type Positive = 1 | 2 | (number & {})

/** {@link Positive}, or zero. */
export type Natural = 0 | 1 | (number & {})

/** One value for every axis of a window. */
export interface EachAxis<Value> {
  1: readonly [Value]
  2: readonly [Value, Value]
  3: readonly [Value, Value, Value]
}

/**
 * A list of any length: the rule refuses one that has not a value for every axis, as its sentence says how many there are. One
 * whose length is not known at compile time is left to the run time.
 */
type Listed<Value> = readonly Value[]

/** A hyperparameter: the same for every axis, or one per axis in the order of the shape. */
export type PerAxis<R extends Rank> = Positive | EachAxis<Positive>[R] | Listed<Positive>

/** Padding: the same on every side, `'same'`, `'valid'`, or per axis a number or `[before, after]`. */
export type Padding<R extends Rank> =
  | Natural
  | 'same'
  | 'valid'
  | EachAxis<Natural | readonly [Natural, Natural]>[R]
  | Listed<Natural | Listed<Natural>>

/** The options of every window, of a convolution and of a pool. */
export interface WindowOptions<R extends Rank> {
  /** Steps between positions of the window. A convolution's default is 1, a pool's is its kernel. */
  readonly stride?: PerAxis<R>
  /**
   * Zeros around the input (for a max pool: cells that never win), default 0: a number for every side, one per axis,
   * `[before, after]` per axis, `'same'` for ceil(input / stride) as in TensorFlow, or `'valid'` for none.
   */
  readonly padding?: Padding<R>
  /** Distance between the cells of the kernel, default 1: a kernel of F spans dilation * (F - 1) + 1. */
  readonly dilation?: PerAxis<R>
  /**
   * What to do when the window does not fit exactly: `'exact'` (default) refuses it, `'floor'` leaves cells out as PyTorch
   * and ONNX do, `'ceil'` adds a last window that hangs over the edge as `ceil_mode` does, but none that begins beyond the input.
   */
  readonly rounding?: Rounding
  /** The layer's name in reports and exports; by default its kind and a number. */
  readonly name?: string
}

/**
 * The mark of an options type that stands for "none given".
 *
 * A method's options have such a type as default: it names every option, so that an editor can offer them, and it cannot be
 * mistaken for an options object whose values are not known.
 */
export declare const unset: unique symbol

/** The value of an option, or its default. */
export type Option<Options, Name extends string, Default> = Name extends keyof Options ? OrDefault<Options[Name], Default> : Default

/** {@link KnownOption} in one step: every option of every layer goes through it. */
type OrDefault<Value, Default> = [Value] extends [never]
  ? Unknowable
  : Value extends undefined
    ? Default
    : number extends Value
      ? Literal<Value>
      : { [Index in keyof Value]: KnownOption<Value[Index]> }

/**
 * A value as a rule works with it, alone and in a list: a member of an enum is its literal, and `never`, which no value has, says as
 * little as `any`. The mapped type leaves what is no list as it is.
 */
export type KnownOption<Value> = [Value] extends [never]
  ? Unknowable
  : number extends Value
    ? Literal<Value>
    : { [Index in keyof Value]: KnownOption<Value[Index]> }

// biome-ignore lint/suspicious/noExplicitAny: every rule takes `any` for a value of which nothing is known.
type Unknowable = any

/** A list as the union of the lists that it may be, where a value in it is a union. */
export type EachList<Value> = Value extends readonly [infer First, ...infer Rest]
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

/** {@link Fit} on every axis of a window; `'invalid'` when a list has not a value for each. */
export type Fits<Spatial, Kernel, Stride, Pad, Dilation> = [Kernel | Stride | Pad | Dilation] extends [number | string]
  ? Spatial extends readonly [infer H extends number, infer W extends number]
    ? [Fit<H, Kernel, Stride, Pad, Dilation>, Fit<W, Kernel, Stride, Pad, Dilation>]
    : FitsEach<Spatial, Kernel, Stride, Pad, Dilation>
  : FitsEach<Spatial, Kernel, Stride, Pad, Dilation>

type FitsEach<Spatial, Kernel, Stride, Pad, Dilation> = [OfOtherLength<Spatial, Kernel | Stride | Pad | Dilation>] extends [never]
  ? FitsOnEach<Spatial, Kernel, Stride, Pad, Dilation>
  : 'invalid'

/** The lists among some values that have not one for each axis. */
type OfOtherLength<Spatial, Value> = Value extends readonly unknown[]
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
 * The sizes that a window leaves of its axes, or `'misfit'`.
 *
 * A union has to fit with every member. A rounding that is not known at compile time gives the sizes of each.
 */
export type Slide<Spatial, Kernel, Stride, Pad, Dilation, Round> =
  Fits<Spatial, Kernel, Stride, Pad, Dilation> extends infer All
    ? All extends [[infer H, '0'], [infer W, '0']]
      ? [H, W]
      : 'exact' extends Round
        ? SlideAny<Spatial, All, Kernel, Stride, Pad, Dilation, Round>
        : [All, Round] extends [[[infer H extends number, string], [infer W extends number, string]], 'floor']
          ? [H, W]
          : SlideAny<Spatial, All, Kernel, Stride, Pad, Dilation, Round>
    : never

/** {@link Slide} for one axis, three axes, and windows that do not fit. */
type SlideAny<Spatial, All, Kernel, Stride, Pad, Dilation, Round> = All extends [[infer L, '0']]
  ? [L]
  : All extends [[infer D, '0'], [infer H, '0'], [infer W, '0']]
    ? [D, H, W]
    : All extends readonly (readonly [number, string])[]
      ? [Round] extends ['exact']
        ? 'misfit'
        : Rounded<Spatial, All, Kernel, Stride, Pad, Dilation, Round>
      : 'misfit'

type Rounded<Spatial, All extends readonly unknown[], Kernel, Stride, Pad, Dilation, Round> = {
  [Index in keyof All]: Index extends keyof Spatial
    ? Round extends 'floor'
      ? Floor<All[Index]>
      : Ceil<Spatial[Index], All[Index], AtIndex<Kernel, Index>, AtIndex<Stride, Index>, AtIndex<Pad, Index>, AtIndex<Dilation, Index>>
    : never
}

/** A hyperparameter on one axis of a mapped tuple; of a list of unknown length, whichever value it has. */
export type AtIndex<Value, Index> = Value extends readonly unknown[]
  ? Index extends keyof Value
    ? Value[Index]
    : number extends Value['length']
      ? Value[number]
      : never
  : Value

type Floor<One> = One extends readonly [infer Positions, unknown] ? Positions : number

/** The positions rounded up; over unions, those of each member with its own rest. */
type Ceil<Size, One, Kernel, Stride, Pad, Dilation> = One extends readonly [number, '0']
  ? One[0]
  : Size extends number
    ? Kernel extends unknown
      ? Stride extends number
        ? Pad extends unknown
          ? Dilation extends unknown
            ? CeilOf<Size, Fit<Size, Kernel, Stride, Pad, Dilation>, Stride, Pad>
            : never
          : never
        : number
      : never
    : number

type CeilOf<Size extends number, One, Stride extends number, Pad> = One extends readonly [infer Positions extends number, infer Rest]
  ? Rest extends '0'
    ? Positions
    : RoundUp<Size, Positions, Stride, Pad>
  : number

/** The sizes after a mistake: `number` for every axis if the window does not fit, which fits every later layer. */
export type SlideAnyway<Spatial extends readonly unknown[], Kernel, Stride, Pad, Dilation> =
  Fits<Spatial, Kernel, Stride, Pad, Dilation> extends infer All extends readonly (readonly [number, '0'])[]
    ? { [Index in keyof All]: All[Index][0] }
    : { [Index in keyof Spatial]: number }

/** A window's hyperparameters as they were given, with the defaults that its layer has. */
export interface Hyperparameters {
  readonly kernel: number | readonly number[]
  readonly stride: number | readonly number[]
  readonly padding: number | 'same' | 'valid' | readonly (number | readonly [number, number])[]
  readonly dilation: number | readonly number[]
}

const onAxis = <Value>(value: Value | readonly Value[], index: number): Value =>
  Array.isArray(value) ? (value[index] as Value) : (value as Value)

/** The axes of a window, settled: {@link FitOn} at run time. */
export const windowAxes = (spatial: readonly number[], { kernel, stride, padding, dilation }: Hyperparameters): Axis[] =>
  spatial.map((size, index) => ({
    size,
    kernel: onAxis(kernel, index),
    stride: onAxis(stride, index),
    padding: onAxis<AxisPadding>(padding as AxisPadding, index),
    dilation: onAxis(dilation, index),
  }))

/** {@link Slide} at run time: how the window fits each axis, and the sizes, or `undefined` for a misfit. */
export const slide = (axes: readonly Axis[], rounding: Rounding): { fits: AxisFit[]; sizes: number[] | undefined } => {
  const fits = axes.map(fitAxis)
  const fit = fits.every(({ positions, remainder }) => positions > 0 && (remainder === 0 || rounding !== 'exact'))
  if (!fit) return { fits, sizes: undefined }
  const sizes = fits.map((one, index) => (one.remainder === 0 || rounding === 'floor' ? one.positions : roundUp(axes[index] as Axis, one)))
  return { fits, sizes }
}
