import type { Multiply } from '../../arithmetic/multiply.js'
import { fill, ShapeError, shown } from '../../shape/message.js'
import type { Shape } from '../../shape/shape.js'
import type { KnownOption, unset } from '../../shape/windows.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type NoOptions, requireKnownOptions, type UnknownOptions } from '../kind/options.js'
import { type EachSpatial, type PerAxisRule, requirePerAxis } from '../kind/per-axis.js'
import { type Given, type Layer, layerFunction } from '../kind/value.js'

/** Options of `upsample`. */
export interface UpsampleOptions {
  /**
   * How to compute new cells: copy the `'nearest'` (default), or interpolate along every axis, `'bilinear'`
   * (PyTorch's `'linear'` on one axis, `'trilinear'` on three).
   */
  readonly method?: 'nearest' | 'bilinear'
  /** The layer's name in reports and exports. The default is its kind and a number. */
  readonly name?: string
}

/** {@link UpsampleOptions} for a call without options. */
export interface NoUpsampleOptions extends UpsampleOptions {
  readonly [unset]: true
}

const optionNames = ['method', 'name'] as const

const unknownMethod = "upsample: method must be 'nearest' or 'bilinear', not {value}."

declare module '../kind/per-axis.js' {
  interface SizeAlong<Size, Value> {
    upsample: Multiply<Size & number, Value & number>
  }
}

/** The rule of an upsampling by whole factors. */
export type UpsampleRule<Input, Scale, Options> = keyof Options extends (typeof optionNames)[number] | typeof unset
  ? PerAxisRule<'upsample', 'scale', Input, KnownOption<Scale>, 1>
  : string extends keyof Options
    ? PerAxisRule<'upsample', 'scale', Input, KnownOption<Scale>, 1>
    : {
        options: UnknownOptions<'upsample', Options, typeof optionNames>
        output: PerAxisRule<'upsample', 'scale', Input, KnownOption<Scale>, 1>['output']
        params: '0'
      }

const applyUpsample = (input: Shape, scale: EachSpatial, options: UpsampleOptions = {}): Applied => {
  requireKnownOptions('upsample', options, optionNames)
  const { method = 'nearest', name } = options
  const scales = requirePerAxis('upsample', 'scale', input, scale, 1)
  if (method !== 'nearest' && method !== 'bilinear') {
    throw new ShapeError(fill(unknownMethod, { value: shown(method) }), 'upsample', 'options.method')
  }
  return {
    output: [...scales.map((factor, axis) => factor * (input[axis] as number)), input.at(-1) as number],
    settings: { scale, method, ...(name === undefined ? {} : { name }) },
    weights: [],
    macs: 0,
    memory: 'own',
    reach: scales.map((factor) => ({ span: method === 'bilinear' && factor > 1 ? 2 : 1, step: 1 / factor })),
  }
}

/** {@link UpsampleRule} at run time. */
export const resizeKinds = {
  upsample: { kind: 'upsample', takes: 2, apply: applyUpsample } satisfies LayerKind<[EachSpatial, UpsampleOptions?]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    upsample: UpsampleRule<Input, Given[0], Given extends readonly [unknown, infer Options] ? Options : NoUpsampleOptions>
  }
}

/**
 * An upsampling by whole factors as a layer value.
 *
 * @param scale the factor of every spatial axis, or one per axis, from 1
 * @param options `method` (default `'nearest'`), `name`
 * @example
 * upsample(2) // Layer<'upsample', [2]>
 */
export const upsample: <Scale extends EachSpatial, Options extends UpsampleOptions | NoOptions = NoUpsampleOptions>(
  scale: Scale,
  options?: Options,
) => Layer<'upsample', Given<[Scale], Options>> = layerFunction('upsample')

export type ScaleOrUseABlock<Input, Scale, Options> =
  UpsampleRule<Input, Scale, Options> extends { scale: infer Fault extends string } ? Fault : Scale
export type OptionsOrUseABlock<Input, Scale, Options> =
  UpsampleRule<Input, Scale, Options> extends { options: infer Faults extends object | string } ? Faults : Options
