import type { Increment, Reverse } from '../../arithmetic/digits.js'
import type { Divide } from '../../arithmetic/divide.js'
import type { Multiply, MultiplyDigits } from '../../arithmetic/multiply.js'
import type { Noted } from '../../shape/channels-last.js'
import { type Fill, fill, type OneOf, ShapeError } from '../../shape/message.js'
import { type AnyShape, axisNames, type Shape } from '../../shape/shape.js'
import type { Option, Positive, unset } from '../../shape/windows.js'
import type { ChosenRule } from '../kind/chosen.js'
import type { IsOpen, Read } from '../kind/known.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type LeftOut, type NoOptions, type OptionsGiven, requireKnownOptions, type UnknownOptions } from '../kind/options.js'
import { type Channels, type Dimension, type FirstFault, type HasRank, requireRank, type WrongRank } from '../kind/rule.js'
import { type Given, type Layer, layerFunction, type Without } from '../kind/value.js'
import { requireVersion, type VersionMessage } from './version.js'

/** Merges patches of 2x2 between the stages of a Swin Transformer. */

/** Options of `patchMerging`. */
export interface PatchMergingOptions {
  /** The version of the Swin Transformer, default 1. Version 1 normalizes before the projection, version 2 after it. */
  readonly version?: Positive
  /** The layer's name in reports and exports. The default is its kind and a number. */
  readonly name?: string
}

/** {@link PatchMergingOptions} for a call without options. */
export interface NoPatchMergingOptions extends PatchMergingOptions {
  readonly [unset]: true
}

const optionNames = ['version', 'name'] as const

const oddSize = 'patchMerging: 2x2 patches do not divide the {axis} of {size}. Use zeroPad([[0, {rows}], [0, {columns}]]) first.'

/** The rule of `patchMerging`. */
export type PatchMergingRule<Input extends AnyShape, Options> = [InputMessage<Input>] extends [never]
  ? Read<Options, PatchMergingOptions> extends infer Known
    ? keyof Known extends (typeof optionNames)[number]
      ? Merge<Input, Dimension<Option<Known, 'version', 1> & number>>
      : { output: Merged<Input>; params: '?'; options: UnknownOptions<'patchMerging', Known, typeof optionNames> }
    : never
  : { output: Merged<Input>; params: '?'; input: OneOf<InputMessage<Input>> }

/** {@link PatchMergingRule} for methods, whose options may be one of several. */
export type PatchMergingMethodRule<Input extends AnyShape, Options> = undefined extends Options
  ? ChosenRule<'patchMerging', Input, [], Options>
  : PatchMergingRule<Input, Options>

type Merge<Input extends AnyShape, Version extends number> = [VersionMessage<'patchMerging', Version>] extends [never]
  ? { output: Merged<Input>; params: MergingParams<Channels<Input>, Version> }
  : { output: Merged<Input>; params: '?'; options: { version: OneOf<VersionMessage<'patchMerging', Version>> } }

/** The message for an input that is not an image, or has an odd size; `never` if it is or may be valid. */
export type InputMessage<Input> =
  HasRank<Input, 2> extends false
    ? WrongRank<'patchMerging', 2, Input>
    : Input extends readonly [infer Height extends number, infer Width extends number, unknown]
      ? FirstFault<[OddText<Height, 'height', Height, Width>, OddText<Width, 'width', Height, Width>]>
      : never

type Odd = `${string}${'1' | '3' | '5' | '7' | '9'}`

type OddText<Size extends number, Axis extends string, Height extends number, Width extends number> = number extends Size
  ? never
  : Size extends Size
    ? `${Size}` extends Odd
      ? Fill<typeof oddSize, { axis: Axis; size: `${Size}`; rows: OneIfOdd<Height>; columns: OneIfOdd<Width> }>
      : never
    : never

type OneIfOdd<Size extends number> = [Extract<`${Size}`, Odd>] extends [never] ? '0' : '1'

type Merged<Input> = Input extends readonly [infer Height extends number, infer Width extends number, infer C extends number]
  ? [Half<Height>, Half<Width>, Multiply<C, 2>]
  : [number, number, number]

/** Half of a size; `number` if it is odd. */
type Half<Size extends number> = Size extends Size ? (`${Size}` extends Odd ? number : Divide<Size, 2>[0]) : never

/** Parameters: 8 * channels * channels weights without biases, and a scale and a shift of 4 * channels, or 2 * channels in version 2. */
type MergingParams<C extends number, Version> = IsOpen<C, Version> extends true ? '?' : EachMergingParams<C, Version>

type EachMergingParams<C, Version> = C extends number
  ? Version extends 2
    ? MultiplyDigits<MultiplyDigits<Increment<MultiplyDigits<Reverse<`${C}`>, '2'>>, `${C}`>, '4'>
    : MultiplyDigits<MultiplyDigits<Increment<Reverse<`${C}`>>, `${C}`>, '8'>
  : never

/** {@link PatchMergingRule} at run time. */
const applyPatchMerging = (input: Shape, options: PatchMergingOptions = {}): Applied => {
  requireRank('patchMerging', 2, input, '')
  const [height, width, channels] = input as [number, number, number]
  const at = [height, width].findIndex((size) => size % 2 === 1)
  if (at >= 0) {
    const values = { axis: axisNames[2][at] as string, size: `${input[at]}`, rows: `${height % 2}`, columns: `${width % 2}` }
    throw new ShapeError(fill(oddSize, values), 'patchMerging', '')
  }
  requireKnownOptions('patchMerging', options, optionNames)
  const { version = 1, name } = options
  requireVersion('patchMerging', version)
  const normalized = [version === 1 ? 4 * channels : 2 * channels]
  const reach = { span: 2, step: 2 }
  return {
    output: [height / 2, width / 2, 2 * channels],
    settings: { version, ...(name === undefined ? {} : { name }) },
    weights: [
      { name: 'kernel', shape: [4 * channels, 2 * channels], trainable: true },
      { name: 'gamma', shape: normalized, trainable: true },
      { name: 'beta', shape: normalized, trainable: true },
    ],
    macs: height * width * 2 * channels * channels,
    memory: 'own',
    reach: [reach, reach],
  }
}

export const patchMergingKinds = {
  patchMerging: { takes: 1, apply: applyPatchMerging } satisfies LayerKind<[PatchMergingOptions?]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    patchMerging: Given extends readonly [infer Options] ? PatchMergingRule<Input, Options> : PatchMergingRule<Input, NoPatchMergingOptions>
  }
}

/**
 * Merges patches of 2x2 and doubles the channels, as a layer value.
 *
 * @param options `version` (default 1), `name`
 * @example
 * patchMerging() // Layer<'patchMerging', []>
 */
export const patchMerging: <Options extends PatchMergingOptions | NoOptions = NoPatchMergingOptions>(
  options: LeftOut | Options,
) => Layer<'patchMerging', Given<[], Options>> = layerFunction('patchMerging')

export type MergingOptionsOrUseABlock<Input extends AnyShape, Options, Start> = number extends Options
  ? OptionsGiven<Options>
  : Options extends Without
    ? Options
    : PatchMergingRule<Input, Options> extends { options: infer Faults extends object | string }
      ? Noted<Faults, Start>
      : Options
