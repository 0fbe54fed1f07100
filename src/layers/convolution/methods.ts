import type { Network } from '../../network/network.js'
import type { AnyInput, AnyShape } from '../../shape/shape.js'
import type { PerAxis } from '../../shape/windows.js'
import type { LeftOut, NoOptions } from '../kind/options.js'
import type { ConvKernelOrUseABlock, OptionsOrUseABlock, WideKernelOrUseABlock, WideOptionsOrUseABlock } from '../kind/or-use-a-block.js'
import type { CountAfter } from '../kind/params.js'
import type { OutputOf } from '../kind/rule.js'
import type { ConvolutionOptions, FiltersOrUseABlock, NoConvolutionOptions } from './convolution.js'
import type { DepthwiseKernelOrUseABlock, DepthwiseOptions, NoDepthwiseOptions } from './depthwise.js'
import type { DepthwiseMethodRule, SeparableMethodRule } from './depthwise-rule.js'
import type { MethodRule } from './rule.js'
import type { SeparableFiltersOrUseABlock } from './separable.js'
import type { TransposedFiltersOrUseABlock } from './transposed.js'
import type { ConvTransposeMethodRule, ConvTransposeOptions, NoConvTransposeOptions } from './transposed-rule.js'

/**
 * The methods of convolutions: plain, transposed, depthwise and separable.
 *
 * What TypeScript's own error about a wrong option is about is written out, since a name for it costs each call ten instantiations.
 */
export interface ConvolutionMethods<Input extends AnyInput, Output extends AnyShape, Params extends number> {
  /**
   * A convolution over one axis, such as time or text: each filter slides over the input and sees all channels of its group.
   *
   * `[length, channels] -> [(N - F + 2P)/S + 1, filters]` (CS231n, lecture 7).
   *
   * Parameters: filters * (cells of the kernel * channels / groups), plus filters biases. MACs: output positions * weights.
   *
   * @param filters number of output channels, from 1
   * @param kernel size of a filter: one number, or one per axis
   * @param options `stride` (default 1), `padding` (0), `dilation` (1), `groups` (1), `rounding` (`'exact'`), `bias` (`true`), `name`
   * @throws {ShapeError} when the filter does not fit, or the groups do not divide the channels and the filters
   * @example
   * input(100, 8).conv1d(16, 3) // Network<[100, 8], [98, 16], 400>
   */
  conv1d<Filters extends number, Kernel extends PerAxis<1>, Options extends ConvolutionOptions<1> | NoOptions = NoConvolutionOptions<1>>(
    filters: FiltersOrUseABlock<'conv1d', Output, Filters, Kernel, Options>,
    kernel: ConvKernelOrUseABlock<MethodRule<'conv1d', Output, Filters, Kernel, Options>, Kernel, Input>,
    options:
      | LeftOut
      | (NoOptions extends Options
          ? ConvolutionOptions<1>
          : OptionsOrUseABlock<MethodRule<'conv1d', Output, Filters, Kernel, Options>, Options, Input>),
  ): Network<
    Input,
    OutputOf<MethodRule<'conv1d', Output, Filters, Kernel, Options>>,
    CountAfter<Params, MethodRule<'conv1d', Output, Filters, Kernel, Options>>
  >

  /**
   * A convolution over the two axes of an image: each filter slides over the input and sees all channels of its group.
   *
   * `[height, width, channels] -> [(N - F + 2P)/S + 1 on both axes, filters]` (CS231n, lecture 7).
   *
   * Parameters: filters * (cells of the kernel * channels / groups), plus filters biases. MACs: output positions * weights.
   *
   * @param filters number of output channels, from 1
   * @param kernel size of a filter: one number, or one per axis
   * @param options `stride` (default 1), `padding` (0), `dilation` (1), `groups` (1), `rounding` (`'exact'`), `bias` (`true`), `name`
   * @throws {ShapeError} when the filter does not fit, or the groups do not divide the channels and the filters
   * @example
   * input(32, 32, 3).conv2d(10, 5, { padding: 2 }) // Network<[32, 32, 3], [32, 32, 10], 760>
   */
  conv2d<Filters extends number, Kernel extends PerAxis<2>, Options extends ConvolutionOptions<2> | NoOptions = NoConvolutionOptions<2>>(
    filters: FiltersOrUseABlock<'conv2d', Output, Filters, Kernel, Options>,
    kernel: ConvKernelOrUseABlock<MethodRule<'conv2d', Output, Filters, Kernel, Options>, Kernel, Input>,
    options:
      | LeftOut
      | (NoOptions extends Options
          ? ConvolutionOptions<2>
          : OptionsOrUseABlock<MethodRule<'conv2d', Output, Filters, Kernel, Options>, Options, Input>),
  ): Network<
    Input,
    MethodRule<'conv2d', Output, Filters, Kernel, Options>['output'],
    CountAfter<Params, MethodRule<'conv2d', Output, Filters, Kernel, Options>>
  >

