import type { AddDigits } from '../../arithmetic/add.js'
import type { Reverse } from '../../arithmetic/digits.js'
import type { Divide, DivideDecimals } from '../../arithmetic/divide.js'
import type { Multiply, MultiplyDigits } from '../../arithmetic/multiply.js'
import type { Literal, ToNumber } from '../../arithmetic/natural.js'
import type { Noted } from '../../shape/channels-last.js'
import { type EitherOf, eitherOf, type Fill, fill, ShapeError } from '../../shape/message.js'
import { type Ratio, ratio } from '../../shape/ratio.js'
import type { Shape } from '../../shape/shape.js'
import { requireWhole, type WholeMessage } from '../../shape/whole.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { Channels, Dimension } from '../kind/rule.js'
import { type HasRank, requireRank, type WrongRank } from '../kind/rule.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** Rearranges channels into pixels: a larger image with fewer channels (Shi et al. 2016). */

const indivisible = 'pixelShuffle: scale {scale} needs channels that {square} divides: {channels}/({scale}*{scale}) = {result}. {advice}'
const nearestChannels = 'The nearest that fit: {nearest}.'
const otherScales = 'Use scale {scales}.'

/** Scales to suggest if no valid number of channels is near. */
const scalesToTry = [1, 2, 3, 4, 5, 6, 7, 8] as const

/** The rule of a pixel shuffle. */
export type PixelShuffleRule<Input, Given extends number> = ShuffleBy<Input, Dimension<Given>>

type ShuffleBy<Input, Scale extends number> =
  HasRank<Input, 2> extends false
    ? { scale: WrongRank<'pixelShuffle', 2, Input>; output: Shape; params: '0' }
    : [WholeMessage<'pixelShuffle', 'scale', Scale, 1>] extends [never]
      ? [Indivisible<Channels<Input>, Scale>] extends [never]
        ? { output: Shuffled<Input, Scale>; params: '0' }
        : { scale: Indivisible<Channels<Input>, Scale>; output: Shuffled<Input, Scale>; params: '0' }
      : { scale: WholeMessage<'pixelShuffle', 'scale', Scale, 1>; output: [number, number, number]; params: '0' }

/** `[h, w, c] -> [h * s, w * s, c / s^2]`, with the channels rounded down, or `number` if that is 0. */
type Shuffled<Input, Scale extends number> = Input extends readonly [infer H extends number, infer W extends number, infer C extends number]
  ? [Scale] extends [never]
    ? [number, number, number]
    : [Multiply<H, Scale>, Multiply<W, Scale>, Fewer<C, Scale>]
  : [number, number, number]

type Fewer<C extends number, Scale extends number> = Scale extends Scale ? NotZero<Divide<C, Multiply<Scale, Scale>>[0]> : never

type NotZero<Quotient extends number> = Quotient extends 0 ? number : Quotient

/** The message for channels that the square of the scale does not divide; `never` if it does. */
type Indivisible<C extends number, Scale extends number> = C extends C
  ? Scale extends Scale
    ? number extends C | Scale
      ? never
      : MultiplyDigits<Reverse<`${Scale}`>, `${Scale}`> extends infer Square extends string
        ? IndivisibleBy<C, Scale, Reverse<Square>>
        : never
    : never
  : never

/** The square is a decimal, since that of a large scale exceeds 2^53 - 1. */
type IndivisibleBy<C extends number, Scale extends number, Square extends string> =
  DivideDecimals<`${C}`, Square> extends [infer Quotient extends string, infer Rest extends string]
    ? Rest extends '0'
      ? never
      : Fill<
          typeof indivisible,
          {
            scale: `${Scale}`
            square: Square
            channels: `${C}`
            result: Ratio<`${C}`, Square>
            advice: PixelAdvice<C, NearestMultiples<Quotient, Square>>
          }
        >
    : never

