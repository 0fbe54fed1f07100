import type { Network } from '../../network/network.js'
import type { AnyInput, AnyShape, Shapes } from '../../shape/shape.js'
import type { ValueOrUseABlock } from '../kind/named.js'
import type { LeftOut, NoOptions } from '../kind/options.js'
import type { ParamsAfter } from '../kind/params.js'
import type { OnSeveral } from '../kind/several.js'
import type { RateOf } from './activation.js'
import type { NoPreluOptions, PreluOptions, PreluOptionsOrUseABlock, PreluRule } from './prelu.js'

/** The methods of activations. */
export interface ActivationMethods<Input extends AnyInput, Output extends AnyShape, Params extends number> {
  /**
   * Rectified linear unit: max(0, x) for every value.
   *
   * The shape is unchanged; no parameters. It is computed in place, so its output needs no memory.
   *
   * @example
   * input(55, 55, 96).relu() // Network<[55, 55, 96], [55, 55, 96], 0>
   */
  readonly relu: Output extends Shapes ? OnSeveral<'relu', Output> : () => this

  /**
   * Softmax over the last axis: exp(x) divided by the sum of exp(x), which converts scores to probabilities.
   *
   * The shape is unchanged; no parameters.
   *
   * @example
   * input(1000).softmax() // Network<[1000], [1000], 0>
   */
  readonly softmax: Output extends Shapes ? OnSeveral<'softmax', Output> : () => this

  /**
   * Dropout: in training, each value becomes 0 with probability `rate`, and the others are scaled by 1 / (1 - rate)
   * (Srivastava et al. 2014); at inference it does nothing.
   *
   * The shape is unchanged; no parameters.
   *
   * @param rate the probability of dropping a value, in [0, 1)
   * @throws {ShapeError} when the rate is out of range
   * @example
   * input(4096).dropout(0.5) // Network<[4096], [4096], 0>
   */
  dropout<Rate extends number>(rate: ValueOrUseABlock<'dropout', Output, RateOf<Rate>>): this

  /**
   * Sigmoid linear unit, or swish: x * sigmoid(x) for every value (Elfwing et al. 2017, Ramachandran et al. 2017).
   *
   * The shape is unchanged; no parameters. It is computed in place, so its output needs no memory.
   *
   * @example
   * input(112, 112, 32).silu() // Network<[112, 112, 32], [112, 112, 32], 0>
   */
  readonly silu: Output extends Shapes ? OnSeveral<'silu', Output> : () => this

  /**
   * Hard swish: x * min(max(0, x + 3), 6) / 6 for every value (Howard et al. 2019, MobileNetV3).
   *
   * The shape is unchanged; no parameters. It is computed in place, so its output needs no memory.
   *
   * @example
   * input(112, 112, 16).hardSwish() // Network<[112, 112, 16], [112, 112, 16], 0>
   */
  readonly hardSwish: Output extends Shapes ? OnSeveral<'hardSwish', Output> : () => this

  /**
   * Gaussian error linear unit: x * P(X <= x) for a normal X, x/2 * (1 + erf(x / sqrt 2)) exactly, without the tanh approximation
   * (Hendrycks and Gimpel 2016).
   *
   * The shape is unchanged; no parameters. It is computed in place, so its output needs no memory.
   *
   * @example
   * input(56, 56, 384).gelu() // Network<[56, 56, 384], [56, 56, 384], 0>
   */
  readonly gelu: Output extends Shapes ? OnSeveral<'gelu', Output> : () => this

  /**
   * Mish: x * tanh(log(1 + e^x)) for every value (Misra 2019).
   *
   * The shape is unchanged; no parameters. It is computed in place, so its output needs no memory.
   *
   * @example
   * input(76, 76, 128).mish() // Network<[76, 76, 128], [76, 76, 128], 0>
   */
  readonly mish: Output extends Shapes ? OnSeveral<'mish', Output> : () => this

  /**
   * Rectified linear unit with learned slopes: x for positive values, alpha * x elsewhere, with one alpha per channel
   * (He et al. 2015).
   *
   * The shape is unchanged. Parameters: the channels (Keras: `shared_axes` on all spatial axes), or 1 with `shared: true`
   * (PyTorch's `num_parameters=1`). MACs: 0. It is computed in place, so its output needs no memory.
   *
   * @param options `shared` (default `false`), `name`
   * @throws {ShapeError} when an option does not exist
   * @example
   * input(55, 55, 96).prelu() // Network<[55, 55, 96], [55, 55, 96], 96>
   */
  readonly prelu: Output extends Shapes
    ? OnSeveral<'prelu', Output>
    : <Options extends PreluOptions | NoOptions = NoPreluOptions>(
        /** `shared` (default `false`), `name` */
        options: LeftOut | PreluOptionsOrUseABlock<Output, Options, Input>,
      ) => Network<Input, Output, ParamsAfter<Params, PreluRule<Output, Options>>>

