import type { Network } from '../../network/network.js'
import type { AnyInput, AnyShape } from '../../shape/shape.js'
import type { LeftOut, NoOptions, OptionsGiven } from '../kind/options.js'
import type { OptionsOrUseABlock } from '../kind/or-use-a-block.js'
import type { CountAfter } from '../kind/params.js'
import type { DenseOptions, DenseRule, NoDenseOptions, UnitsOrUseABlock } from './dense.js'

/** The method of dense layers. */
export interface DenseMethods<Input extends AnyInput, Output extends AnyShape, Params extends number> {
  /**
   * A fully-connected layer: every unit reads every feature.
   *
   * `[features] -> [units]`. On `[tokens, features]` it applies to each token separately: `-> [tokens, units]`.
   *
   * Parameters: features * units, plus units biases. MACs: features * units (per token).
   *
   * @param units number of output features, from 1
   * @param options `bias` (default `true`), `name`
   * @throws {ShapeError} when the input is an image or a volume: flatten it first
   * @example
   * input(7, 7, 512).flatten().dense(4096) // Network<[7, 7, 512], [4096], 102764544>
   */
  dense<Units extends number, Options extends DenseOptions | NoOptions = NoDenseOptions>(
    units: UnitsOrUseABlock<Output, Units, Options, Input>,
    options:
      | LeftOut
      | (undefined extends Options
          ? OptionsGiven<Options, DenseOptions>
          : OptionsOrUseABlock<DenseRule<Output, Units, Options>, Options, Input>),
  ): Network<Input, DenseRule<Output, Units, Options>['output'], CountAfter<Params, DenseRule<Output, Units, Options>>>
}
