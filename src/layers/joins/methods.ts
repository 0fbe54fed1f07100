import type { Network } from '../../network/network.js'
import type { AnyInput, AnyShape } from '../../shape/shape.js'
import type { Branch, BranchLike, BranchValue } from '../kind/branch.js'
import type { ParamsAfter } from '../kind/params.js'
import type { OutputOf } from '../kind/rule.js'
import type { InputAfter } from '../kind/rule-of.js'
import type { BodyOrUseABlock, BranchOutRule, NameOrUseABlock } from './branch-out.js'
import type { BranchesOrUseABlock, JoinRule, LeftOrUseABlock, RightOrUseABlock, SubtractRule } from './branches.js'
import type { FirstOrUseABlock, MatmulRule, SecondOrUseABlock } from './matmul.js'
import type { GateOrUseABlock, GateRule, MainOrUseABlock, ProductRule, ScaleOrUseABlock } from './multiply.js'
import type { Identity, ResidualBodyOrUseABlock, ResidualRule, ShortcutOrUseABlock } from './residual.js'

/** The methods that join branches. */
export interface JoinMethods<Input extends AnyInput, Output extends AnyShape, Params extends number> {
  /**
   * Adds a head beside the main path, with its own output: an auxiliary classifier, as in GoogLeNet (Szegedy et al. 2014).
   *
   * The main path and its shape are unchanged. The head's parameters and MACs count. Its output appears in the graph's `outputs` under
   * the name, and its layers are named after it: `aux_dense_1`.
   *
   * @param name the name of its output, which no other value has
   * @param body a layer value, or a function of the current network: `x => x.globalAvgPool().dense(1000)`
   * @throws {ShapeError} when a layer of the head does not accept its input
   * @example
   * input(14, 14, 512).branchOut('aux', x => x.globalAvgPool().dense(10))
   * // Network<[14, 14, 512] & { kept: { aux: [10] } }, [14, 14, 512], 5130>
   */
  branchOut<Name extends BranchValue, Body extends BranchLike<Output, Input> = Branch<Output, Input>>(
    name: NameOrUseABlock<Output, Name, Body, Input>,
    body: BodyOrUseABlock<Output, Name, Body, Input>,
  ): Network<
    InputAfter<Input, BranchOutRule<Output, Name, Body, Input>>,
    Output,
    ParamsAfter<Params, BranchOutRule<Output, Name, Body, Input>>
  >

  /**
   * Concatenates branches along their channels (Szegedy et al. 2014).
   *
   * The shape: all sizes but the channels are equal, and the channels add up: `[28, 28, 64]` and `[28, 28, 128]` give
   * `[28, 28, 192]`. Parameters: those of the branches.
   *
   * @param branches layer values, functions of the current network, `x => x.conv2d(...)`, or names of kept values; at least two
   * @throws {ShapeError} when a branch has other sizes than the first
   * @example
   * input(28, 28, 192).concat(x => x.conv2d(64, 1), x => x.conv2d(32, 1)) // Network<[28, 28, 192], [28, 28, 96], 18528>
   */
  concat<
    Branches extends [BranchLike<Output, Input>, ...BranchLike<Output, Input>[]] = [Branch<Output, Input>, ...Branch<Output, Input>[]],
  >(
    ...branches: BranchesOrUseABlock<'concat', Output, Branches, Input>
  ): Network<
    InputAfter<Input, JoinRule<'concat', Output, Branches, Input>>,
    OutputOf<JoinRule<'concat', Output, Branches, Input>>,
    ParamsAfter<Params, JoinRule<'concat', Output, Branches, Input>>
  >

  /**
   * Adds branches element by element.
   *
   * All have the same shape, which is also the output. Parameters: those of the branches.
   *
   * @param branches layer values, functions of the current network, or names of kept values; at least two, all with the same shape
   * @throws {ShapeError} when a branch has another shape than the first
   * @example
   * input(28, 28, 64).add(x => x.conv2d(64, 1), identity()) // Network<[28, 28, 64], [28, 28, 64], 4160>
   */
  add<Branches extends [BranchLike<Output, Input>, ...BranchLike<Output, Input>[]] = [Branch<Output, Input>, ...Branch<Output, Input>[]]>(
    ...branches: BranchesOrUseABlock<'add', Output, Branches, Input>
  ): Network<
    InputAfter<Input, JoinRule<'add', Output, Branches, Input>>,
    OutputOf<JoinRule<'add', Output, Branches, Input>>,
    ParamsAfter<Params, JoinRule<'add', Output, Branches, Input>>
  >

