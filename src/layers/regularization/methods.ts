import type { Network } from '../../network/network.js'
import type { AnyInput, AnyShape } from '../../shape/shape.js'
import type { RateOf } from './stochastic-depth.js'

/** The methods of layers that act in training only. */
export interface RegularizationMethods<Input extends AnyInput, Output extends AnyShape, Params extends number> {
  /**
   * Stochastic depth: while training, all values of an example become 0 together with probability `rate`, and are scaled by
   * 1 / (1 - rate) otherwise (Huang et al. 2016); at inference it does nothing. It ends the body of a residual.
   *
   * The shape stays; no parameters.
   *
   * @param rate the chance that all is dropped, at least 0 and below 1
   * @throws {ShapeError} when the rate is out of range
   * @example
   * input(56, 56, 24).stochasticDepth(0.2) // Network<[56, 56, 24], [56, 56, 24], 0>
   */
  stochasticDepth<Rate extends number>(rate: RateOf<Rate>): Network<Input, Output, Params>
}