  /**
   * A convolution over three axes, such as a video or a scan: each filter slides over the input and sees all channels of its group.
   *
   * `[depth, height, width, channels] -> [(N - F + 2P)/S + 1 on each axis, filters]` (CS231n, lecture 7).
   *
   * Parameters: filters * (cells of the kernel * channels / groups), plus filters biases. MACs: output positions * weights.
   *
   * @param filters number of output channels, from 1
   * @param kernel size of a filter: one number, or one per axis
   * @param options `stride` (default 1), `padding` (0), `dilation` (1), `groups` (1), `rounding` (`'exact'`), `bias` (`true`), `name`
   * @throws {ShapeError} when the filter does not fit, or the groups do not divide the channels and the filters
   * @example
   * input(16, 56, 56, 3).conv3d(8, 3, { padding: 1 }) // Network<[16, 56, 56, 3], [16, 56, 56, 8], 656>
   */
  conv3d<Filters extends number, Kernel extends PerAxis<3>, Options extends ConvolutionOptions<3> | NoOptions = NoConvolutionOptions<3>>(
    filters: FiltersOrUseABlock<'conv3d', Output, Filters, Kernel, Options>,
    kernel: ConvKernelOrUseABlock<MethodRule<'conv3d', Output, Filters, Kernel, Options>, Kernel, Input>,
    options:
      | LeftOut
      | (NoOptions extends Options
          ? ConvolutionOptions<3>
          : OptionsOrUseABlock<MethodRule<'conv3d', Output, Filters, Kernel, Options>, Options, Input>),
  ): Network<
    Input,
    OutputOf<MethodRule<'conv3d', Output, Filters, Kernel, Options>>,
    CountAfter<Params, MethodRule<'conv3d', Output, Filters, Kernel, Options>>
  >

  /**
   * A depthwise convolution over one axis: each filter sees one channel only, and each channel has its own `multiplier` filters
   * (Howard et al. 2017; a convolution with as many groups as channels).
   *
   * `[length, channels]`: each spatial axis becomes (N - F + 2P)/S + 1, the channels become channels * multiplier.
   *
   * Parameters: channels * multiplier * cells of the kernel, plus channels * multiplier biases. MACs: output positions * weights.
   *
   * @param kernel size of a filter: one number, or one per axis
   * @param options `stride` (default 1), `padding` (0), `dilation` (1), `multiplier` (1), `rounding` (`'exact'`), `bias` (`true`), `name`
   * @throws {ShapeError} when the filter does not fit
   * @example
   * input(100, 8).depthwiseConv1d(3, { padding: 1 }) // Network<[100, 8], [100, 8], 32>
   */
  depthwiseConv1d<Kernel extends PerAxis<1>, Options extends DepthwiseOptions<1> | NoOptions = NoDepthwiseOptions<1>>(
    kernel: DepthwiseKernelOrUseABlock<'depthwiseConv1d', Output, Kernel, Options, Input>,
    options: LeftOut | WideOptionsOrUseABlock<DepthwiseMethodRule<'depthwiseConv1d', 1, Output, Kernel, Options>, Options, Input>,
  ): Network<
    Input,
    OutputOf<DepthwiseMethodRule<'depthwiseConv1d', 1, Output, Kernel, Options>>,
    CountAfter<Params, DepthwiseMethodRule<'depthwiseConv1d', 1, Output, Kernel, Options>>
  >

