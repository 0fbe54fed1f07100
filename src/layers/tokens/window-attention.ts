import type { Literal } from '../../arithmetic/natural.js'
import type { Noted } from '../../shape/channels-last.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import type { LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { LeftOut, NoOptions, OptionsGiven } from '../kind/options.js'
import type { Unchecked } from '../kind/rule-of.js'
import { type Given, type Layer, layerFunction, type Without } from '../kind/value.js'
import {
  applyWindowAttention,
  type NoWindowOptions,
  type WindowAttentionMethodRule,
  type WindowAttentionOptions,
  type WindowAttentionRule,
} from './window-attention-rule.js'

/* `windowAttention` as a kind, as a layer value, and what its method takes. */

export const windowAttentionKinds = {
  windowAttention: {
    takes: 3,
    apply: applyWindowAttention,
  } satisfies LayerKind<[number, number, WindowAttentionOptions?]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    windowAttention: Given extends readonly [Unchecked, Unchecked, infer Options]
      ? WindowAttentionRule<Input, Given[0], Given[1], Options>
      : WindowAttentionRule<Input, Given[0], Given[1], NoWindowOptions>
  }
}

/**
 * Attention within the windows of an image, as a layer value; see `Network.windowAttention`.
 *
 * @param heads the number of heads that share the channels, from 1; it must divide the channels
 * @param window the size of the windows on both axes, from 1; it must divide the height and the width
 * @param options `shift` (default 0), `bias` (`true`), `version` (1), `name`
 * @example
 * windowAttention(3, 7, { shift: 3 }) // Layer<'windowAttention', [3, 7, { shift: 3 }]>
 */
export const windowAttention: <
  Heads extends number,
  Window extends number,
  Options extends WindowAttentionOptions | NoOptions = NoWindowOptions,
>(
  heads: Heads,
  window: Window,
  options: LeftOut | Options,
) => Layer<'windowAttention', Given<[Heads, Window], Options>> = layerFunction('windowAttention')

export type WindowAttentionHeadsOrUseABlock<Input extends AnyShape, Heads extends number, Window extends number, Options, Start> =
  number extends Literal<Heads>
    ? WindowAttentionMethodRule<Input, Heads, Window, Options> extends { heads: infer Fault extends string }
      ? Fault
      : Heads
    : WindowAttentionMethodRule<Input, Heads, Window, Options> extends { heads: infer Fault extends string }
      ? Noted<Fault, Start>
      : Heads
export type WindowOrUseABlock<Input extends AnyShape, Heads extends number, Window extends number, Options, Start> =
  number extends Literal<Window>
    ? WindowAttentionMethodRule<Input, Heads, Window, Options> extends { window: infer Fault extends string }
      ? Fault
      : Window
    : WindowAttentionMethodRule<Input, Heads, Window, Options> extends { window: infer Fault extends string }
      ? Noted<Fault, Start>
      : Window
export type WindowAttentionOptionsOrUseABlock<
  Input extends AnyShape,
  Heads extends number,
  Window extends number,
  Options,
  Start,
> = number extends Options
  ? OptionsGiven<Options>
  : Options extends Without
    ? Options
    : WindowAttentionRule<Input, Heads, Window, Options> extends { options: infer Faults extends object | string }
      ? Noted<Faults, Start>
      : Options
