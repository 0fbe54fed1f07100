import type { Literal } from '../../arithmetic/natural.js'
import type { Noted } from '../../shape/channels-last.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { LeftOut, NoOptions } from '../kind/options.js'
import type { Unchecked } from '../kind/rule-of.js'
import { type Given, type Layer, layerFunction } from '../kind/value.js'
import { type NoRecurrentOptions, type Recurrent, type RecurrentOptions, type RecurrentRule, recurrent } from './rule.js'

export const recurrentKinds = { lstm: recurrent('lstm'), gru: recurrent('gru') }

/** The rule of a recurrent layer's value. */
type ValueRule<Kind extends Recurrent, Input extends AnyShape, Values extends Arguments> = Values extends readonly [
  Unchecked,
  infer Options,
]
  ? RecurrentRule<Kind, Input, Values[0], Options>
  : RecurrentRule<Kind, Input, Values[0], NoRecurrentOptions>

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    lstm: ValueRule<'lstm', Input, Given>
    gru: ValueRule<'gru', Input, Given>
  }
}

/**
 * A long short-term memory as a layer value; see `Network.lstm`.
 *
 * @param units number of units in the state, from 1
 * @param options `returnSequences` (default `true`), `bidirectional` (`false`), `bias` (`true`), `name`
 * @example
 * lstm(128) // Layer<'lstm', [128]>
 */
export const lstm: <Units extends number, Options extends RecurrentOptions | NoOptions = NoRecurrentOptions>(
  units: Units,
  options: LeftOut | Options,
) => Layer<'lstm', Given<[Units], Options>> = layerFunction('lstm')

/**
 * A gated recurrent unit as a layer value; see `Network.gru`.
 *
 * @param units number of units in the state, from 1
 * @param options `returnSequences` (default `true`), `bidirectional` (`false`), `bias` (`true`), `name`
 * @example
 * gru(128) // Layer<'gru', [128]>
 */
export const gru: <Units extends number, Options extends RecurrentOptions | NoOptions = NoRecurrentOptions>(
  units: Units,
  options: LeftOut | Options,
) => Layer<'gru', Given<[Units], Options>> = layerFunction('gru')

export type RecurrentUnitsOrUseABlock<Kind extends Recurrent, Input extends AnyShape, Units extends number, Options, Start> =
  number extends Literal<Units>
    ? RecurrentRule<Kind, Input, Units, Options> extends { units: infer Fault extends string }
      ? Fault
      : Units
    : RecurrentRule<Kind, Input, Units, Options> extends { units: infer Fault extends string }
      ? Noted<Fault, Start>
      : Units
