import type { Network } from '../../network/network.js'
import type { AnyInput, AnyShape } from '../../shape/shape.js'
import type { ApplyRule, LayerOrUseABlock } from '../kind/apply.js'
import type { NotInferred } from '../kind/branch.js'
import type { ParamsAfter } from '../kind/params.js'
import type { AnyOutputOf } from '../kind/rule.js'
import type { InputAfter } from '../kind/rule-of.js'

/** The method that applies layer values. */
export interface BlockMethods<Input extends AnyInput, Output extends AnyShape, Params extends number> {
  /**
   * Applies a layer value (a layer, a block or branches), the layers of another network, or a function.
   *
   * Shape and parameters change as by these layers in turn. A network's layers are copied and get their own weights; its input must
   * have the current shape. (In Keras and PyTorch, calling a model twice shares its weights; use `shared` for that.)
   *
   * @param layer a value of `conv2d(...)`, `block(...)`, `residual(...)`, ..., a network, or a function such as `x => x.conv2d(8, 3)`
   * @throws {ShapeError} when a layer does not accept its input; the message says which layer inside
   * @example
   * const stem = block(conv2d(64, 7, { stride: 2, padding: 3, rounding: 'floor' }), batchNorm(), relu())
   * input(224, 224, 3).apply(stem) // Network<[224, 224, 3], [112, 112, 64], 9600>
   * const encoder = input(784).dense(32).relu()
   * encoder.apply(input(32).dense(784)) // Network<[784], [784], 50992>
   */
  apply<Value = NotInferred<Output, Input>>(
    layer: LayerOrUseABlock<Output, Value, Input>,
  ): Network<
    InputAfter<Input, ApplyRule<Output, Value, Input>>,
    AnyOutputOf<ApplyRule<Output, Value, Input>>,
    ParamsAfter<Params, ApplyRule<Output, Value, Input>>
  >
}
