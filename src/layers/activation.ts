import { type Fill, fill, ShapeError, shown } from '../shape/message.js'
import type { Shape } from '../shape/shape.js'
import type { Applied, LayerKind } from './layer.js'
import type { Arguments } from './layer-rules.js'
import { type Layer, layerOf } from './value.js'

/** Layers that change values and leave the shape: activations, and dropout. */

const wrongRate = 'dropout: the rate is the share of values to drop, at least 0 and below 1, not {rate}.'

/** What the literal of a share looks like that is at least 0 and below 1. */
type ShareText = '0' | `0.${string}` | `${number}e-${string}`

/** The rate of a dropout, or the sentence that refuses it. */
export type RateOf<Rate extends number> = number extends Rate
  ? Rate
  : `${Rate}` extends `-${string}`
    ? Fill<typeof wrongRate, { rate: `${Rate}` }>
    : `${Rate}` extends ShareText
      ? Rate
      : Fill<typeof wrongRate, { rate: `${Rate}` }>

/** The shape and the values' count stay; the values are overwritten in place. */
const elementwise = (input: Shape, settings: Readonly<Record<string, unknown>> = {}): Applied => ({
  output: input,
  settings,
  weights: [],
  macs: 0,
  memory: 'overwrites',
})

const applyDropout = (input: Shape, rate: number): Applied => {
  if (typeof rate === 'number' && rate >= 0 && rate < 1) return elementwise(input, { rate })
  throw new ShapeError(fill(wrongRate, { rate: shown(rate) }), 'dropout', 'rate')
}

export const activationKinds = {
  relu: { kind: 'relu', apply: (input) => elementwise(input) } as LayerKind<[]>,
  softmax: { kind: 'softmax', apply: (input) => elementwise(input) } as LayerKind<[]>,
  dropout: { kind: 'dropout', apply: applyDropout } as LayerKind<[number]>,
}

type DropoutRule<Input extends Shape, Rate extends number> =
  RateOf<Rate> extends infer Fault extends string ? { output: Input; params: '0'; rate: Fault } : { output: Input; params: '0' }

declare module './layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    relu: { output: Input; params: '0' }
    softmax: { output: Input; params: '0' }
    dropout: DropoutRule<Input, Given[0]>
  }
}

/**
 * Rectified linear unit as a layer value.
 *
 * @example
 * relu() // Layer<'relu', []>
 */
export const relu = (): Layer<'relu', []> => layerOf('relu', []) as never

/**
 * Softmax over the last axis as a layer value.
 *
 * @example
 * softmax() // Layer<'softmax', []>
 */
export const softmax = (): Layer<'softmax', []> => layerOf('softmax', []) as never

/**
 * Dropout as a layer value.
 *
 * @param rate the share of values to drop, at least 0 and below 1
 * @example
 * dropout(0.5) // Layer<'dropout', [0.5]>
 */
export const dropout = <Rate extends number>(rate: Rate): Layer<'dropout', [Rate]> => layerOf('dropout', [rate]) as never

declare module '../network/network.js' {
  interface Network<Input extends Shape, Output extends Shape, Params extends number> {
    /**
     * Rectified linear unit: max(0, x) for every value.
     *
     * The shape stays; no parameters. Computed in place, so it takes no memory of its own.
     *
     * @example
     * input(55, 55, 96).relu() // Network<[55, 55, 96], [55, 55, 96], 0>
     */
    relu(): Network<Input, Output, Params>

    /**
     * Softmax over the last axis: exp(x) divided by the sum of exp(x), so that scores become shares that sum to 1.
     *
     * The shape stays; no parameters.
     *
     * @example
     * input(1000).softmax() // Network<[1000], [1000], 0>
     */
    softmax(): Network<Input, Output, Params>

    /**
     * Dropout: while training, each value becomes 0 with probability `rate`, and the rest are scaled by 1 / (1 - rate)
     * (Srivastava et al. 2014); at inference it does nothing.
     *
     * The shape stays; no parameters.
     *
     * @param rate the share of values to drop, at least 0 and below 1
     * @throws {ShapeError} when the rate is out of range
     * @example
     * input(4096).dropout(0.5) // Network<[4096], [4096], 0>
     */
    dropout<Rate extends number>(rate: RateOf<Rate>): Network<Input, Output, Params>
  }
}