  /**
   * Rectified linear unit with a ceiling: min(max(0, x), 6) for every value (Krizhevsky 2010; MobileNet).
   *
   * The shape is unchanged; no parameters. It is computed in place, so its output needs no memory.
   *
   * @example
   * input(112, 112, 32).relu6() // Network<[112, 112, 32], [112, 112, 32], 0>
   */
  readonly relu6: Output extends Shapes ? OnSeveral<'relu6', Output> : () => this

  /**
   * Scaled exponential linear unit: s * max(0, x) + s * min(0, a * (e^x - 1)) with s = 1.0507 and a = 1.6733, so that values keep
   * mean 0 and variance 1 from layer to layer (Klambauer et al. 2017).
   *
   * The shape is unchanged; no parameters. It is computed in place, so its output needs no memory.
   *
   * @example
   * input(128).selu() // Network<[128], [128], 0>
   */
  readonly selu: Output extends Shapes ? OnSeveral<'selu', Output> : () => this

  /**
   * Softplus: log(1 + e^x) for every value, a smooth rectifier (Dugas et al. 2001).
   *
   * The shape is unchanged; no parameters. It is computed in place, so its output needs no memory.
   *
   * @example
   * input(128).softplus() // Network<[128], [128], 0>
   */
  readonly softplus: Output extends Shapes ? OnSeveral<'softplus', Output> : () => this

  /**
   * Leaky rectified linear unit: x for positive values, slope * x elsewhere (Maas et al. 2013).
   *
   * The shape is unchanged; no parameters. It is computed in place, so its output needs no memory.
   *
   * @param slope factor for negative values, default 0.01 (PyTorch; darknet has 0.1)
   * @throws {ShapeError} when the slope is not finite
   * @example
   * input(208, 208, 32).leakyRelu(0.1) // Network<[208, 208, 32], [208, 208, 32], 0>
   */
  readonly leakyRelu: Output extends Shapes
    ? OnSeveral<'leakyRelu', Output>
    : (
        /** factor for negative values, default 0.01 (PyTorch; darknet has 0.1) */
        slope?: number,
      ) => this

  /**
   * Exponential linear unit: x for positive values, alpha * (e^x - 1) elsewhere (Clevert et al. 2015).
   *
   * The shape is unchanged; no parameters. It is computed in place, so its output needs no memory.
   *
   * @param alpha scale of the negative part, default 1: the output is above -alpha
   * @throws {ShapeError} when alpha is not finite
   * @example
   * input(128).elu() // Network<[128], [128], 0>
   */
  readonly elu: Output extends Shapes
    ? OnSeveral<'elu', Output>
    : (
        /** scale of the negative part, default 1: the output is above -alpha */
        alpha?: number,
      ) => this

  /**
   * Sigmoid: 1 / (1 + e^-x) for every value, between 0 and 1.
   *
   * The shape is unchanged; no parameters. It is computed in place, so its output needs no memory.
   *
   * @example
   * input(28, 28, 64).sigmoid() // Network<[28, 28, 64], [28, 28, 64], 0>
   */
  readonly sigmoid: Output extends Shapes ? OnSeveral<'sigmoid', Output> : () => this

  /**
   * Hard sigmoid: min(max(0, x + 3), 6) / 6 for every value, a piecewise linear sigmoid (PyTorch, MobileNetV3; Keras 2 had 0.2x + 0.5).
   *
   * The shape is unchanged; no parameters. It is computed in place, so its output needs no memory.
   *
   * @example
   * input(28, 28, 64).hardSigmoid() // Network<[28, 28, 64], [28, 28, 64], 0>
   */
  readonly hardSigmoid: Output extends Shapes ? OnSeveral<'hardSigmoid', Output> : () => this

  /**
   * Hyperbolic tangent: (e^x - e^-x) / (e^x + e^-x) for every value, between -1 and 1.
   *
   * The shape is unchanged; no parameters. It is computed in place, so its output needs no memory.
   *
   * @example
   * input(28, 28, 6).tanh() // Network<[28, 28, 6], [28, 28, 6], 0>
   */
  readonly tanh: Output extends Shapes ? OnSeveral<'tanh', Output> : () => this

  /**
   * Logarithm of the softmax over the last axis: x - log(sum of e^x), the input of the negative log-likelihood loss.
   *
   * The shape is unchanged; no parameters.
   *
   * @example
   * input(1000).logSoftmax() // Network<[1000], [1000], 0>
   */
  readonly logSoftmax: Output extends Shapes ? OnSeveral<'logSoftmax', Output> : () => this
}
