import type { AnyShape, Shape } from '../../shape/shape.js'
import { elementwise, elementwiseKind, type RateMessage, requireRate } from '../kind/elementwise.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { Dimension } from '../kind/rule.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** Layers that keep the shape: activations and dropout. */

const wrongRate = 'dropout: the rate is the share of values to drop, at least 0 and below 1, not {rate}.'

/** The rate of a dropout, or the message that rejects it. */
export type RateOf<Rate extends number> =
  RateMessage<typeof wrongRate, Rate> extends infer Fault extends string ? ([Fault] extends [never] ? Rate : Fault) : never

const applyDropout = (input: Shape, rate: number): Applied => {
  requireRate('dropout', wrongRate, rate)
  return elementwise(input, { rate })
}

export const activationKinds = {
  relu: elementwiseKind,
  softmax: elementwiseKind,
  dropout: { takes: 1, apply: applyDropout } satisfies LayerKind<[number]>,
}

type DropoutRule<Input extends AnyShape, Rate extends number> =
  RateOf<Rate> extends infer Fault extends string ? { output: Input; params: '0'; rate: Fault } : { output: Input; params: '0' }

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    relu: { output: Input; params: '0' }
    softmax: { output: Input; params: '0' }
    dropout: DropoutRule<Input, Dimension<Given[0]>>
  }
}

/**
 * Rectified linear unit as a layer value.
 *
 * @example
 * relu() // Layer<'relu', []>
 */
export const relu: { (): Layer<'relu', []>; readonly length: 0 } = layerFunction('relu')

/**
 * Softmax over the last axis as a layer value.
 *
 * @example
 * softmax() // Layer<'softmax', []>
 */
export const softmax: { (): Layer<'softmax', []>; readonly length: 0 } = layerFunction('softmax')

/**
 * Dropout as a layer value.
 *
 * @param rate the probability of dropping a value, in [0, 1)
 * @example
 * dropout(0.5) // Layer<'dropout', [0.5]>
 */
export const dropout: <Rate extends number>(rate: Rate) => Layer<'dropout', [Rate]> = layerFunction('dropout')
