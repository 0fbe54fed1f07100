import type { Network } from '../../network/network.js'
import type { Noted } from '../../shape/channels-last.js'
import type { Mistake } from '../../shape/message.js'
import type { AnyInput, AnyShape } from '../../shape/shape.js'
import type { PerAxis } from '../../shape/windows.js'
import type { LeftOut, NoOptions } from '../kind/options.js'
import type { OptionsOrUseABlock } from '../kind/or-use-a-block.js'
import type { EachSpatial } from '../kind/per-axis.js'
import type { AdaptiveSizeOrUseABlock, Pooled } from './adaptive.js'
import type { GlobalPoolRule } from './global.js'
import type { AvgPoolOptions, KernelOrUseABlock, NoAvgPoolOptions, NoPoolingOptions, PoolingOptions } from './pooling.js'
import type { PoolingMethodRule } from './rule.js'

/**
 * The methods of pools.
 *
 * The options are those of `WideOptionsOrUseABlock`, written out, which saves every call of a pool nine instantiations.
 */
export interface PoolingMethods<Input extends AnyInput, Output extends AnyShape, Params extends number> {
  /**
   * An adaptive average pool: value i of O is the mean of the cells from floor(i * N / O) to ceil((i + 1) * N / O) on each of
   * the one, two or three spatial axes (PyTorch's `AdaptiveAvgPool1d` to `3d`).
   *
   * `[height, width, channels] -> [size, size, channels]`; no parameters, no MACs. The size need not divide the input, and may
   * be larger.
   *
   * @param size the output size of every spatial axis, or one per axis, from 1
   * @throws {ShapeError} on a vector, and for sizes that are not whole numbers, or not one per axis
   * @example
   * input(13, 13, 512).adaptiveAvgPool(7) // Network<[13, 13, 512], [7, 7, 512], 0>
   */
  adaptiveAvgPool<Size extends EachSpatial>(
    size: AdaptiveSizeOrUseABlock<'adaptiveAvgPool', Output, Size, Input>,
  ): Network<Input, Pooled<'adaptiveAvgPool', Output, Size>, Params>

  /**
   * An adaptive max pool: value i of O is the maximum of the cells from floor(i * N / O) to ceil((i + 1) * N / O) on each of
   * the one, two or three spatial axes (PyTorch's `AdaptiveMaxPool1d` to `3d`).
   *
   * `[height, width, channels] -> [size, size, channels]`; no parameters, no MACs. The size need not divide the input, and may
   * be larger.
   *
   * @param size the output size of every spatial axis, or one per axis, from 1
   * @throws {ShapeError} on a vector, and for sizes that are not whole numbers, or not one per axis
   * @example
   * input(100, 64).adaptiveMaxPool(10) // Network<[100, 64], [10, 64], 0>
   */
  adaptiveMaxPool<Size extends EachSpatial>(
    size: AdaptiveSizeOrUseABlock<'adaptiveMaxPool', Output, Size, Input>,
  ): Network<Input, Pooled<'adaptiveMaxPool', Output, Size>, Params>

  /**
   * The mean of each channel over all positions: an image becomes a vector of its channels.
   *
   * `[height, width, channels] -> [channels]`; no parameters, no MACs.
   *
   * @throws {ShapeError} on a vector, which has no positions
   * @example
   * input(7, 7, 512).globalAvgPool() // Network<[7, 7, 512], [512], 0>
   */
  readonly globalAvgPool: GlobalPoolRule<'globalAvgPool', Output> extends { input: infer Sentence extends string }
    ? Mistake<Noted<Sentence, Input>>
    : () => Network<Input, GlobalPoolRule<'globalAvgPool', Output>['output'], Params>

  /**
   * The maximum of each channel over all positions: an image becomes a vector of its channels.
   *
   * `[height, width, channels] -> [channels]`; no parameters, no MACs.
   *
   * @throws {ShapeError} on a vector, which has no positions
   * @example
   * input(7, 7, 512).globalMaxPool() // Network<[7, 7, 512], [512], 0>
   */
  readonly globalMaxPool: GlobalPoolRule<'globalMaxPool', Output> extends { input: infer Sentence extends string }
    ? Mistake<Noted<Sentence, Input>>
    : () => Network<Input, GlobalPoolRule<'globalMaxPool', Output>['output'], Params>

  /**
   * A max pool over one axis: the maximum in each window, channel by channel.
   *
   * `[length, channels]`: each spatial axis becomes (N - F + 2P)/S + 1 and the channels stay the same;
   * no parameters, no MACs (CS231n, lecture 7).
   *
   * @param kernel size of the window: one number, or one per axis
   * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `name`
   * @throws {ShapeError} when the window does not fit
   * @example
   * input(100, 8).maxPool1d(2) // Network<[100, 8], [50, 8], 0>
   */
  maxPool1d<Kernel extends PerAxis<1>, Options extends PoolingOptions<1> | NoOptions = NoPoolingOptions<1>>(
    kernel: KernelOrUseABlock<'maxPool1d', Output, Kernel, Options, Input>,
    options:
      | LeftOut
      | (NoOptions extends Options
          ? PoolingOptions<1>
          : OptionsOrUseABlock<PoolingMethodRule<'maxPool1d', 1, Output, Kernel, Options>, Options, Input>),
  ): Network<Input, PoolingMethodRule<'maxPool1d', 1, Output, Kernel, Options>['output'], Params>