  /**
   * A depthwise convolution over two axes: each filter sees one channel only, and each channel has its own `multiplier` filters
   * (Howard et al. 2017; a convolution with as many groups as channels).
   *
   * `[height, width, channels]`: each spatial axis becomes (N - F + 2P)/S + 1, the channels become channels * multiplier.
   *
   * Parameters: channels * multiplier * cells of the kernel, plus channels * multiplier biases. MACs: output positions * weights.
   *
   * @param kernel size of a filter: one number, or one per axis
   * @param options `stride` (default 1), `padding` (0), `dilation` (1), `multiplier` (1), `rounding` (`'exact'`), `bias` (`true`), `name`
   * @throws {ShapeError} when the filter does not fit
   * @example
   * input(112, 112, 32).depthwiseConv2d(3, { padding: 1 }) // Network<[112, 112, 32], [112, 112, 32], 320>
   */
  depthwiseConv2d<Kernel extends PerAxis<2>, Options extends DepthwiseOptions<2> | NoOptions = NoDepthwiseOptions<2>>(
    kernel: DepthwiseKernelOrUseABlock<'depthwiseConv2d', Output, Kernel, Options, Input>,
    options: LeftOut | WideOptionsOrUseABlock<DepthwiseMethodRule<'depthwiseConv2d', 2, Output, Kernel, Options>, Options, Input>,
  ): Network<
    Input,
    OutputOf<DepthwiseMethodRule<'depthwiseConv2d', 2, Output, Kernel, Options>>,
    CountAfter<Params, DepthwiseMethodRule<'depthwiseConv2d', 2, Output, Kernel, Options>>
  >

  /**
   * A depthwise convolution over three axes: each filter sees one channel only, and each channel has its own `multiplier` filters
   * (Howard et al. 2017; a convolution with as many groups as channels).
   *
   * `[depth, height, width, channels]`: each spatial axis becomes (N - F + 2P)/S + 1, the channels become channels * multiplier.
   *
   * Parameters: channels * multiplier * cells of the kernel, plus channels * multiplier biases. MACs: output positions * weights.
   *
   * @param kernel size of a filter: one number, or one per axis
   * @param options `stride` (default 1), `padding` (0), `dilation` (1), `multiplier` (1), `rounding` (`'exact'`), `bias` (`true`), `name`
   * @throws {ShapeError} when the filter does not fit
   * @example
   * input(16, 56, 56, 4).depthwiseConv3d(3, { padding: 1 }) // Network<[16, 56, 56, 4], [16, 56, 56, 4], 112>
   */
  depthwiseConv3d<Kernel extends PerAxis<3>, Options extends DepthwiseOptions<3> | NoOptions = NoDepthwiseOptions<3>>(
    kernel: DepthwiseKernelOrUseABlock<'depthwiseConv3d', Output, Kernel, Options, Input>,
    options: LeftOut | WideOptionsOrUseABlock<DepthwiseMethodRule<'depthwiseConv3d', 3, Output, Kernel, Options>, Options, Input>,
  ): Network<
    Input,
    OutputOf<DepthwiseMethodRule<'depthwiseConv3d', 3, Output, Kernel, Options>>,
    CountAfter<Params, DepthwiseMethodRule<'depthwiseConv3d', 3, Output, Kernel, Options>>
  >

  /**
   * A separable convolution over one axis: a depthwise convolution, then a convolution of kernel 1 that mixes the channels
   * (Chollet 2016, Keras `SeparableConv1D`). Stride, padding and dilation apply to the depthwise part.
   *
   * `[length, channels]`: each spatial axis becomes (N - F + 2P)/S + 1, the channels become `filters`.
   *
   * Parameters: channels * multiplier * (cells of the kernel + filters), plus filters biases: only the last part has biases.
   * MACs: output positions * weights. It writes two tensors, so the output of the depthwise part counts as an activation too.
   *
   * @param filters number of output channels, from 1
   * @param kernel size of a depthwise filter: one number, or one per axis
   * @param options `stride` (default 1), `padding` (0), `dilation` (1), `multiplier` (1), `rounding` (`'exact'`), `bias` (`true`), `name`
   * @throws {ShapeError} when the filter does not fit
   * @example
   * input(100, 8).separableConv1d(64, 3, { padding: 1 }) // Network<[100, 8], [100, 64], 600>
   */
  separableConv1d<
    Filters extends number,
    Kernel extends PerAxis<1>,
    Options extends DepthwiseOptions<1> | NoOptions = NoDepthwiseOptions<1>,
  >(
    filters: SeparableFiltersOrUseABlock<'separableConv1d', Output, Filters, Kernel, Options>,
    kernel: WideKernelOrUseABlock<SeparableMethodRule<'separableConv1d', 1, Output, Filters, Kernel, Options>, Kernel, Input>,
    options: LeftOut | WideOptionsOrUseABlock<SeparableMethodRule<'separableConv1d', 1, Output, Filters, Kernel, Options>, Options, Input>,
  ): Network<
    Input,
    OutputOf<SeparableMethodRule<'separableConv1d', 1, Output, Filters, Kernel, Options>>,
    CountAfter<Params, SeparableMethodRule<'separableConv1d', 1, Output, Filters, Kernel, Options>>
  >

