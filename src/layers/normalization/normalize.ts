import type { Noted } from '../../shape/channels-last.js'
import { type Fill, fill, ShapeError, shown } from '../../shape/message.js'
import type { Shape } from '../../shape/shape.js'
import { type EachChannel, type EachChannelMessage, requireEachChannel } from '../kind/each-channel.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { Blame, Channels, Faults, FirstFault } from '../kind/rule.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** Channels brought to mean 0 and variance 1 by statistics that do not change: those given, or those that the weights hold. */

const alone = 'normalize: a mean needs a variance beside it. Give both, or neither for statistics that are weights.'
const notPositive = 'normalize: variance must be above 0, not {value}: it is the square of a standard deviation.'

/** What the literal of a number looks like that is not above 0. */
type NotAbove = '0' | `-${string}`

/** The message for the first variance that is not above 0; `never` if there is none. */
type VarianceMessage<Variance> = Variance extends readonly unknown[]
  ? FirstFault<{ [Index in keyof Variance]: NotPositiveMessage<Variance[Index]> }>
  : NotPositiveMessage<Variance>

type NotPositiveMessage<Value> = Value extends number
  ? `${Value}` extends NotAbove
    ? Fill<typeof notPositive, { value: `${Value}` }>
    : never
  : never

/** The rule of `normalize`: the shape is unchanged. Statistics that are weights are not trainable. */
export type NormalizeRule<Input, Given extends Arguments> = { output: Input; params: '0' } & (Given extends readonly []
  ? unknown
  : Given extends readonly [unknown]
    ? { mean: typeof alone }
    : Faults<
        [
          Blame<'mean', EachChannelMessage<'normalize', 'mean', Channels<Input>, Given[0]>>,
          Blame<'variance', EachChannelMessage<'normalize', 'variance', Channels<Input>, Given[1]>>,
          Blame<'variance', VarianceMessage<Given[1]>>,
        ]
      >)

/** {@link NormalizeRule} at run time. */
const applyNormalize = (input: Shape, mean?: EachChannel, variance?: EachChannel): Applied => {
  const channels = input.at(-1) as number
  const kept = { output: input, macs: 0, memory: 'own' } as const
  if (mean === undefined && variance === undefined) {
    const weights = ['movingMean', 'movingVariance'].map((name) => ({ name, shape: [channels], trainable: false }))
    return { ...kept, settings: {}, weights }
  }
  if (mean === undefined || variance === undefined) throw new ShapeError(alone, 'normalize', 'mean')
  requireEachChannel('normalize', 'mean', channels, mean)
  requireEachChannel('normalize', 'variance', channels, variance)
  const wrong = [variance].flat().find((each) => !(each > 0))
  if (wrong !== undefined) throw new ShapeError(fill(notPositive, { value: shown(wrong) }), 'normalize', 'variance')
  return { ...kept, settings: { mean, variance }, weights: [] }
}

export const normalizeKinds = {
  normalize: { takes: 2, apply: applyNormalize } satisfies LayerKind<[EachChannel?, EachChannel?]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    normalize: NormalizeRule<Input, Given>
  }
}

/** The arguments of a call: those that are left out are `undefined` in its type. A variance of type `any` may be there. */
type Stated<Mean, Variance> = [Mean] extends [undefined]
  ? []
  : [Variance] extends [undefined]
    ? unknown extends Variance
      ? [Mean, Variance]
      : [Mean]
    : [Mean, Variance]

/**
 * A normalization with statistics that do not change, as a layer value.
 *
 * @param mean of the channels: one number, or one for each; left out, mean and variance are weights
 * @param variance of the channels, above 0: one number, or one for each
 * @example
 * normalize(127.5, 5625) // Layer<'normalize', [127.5, 5625]>
 */
export const normalize: <Mean extends EachChannel | undefined = undefined, Variance extends EachChannel | undefined = undefined>(
  mean?: Mean,
  variance?: Variance,
) => Layer<'normalize', Stated<Mean, Variance>> = layerFunction('normalize')

/*
 * Of a union such as `number | number[]` the compiler infers one member for an optional parameter, so the others are accepted too. A
 * hover has the argument as a type argument already, and shows `EachChannel` here; the compiler infers it from where it stands alone.
 */
export type MeanOrUseABlock<Input, Mean, Variance, Start> =
  NormalizeRule<Input, Stated<Mean, Variance>> extends { mean: infer Fault extends string }
    ? Noted<Fault, Start>
    : [Mean] extends [EachChannel | undefined]
      ? EachChannel
      : Mean
export type VarianceOrUseABlock<Input, Mean, Variance, Start> =
  NormalizeRule<Input, Stated<Mean, Variance>> extends { variance: infer Fault extends string }
    ? Noted<Fault, Start>
    : [Variance] extends [EachChannel | undefined]
      ? EachChannel
      : Variance
