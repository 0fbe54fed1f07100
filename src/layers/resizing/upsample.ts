import type { Multiply } from '../../arithmetic/multiply.js'
import type { Unbranded } from '../../arithmetic/natural.js'
import type { Noted } from '../../shape/channels-last.js'
import { type Fill, fill, type OneOf, ShapeError, shown } from '../../shape/message.js'
import { type AnyShape, type Shape, type ShapeText, shapeText } from '../../shape/shape.js'
import type { EachList, KnownOption, Option, unset } from '../../shape/windows.js'
import type { ChosenRule, KeysOf } from '../kind/chosen.js'
import type { Applied, LayerKind, Reach } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { ValueOrUseABlock } from '../kind/named.js'
import { type LeftOut, type NoOptions, requireBoolean, requireKnownOptions, type UnknownOptions } from '../kind/options.js'
import {
  type AxisName,
  axisName,
  type EachSpatial,
  type PerAxisFault,
  type PerAxisRule,
  requireEachAxis,
  requirePerAxis,
  type Unknown,
  type ValueAt,
} from '../kind/per-axis.js'
import type { FirstFault, HasRank, NoAxes } from '../kind/rule.js'
import { type Given, isPlain, type Layer, layerFunction } from '../kind/value.js'
import { type FactorMessage, type ProductMessage, type RoundedProduct, requireFactor, requireProduct } from './factor.js'

/** Interpolation to another size. */

/** How to compute new cells. */
export type UpsampleMethod = 'nearest' | 'bilinear' | 'bicubic'

/** The size to resize to, in place of a factor. */
export interface UpsampleSize {
  /** The output size of every spatial axis, or one per axis. */
  readonly size: EachSpatial
}

/** Options of `upsample`. */
export interface UpsampleOptions {
  /**
   * How to compute new cells: copy the `'nearest'` (default), or interpolate along every axis, `'bilinear'` (PyTorch's `'linear'` on one
   * axis, `'trilinear'` on three), or on an image `'bicubic'` (as PyTorch and ONNX, with a coefficient of -0.75; Keras has -0.5).
   */
  readonly method?: UpsampleMethod
  /**
   * Whether the outermost cells of input and output have the same centres (PyTorch's `align_corners`), default `false`: their outer edges
   * coincide. Only for methods that interpolate.
   */
  readonly alignCorners?: boolean
  /** What to do if a factor gives no whole size: `'exact'` (default) throws, `'floor'` rounds down as PyTorch and ONNX do. */
  readonly rounding?: 'exact' | 'floor'
  /** The layer's name in reports and exports. The default is its kind and a number. */
  readonly name?: string
}

/** {@link UpsampleOptions} for a call without options. */
export interface NoUpsampleOptions extends UpsampleOptions {
  readonly [unset]: true
}

const optionNames = ['method', 'alignCorners', 'rounding', 'name'] as const
const methods: readonly string[] = ['nearest', 'bilinear', 'bicubic'] satisfies UpsampleMethod[]

const unknownMethod = "upsample: method must be 'nearest', 'bilinear' or 'bicubic', not {value}."
const unknownRounding = "upsample: rounding must be 'exact' or 'floor', not {value}."
const imagesOnly = "upsample: method 'bicubic' needs an input of [height, width, channels], not {shape}."
const noCorners = "upsample: alignCorners needs method 'bilinear' or 'bicubic'."

declare module '../kind/per-axis.js' {
  interface SizeAlong<Size, Value> {
    upsample: Multiply<Size & number, Value & number>
  }
}

/** The rule of an upsampling, by factors or to a size. */
export type UpsampleRule<Input, Scale, Options> = keyof Options extends (typeof optionNames)[number] | typeof unset
  ? typeof unset extends keyof Options
    ? Resized<Input, Scale, 'exact'>
    : Interpolated<Input, Resized<Input, Scale, Option<Options, 'rounding', 'exact'>>, Options>
  : string extends keyof Options
    ? Resized<Input, Scale, 'floor'>
    : { options: UnknownOptions<'upsample', Options, typeof optionNames>; output: OutputSizes<Resized<Input, Scale, 'floor'>>; params: '0' }