  /**
   * A separable convolution over two axes: a depthwise convolution, then a convolution of kernel 1 that mixes the channels
   * (Chollet 2016, Keras `SeparableConv2D`). Stride, padding and dilation apply to the depthwise part.
   *
   * `[height, width, channels]`: each spatial axis becomes (N - F + 2P)/S + 1, the channels become `filters`.
   *
   * Parameters: channels * multiplier * (cells of the kernel + filters), plus filters biases: only the last part has biases.
   * MACs: output positions * weights. It writes two tensors, so the output of the depthwise part counts as an activation too.
   *
   * @param filters number of output channels, from 1
   * @param kernel size of a depthwise filter: one number, or one per axis
   * @param options `stride` (default 1), `padding` (0), `dilation` (1), `multiplier` (1), `rounding` (`'exact'`), `bias` (`true`), `name`
   * @throws {ShapeError} when the filter does not fit
   * @example
   * input(112, 112, 32).separableConv2d(64, 3, { padding: 1 }) // Network<[112, 112, 32], [112, 112, 64], 2400>
   */
  separableConv2d<
    Filters extends number,
    Kernel extends PerAxis<2>,
    Options extends DepthwiseOptions<2> | NoOptions = NoDepthwiseOptions<2>,
  >(
    filters: SeparableFiltersOrUseABlock<'separableConv2d', Output, Filters, Kernel, Options>,
    kernel: WideKernelOrUseABlock<SeparableMethodRule<'separableConv2d', 2, Output, Filters, Kernel, Options>, Kernel, Input>,
    options: LeftOut | WideOptionsOrUseABlock<SeparableMethodRule<'separableConv2d', 2, Output, Filters, Kernel, Options>, Options, Input>,
  ): Network<
    Input,
    OutputOf<SeparableMethodRule<'separableConv2d', 2, Output, Filters, Kernel, Options>>,
    CountAfter<Params, SeparableMethodRule<'separableConv2d', 2, Output, Filters, Kernel, Options>>
  >

  /**
   * A transposed convolution over one axis: it enlarges maps, and restores the size before a convolution with the same
   * kernel, stride and padding that fit exactly (Dumoulin and Visin 2016).
   *
   * `[length, channels] -> [(N - 1)*S - 2P + D(F - 1) + outputPadding + 1 on each axis, filters]` (PyTorch, ONNX);
   * with padding `'same'` N*S, as in Keras. `'valid'` is padding 0; where the stride is larger than the kernel, Keras adds S - F.
   *
   * Parameters: channels * (filters / groups) * cells of the kernel, plus filters biases. MACs: input positions *
   * weights.
   *
   * @param filters number of output channels, from 1
   * @param kernel size of a filter: one number, or one per axis
   * @param options `stride` (default 1), `padding` (0), `outputPadding` (0), `dilation` (1), `groups` (1), `bias` (`true`), `name`
   * @throws {ShapeError} when the output padding is not smaller than the stride or the dilation, the output is empty,
   * or the groups do not divide the channels and the filters
   * @example
   * input(50, 16).convTranspose1d(8, 2, { stride: 2 }) // Network<[50, 16], [100, 8], 264>
   */
  convTranspose1d<
    Filters extends number,
    Kernel extends PerAxis<1>,
    Options extends ConvTransposeOptions<1> | NoOptions = NoConvTransposeOptions<1>,
  >(
    filters: TransposedFiltersOrUseABlock<'convTranspose1d', Output, Filters, Kernel, Options>,
    kernel: WideKernelOrUseABlock<ConvTransposeMethodRule<'convTranspose1d', 1, Output, Filters, Kernel, Options>, Kernel, Input>,
    options:
      | LeftOut
      | WideOptionsOrUseABlock<ConvTransposeMethodRule<'convTranspose1d', 1, Output, Filters, Kernel, Options>, Options, Input>,
  ): Network<
    Input,
    OutputOf<ConvTransposeMethodRule<'convTranspose1d', 1, Output, Filters, Kernel, Options>>,
    CountAfter<Params, ConvTransposeMethodRule<'convTranspose1d', 1, Output, Filters, Kernel, Options>>
  >

