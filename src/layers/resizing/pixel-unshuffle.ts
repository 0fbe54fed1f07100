import type { Divide, DivideDecimals } from '../../arithmetic/divide.js'
import type { Multiply } from '../../arithmetic/multiply.js'
import type { Literal } from '../../arithmetic/natural.js'
import type { Noted } from '../../shape/channels-last.js'
import { type EitherOf, eitherOf, type Fill, fill, type OneOf, ShapeError } from '../../shape/message.js'
import { type Ratio, ratio } from '../../shape/ratio.js'
import { axisNames, type Shape } from '../../shape/shape.js'
import { requireWhole, type WholeMessage } from '../../shape/whole.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type Dimension, type FirstFault, type HasRank, requireRank, type WrongRank } from '../kind/rule.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** Rearranges pixels into channels: a smaller image with more channels. */

const indivisible = 'pixelUnshuffle: scale {scale} does not divide the {axis}: {size}/{scale} = {result}. Use scale {scales}.'

/** Scales to suggest. */
const scalesToTry = [1, 2, 3, 4, 5, 6, 7, 8] as const

/** The rule of a pixel unshuffle. */
export type PixelUnshuffleRule<Input, Given extends number> = UnshuffleBy<Input, Dimension<Given>>

type UnshuffleBy<Input, Scale extends number> =
  HasRank<Input, 2> extends false
    ? { scale: WrongRank<'pixelUnshuffle', 2, Input>; output: Shape; params: '0' }
    : [WholeMessage<'pixelUnshuffle', 'scale', Scale, 1>] extends [never]
      ? Indivisible<Input, Scale> extends infer Fault
        ? [Fault] extends [never]
          ? { output: Unshuffled<Input, Scale>; params: '0' }
          : { scale: OneOf<Fault>; output: [number, number, number]; params: '0' }
        : never
      : { scale: WholeMessage<'pixelUnshuffle', 'scale', Scale, 1>; output: [number, number, number]; params: '0' }

/** `[h, w, c] -> [h / s, w / s, c * s^2]`. */
type Unshuffled<Input, Scale extends number> = Input extends readonly [
  infer H extends number,
  infer W extends number,
  infer C extends number,
]
  ? [Scale] extends [never]
    ? [number, number, number]
    : [Divide<H, Scale>[0], Divide<W, Scale>[0], ChannelsAfter<C, Scale>]
  : [number, number, number]

type ChannelsAfter<C extends number, Scale extends number> = Scale extends Scale ? Multiply<C, Multiply<Scale, Scale>> : never

/** The message for an axis that the scale does not divide; `never` if it divides both. */
type Indivisible<Input, Scale extends number> = Input extends readonly [infer H extends number, infer W extends number, number]
  ? FirstFault<[IndivisibleAxis<H, 'height', H, W, Scale>, IndivisibleAxis<W, 'width', H, W, Scale>]>
  : never

type IndivisibleAxis<Size extends number, Axis, H extends number, W extends number, Scale extends number> = Size extends Size
  ? Scale extends Scale
    ? number extends Size | Scale
      ? never
      : DividesAll<Size, Scale> extends true
        ? never
        : Fill<
            typeof indivisible,
            {
              scale: `${Scale}`
              axis: Axis
              size: `${Size}`
              result: Ratio<`${Size}`, `${Scale}`>
              scales: EitherOf<ScalesThatFit<H, W, typeof scalesToTry>>
            }
          >
    : never
  : never

/** Whether a scale divides a size, or all members of a union; `true` for an unknown size. */
type DividesAll<Size extends number, Scale extends number> = number extends Size
  ? true
  : DivideDecimals<`${Size}`, `${Scale}`> extends [unknown, '0']
    ? true
    : false

type ScalesThatFit<H extends number, W extends number, Try> = Try extends readonly [infer Scale extends number, ...infer Rest]
  ? [DividesAll<H, Scale>, DividesAll<W, Scale>] extends [true, true]
    ? [`${Scale}`, ...ScalesThatFit<H, W, Rest>]
    : ScalesThatFit<H, W, Rest>
  : []

/** {@link PixelUnshuffleRule} at run time. */
const applyPixelUnshuffle = (input: Shape, scale: number): Applied => {
  requireRank('pixelUnshuffle', 2, input, 'scale')
  requireWhole('pixelUnshuffle', 'scale', scale, 1)
  const [height, width, channels] = input as [number, number, number]
  const spatial = [height, width]
  const at = spatial.findIndex((size) => size % scale !== 0)
  if (at >= 0) {
    const size = spatial[at] as number
    const scales = scalesToTry.filter((each) => spatial.every((cells) => cells % each === 0))
    const values = {
      scale: `${scale}`,
      axis: axisNames[2][at] as string,
      size: `${size}`,
      result: ratio(size, scale),
      scales: eitherOf(scales.map(String)),
    }
    throw new ShapeError(fill(indivisible, values), 'pixelUnshuffle', 'scale')
  }
  const reach = { span: scale, step: scale }
  return {
    output: [height / scale, width / scale, channels * scale * scale],
    settings: { scale },
    weights: [],
    macs: 0,
    memory: 'own',
    reach: [reach, reach],
  }
}

export const pixelUnshuffleKinds = {
  pixelUnshuffle: { takes: 1, apply: applyPixelUnshuffle } satisfies LayerKind<[number]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    pixelUnshuffle: PixelUnshuffleRule<Input, Given[0]>
  }
}

/**
 * A pixel unshuffle as a layer value.
 *
 * @param scale the reduction of both axes, which it must divide
 * @example
 * pixelUnshuffle(2) // Layer<'pixelUnshuffle', [2]>
 */
export const pixelUnshuffle: <Scale extends number>(scale: Scale) => Layer<'pixelUnshuffle', [Scale]> = layerFunction('pixelUnshuffle')

/** TypeScript infers the scale from each place where it stands, also where no scale can be. */
export type PixelUnshuffleScaleOrUseABlock<Input, Scale extends number, Start> =
  number extends Literal<Scale>
    ? PixelUnshuffleRule<Input, Scale> extends { scale: infer Fault extends string }
      ? [Scale] extends [never]
        ? Scale
        : Fault
      : Scale
    : PixelUnshuffleRule<Input, Scale> extends { scale: infer Fault extends string }
      ? Noted<Fault, Start>
      : Scale

/** The shape after it. Completions show this name, where they would write the rule out. */
export type PixelUnshuffled<Input, Scale extends number> =
  PixelUnshuffleRule<Input, Scale> extends { output: infer Output extends Shape } ? Output : never
