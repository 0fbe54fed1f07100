import type { Network } from '../../network/network.js'
import type { FlatSize } from '../../shape/flat-size.js'
import type { AnyInput, AnyShape, Shape, Shapes } from '../../shape/shape.js'
import type { OutputOf } from '../kind/rule.js'
import type { OnSeveral } from '../kind/several.js'
import type { FlattenFrom, StartOrUseABlock } from './flatten.js'
import type { AxesOrUseABlock, PermuteRule } from './permute.js'
import type { ReshapeRule, ReshapeShapeOrUseABlock } from './reshape.js'
import type { RangeOrUseABlock, SliceAxisOrUseABlock, SliceRule } from './slice.js'
import type { SqueezeAxisOrUseABlock, Squeezed, UnsqueezeAxisOrUseABlock, Unsqueezed } from './squeeze.js'
import type { AxisOrUseABlock, UnflattenAt, UnflattenSizesOrUseABlock } from './unflatten.js'

/** The methods that rearrange values. */
export interface ReshapingMethods<Input extends AnyInput, Output extends AnyShape, Params extends number> {
  /**
   * Flattens all axes into a vector, in row-major order with channels last.
   *
   * @example
   * input(7, 7, 512).flatten() // Network<[7, 7, 512], [25088], 0>
   */
  readonly flatten: Output extends Shapes
    ? OnSeveral<'flatten', Output>
    : {
        /**
         * Flattens all axes into a vector, in row-major order with channels last.
         *
         * `[height, width, channels] -> [height * width * channels]`; no parameters, no MACs, no memory.
         *
         * @example
         * input(7, 7, 512).flatten() // Network<[7, 7, 512], [25088], 0>
         */
        (): Network<Input, [FlatSize<Output>], Params>

        /**
         * Flattens the last axes into one, in row-major order with channels last.
         *
         * With `start` 1, `[height, width, channels] -> [height, width * channels]`; no parameters, no MACs, no memory.
         *
         * @param start the first axis to flatten: the shape has no batch axis, so PyTorch's `start_dim` is one more
         * @throws {ShapeError} when the axis does not exist
         * @example
         * input(7, 7, 512).flatten(1) // Network<[7, 7, 512], [7, 3584], 0>
         */
        <Start extends number>(start: StartOrUseABlock<Output, Start, Input>): Network<Input, OutputOf<FlattenFrom<Output, Start>>, Params>
      }

  /**
   * Permutes the axes: axis i of the output is axis `axes[i]` of the input (`torch.permute`, `numpy.transpose`).
   *
   * `permute(2, 0, 1)` makes `[height, width, channels]` into `[channels, height, width]`. No parameters, no MACs; the values
   * move in memory.
   *
   * @param axes for each axis of the output, the index of an axis of the input, from 0; each index occurs once
   * @throws {ShapeError} when the arguments are not a permutation of the axes
   * @example
   * input(14, 14, 768).permute(2, 0, 1) // Network<[14, 14, 768], [768, 14, 14], 0>
   */
  permute<const Axes extends readonly (number | Shape)[]>(
    ...axes: AxesOrUseABlock<Output, Axes, Input>
  ): Network<Input, OutputOf<PermuteRule<Output, Axes>>, Params>

  /**
   * Reshapes the values, in row-major order with channels last.
   *
   * `[7, 7, 512] -> [49, 512]`: the product of the dimensions is unchanged. No parameters, no MACs, no memory.
   *
   * @param shape the new dimensions, channels last; one may be -1, and follows from the others
   * @throws {ShapeError} when the number of values differs from the input, or the others do not divide it
   * @example
   * input(7, 7, 512).reshape(49, 512) // Network<[7, 7, 512], [49, 512], 0>
   */
  reshape<const Wanted extends readonly (number | Shape)[]>(
    ...shape: ReshapeShapeOrUseABlock<Output, Wanted, Input>
  ): Network<Input, OutputOf<ReshapeRule<Output, Wanted>>, Params>

  /**
   * Keeps a part of one axis, such as some of the channels (`x[..., start:end]` in Python).
   *
   * With axis 2, `[height, width, channels] -> [height, width, end - start]`; no parameters, no MACs.
   *
   * @param axis the index of the axis, from 0: the shape has no batch axis, so PyTorch's `dim` is one more
   * @param start the first cell, from 0; a negative number is counted from the end
   * @param end the cell after the last one, by default the end; a negative number is counted from the end
   * @throws {ShapeError} when the axis does not exist, or the part is empty or reaches beyond it
   * @example
   * input(28, 28, 64).slice(2, 0, 32) // Network<[28, 28, 64], [28, 28, 32], 0>
   */
  slice<Axis extends number, const Range extends readonly number[]>(
    axis: SliceAxisOrUseABlock<Output, Axis, Range, Input>,
    ...range: RangeOrUseABlock<Output, Axis, Range, Input>
  ): Network<Input, OutputOf<SliceRule<Output, Axis, Range>>, Params>

  /**
   * Removes an axis of size 1 (`torch.squeeze`).
   *
   * With axis 0, `[1, tokens, features] -> [tokens, features]`; no parameters, no MACs, no memory.
   *
   * @param axis the index of the axis, from 0: the shape has no batch axis, so PyTorch's `dim` is one more
   * @throws {ShapeError} when the axis does not exist, has another size, or is the only one
   * @example
   * input(1, 16, 64).squeeze(0) // Network<[1, 16, 64], [16, 64], 0>
   */
  squeeze<Axis extends number>(axis: SqueezeAxisOrUseABlock<Output, Axis, Input>): Network<Input, Squeezed<Output, Axis>, Params>

  /**
   * Adds an axis of size 1 (`torch.unsqueeze`, `numpy.expand_dims`).
   *
   * With axis 2, `[height, width] -> [height, width, 1]`; no parameters, no MACs, no memory.
   *
   * @param axis the index of the new axis, from 0: the shape has no batch axis, so PyTorch's `dim` is one more
   * @throws {ShapeError} when the index is greater than the number of axes
   * @example
   * input(28, 28).unsqueeze(2) // Network<[28, 28], [28, 28, 1], 0>
   */
  unsqueeze<Axis extends number>(axis: UnsqueezeAxisOrUseABlock<Output, Axis, Input>): Network<Input, Unsqueezed<Output, Axis>, Params>

  /**
   * Splits an axis into several, in row-major order: the inverse of `flatten` (PyTorch's `Unflatten`).
   *
   * `[height, width, groups * channels] -> [height, width, groups, channels]`; no parameters, no MACs, no memory.
   *
   * @param axis the index of the axis, from 0: the shape has no batch axis, so PyTorch's `dim` is one more
   * @param sizes the sizes of the new axes; their product is the size of the axis
   * @throws {ShapeError} when the axis does not exist, or the product differs from its size
   * @example
   * input(28, 28, 240).unflatten(2, 3, 80) // Network<[28, 28, 240], [28, 28, 3, 80], 0>
   */
  unflatten<Axis extends number, const Sizes extends readonly (number | Shape)[]>(
    axis: AxisOrUseABlock<Output, Axis, Sizes, Input>,
    ...sizes: UnflattenSizesOrUseABlock<Output, Axis, Sizes, Input>
  ): Network<Input, OutputOf<UnflattenAt<Output, Axis, Sizes>>, Params>
}