  /**
   * A max pool over two axes: the maximum in each window, channel by channel.
   *
   * `[height, width, channels]`: each spatial axis becomes (N - F + 2P)/S + 1 and the channels stay the same;
   * no parameters, no MACs (CS231n, lecture 7).
   *
   * @param kernel size of the window: one number, or one per axis
   * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `name`
   * @throws {ShapeError} when the window does not fit
   * @example
   * input(224, 224, 64).maxPool2d(2) // Network<[224, 224, 64], [112, 112, 64], 0>
   */
  maxPool2d<Kernel extends PerAxis<2>, Options extends PoolingOptions<2> | NoOptions = NoPoolingOptions<2>>(
    kernel: KernelOrUseABlock<'maxPool2d', Output, Kernel, Options, Input>,
    options:
      | LeftOut
      | (NoOptions extends Options
          ? PoolingOptions<2>
          : OptionsOrUseABlock<PoolingMethodRule<'maxPool2d', 2, Output, Kernel, Options>, Options, Input>),
  ): Network<Input, PoolingMethodRule<'maxPool2d', 2, Output, Kernel, Options>['output'], Params>

  /**
   * A max pool over three axes: the maximum in each window, channel by channel.
   *
   * `[depth, height, width, channels]`: each spatial axis becomes (N - F + 2P)/S + 1 and the channels stay the same;
   * no parameters, no MACs (CS231n, lecture 7).
   *
   * @param kernel size of the window: one number, or one per axis
   * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `name`
   * @throws {ShapeError} when the window does not fit
   * @example
   * input(16, 56, 56, 64).maxPool3d(2) // Network<[16, 56, 56, 64], [8, 28, 28, 64], 0>
   */
  maxPool3d<Kernel extends PerAxis<3>, Options extends PoolingOptions<3> | NoOptions = NoPoolingOptions<3>>(
    kernel: KernelOrUseABlock<'maxPool3d', Output, Kernel, Options, Input>,
    options:
      | LeftOut
      | (NoOptions extends Options
          ? PoolingOptions<3>
          : OptionsOrUseABlock<PoolingMethodRule<'maxPool3d', 3, Output, Kernel, Options>, Options, Input>),
  ): Network<Input, PoolingMethodRule<'maxPool3d', 3, Output, Kernel, Options>['output'], Params>

  /**
   * An average pool over one axis: the mean in each window, channel by channel.
   *
   * `[length, channels]`: each spatial axis becomes (N - F + 2P)/S + 1 and the channels stay the same;
   * no parameters, no MACs (CS231n, lecture 7).
   *
   * @param kernel size of the window: one number, or one per axis
   * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `countIncludePad`, `name`
   * @throws {ShapeError} when the window does not fit
   * @example
   * input(100, 8).avgPool1d(2) // Network<[100, 8], [50, 8], 0>
   */
  avgPool1d<Kernel extends PerAxis<1>, Options extends AvgPoolOptions<1> | NoOptions = NoAvgPoolOptions<1>>(
    kernel: KernelOrUseABlock<'avgPool1d', Output, Kernel, Options, Input>,
    options:
      | LeftOut
      | (NoOptions extends Options
          ? AvgPoolOptions<1>
          : OptionsOrUseABlock<PoolingMethodRule<'avgPool1d', 1, Output, Kernel, Options>, Options, Input>),
  ): Network<Input, PoolingMethodRule<'avgPool1d', 1, Output, Kernel, Options>['output'], Params>

  /**
   * An average pool over two axes: the mean in each window, channel by channel.
   *
   * `[height, width, channels]`: each spatial axis becomes (N - F + 2P)/S + 1 and the channels stay the same;
   * no parameters, no MACs (CS231n, lecture 7).
   *
   * @param kernel size of the window: one number, or one per axis
   * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `countIncludePad`, `name`
   * @throws {ShapeError} when the window does not fit
   * @example
   * input(224, 224, 64).avgPool2d(2) // Network<[224, 224, 64], [112, 112, 64], 0>
   */
  avgPool2d<Kernel extends PerAxis<2>, Options extends AvgPoolOptions<2> | NoOptions = NoAvgPoolOptions<2>>(
    kernel: KernelOrUseABlock<'avgPool2d', Output, Kernel, Options, Input>,
    options:
      | LeftOut
      | (NoOptions extends Options
          ? AvgPoolOptions<2>
          : OptionsOrUseABlock<PoolingMethodRule<'avgPool2d', 2, Output, Kernel, Options>, Options, Input>),
  ): Network<Input, PoolingMethodRule<'avgPool2d', 2, Output, Kernel, Options>['output'], Params>

  /**
   * An average pool over three axes: the mean in each window, channel by channel.
   *
   * `[depth, height, width, channels]`: each spatial axis becomes (N - F + 2P)/S + 1 and the channels stay the same;
   * no parameters, no MACs (CS231n, lecture 7).
   *
   * @param kernel size of the window: one number, or one per axis
   * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `countIncludePad`, `name`
   * @throws {ShapeError} when the window does not fit
   * @example
   * input(16, 56, 56, 64).avgPool3d(2) // Network<[16, 56, 56, 64], [8, 28, 28, 64], 0>
   */
  avgPool3d<Kernel extends PerAxis<3>, Options extends AvgPoolOptions<3> | NoOptions = NoAvgPoolOptions<3>>(
    kernel: KernelOrUseABlock<'avgPool3d', Output, Kernel, Options, Input>,
    options:
      | LeftOut
      | (NoOptions extends Options
          ? AvgPoolOptions<3>
          : OptionsOrUseABlock<PoolingMethodRule<'avgPool3d', 3, Output, Kernel, Options>, Options, Input>),
  ): Network<Input, PoolingMethodRule<'avgPool3d', 3, Output, Kernel, Options>['output'], Params>
}
