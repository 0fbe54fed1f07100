import type { Network } from '../../network/network.js'
import type { AnyInput, AnyShape } from '../../shape/shape.js'
import type { ApplyRule, LayerOrUseABlock } from '../kind/apply.js'
import type { Branch } from '../kind/branch.js'
import type { CountAfter } from '../kind/params.js'
import type { AnyOutputOf } from '../kind/rule.js'
import type { InputAfter } from '../kind/rule-of.js'

/** The methods that apply layer values: one, or one several times over. */
export interface BlockMethods<Input extends AnyInput, Output extends AnyShape, Params extends number> {
  /**
   * Applies a layer value: a layer, a block of layers, or branches; the layers of another network; or a function.
   *
   * The shape and the parameters become what the layers in it make of them, one after the other. A network's layers are applied
   * again, with weights of their own: its input must have the shape here. (In Keras and PyTorch, calling a model twice shares its weights.)
   *
   * @param layer a value of `conv2d(...)`, `block(...)`, `residual(...)`, ..., a network, or a function such as `x => x.conv2d(8, 3)`
   * @throws {ShapeError} when it does not fit here; the sentence says which layer inside, and where it stands
   * @example
   * const stem = block(conv2d(64, 7, { stride: 2, padding: 3, rounding: 'floor' }), batchNorm(), relu())
   * input(224, 224, 3).apply(stem) // Network<[224, 224, 3], [112, 112, 64], 9600>
   * const encoder = input(784).dense(32).relu()
   * encoder.apply(input(32).dense(784)) // Network<[784], [784], 50992>
   */
  apply<Value = Branch<Output, Input>>(
    layer: LayerOrUseABlock<Output, Value, Input>,
  ): Network<
    InputAfter<Input, ApplyRule<Output, Value, Input>>,
    AnyOutputOf<ApplyRule<Output, Value, Input>>,
    CountAfter<Params, ApplyRule<Output, Value, Input>>
  >
}
