import type { Network } from '../../network/network.js'
import type { AnyInput, AnyShape } from '../../shape/shape.js'
import type { LeftOut, NoOptions } from '../kind/options.js'
import type { WideOptionsOrUseABlock } from '../kind/or-use-a-block.js'
import type { CountAfter } from '../kind/params.js'
import type { OutputOf } from '../kind/rule.js'
import type { RecurrentUnitsOrUseABlock } from './recurrent.js'
import type { NoRecurrentOptions, RecurrentMethodRule, RecurrentOptions } from './rule.js'

/** The methods of recurrent layers. */
export interface RecurrentMethods<Input extends AnyInput, Output extends AnyShape, Params extends number> {
  /**
   * A long short-term memory: reads a sequence step by step, with a state and a memory that four gates control (Hochreiter and
   * Schmidhuber 1997; Gers et al. 2000).
   *
   * `[length, features] -> [length, units]`, or `[units]` with `returnSequences: false`.
   *
   * Parameters: 4 * (features * units + units * units + 2 * units): two biases for each gate, as in PyTorch; Keras has one, so
   * 4 * units fewer. MACs: length * 4 * (features * units + units * units).
   *
   * With `bidirectional`, a second layer of the same size reads from the end (Schuster and Paliwal 1997): `'concat'` gives 2 * units,
   * `'sum'` units. Without sequences, both return their last step.
   *
   * @param units number of units in the state, from 1
   * @param options `returnSequences` (default `true`), `bidirectional` (`false`, or `'concat'`, `'sum'`), `bias` (`true`), `name`
   * @throws {ShapeError} on an input that is not `[length, features]`
   * @example
   * input(100, 64).lstm(128) // Network<[100, 64], [100, 128], 99328>
   * input(100, 64).lstm(128, { bidirectional: 'concat' }) // Network<[100, 64], [100, 256], 198656>
   */
  lstm<Units extends number, Options extends RecurrentOptions | NoOptions = NoRecurrentOptions>(
    units: RecurrentUnitsOrUseABlock<'lstm', Output, Units, Options, Input>,
    options: LeftOut | WideOptionsOrUseABlock<RecurrentMethodRule<'lstm', Output, Units, Options>, Options, Input>,
  ): Network<
    Input,
    OutputOf<RecurrentMethodRule<'lstm', Output, Units, Options>>,
    CountAfter<Params, RecurrentMethodRule<'lstm', Output, Units, Options>>
  >

  /**
   * A gated recurrent unit: reads a sequence step by step, with a state that three gates control (Cho et al. 2014).
   *
   * `[length, features] -> [length, units]`, or `[units]` with `returnSequences: false`.
   *
   * Parameters: 3 * (features * units + units * units + 2 * units): two biases for each gate, as in PyTorch and in Keras
   * (`reset_after`). MACs: length * 3 * (features * units + units * units).
   *
   * With `bidirectional`, a second layer of the same size reads from the end (Schuster and Paliwal 1997): `'concat'` gives 2 * units,
   * `'sum'` units. Without sequences, both return their last step.
   *
   * @param units number of units in the state, from 1
   * @param options `returnSequences` (default `true`), `bidirectional` (`false`, or `'concat'`, `'sum'`), `bias` (`true`), `name`
   * @throws {ShapeError} on an input that is not `[length, features]`
   * @example
   * input(100, 64).gru(128, { returnSequences: false }) // Network<[100, 64], [128], 74496>
   */
  gru<Units extends number, Options extends RecurrentOptions | NoOptions = NoRecurrentOptions>(
    units: RecurrentUnitsOrUseABlock<'gru', Output, Units, Options, Input>,
    options: LeftOut | WideOptionsOrUseABlock<RecurrentMethodRule<'gru', Output, Units, Options>, Options, Input>,
  ): Network<
    Input,
    OutputOf<RecurrentMethodRule<'gru', Output, Units, Options>>,
    CountAfter<Params, RecurrentMethodRule<'gru', Output, Units, Options>>
  >
}
