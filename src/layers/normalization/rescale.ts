import type { Literal } from '../../arithmetic/natural.js'
import type { Noted } from '../../shape/channels-last.js'
import type { Shape } from '../../shape/shape.js'
import { type EachChannel, type EachChannelMessage, requireEachChannel } from '../kind/each-channel.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { ValueOrUseABlock } from '../kind/named.js'
import type { Blame, Channels, Faults } from '../kind/rule.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** A scale and an offset that are constants: pixels brought into a range. */

/** The rule of `rescale`: the shape is unchanged. A list has a number for each channel. */
export type RescaleRule<Input, Scale, Offset> = { output: Input; params: '0' } & Faults<
  [
    Blame<'scale', EachChannelMessage<'rescale', 'scale', Channels<Input>, Scale>>,
    Blame<'offset', EachChannelMessage<'rescale', 'offset', Channels<Input>, Offset>>,
  ]
>

/** {@link RescaleRule} at run time. */
const applyRescale = (input: Shape, scale: EachChannel, offset: EachChannel = 0): Applied => {
  const channels = input.at(-1) as number
  requireEachChannel('rescale', 'scale', channels, scale)
  requireEachChannel('rescale', 'offset', channels, offset)
  return { output: input, settings: { scale, offset }, weights: [], macs: 0, memory: 'own' }
}

export const rescaleKinds = {
  rescale: { takes: 2, apply: applyRescale } satisfies LayerKind<[EachChannel, EachChannel?]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    rescale: RescaleRule<Input, Given[0], Given[1]>
  }
}

/**
 * A constant scale and offset as a layer value.
 *
 * @param scale what each value is multiplied by: one number, or one for each channel
 * @param offset what is added then, default 0: one number, or one for each channel
 * @example
 * rescale(2, -1) // Layer<'rescale', [2, -1]>
 */
export const rescale: <Scale extends EachChannel, Offset extends EachChannel = 0>(
  scale: Scale,
  offset?: Offset,
) => Layer<'rescale', [Scale, Offset]> = layerFunction('rescale', [1, 0])

/*
 * Both branches name what the parameter may be. Behind `infer`, the compiler takes a list for `number[]` and its length is not checked.
 */
export type RescaleScaleOrUseABlock<Input, Scale, Start> =
  number extends Literal<Scale>
    ? ValueOrUseABlock<'rescale', Input, Scale>
    : [EachChannelMessage<'rescale', 'scale', Channels<Input>, Scale>] extends [never]
      ? ValueOrUseABlock<'rescale', Input, Scale>
      : Noted<EachChannelMessage<'rescale', 'scale', Channels<Input>, Scale>, Start>
// Of a union such as `number | number[]` the compiler infers one member for an optional parameter, so the others are accepted too.
export type OffsetOrUseABlock<Input, Offset, Start> =
  number extends Literal<Offset>
    ? Offset | readonly number[] | (number & {})
    : [EachChannelMessage<'rescale', 'offset', Channels<Input>, Offset>] extends [never]
      ? Offset | readonly number[] | (number & {})
      : Noted<EachChannelMessage<'rescale', 'offset', Channels<Input>, Offset>, Start>
