import type { Noted } from '../../shape/channels-last.js'
import { ShapeError } from '../../shape/message.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import type { Option, unset } from '../../shape/windows.js'
import type { ChosenRule, KeysOf } from '../kind/chosen.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type LeftOut, type NoOptions, type OptionsGiven, requireKnownOptions, type UnknownOptions } from '../kind/options.js'
import { type Given, type Layer, layerFunction, type Without } from '../kind/value.js'
import type { AffineParams } from './affine.js'
import { type ScaleAndShiftOptions, type ScaleAndShiftParams, scaleAndShiftWeights } from './scale-and-shift.js'

/** A learned scale and shift for each channel, without a normalization before them. */

/** Options of `affine`. */
export interface ChannelAffineOptions extends ScaleAndShiftOptions {
  /** The layer's name in reports and exports. The default is its kind and a number. */
  readonly name?: string
}

/** {@link ChannelAffineOptions} for a call without options. */
export interface NoChannelAffineOptions extends ChannelAffineOptions {
  readonly [unset]: true
}

const optionNames = ['scale', 'shift', 'name'] as const

const nothing = 'affine: scale and shift are both false, which leaves every value as it is. Use identity().'

/** Whether both are known to be `false`. */
type IsNothing<Either> = 0 extends 1 & Either ? false : [Either] extends [false] ? true : false

/** The rule of `affine`: the shape is unchanged. */
export type ChannelAffineRule<Input, Options> = keyof Options extends (typeof optionNames)[number]
  ? IsNothing<Option<Options, 'scale', true> | Option<Options, 'shift', true>> extends true
    ? { options: { shift: typeof nothing }; output: Input; params: '0' }
    : { output: Input; params: ScaleAndShiftParams<Input, Option<Options, 'scale', true>, Option<Options, 'shift', true>> }
  : string extends keyof Options
    ? { output: Input; params: '?' }
    : typeof unset extends keyof Options
      ? { output: Input; params: AffineParams<Input> }
      : { options: UnknownOptions<'affine', Options, typeof optionNames>; output: Input; params: '?' }

/** {@link ChannelAffineRule} for methods, whose options may be one of several. */
export type ChannelAffineMethodRule<Input extends AnyShape, Options> =
  KeysOf<Options> extends keyof Options ? ChannelAffineRule<Input, Options> : ChosenRule<'affine', Input, [], Options>

/** {@link ChannelAffineRule} at run time. */
const applyAffine = (input: Shape, options: ChannelAffineOptions = {}): Applied => {
  requireKnownOptions('affine', options, optionNames)
  const { scale = true, shift = true, name } = options
  const weights = scaleAndShiftWeights('affine', input, scale, shift)
  if (!scale && !shift) throw new ShapeError(nothing, 'affine', 'options.shift')
  return { output: input, settings: { scale, shift, ...(name === undefined ? {} : { name }) }, weights, macs: 0, memory: 'own' }
}

export const channelAffineKinds = {
  affine: { takes: 1, apply: applyAffine } satisfies LayerKind<[ChannelAffineOptions?]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    affine: Given extends readonly [infer Options] ? ChannelAffineRule<Input, Options> : ChannelAffineRule<Input, NoChannelAffineOptions>
  }
}

/**
 * A learned scale and shift for each channel, as a layer value.
 *
 * @param options `scale` (default `true`), `shift` (default `true`), `name`
 * @example
 * affine({ scale: false }) // Layer<'affine', [{ scale: false }]>
 */
export const affine: <Options extends ChannelAffineOptions | NoOptions = NoChannelAffineOptions>(
  options: LeftOut | Options,
) => Layer<'affine', Given<[], Options>> = layerFunction('affine')

export type ChannelAffineOptionsOrUseABlock<Input extends AnyShape, Options, Start> = number extends Options
  ? OptionsGiven<Options>
  : Options extends Without
    ? Options
    : ChannelAffineRule<Input, Options> extends { options: infer Faults extends object | string }
      ? Noted<Faults, Start>
      : Options