/** {@link UpsampleRule} for methods, whose options may be one of several. */
export type UpsampleMethodRule<Input extends AnyShape, Scale, Options> =
  KeysOf<Options> extends keyof Options ? UpsampleRule<Input, Scale, Options> : ChosenRule<'upsample', Input, [Scale], Options>

type OutputSizes<Rule> = Rule extends { output: infer Output } ? Output : Shape

/** A rule, or the mistake in the method. */
type Interpolated<Input, Rule, Options> = Rule extends { scale: unknown }
  ? Rule
  : MethodFault<Input, Option<Options, 'method', 'nearest'>, Option<Options, 'alignCorners', false>> extends infer Fault
    ? [Fault] extends [never]
      ? Rule
      : { options: Fault; output: OutputSizes<Rule>; params: '0' }
    : never

/** Bicubic interpolation needs an image; `'nearest'` has no corners to align. */
type MethodFault<Input, Method, Align> = 0 extends 1 & Method
  ? never
  : 'bicubic' extends Method
    ? HasRank<Input, 2> extends false
      ? { method: Fill<typeof imagesOnly, { shape: ShapeText<Input> }> }
      : CornerFault<Method, Align>
    : CornerFault<Method, Align>

type CornerFault<Method, Align> = [Align] extends [true] ? ('nearest' extends Method ? { alignCorners: typeof noCorners } : never) : never

type Resized<Input, Scale, Round> = [Scale] extends [number | readonly unknown[]]
  ? ByFactors<Input, Unbranded<KnownOption<Scale>>, Round, PerAxisRule<'upsample', 'scale', Input, Unbranded<KnownOption<Scale>>, 1>>
  : Scale extends { readonly size: infer Size }
    ? ToSize<Input, Unbranded<KnownOption<Size>>>
    : PerAxisRule<'upsample', 'scale', Input, number, 1>

/** The rule for whole factors; if there are others, that of fractions. */
type ByFactors<Input, Value, Round, Rule> = Rule extends { scale: string }
  ? Input extends readonly [number]
    ? Rule
    : Input extends readonly [...infer Spatial extends readonly number[], infer Last extends number]
      ? [Value] extends [OfOtherLength<Value, Spatial['length']>]
        ? Rule
        : FirstFault<[FactorMessage<Value>, FractionFault<Spatial, EachList<Value>, Round>]> extends infer Fault
          ? [Fault] extends [never]
            ? { output: [...Rounded<Spatial, EachList<Value>>, Last]; params: '0' }
            : { scale: OneOf<Fault>; output: [...Unknown<Spatial>, Last]; params: '0' }
          : never
      : Rule
  : Rule

/** The lists that do not have a value for each axis. */
type OfOtherLength<Value, Count> = Value extends { length: infer Length }
  ? number extends Length
    ? never
    : Length extends Count
      ? never
      : Value
  : never

type Rounded<Spatial extends readonly number[], Value> = {
  [Index in keyof Spatial]: RoundedProduct<Spatial[Index], ValueAt<Value, Index>>
}

type FractionFault<Spatial extends readonly number[], Value, Round> = FirstFault<{
  [Index in keyof Spatial]: ProductMessage<Spatial[Index], ValueAt<Value, Index>, AxisName<Spatial, Index>, Round>
}>

/** The rule for sizes. */
type ToSize<Input, Size> = Input extends readonly [number]
  ? { scale: { size: NoAxes<'upsample', Input> }; output: Input; params: '0' }
  : Input extends readonly [...infer Spatial extends readonly number[], infer Last extends number]
    ? number extends Size
      ? { output: [...Unknown<Spatial>, Last]; params: '0' }
      : PerAxisFault<'upsample', 'size', Spatial, Size, 1> extends infer Fault
        ? [Fault] extends [never]
          ? { output: [...SizeOfEach<Spatial, Size>, Last]; params: '0' }
          : { scale: { size: OneOf<Fault> }; output: [...Unknown<Spatial>, Last]; params: '0' }
        : never
    : { output: Shape; params: '0' }

type SizeOfEach<Spatial extends readonly number[], Size> = { [Index in keyof Spatial]: KnownSize<ValueAt<Size, Index>> }

type KnownSize<Size> = number extends Size ? number : Size extends number ? Size : number

