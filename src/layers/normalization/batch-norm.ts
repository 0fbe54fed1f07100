import type { Noted } from '../../shape/channels-last.js'
import type { Shape } from '../../shape/shape.js'
import type { Epsilon, Option } from '../../shape/windows.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type NoOptions, type OptionsGiven, requireKnownOptions, type UnknownOptions } from '../kind/options.js'
import { type Layer, layerFunction } from '../kind/value.js'
import type { AffineParams } from './affine.js'
import { type ScaleAndShiftOptions, type ScaleAndShiftParams, scaleAndShiftWeights } from './scale-and-shift.js'

/** Normalization of each channel over a batch. */

/** Options of `batchNorm`. */
export interface BatchNormOptions extends ScaleAndShiftOptions {
  /** Added to the variance to avoid division by zero, default 1e-5 (PyTorch; Keras has 1e-3). */
  readonly epsilon?: Epsilon
  /** The layer's name in reports and exports. The default is its kind and a number. */
  readonly name?: string
}

const optionNames = ['epsilon', 'scale', 'shift', 'name'] as const

/**
 * The parameters of a batch normalization by the options that it was given. None given is the first case, and the method has an overload
 * for it: there are many batch normalizations, and few of them have such options.
 */
export type BatchNormParams<Input, Given extends Arguments> = Given extends readonly []
  ? AffineParams<Input>
  : string extends keyof Given[0]
    ? '?'
    : ScaleAndShiftParams<Input, Option<Given[0], 'scale', true>, Option<Given[0], 'shift', true>>

/** The options, with an error message in place of each unknown one. */
export type BatchNormOptionsOrUseABlock<Options, Start = unknown> = string extends keyof Options
  ? Options
  : keyof Options extends (typeof optionNames)[number]
    ? OptionsGiven<Options>
    : Noted<UnknownOptions<'batchNorm', Options, typeof optionNames>, Start>

/** {@link BatchNormParams} at run time. */
const applyBatchNorm = (input: Shape, options: BatchNormOptions = {}): Applied => {
  requireKnownOptions('batchNorm', options, optionNames)
  const { epsilon = 1e-5, scale = true, shift = true, name } = options
  const shape = [input.at(-1) as number]
  return {
    output: input,
    settings: {
      epsilon,
      ...(scale ? {} : { scale }),
      ...(shift ? {} : { shift }),
      ...(name === undefined ? {} : { name }),
    },
    weights: [
      ...scaleAndShiftWeights('batchNorm', input, scale, shift),
      { name: 'movingMean', shape, trainable: false },
      { name: 'movingVariance', shape, trainable: false },
    ],
    macs: 0,
    memory: 'own',
  }
}

export const batchNormKinds = {
  batchNorm: { takes: 1, apply: applyBatchNorm } satisfies LayerKind<[BatchNormOptions?]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    batchNorm: { output: Input; params: BatchNormParams<Input, Given> }
  }
}

/** The function that makes batch normalizations as layer values. */
interface MakesBatchNorm {
  (): Layer<'batchNorm', []>
  <Options extends BatchNormOptions | NoOptions>(options: BatchNormOptionsOrUseABlock<Options>): Layer<'batchNorm', Stated<Options>>
}

/** The arguments, as far as the rule needs them: not those options that change no parameters. */
type Stated<Options> = 0 extends 1 & Options
  ? [Options]
  : Options extends undefined
    ? []
    : keyof Options extends 'epsilon' | 'name'
      ? []
      : [Options]

/**
 * Batch normalization as a layer value.
 *
 * @param options `epsilon` (default 1e-5), `scale` (default `true`), `shift` (default `true`), `name`
 * @example
 * batchNorm() // Layer<'batchNorm', []>
 */
export const batchNorm: MakesBatchNorm = layerFunction('batchNorm')
