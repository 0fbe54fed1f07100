import type { Noted } from '../../shape/channels-last.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import type { LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { LeftOut, NoOptions, OptionsGiven } from '../kind/options.js'
import { type Given, type Layer, layerFunction, type Without } from '../kind/value.js'
import { type AffineOptions, type AffineRule, applyAffine, type NoAffineOptions } from './affine.js'

/** Normalization over the last axis, each position by itself. */

export type LayerNormRule<Input, Options> = AffineRule<'layerNorm', Input, Options, true>

/** {@link LayerNormRule} at run time. */
export const layerNormKinds = {
  layerNorm: {
    takes: 1,
    apply: (input, options = {}) => applyAffine('layerNorm', input, options, true),
  } satisfies LayerKind<[AffineOptions?]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    layerNorm: Given extends readonly [infer Options] ? LayerNormRule<Input, Options> : LayerNormRule<Input, NoAffineOptions>
  }
}

/**
 * Layer normalization as a layer value.
 *
 * @param options `affine` (default `true`), `epsilon` (1e-5), `name`
 * @example
 * layerNorm({ epsilon: 1e-6 }) // Layer<'layerNorm', [{ epsilon: 0.000001 }]>
 */
export const layerNorm: <Options extends AffineOptions | NoOptions = NoAffineOptions>(
  options: LeftOut | Options,
) => Layer<'layerNorm', Given<[], Options>> = layerFunction('layerNorm')

export type LayerNormOptionsOrUseABlock<Input extends AnyShape, Options, Start> = number extends Options
  ? OptionsGiven<Options>
  : Options extends Without
    ? Options
    : LayerNormRule<Input, Options> extends { options: infer Faults extends object | string }
      ? Noted<Faults, Start>
      : Options