  /**
   * A transposed convolution over two axes: it enlarges maps, and restores the size before a convolution with the same
   * kernel, stride and padding that fit exactly (Dumoulin and Visin 2016).
   *
   * `[height, width, channels] -> [(N - 1)*S - 2P + D(F - 1) + outputPadding + 1 on each axis, filters]` (PyTorch, ONNX);
   * with padding `'same'` N*S, as in Keras. `'valid'` is padding 0; where the stride is larger than the kernel, Keras adds S - F.
   *
   * Parameters: channels * (filters / groups) * cells of the kernel, plus filters biases. MACs: input positions *
   * weights.
   *
   * @param filters number of output channels, from 1
   * @param kernel size of a filter: one number, or one per axis
   * @param options `stride` (default 1), `padding` (0), `outputPadding` (0), `dilation` (1), `groups` (1), `bias` (`true`), `name`
   * @throws {ShapeError} when the output padding is not smaller than the stride or the dilation, the output is empty,
   * or the groups do not divide the channels and the filters
   * @example
   * input(28, 28, 64).convTranspose2d(8, 2, { stride: 2 }) // Network<[28, 28, 64], [56, 56, 8], 2056>
   */
  convTranspose2d<
    Filters extends number,
    Kernel extends PerAxis<2>,
    Options extends ConvTransposeOptions<2> | NoOptions = NoConvTransposeOptions<2>,
  >(
    filters: TransposedFiltersOrUseABlock<'convTranspose2d', Output, Filters, Kernel, Options>,
    kernel: WideKernelOrUseABlock<ConvTransposeMethodRule<'convTranspose2d', 2, Output, Filters, Kernel, Options>, Kernel, Input>,
    options:
      | LeftOut
      | WideOptionsOrUseABlock<ConvTransposeMethodRule<'convTranspose2d', 2, Output, Filters, Kernel, Options>, Options, Input>,
  ): Network<
    Input,
    OutputOf<ConvTransposeMethodRule<'convTranspose2d', 2, Output, Filters, Kernel, Options>>,
    CountAfter<Params, ConvTransposeMethodRule<'convTranspose2d', 2, Output, Filters, Kernel, Options>>
  >

  /**
   * A transposed convolution over three axes: it enlarges maps, and restores the size before a convolution with the same
   * kernel, stride and padding that fit exactly (Dumoulin and Visin 2016).
   *
   * `[depth, height, width, channels] -> [(N - 1)*S - 2P + D(F - 1) + outputPadding + 1 on each axis, filters]` (PyTorch, ONNX);
   * with padding `'same'` N*S, as in Keras. `'valid'` is padding 0; where the stride is larger than the kernel, Keras adds S - F.
   *
   * Parameters: channels * (filters / groups) * cells of the kernel, plus filters biases. MACs: input positions *
   * weights.
   *
   * @param filters number of output channels, from 1
   * @param kernel size of a filter: one number, or one per axis
   * @param options `stride` (default 1), `padding` (0), `outputPadding` (0), `dilation` (1), `groups` (1), `bias` (`true`), `name`
   * @throws {ShapeError} when the output padding is not smaller than the stride or the dilation, the output is empty,
   * or the groups do not divide the channels and the filters
   * @example
   * input(8, 28, 28, 16).convTranspose3d(8, 2, { stride: 2 }) // Network<[8, 28, 28, 16], [16, 56, 56, 8], 1032>
   */
  convTranspose3d<
    Filters extends number,
    Kernel extends PerAxis<3>,
    Options extends ConvTransposeOptions<3> | NoOptions = NoConvTransposeOptions<3>,
  >(
    filters: TransposedFiltersOrUseABlock<'convTranspose3d', Output, Filters, Kernel, Options>,
    kernel: WideKernelOrUseABlock<ConvTransposeMethodRule<'convTranspose3d', 3, Output, Filters, Kernel, Options>, Kernel, Input>,
    options:
      | LeftOut
      | WideOptionsOrUseABlock<ConvTransposeMethodRule<'convTranspose3d', 3, Output, Filters, Kernel, Options>, Options, Input>,
  ): Network<
    Input,
    OutputOf<ConvTransposeMethodRule<'convTranspose3d', 3, Output, Filters, Kernel, Options>>,
    CountAfter<Params, ConvTransposeMethodRule<'convTranspose3d', 3, Output, Filters, Kernel, Options>>
  >
}