  /**
   * Subtracts the second branch from the first, element by element.
   *
   * Both have the same shape, which is also the output. Parameters: those of the branches.
   *
   * @param left a layer value, a function of the current network, or the name of a kept value
   * @param right the branch to subtract
   * @throws {ShapeError} when the branches have different shapes
   * @example
   * input(8).keep('x').dense(8).subtract('x', identity()) // Network<[8] & { kept: { x: [8] } }, [8], 72>
   */
  subtract<Left extends BranchLike<Output, Input> = Branch<Output, Input>, Right extends BranchLike<Output, Input> = Branch<Output, Input>>(
    left: LeftOrUseABlock<Output, Left, Right, Input>,
    right: RightOrUseABlock<Output, Left, Right, Input>,
  ): Network<
    InputAfter<Input, SubtractRule<Output, Left, Right, Input>>,
    OutputOf<SubtractRule<Output, Left, Right, Input>>,
    ParamsAfter<Params, SubtractRule<Output, Left, Right, Input>>
  >

  /**
   * Averages branches element by element.
   *
   * All have the same shape, which is also the output. Parameters: those of the branches.
   *
   * @param branches layer values, functions of the current network, or names of kept values; all with the same shape
   * @throws {ShapeError} when a branch has another shape than the first
   * @example
   * input(8).keep('x').dense(8).average('x', identity()) // Network<[8] & { kept: { x: [8] } }, [8], 72>
   */
  average<
    Branches extends [BranchLike<Output, Input>, ...BranchLike<Output, Input>[]] = [Branch<Output, Input>, ...Branch<Output, Input>[]],
  >(
    ...branches: BranchesOrUseABlock<'average', Output, Branches, Input>
  ): Network<
    InputAfter<Input, JoinRule<'average', Output, Branches, Input>>,
    OutputOf<JoinRule<'average', Output, Branches, Input>>,
    ParamsAfter<Params, JoinRule<'average', Output, Branches, Input>>
  >

  /**
   * Takes the maximum of branches element by element: maxout (Goodfellow et al. 2013).
   *
   * All have the same shape, which is also the output. Parameters: those of the branches.
   *
   * @param branches layer values, functions of the current network, or names of kept values; all with the same shape
   * @throws {ShapeError} when a branch has another shape than the first
   * @example
   * input(8).maximum(dense(4), dense(4)) // Network<[8], [4], 72>
   */
  maximum<
    Branches extends [BranchLike<Output, Input>, ...BranchLike<Output, Input>[]] = [Branch<Output, Input>, ...Branch<Output, Input>[]],
  >(
    ...branches: BranchesOrUseABlock<'maximum', Output, Branches, Input>
  ): Network<
    InputAfter<Input, JoinRule<'maximum', Output, Branches, Input>>,
    OutputOf<JoinRule<'maximum', Output, Branches, Input>>,
    ParamsAfter<Params, JoinRule<'maximum', Output, Branches, Input>>
  >

  /**
   * Takes the minimum of branches element by element (PyTorch's `minimum`, Keras's `Minimum`).
   *
   * All have the same shape, which is also the output. Parameters: those of the branches.
   *
   * @param branches layer values, functions of the current network, or names of kept values; all with the same shape
   * @throws {ShapeError} when a branch has another shape than the first
   * @example
   * input(8).minimum(dense(4), dense(4)) // Network<[8], [4], 72>
   */
  minimum<
    Branches extends [BranchLike<Output, Input>, ...BranchLike<Output, Input>[]] = [Branch<Output, Input>, ...Branch<Output, Input>[]],
  >(
    ...branches: BranchesOrUseABlock<'minimum', Output, Branches, Input>
  ): Network<
    InputAfter<Input, JoinRule<'minimum', Output, Branches, Input>>,
    OutputOf<JoinRule<'minimum', Output, Branches, Input>>,
    ParamsAfter<Params, JoinRule<'minimum', Output, Branches, Input>>
  >

