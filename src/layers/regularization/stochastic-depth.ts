import type { AnyShape, Shape } from '../../shape/shape.js'
import { elementwise, type RateMessage, requireRate } from '../kind/elementwise.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** Stochastic depth: randomly drops a branch in training. */

const wrongRate = 'stochasticDepth: the rate is the chance that all is dropped, at least 0 and below 1, not {rate}.'

/** The rate, or the message that rejects it. */
export type RateOf<Rate extends number> =
  RateMessage<typeof wrongRate, Rate> extends infer Fault extends string ? ([Fault] extends [never] ? Rate : Fault) : never

type StochasticDepthRule<Input extends AnyShape, Rate> = [RateMessage<typeof wrongRate, Rate>] extends [never]
  ? { output: Input; params: '0' }
  : { output: Input; params: '0'; rate: RateMessage<typeof wrongRate, Rate> }

const applyStochasticDepth = (input: Shape, rate: number): Applied => {
  requireRate('stochasticDepth', wrongRate, rate)
  return elementwise(input, { rate })
}

/** {@link StochasticDepthRule} at run time. */
export const stochasticDepthKinds = {
  stochasticDepth: { takes: 1, apply: applyStochasticDepth } satisfies LayerKind<[number]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    stochasticDepth: StochasticDepthRule<Input, Given[0]>
  }
}

/**
 * Stochastic depth as a layer value, for the end of a residual's body.
 *
 * @param rate the probability of dropping the whole sample, in [0, 1)
 * @example
 * stochasticDepth(0.2) // Layer<'stochasticDepth', [0.2]>
 */
export const stochasticDepth: <Rate extends number>(rate: Rate) => Layer<'stochasticDepth', [Rate]> = layerFunction('stochasticDepth')
