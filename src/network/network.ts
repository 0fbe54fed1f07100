import type { ActivationMethods } from '../layers/activation/methods.js'
import type { BlockMethods } from '../layers/blocks/methods.js'
import type { ConvolutionMethods } from '../layers/convolution/methods.js'
import type { DenseMethods } from '../layers/dense/methods.js'
import type { JoinMethods } from '../layers/joins/methods.js'
import type { KeptName, NamesIn } from '../layers/kind/named.js'
import type { InputAfter } from '../layers/kind/rule-of.js'
import type { ChunkRule, NamesOrUseABlock } from '../layers/names/chunk.js'
import type { PartNamesOrUseABlock, SizesOrUseABlock, SplitRule } from '../layers/names/split.js'
import type { NormalizationMethods } from '../layers/normalization/methods.js'
import type { PoolingMethods } from '../layers/pooling/methods.js'
import type { RecurrentMethods } from '../layers/recurrent/methods.js'
import type { RegularizationMethods } from '../layers/regularization/methods.js'
import type { ReshapingMethods } from '../layers/reshaping/methods.js'
import type { ResizingMethods } from '../layers/resizing/methods.js'
import type { TokenMethods } from '../layers/tokens/methods.js'
import type { AnyInput, AnyShape } from '../shape/shape.js'
import type { OneCopy } from './copy.js'
import type { NetworkData } from './data.js'
import type { Expected } from './expect.js'
import type { Graph } from './graph.js'
import type { KnownName, NewName, OutputsMethod, ShapeNamed } from './values.js'

/**
 * Any network, whatever its shapes: the parameter type of functions that accept all networks.
 *
 * It has no methods, so passing a network to it costs the compiler nothing.
 */
export interface AnyNetwork {
  /** The shape of one input sample; for several inputs, the shape of each by name. */
  readonly input: AnyInput
  /** The shape of one output sample; for named outputs, the shape of each by name. */
  readonly output: AnyShape
  /** Trainable parameters. */
  readonly params: number
  /** The layers, for reports and exports. */
  readonly graph: Graph
  /** The type that an editor shows: `Network<[784], [10], 7850>`. */
  toString(): string
}

/** A single base interface: with two, the compiler would compare the members of both in every network. */
interface AnyNetworkOfThisCopy extends AnyNetwork, OneCopy {}

/**
 * A network: the shape of its input, the shape of its output, and the number of its trainable parameters.
 *
 * Networks are immutable. Every method returns a new network, so any prefix can be reused. Each family of layers declares its own
 * methods, in `layers/`.
 *
 * @example
 * const features = input(32, 32, 3).conv2d(10, 5, { padding: 2 })
 * //    ^? Network<[32, 32, 3], [32, 32, 10], 760>
 */
