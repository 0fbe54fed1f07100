import type { MultiplySizes } from '../../arithmetic/multiply.js'
import type { Shape } from '../../shape/shape.js'
import type { Epsilon, OptionOfEach, unset } from '../../shape/windows.js'
import type { Applied, Weight } from '../kind/layer.js'
import { requireBoolean, requireKnownOptions, type UnknownOptions } from '../kind/options.js'
import type { Channels } from '../kind/rule.js'

/*
 * The scale and the shift that end a normalization: a gamma and a beta for each channel.
 */

/** Options of `layerNorm`, `groupNorm` and `instanceNorm`. */
export interface AffineOptions {
  /** Whether each channel has a scale and a shift that are learned, default `true`, for `instanceNorm` `false` (PyTorch). */
  readonly affine?: boolean
  /** Added to the variance to avoid division by zero, default 1e-5 (PyTorch; Keras has 1e-3). */
  readonly epsilon?: Epsilon
  /** The layer's name in reports and exports. The default is its kind and a number. */
  readonly name?: string
}

/** {@link AffineOptions} for a call without options. */
export interface NoAffineOptions extends AffineOptions {
  readonly [unset]: true
}

const optionNames = ['affine', 'epsilon', 'name'] as const

/** Parameters of a scale and a shift for each channel. */
export type AffineParams<Input> = number extends Channels<Input> ? '?' : MultiplySizes<Channels<Input>, 2>

type ParamsIf<Affine, Input> = boolean extends Affine ? '?' : Affine extends true ? AffineParams<Input> : '0'

/** The rule of a normalization that may end with a scale and a shift: the shape is unchanged. */
export type AffineRule<Kind extends string, Input, Options, Standard extends boolean> = keyof Options extends (typeof optionNames)[number]
  ? { output: Input; params: ParamsIf<OptionOfEach<Options, 'affine', Standard>, Input> }
  : string extends keyof Options
    ? { output: Input; params: '?' }
    : typeof unset extends keyof Options
      ? { output: Input; params: ParamsIf<Standard, Input> }
      : { options: UnknownOptions<Kind, Options, typeof optionNames>; output: Input; params: '?' }

/** The weights of a scale and a shift. */
export const affineWeights = (input: Shape): Weight[] => {
  const shape = [input.at(-1) as number]
  return [
    { name: 'gamma', shape, trainable: true },
    { name: 'beta', shape, trainable: true },
  ]
}

/** {@link AffineRule} at run time. */
export const applyAffine = (
  kind: string,
  input: Shape,
  options: AffineOptions,
  standard: boolean,
  settings: Readonly<Record<string, unknown>> = {},
): Applied => {
  requireKnownOptions(kind, options, optionNames)
  const { affine = standard, epsilon = 1e-5, name } = options
  requireBoolean(kind, 'affine', affine)
  return {
    output: input,
    settings: { ...settings, affine, epsilon, ...(name === undefined ? {} : { name }) },
    weights: affine ? affineWeights(input) : [],
    macs: 0,
    memory: 'own',
  }
}
