import type { Network } from '../../network/network.js'
import type { Shape } from '../../shape/shape.js'
import type { Branch, BranchLike } from '../kind/branch.js'
import type { AddCount } from '../kind/params.js'
import type { OutputOf, ParamsOf } from '../kind/rule.js'
import type * as branchOut from './branch-out.js'
import type { BranchOutRule, NameOf } from './branch-out.js'
import type { BranchesOrUseABlock, JoinRule } from './concat.js'
import type { GateOrUseABlock, GateRule } from './multiply.js'
import type * as residual from './residual.js'
import type { Identity, ResidualRule, ShortcutOrUseABlock } from './residual.js'

/** The methods that join branches. */
export interface JoinMethods<Input extends Shape, Output extends Shape, Params extends number> {
  /**
   * A head beside the main path, with an output of its own: an auxiliary classifier, as in GoogLeNet (Szegedy et al. 2014).
   *
   * The main path goes on unchanged, and so does its shape. Parameters and MACs: those of the head are counted. Its output stands in the graph's
   * `outputs` under that name, and its layers are named after it: `aux_dense_1`.
   *
   * @param name name of its output; one that is taken gets a number
   * @param body a layer value, or a function that goes on from here: `x => x.globalAvgPool().dense(1000)`
   * @throws {ShapeError} when a layer of the head does not fit
   * @example
   * input(14, 14, 512).branchOut('aux', x => x.globalAvgPool().dense(10)) // Network<[14, 14, 512], [14, 14, 512], 5130>
   */
  branchOut<Name extends string, Body extends BranchLike<Output> = Branch<Output>>(
    name: NameOf<Output, Name, Body>,
    body: branchOut.BodyOrUseABlock<Output, Name, Body>,
  ): Network<Input, Output, AddCount<Params, BranchOutRule<Output, Name, Body>['params']>>

  /**
   * Branches from here, joined by their channels (Szegedy et al. 2014).
   *
   * The shape: the sizes agree, the channels add up: `[28, 28, 64]` and `[28, 28, 128]` give `[28, 28, 192]`.
   * Parameters: those of the branches.
   *
   * @param branches layer values, or functions that go on from here: `x => x.conv2d(...)`
   * @throws {ShapeError} when a branch has another size than the first
   * @example
   * input(28, 28, 192).concat(x => x.conv2d(64, 1), x => x.conv2d(32, 1)) // Network<[28, 28, 192], [28, 28, 96], 18528>
   */
  concat<Branches extends [BranchLike<Output>, ...BranchLike<Output>[]] = [Branch<Output>, ...Branch<Output>[]]>(
    ...branches: BranchesOrUseABlock<'concat', Output, Branches>
  ): Network<Input, JoinRule<'concat', Output, Branches>['output'], AddCount<Params, JoinRule<'concat', Output, Branches>['params']>>

  /**
   * Branches from here, summed up value by value.
   *
   * All give the same shape, and that is the output. Parameters: those of the branches.
   *
   * @param branches layer values, or functions that go on from here; all give the same shape
   * @throws {ShapeError} when a branch has another shape than the first
   * @example
   * input(28, 28, 64).add(x => x.conv2d(64, 1), identity()) // Network<[28, 28, 64], [28, 28, 64], 4160>
   */
  add<Branches extends [BranchLike<Output>, ...BranchLike<Output>[]] = [Branch<Output>, ...Branch<Output>[]]>(
    ...branches: BranchesOrUseABlock<'add', Output, Branches>
  ): Network<Input, JoinRule<'add', Output, Branches>['output'], AddCount<Params, JoinRule<'add', Output, Branches>['params']>>

  /**
   * A gate: scales what is here by what a branch gives, channel by channel (squeeze and excitation, Hu et al. 2017).
   *
   * The shape stays. The gate gives `[channels]`, `[1, 1, channels]` or the whole shape. Parameters: those of the gate.
   *
   * @param gate a layer value, or a function that goes on from here
   * @throws {ShapeError} when the gate's output cannot be broadcast
   * @example
   * input(28, 28, 64).multiply(x => x.globalAvgPool().dense(64)) // Network<[28, 28, 64], [28, 28, 64], 4160>
   */
  multiply<Gate extends BranchLike<Output> = Branch<Output>>(
    gate: GateOrUseABlock<Output, Gate>,
  ): Network<Input, Output, AddCount<Params, GateRule<Output, Gate>['params']>>

  /**
   * A residual connection: the sum of a body and of what is here (He et al. 2015).
   *
   * The body keeps the shape. Parameters: those of the body.
   *
   * @param body a layer value, or a function that goes on from here: `x => x.conv2d(...)`
   * @throws {ShapeError} when the body gives another shape
   * @example
   * input(56, 56, 64).residual(x => x.conv2d(64, 3, { padding: 1 })) // Network<[56, 56, 64], [56, 56, 64], 36928>
   */
  residual<Body extends BranchLike<Output> = Branch<Output>>(
    body: residual.BodyOrUseABlock<Output, Body, Identity>,
  ): Network<Input, OutputOf<ResidualRule<Output, Body, Identity>>, AddCount<Params, ParamsOf<ResidualRule<Output, Body, Identity>>>>
  /**
   * A residual connection: the sum of a body and a shortcut (He et al. 2015).
   *
   * Both give the same shape, and that is the output. Parameters: those of the body and of the shortcut.
   *
   * @param body a layer value, or a function that goes on from here: `x => x.conv2d(...)`
   * @param shortcut layers on the way around, as a layer value or a function
   * @throws {ShapeError} when the body and the shortcut give different shapes
   * @example
   * input(56, 56, 64).residual(x => x.conv2d(128, 1), conv2d(128, 1)) // Network<[56, 56, 64], [56, 56, 128], 16640>
   */
  residual<Body extends BranchLike<Output> = Branch<Output>, Shortcut extends BranchLike<Output> = Branch<Output>>(
    body: residual.BodyOrUseABlock<Output, Body, Shortcut>,
    shortcut: ShortcutOrUseABlock<Output, Body, Shortcut>,
  ): Network<Input, OutputOf<ResidualRule<Output, Body, Shortcut>>, AddCount<Params, ParamsOf<ResidualRule<Output, Body, Shortcut>>>>
}