// The variance annotation saves the compiler from comparing every method with every other: two million instantiations for `Output`,
// 6,000 for `Input`. `Params` has none, since the compiler does not see that a sum grows with its operands.
export interface Network<Input extends AnyInput, in out Output extends AnyShape, Params extends number = number>
  extends AnyNetworkOfThisCopy,
    ActivationMethods<Input, Output, Params>,
    BlockMethods<Input, Output, Params>,
    ConvolutionMethods<Input, Output, Params>,
    DenseMethods<Input, Output, Params>,
    JoinMethods<Input, Output, Params>,
    NormalizationMethods<Input, Output, Params>,
    PoolingMethods<Input, Output, Params>,
    RecurrentMethods<Input, Output, Params>,
    RegularizationMethods<Input, Output, Params>,
    ReshapingMethods<Input, Output, Params>,
    ResizingMethods<Input, Output, Params>,
    TokenMethods<Input, Output, Params> {
  readonly input: Input
  readonly output: Output
  readonly params: Params

  /**
   * Returns the network as plain data, for `JSON.stringify`. `networkFrom` reads it.
   *
   * @example
   * input(784).dense(10).toJSON() // { format: 'stridewise', version: 1, input: [784], layers: [...], ... }
   */
  toJSON(): NetworkData

  /**
   * Asserts the shape at this point, at compile time and at run time.
   *
   * Shape and parameters are unchanged. A dimension that is `number` at compile time is only checked at run time.
   *
   * @param shape the expected dimensions, channels last; or the expected shapes of kept values and outputs, by name
   * @throws {ShapeError} when the shape differs, or no value has one of the names
   * @example
   * input(224, 224, 3).maxPool2d(2).expect(112, 112, 3) // Network<[224, 224, 3], [112, 112, 3], 0>
   * input(8, 8, 3).keep('image').flatten().expect({ image: [8, 8, 3] })
   */
  expect<const Wanted extends readonly [unknown, ...unknown[]]>(...shape: Expected<Output, Wanted, Input>): this

  /**
   * Names the current value, so that joins, `branch` and `from` can refer to it.
   *
   * Shape and parameters are unchanged. The name is known from here on; if it is kept inside a branch, only in that branch.
   *
   * @param name a new name; `'input'` is already the input
   * @throws {ShapeError} when a value of that name exists
   * @example
   * input(8, 8, 3).conv2d(16, 1).keep('skip').conv2d(16, 1).add('skip', identity())
   * // Network<[8, 8, 3] & { kept: { skip: [8, 8, 16] } }, [8, 8, 16], 336>
   */
  keep<Name extends string>(
    name: NewName<Input, Output, Name>,
  ): Network<Input & { kept: { [Key in KeptName<Name>]: Output } }, Output, Params>

  /**
   * Continues from a kept value, or from an input.
   *
   * The shape becomes that of the value. Parameters are unchanged: the preceding layers stay in the network and still count.
   *
   * @param name the name passed to `keep`, or the name of an input
   * @throws {ShapeError} when no value has that name
   * @example
   * input(8, 8, 3).keep('image').conv2d(16, 1).keep('features').from('image')
   * // Network<[8, 8, 3] & { kept: { image: [8, 8, 3] } } & { kept: { features: [8, 8, 16] } }, [8, 8, 3], 64>
   */
  from<Name extends NamesIn<Input> | (string & {})>(name: KnownName<'from', Input, Name>): Network<Input, ShapeNamed<Input, Name>, Params>

  /**
   * Names equal parts of the features, so that joins, `branch` and `from` can refer to them (`torch.chunk`).
   *
   * Shape and parameters are unchanged: like `keep`, it only adds names. Each part has the same sizes but the features, which are
   * divided by the number of names.
   *
   * @param names a new name for each part, in order
   * @throws {ShapeError} when the parts do not divide the features, or a value of a name exists
   * @example
   * input(8, 8, 6).chunk('value', 'gate').from('gate').sigmoid().multiply('value')
   * // Network<[8, 8, 6] & { kept: { value: [8, 8, 3] } } & { kept: { gate: [8, 8, 3] } }, [8, 8, 3], 0>
   */
  chunk<const Names extends readonly string[]>(
    ...names: NamesOrUseABlock<Output, Names, Input>
  ): Network<InputAfter<Input, ChunkRule<Output, Names, Input>>, Output, Params>

  /**
   * Names parts of the features with sizes of their own, so that joins, `branch` and `from` can refer to them (`torch.split`).
   *
   * Shape and parameters are unchanged: like `keep`, it only adds names. Each part has the same sizes but the features.
   *
   * @param sizes the features of each part, which add up to those of the value
   * @param names a new name for each part, in order
   * @throws {ShapeError} when the sizes do not add up to the features, or a value of a name exists
   * @example
   * input(8, 8, 6).split([2, 4], 'left', 'right').from('right')
   * // Network<[8, 8, 6] & { kept: { left: [8, 8, 2] } } & { kept: { right: [8, 8, 4] } }, [8, 8, 4], 0>
   */
  split<const Sizes extends readonly number[] | number | string, const Names extends readonly string[]>(
    sizes: SizesOrUseABlock<Output, Sizes, Names, Input>,
    ...names: PartNamesOrUseABlock<Output, Sizes, Names, Input>
  ): Network<InputAfter<Input, SplitRule<Output, Sizes, Names, Input>>, Output, Params>

  /**
   * Makes kept values the outputs of the network, instead of the current value.
   *
   * The output becomes a record of their shapes by name. Parameters are unchanged: all layers count, including those that no output
   * needs.
   *
   * @param names the names of kept values, heads or inputs, which become the names of the outputs
   * @throws {ShapeError} when no value has one of the names, or a name is repeated
   * @example
   * input(8, 8, 3).conv2d(16, 1).keep('fine').maxPool2d(2).keep('coarse').outputs('fine', 'coarse')
   * // Network<[8, 8, 3] & { kept: { fine: [8, 8, 16] } } & { kept: { coarse: [4, 4, 16] } }, { fine: [8, 8, 16]; coarse: [4, 4, 16] }, 64>
   */
  readonly outputs: OutputsMethod<Input, Params>
}
