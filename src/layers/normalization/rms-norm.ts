import type { Noted } from '../../shape/channels-last.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import type { Epsilon, OptionOfEach, unset } from '../../shape/windows.js'
import type { CountOfOne } from '../kind/known.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import {
  type LeftOut,
  type NoOptions,
  type OptionsGiven,
  requireBoolean,
  requireKnownOptions,
  type UnknownOptions,
} from '../kind/options.js'
import type { Channels } from '../kind/rule.js'
import { type Given, type Layer, layerFunction, type Without } from '../kind/value.js'

/** Normalization by the root mean square of the last axis, each position by itself. */

/** Options of `rmsNorm`. */
export interface RmsNormOptions {
  /** Whether each channel has a learned scale, default `true`. */
  readonly affine?: boolean
  /** Added to the mean square to avoid division by zero, default 1e-6 (Keras; PyTorch takes the smallest step of its floats). */
  readonly epsilon?: Epsilon
  /** The layer's name in reports and exports. The default is its kind and a number. */
  readonly name?: string
}

/** {@link RmsNormOptions} for a call without options. */
export interface NoRmsNormOptions extends RmsNormOptions {
  readonly [unset]: true
}

const optionNames = ['affine', 'epsilon', 'name'] as const

/** The rule of `rmsNorm`: the shape is unchanged, and each channel has a scale. */
export type RmsNormRule<Input extends AnyShape, Options> = keyof Options extends (typeof optionNames)[number]
  ? { output: Input; params: ParamsIf<OptionOfEach<Options, 'affine', true>, Input> }
  : string extends keyof Options
    ? { output: Input; params: '?' }
    : typeof unset extends keyof Options
      ? { output: Input; params: ParamsIf<true, Input> }
      : { options: UnknownOptions<'rmsNorm', Options, typeof optionNames>; output: Input; params: '?' }

type ParamsIf<Affine, Input> = boolean extends Affine ? '?' : Affine extends true ? CountOfOne<Channels<Input>> : '0'

/** {@link RmsNormRule} at run time. */
const applyRmsNorm = (input: Shape, options: RmsNormOptions = {}): Applied => {
  requireKnownOptions('rmsNorm', options, optionNames)
  const { affine = true, epsilon = 1e-6, name } = options
  requireBoolean('rmsNorm', 'affine', affine)
  return {
    output: input,
    settings: { affine, epsilon, ...(name === undefined ? {} : { name }) },
    weights: affine ? [{ name: 'gamma', shape: [input.at(-1) as number], trainable: true }] : [],
    macs: 0,
    memory: 'own',
  }
}

export const rmsNormKinds = {
  rmsNorm: { takes: 1, apply: applyRmsNorm } satisfies LayerKind<[RmsNormOptions?]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    rmsNorm: Given extends readonly [infer Options] ? RmsNormRule<Input, Options> : RmsNormRule<Input, NoRmsNormOptions>
  }
}

/**
 * Root mean square normalization as a layer value.
 *
 * @param options `affine` (default `true`), `epsilon` (1e-6), `name`
 * @example
 * rmsNorm({ affine: false }) // Layer<'rmsNorm', [{ affine: false }]>
 */
export const rmsNorm: <Options extends RmsNormOptions | NoOptions = NoRmsNormOptions>(
  options: LeftOut | Options,
) => Layer<'rmsNorm', Given<[], Options>> = layerFunction('rmsNorm')

export type RmsNormOptionsOrUseABlock<Input extends AnyShape, Options, Start> = number extends Options
  ? OptionsGiven<Options>
  : Options extends Without
    ? Options
    : RmsNormRule<Input, Options> extends { options: infer Faults extends object | string }
      ? Noted<Faults, Start>
      : Options
