import type { Network } from '../../network/network.js'
import type { AnyInput, AnyShape } from '../../shape/shape.js'
import type { ValueOrUseABlock } from '../kind/named.js'
import type { RateOf } from './stochastic-depth.js'

/** The methods of layers that are only active in training. */
export interface RegularizationMethods<Input extends AnyInput, Output extends AnyShape, Params extends number> {
  /**
   * Stochastic depth: in training, all values of a sample become 0 together with probability `rate`, and are scaled by
   * 1 / (1 - rate) otherwise (Huang et al. 2016); at inference it does nothing. Use it at the end of a residual body.
   *
   * The shape is unchanged; no parameters.
   *
   * @param rate the probability of dropping the whole sample, in [0, 1)
   * @throws {ShapeError} when the rate is out of range
   * @example
   * input(56, 56, 24).stochasticDepth(0.2) // Network<[56, 56, 24], [56, 56, 24], 0>
   */
  stochasticDepth<Rate extends number>(rate: ValueOrUseABlock<'stochasticDepth', Output, RateOf<Rate>>): Network<Input, Output, Params>
}