/** The nearest multiples of the square below and above the channels, up to 2^53 - 1. */
type NearestMultiples<Quotient, Square extends string> = Quotient extends '0'
  ? number extends ToNumber<Square>
    ? []
    : [Square]
  : MultiplyDigits<Reverse<Quotient>, Square> extends infer Below extends string
    ? Reverse<Square> extends infer Step extends string
      ? AddDigits<Below, Step> extends infer Above
        ? number extends ToNumber<Above>
          ? [Reverse<Below>]
          : [Reverse<Below>, Above]
        : never
      : never
    : never

/** The fix: other channels, or other scales if there are no such channels. */
type PixelAdvice<C extends number, Nearest> = Nearest extends readonly []
  ? Fill<typeof otherScales, { scales: EitherOf<ScalesThatFit<C, typeof scalesToTry>> }>
  : Fill<typeof nearestChannels, { nearest: EitherOf<Nearest> }>

type ScalesThatFit<C extends number, Try> = Try extends readonly [infer Scale extends number, ...infer Rest]
  ? [Indivisible<C, Scale>] extends [never]
    ? [`${Scale}`, ...ScalesThatFit<C, Rest>]
    : ScalesThatFit<C, Rest>
  : []

/** {@link PixelAdvice} at run time. */
const adviceOn = (channels: number, square: bigint): string => {
  const below = BigInt(channels) - (BigInt(channels) % square)
  const nearest = (below === 0n ? [square] : [below, below + square]).filter((each) => each <= BigInt(Number.MAX_SAFE_INTEGER))
  if (nearest.length > 0) return fill(nearestChannels, { nearest: eitherOf(nearest.map(String)) })
  const scales = scalesToTry.filter((each) => channels % (each * each) === 0)
  return fill(otherScales, { scales: eitherOf(scales.map(String)) })
}

const applyPixelShuffle = (input: Shape, scale: number): Applied => {
  requireRank('pixelShuffle', 2, input, 'scale')
  requireWhole('pixelShuffle', 'scale', scale, 1)
  const [height, width, channels] = input as [number, number, number]
  // The square of a large scale exceeds 2^53 - 1.
  const square = BigInt(scale) ** 2n
  if (BigInt(channels) % square !== 0n) {
    const values = {
      scale: `${scale}`,
      square: `${square}`,
      channels: `${channels}`,
      result: ratio(channels, square),
      advice: adviceOn(channels, square),
    }
    throw new ShapeError(fill(indivisible, values), 'pixelShuffle', 'scale')
  }
  const reach = { span: 1, step: 1 / scale }
  return {
    output: [height * scale, width * scale, channels / Number(square)],
    settings: { scale },
    weights: [],
    macs: 0,
    memory: 'own',
    reach: [reach, reach],
  }
}

/** {@link PixelShuffleRule} at run time. */
export const pixelShuffleKinds = {
  pixelShuffle: { takes: 1, apply: applyPixelShuffle } satisfies LayerKind<[number]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    pixelShuffle: PixelShuffleRule<Input, Given[0]>
  }
}

/**
 * A pixel shuffle as a layer value.
 *
 * @param scale the enlargement of both axes; its square must divide the channels
 * @example
 * pixelShuffle(2) // Layer<'pixelShuffle', [2]>
 */
export const pixelShuffle: <Scale extends number>(scale: Scale) => Layer<'pixelShuffle', [Scale]> = layerFunction('pixelShuffle')

/** TypeScript infers the scale from each place where it stands, also where no scale can be. */
export type PixelShuffleScaleOrUseABlock<Input, Scale extends number, Start> =
  number extends Literal<Scale>
    ? PixelShuffleRule<Input, Scale> extends { scale: infer Fault extends string }
      ? [Scale] extends [never]
        ? Scale
        : Fault
      : Scale
    : PixelShuffleRule<Input, Scale> extends { scale: infer Fault extends string }
      ? Noted<Fault, Start>
      : Scale

/** The shape after it. Completions show this name, where they would write the rule out. */
export type PixelShuffled<Input, Scale extends number> =
  PixelShuffleRule<Input, Scale> extends { output: infer Output extends Shape } ? Output : never
