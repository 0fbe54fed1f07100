import type { Reverse } from '../../arithmetic/digits.js'
import type { Noted } from '../../shape/channels-last.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import type { OptionOfEach, unset } from '../../shape/windows.js'
import { elementwise } from '../kind/elementwise.js'
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

/** Options of `prelu`. */
export interface PreluOptions {
  /** Whether all channels share one slope, as by default in PyTorch. Default `false`: one slope per channel. */
  readonly shared?: boolean
  /** The layer's name in reports and exports. The default is its kind and a number. */
  readonly name?: string
}

/** {@link PreluOptions} for a call without options. */
export interface NoPreluOptions extends PreluOptions {
  readonly [unset]: true
}

const optionNames = ['shared', 'name'] as const

/** The rule of a rectifier with learned slopes: the shape is unchanged. */
export type PreluRule<Input, Options> = keyof Options extends (typeof optionNames)[number]
  ? { output: Input; params: Slopes<Input, OptionOfEach<Options, 'shared', false>> }
  : string extends keyof Options
    ? { output: Input; params: '?' }
    : typeof unset extends keyof Options
      ? { output: Input; params: Slopes<Input, false> }
      : { options: UnknownOptions<'prelu', Options, typeof optionNames>; output: Input; params: '?' }

type Slopes<Input, Shared> = boolean extends Shared
  ? '?'
  : Shared extends true
    ? '1'
    : number extends Channels<Input>
      ? '?'
      : Reverse<`${Channels<Input>}`>

const applyPrelu = (input: Shape, options: PreluOptions = {}): Applied => {
  requireKnownOptions('prelu', options, optionNames)
  const { shared = false, name } = options
  requireBoolean('prelu', 'shared', shared)
  const shape = [shared ? 1 : (input.at(-1) as number)]
  return {
    ...elementwise(input, { shared, ...(name === undefined ? {} : { name }) }),
    weights: [{ name: 'alpha', shape, trainable: true }],
  }
}

/** {@link PreluRule} at run time. */
export const preluKinds = {
  prelu: { takes: 1, apply: applyPrelu } satisfies LayerKind<[PreluOptions?]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    prelu: Given extends readonly [infer Options] ? PreluRule<Input, Options> : PreluRule<Input, NoPreluOptions>
  }
}

/**
 * Rectified linear unit with learned slopes as a layer value.
 *
 * @param options `shared` (default `false`), `name`
 * @example
 * prelu({ shared: true }) // Layer<'prelu', [{ shared: true }]>
 */
export const prelu: <Options extends PreluOptions | NoOptions = NoPreluOptions>(
  options: LeftOut | Options,
) => Layer<'prelu', Given<[], Options>> = layerFunction('prelu')

export type PreluOptionsOrUseABlock<Input extends AnyShape, Options, Start> = number extends Options
  ? OptionsGiven<Options>
  : Options extends Without
    ? Options
    : PreluRule<Input, Options> extends { options: infer Faults extends object | string }
      ? Noted<Faults, Start>
      : Options