  /**
   * Scales the current value by a gate, channel by channel (squeeze and excitation, Hu et al. 2017).
   *
   * The shape is unchanged. The gate's output is `[channels]`, `[1, 1, channels]` or the same shape. Parameters: those of the gate.
   *
   * @param gate a layer value, or a function of the current network
   * @throws {ShapeError} when the gate's output cannot be broadcast
   * @example
   * input(28, 28, 64).multiply(x => x.globalAvgPool().dense(64)) // Network<[28, 28, 64], [28, 28, 64], 4160>
   */
  multiply<Gate extends BranchLike<Output, Input> = Branch<Output, Input>>(
    gate: GateOrUseABlock<Output, Gate, Input>,
  ): Network<InputAfter<Input, GateRule<Output, Gate, Input>>, Output, ParamsAfter<Params, GateRule<Output, Gate, Input>>>
  /**
   * Multiplies a branch by a gate, element by element or channel by channel.
   *
   * The gate's output is `[channels]`, `[1, 1, channels]` or the shape of the branch. Parameters: those of both.
   *
   * @param main a layer value, a function of the current network, or the name of a kept value
   * @param gate the branch that scales it
   * @throws {ShapeError} when the gate's output cannot be broadcast
   * @example
   * inputs({ features: [28, 28, 64], mask: [28, 28, 64] }).multiply('features', 'mask')
   * // Network<{ features: [28, 28, 64]; mask: [28, 28, 64] }, [28, 28, 64], 0>
   */
  multiply<Main extends BranchLike<Output, Input> = Branch<Output, Input>, Gate extends BranchLike<Output, Input> = Branch<Output, Input>>(
    main: MainOrUseABlock<Output, Main, Gate, Input>,
    gate: ScaleOrUseABlock<Output, Main, Gate, Input>,
  ): Network<
    InputAfter<Input, ProductRule<Output, Main, Gate, Input>>,
    OutputOf<ProductRule<Output, Main, Gate, Input>>,
    ParamsAfter<Params, ProductRule<Output, Main, Gate, Input>>
  >

  /**
   * Multiplies two branches as matrices.
   *
   * The shape: `[..., n, k]` and `[..., k, m]` give `[..., n, m]`. The axes before the last two are equal, and each position along them is a
   * separate product. Parameters: those of the branches. MACs: n * k * m for each of these positions.
   *
   * @param first a layer value, a function of the current network, or the name of a kept value
   * @param second the right factor, with as many rows as the first has columns
   * @throws {ShapeError} when a branch is a vector, or the sizes do not match
   * @example
   * input(49, 64).matmul(identity(), permute(1, 0)) // Network<[49, 64], [49, 49], 0>
   */
  matmul<First extends BranchLike<Output, Input> = Branch<Output, Input>, Second extends BranchLike<Output, Input> = Branch<Output, Input>>(
    first: FirstOrUseABlock<Output, First, Second, Input>,
    second: SecondOrUseABlock<Output, First, Second, Input>,
  ): Network<
    InputAfter<Input, MatmulRule<Output, First, Second, Input>>,
    OutputOf<MatmulRule<Output, First, Second, Input>>,
    ParamsAfter<Params, MatmulRule<Output, First, Second, Input>>
  >

  /**
   * Adds a residual connection: the sum of a body and the current value (He et al. 2015).
   *
   * The body keeps the shape. Parameters: those of the body.
   *
   * @param body a layer value, or a function of the current network: `x => x.conv2d(...)`
   * @throws {ShapeError} when the body changes the shape
   * @example
   * input(56, 56, 64).residual(x => x.conv2d(64, 3, { padding: 1 })) // Network<[56, 56, 64], [56, 56, 64], 36928>
   */
  residual<Body extends BranchLike<Output, Input> = Branch<Output, Input>>(
    body: ResidualBodyOrUseABlock<Output, Body, Identity, Input>,
  ): Network<
    InputAfter<Input, ResidualRule<Output, Body, Identity, Input>>,
    OutputOf<ResidualRule<Output, Body, Identity, Input>>,
    ParamsAfter<Params, ResidualRule<Output, Body, Identity, Input>>
  >
  /**
   * Adds a residual connection: the sum of a body and a shortcut (He et al. 2015).
   *
   * Both have the same output shape. Parameters: those of the body and the shortcut.
   *
   * @param body a layer value, or a function of the current network: `x => x.conv2d(...)`
   * @param shortcut the layers of the shortcut, as a layer value or a function
   * @throws {ShapeError} when the body and the shortcut have different output shapes
   * @example
   * input(56, 56, 64).residual(x => x.conv2d(128, 1), conv2d(128, 1)) // Network<[56, 56, 64], [56, 56, 128], 16640>
   */
  residual<
    Body extends BranchLike<Output, Input> = Branch<Output, Input>,
    Shortcut extends BranchLike<Output, Input> = Branch<Output, Input>,
  >(
    body: ResidualBodyOrUseABlock<Output, Body, Shortcut, Input>,
    shortcut: ShortcutOrUseABlock<Output, Body, Shortcut, Input>,
  ): Network<
    InputAfter<Input, ResidualRule<Output, Body, Shortcut, Input>>,
    OutputOf<ResidualRule<Output, Body, Shortcut, Input>>,
    ParamsAfter<Params, ResidualRule<Output, Body, Shortcut, Input>>
  >
}
