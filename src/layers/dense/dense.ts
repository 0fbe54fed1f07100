import type { Increment, Reverse } from '../../arithmetic/digits.js'
import type { MultiplyDigits } from '../../arithmetic/multiply.js'
import type { LikeChannelsFirst, WithNote } from '../../shape/channels-last.js'
import type { FlatSize } from '../../shape/flat-size.js'
import { type Fill, fill, ShapeError } from '../../shape/message.js'
import { type DimensionText, type Shape, type SizeText, sizeText } from '../../shape/shape.js'
import { type MayBePositive, requireWhole, type WholeMessage } from '../../shape/whole.js'
import type { OptionOfEach, unset } from '../../shape/windows.js'
import { type Applied, type LayerKind, valuesIn } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { NoValueText } from '../kind/named.js'
import {
  adviceOnFirst,
  type FeaturesAreKnown,
  type LeftOut,
  type NoOptions,
  requireKnownOptions,
  type UnknownOptions,
} from '../kind/options.js'
import type { Dimension } from '../kind/rule.js'
import type { Unchecked } from '../kind/rule-of.js'
import { type Given, type Layer, layerFunction } from '../kind/value.js'

/** Options of `dense`. */
export interface DenseOptions {
  /** Whether each unit adds a bias, default `true`. */
  readonly bias?: boolean
  /** The layer's name in reports and exports. The default is its kind and a number. */
  readonly name?: string
}

/** {@link DenseOptions} for a call without options. */
export interface NoDenseOptions extends DenseOptions {
  readonly [unset]: true
}

const optionNames = ['bias', 'name'] as const

const flattenFirst = 'dense: needs a vector, not {shape}. Flatten first: flatten() gives {features} features.'

/** The rule of a dense layer, which applies to the last axis of a vector or of `[tokens, features]`. */
export type DenseRule<Input, Units extends number, Options> = keyof Options extends (typeof optionNames)[number]
  ? Dense<Input, Dimension<Units>, OptionOfEach<Options, 'bias', true>>
  : string extends keyof Options
    ? Dense<Input, Dimension<Units>, boolean>
    : typeof unset extends keyof Options
      ? Dense<Input, Dimension<Units>, true>
      : {
          options: UnknownOptions<'dense', Options, typeof optionNames, FeaturesAreKnown<'dense', Options>>
          output: [Dimension<Units>]
          params: '?'
        }

type Dense<Input, Units extends number, Bias> = Input extends readonly [infer Features extends number]
  ? MayBePositive<Units> extends true
    ? { output: [Units]; params: DenseParams<Features, Units, Bias> }
    : { units: WholeMessage<'dense', 'units', Units, 1>; output: [number]; params: '?' }
  : Input extends readonly [infer Tokens extends number, infer Features extends number]
    ? MayBePositive<Units> extends true
      ? { output: [Tokens, Units]; params: DenseParams<Features, Units, Bias> }
      : { units: WholeMessage<'dense', 'units', Units, 1>; output: [Tokens, number]; params: '?' }
    : Input extends readonly [number, number, number, ...unknown[]]
      ? {
          units: Fill<typeof flattenFirst, { shape: SizeText<Input>; features: DimensionText<FlatSize<Input>> }>
          output: [Units]
          params: '?'
        }
      : Input extends Shape
        ? // A vector, or a sequence: the number of axes is unknown.
          { output: Shape; params: '?' }
        : { units: NoValueText<'dense'>; output: [Units]; params: '?' }

/** Parameters: features * units weights, and a bias for each unit. */
type DenseParams<Features extends number, Units extends number, Bias> = number extends Features | Units
  ? '?'
  : MultiplyDigits<Bias extends false ? Reverse<`${Features}`> : Increment<Reverse<`${Features}`>>, `${Units}`>

/** {@link DenseRule} at run time. */
const applyDense = (input: Shape, units: number, options: DenseOptions = {}): Applied => {
  requireKnownOptions('dense', options, optionNames, adviceOnFirst('dense', input, [units, options]))
  const { bias = true, name } = options
  if (input.length > 2) {
    const message = fill(flattenFirst, { shape: sizeText(input), features: `${valuesIn(input)}` })
    throw new ShapeError(message, 'dense', 'units')
  }
  requireWhole('dense', 'units', units, 1)
  const features = input.at(-1) as number
  const kernel = { name: 'kernel', shape: [features, units], trainable: true }
  return {
    output: [...input.slice(0, -1), units],
    settings: { units, bias, ...(name === undefined ? {} : { name }) },
    weights: bias ? [kernel, { name: 'bias', shape: [units], trainable: true }] : [kernel],
    macs: valuesIn(input) * units,
    memory: 'own',
    seesAll: input.length === 1,
  }
}

export const denseKinds = {
  dense: { takes: 2, apply: applyDense } satisfies LayerKind<[number, DenseOptions?]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    dense: Given extends readonly [Unchecked, infer Options]
      ? DenseRule<Input, Given[0], Options>
      : DenseRule<Input, Given[0], NoDenseOptions>
  }
}

/**
 * A fully-connected layer as a layer value; see `Network.dense`.
 *
 * @param units number of output features, from 1
 * @param options `bias` (default `true`), `name`
 * @example
 * dense(4096) // Layer<'dense', [4096]>
 */
export const dense: <Units extends number, Options extends DenseOptions | NoOptions = NoDenseOptions>(
  units: Units,
  options: LeftOut | Options,
) => Layer<'dense', Given<[Units], Options>> = layerFunction('dense')

/**
 * The units, or the message for them. `Start` is the network's own input, which a message may be about. Units that may be any number are
 * first: the compiler compares the methods of two networks with those, and their types would differ by `Start`.
 */
export type UnitsOrUseABlock<Input, Units extends number, Options, Start> = number extends Units
  ? DenseRule<Input, Units, Options> extends { units: infer Fault extends string }
    ? Fault
    : Units
  : DenseRule<Input, Units, Options> extends { units: infer Fault extends string }
    ? Start extends LikeChannelsFirst
      ? WithNote<Fault, Start>
      : Fault
    : Units