/** A size along an axis, and the distance between new cells in old ones. */
interface Resizing {
  readonly size: number
  readonly step: number
}

/** {@link Resized} at run time. */
const resizings = (input: Shape, scale: EachSpatial | UpsampleSize, rounding: 'exact' | 'floor'): Resizing[] => {
  if (isPlain(scale) && 'size' in scale)
    return requirePerAxis('upsample', 'scale.size', input, scale.size, 1).map((size, axis) => ({
      size,
      step: (input[axis] as number) / size,
    }))
  const factors = requireEachAxis('upsample', 'scale', input, scale)
  for (const factor of factors) requireFactor(factor)
  const spatial = input.slice(0, -1)
  return (factors as number[]).map((factor, axis) => ({
    size: requireProduct(spatial[axis] as number, factor, axisName(spatial, axis), rounding),
    step: 1 / factor,
  }))
}

/** How many old cells a new one depends on along an axis. */
const spans: Readonly<Record<UpsampleMethod, number>> = { nearest: 1, bilinear: 2, bicubic: 4 }

/** {@link UpsampleRule} at run time. */
const applyUpsample = (input: Shape, scale: EachSpatial | UpsampleSize, options: UpsampleOptions = {}): Applied => {
  requireKnownOptions('upsample', options, optionNames)
  const { method = 'nearest', alignCorners = false, rounding = 'exact', name } = options
  const axes = resizings(input, scale, rounding === 'floor' ? 'floor' : 'exact')
  if (!methods.includes(method)) throw new ShapeError(fill(unknownMethod, { value: shown(method) }), 'upsample', 'options.method')
  requireBoolean('upsample', 'alignCorners', alignCorners)
  if (rounding !== 'exact' && rounding !== 'floor')
    throw new ShapeError(fill(unknownRounding, { value: shown(rounding) }), 'upsample', 'options.rounding')
  if (method === 'bicubic' && input.length !== 3)
    throw new ShapeError(fill(imagesOnly, { shape: shapeText(input) }), 'upsample', 'options.method')
  if (alignCorners && method === 'nearest') throw new ShapeError(noCorners, 'upsample', 'options.alignCorners')
  return {
    output: [...axes.map(({ size }) => size), input.at(-1) as number],
    settings: {
      ...(isPlain(scale) && 'size' in scale ? { size: scale.size } : { scale }),
      method,
      ...(alignCorners ? { alignCorners } : {}),
      ...(rounding === 'floor' ? { rounding } : {}),
      ...(name === undefined ? {} : { name }),
    },
    weights: [],
    macs: 0,
    memory: 'own',
    reach: axes.map(({ size, step }, axis): Reach => {
      const cells = input[axis] as number
      const isSame = size === cells && step === 1
      return { span: isSame ? 1 : Math.min(spans[method], cells), step: alignCorners ? (cells - 1) / Math.max(size - 1, 1) : step }
    }),
  }
}

export const resizeKinds = {
  upsample: { takes: 2, apply: applyUpsample } satisfies LayerKind<[EachSpatial | UpsampleSize, UpsampleOptions?]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    upsample: Given extends readonly [infer Scale, infer Options]
      ? UpsampleRule<Input, Scale, Options>
      : UpsampleRule<Input, Given[0], NoUpsampleOptions>
  }
}

/**
 * An upsampling as a layer value.
 *
 * @param scale the factor of every spatial axis, or one per axis; or `{ size }`, the output size
 * @param options `method` (default `'nearest'`), `alignCorners`, `rounding`, `name`
 * @example
 * upsample(2) // Layer<'upsample', [2]>
 */
export const upsample: <Scale extends EachSpatial | UpsampleSize, Options extends UpsampleOptions | NoOptions = NoUpsampleOptions>(
  scale: Scale,
  options: LeftOut | Options,
) => Layer<'upsample', Given<[Scale], Options>> = layerFunction('upsample')

export type UpsampleScaleOrUseABlock<Input extends AnyShape, Scale, Options, Start> = EachSpatial extends Scale
  ? Scale
  : UpsampleMethodRule<Input, Scale, Options> extends { scale: infer Fault extends string | object }
    ? Noted<Fault, Start>
    : ValueOrUseABlock<'upsample', Input, Scale>
