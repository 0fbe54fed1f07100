import type { Rank, Shape } from '../../shape/shape.js'
import type { PerAxis } from '../../shape/windows.js'
import type { LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { NoOptions } from '../kind/options.js'
import type { AddCount } from '../kind/params.js'
import type { RankOf } from '../kind/rule.js'
import { type Given, type Layer, layerFunction } from '../kind/value.js'
import { applyConvTranspose, type ConvTransposeOptions, type ConvTransposeRule, type NoConvTransposeOptions } from './transposed-rule.js'

const transposed = <R extends Rank>(kind: string, rank: R): LayerKind<[number, PerAxis<R>, ConvTransposeOptions<R>?]> => ({
  kind,
  takes: 3,
  apply: (input, filters, kernel, options) =>
    applyConvTranspose(kind, rank, input, filters, kernel, options as ConvTransposeOptions<Rank> | undefined),
})

export const convTransposeKinds = {
  convTranspose1d: transposed('convTranspose1d', 1),
  convTranspose2d: transposed('convTranspose2d', 2),
  convTranspose3d: transposed('convTranspose3d', 3),
}

/** The rule of a transposed convolution's layer value. */
type ValueRule<Kind extends string, R extends Rank, Input extends Shape, Values extends Arguments> = Values extends readonly [
  infer Filters extends number,
  infer Kernel,
  ...infer Rest,
]
  ? ConvTransposeRule<Kind, R, Input, Filters, Kernel, Rest extends readonly [infer Options] ? Options : NoConvTransposeOptions<R>>
  : never

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    convTranspose1d: ValueRule<'convTranspose1d', 1, Input, Given>
    convTranspose2d: ValueRule<'convTranspose2d', 2, Input, Given>
    convTranspose3d: ValueRule<'convTranspose3d', 3, Input, Given>
  }
}

/**
 * A transposed convolution over 1 axis as a layer value: `Network.convTranspose1d` for blocks.
 *
 * @param filters how many channels come out, from 1
 * @param kernel size of a filter: one number, or one per axis
 * @param options `stride` (default 1), `padding` (0), `outputPadding` (0), `dilation` (1), `groups` (1), `bias` (`true`), `name`
 * @example
 * convTranspose1d(8, 2, { stride: 2 }) // Layer<'convTranspose1d', [8, 2, { stride: 2 }]>
 */
export const convTranspose1d: <
  Filters extends number,
  Kernel extends PerAxis<1>,
  Options extends ConvTransposeOptions<1> | NoOptions = NoConvTransposeOptions<1>,
>(
  filters: Filters,
  kernel: Kernel,
  options?: Options,
) => Layer<'convTranspose1d', Given<[Filters, Kernel], Options>> = layerFunction('convTranspose1d')

/**
 * A transposed convolution over 2 axes as a layer value: `Network.convTranspose2d` for blocks.
 *
 * @param filters how many channels come out, from 1
 * @param kernel size of a filter: one number, or one per axis
 * @param options `stride` (default 1), `padding` (0), `outputPadding` (0), `dilation` (1), `groups` (1), `bias` (`true`), `name`
 * @example
 * convTranspose2d(8, 2, { stride: 2 }) // Layer<'convTranspose2d', [8, 2, { stride: 2 }]>
 */
export const convTranspose2d: <
  Filters extends number,
  Kernel extends PerAxis<2>,
  Options extends ConvTransposeOptions<2> | NoOptions = NoConvTransposeOptions<2>,
>(
  filters: Filters,
  kernel: Kernel,
  options?: Options,
) => Layer<'convTranspose2d', Given<[Filters, Kernel], Options>> = layerFunction('convTranspose2d')

/**
 * A transposed convolution over 3 axes as a layer value: `Network.convTranspose3d` for blocks.
 *
 * @param filters how many channels come out, from 1
 * @param kernel size of a filter: one number, or one per axis
 * @param options `stride` (default 1), `padding` (0), `outputPadding` (0), `dilation` (1), `groups` (1), `bias` (`true`), `name`
 * @example
 * convTranspose3d(8, 2, { stride: 2 }) // Layer<'convTranspose3d', [8, 2, { stride: 2 }]>
 */
export const convTranspose3d: <
  Filters extends number,
  Kernel extends PerAxis<3>,
  Options extends ConvTransposeOptions<3> | NoOptions = NoConvTransposeOptions<3>,
>(
  filters: Filters,
  kernel: Kernel,
  options?: Options,
) => Layer<'convTranspose3d', Given<[Filters, Kernel], Options>> = layerFunction('convTranspose3d')

type ConvTranspose = 'convTranspose1d' | 'convTranspose2d' | 'convTranspose3d'

/** How the parameters of a transposed convolution look for their own fault in its rule. In a function that is generic in a dimension the rule cannot run. */
type FiltersOrUseABlock<Kind extends ConvTranspose, Input extends Shape, Filters extends number, Kernel, Options> =
  ConvTransposeRule<Kind, RankOf[Kind], Input, Filters, Kernel, Options> extends { filters: infer Fault extends string } ? Fault : Filters
type KernelOrUseABlock<Kind extends ConvTranspose, Input extends Shape, Filters extends number, Kernel, Options> =
  ConvTransposeRule<Kind, RankOf[Kind], Input, Filters, Kernel, Options> extends { kernel: infer Fault extends string } ? Fault : Kernel
type OptionsOrUseABlock<Kind extends ConvTranspose, Input extends Shape, Filters extends number, Kernel, Options> =
  ConvTransposeRule<Kind, RankOf[Kind], Input, Filters, Kernel, Options> extends { options: infer Faults extends object | string }
    ? Faults
    : Options

declare module '../../network/network.js' {
  interface Network<Input extends Shape, Output extends Shape, Params extends number> {
    /**
     * A transposed convolution over one axis: it makes maps larger, and gives back the size that a convolution of the same
     * kernel, stride and padding was given where that fitted (Dumoulin and Visin 2016).
     *
     * `[length, channels] -> [(N - 1)*S - 2P + D(F - 1) + outputPadding + 1 on each axis, filters]` (PyTorch, ONNX);
     * with padding `'same'` N*S, as Keras. `'valid'` is padding 0; where the stride is larger than the kernel, Keras adds S - F.
     *
     * Parameters: channels * (filters / groups) * cells of the kernel, plus filters biases. MACs: positions of the input * the
     * weights.
     *
     * @param filters how many channels come out, from 1
     * @param kernel size of a filter: one number, or one per axis
     * @param options `stride` (default 1), `padding` (0), `outputPadding` (0), `dilation` (1), `groups` (1), `bias` (`true`), `name`
     * @throws {ShapeError} when the output padding is not smaller than the stride or the dilation, nothing is left of the output,
     * or the groups do not divide the channels and the filters
     * @example
     * input(50, 16).convTranspose1d(8, 2, { stride: 2 }) // Network<[50, 16], [100, 8], 264>
     */
    convTranspose1d<
      Filters extends number,
      Kernel extends PerAxis<1>,
      Options extends ConvTransposeOptions<1> | NoOptions = NoConvTransposeOptions<1>,
    >(
      filters: FiltersOrUseABlock<'convTranspose1d', Output, Filters, Kernel, Options>,
      kernel: KernelOrUseABlock<'convTranspose1d', Output, Filters, Kernel, Options>,
      options?: OptionsOrUseABlock<'convTranspose1d', Output, Filters, Kernel, Options>,
    ): Network<
      Input,
      ConvTransposeRule<'convTranspose1d', 1, Output, Filters, Kernel, Options>['output'],
      AddCount<Params, ConvTransposeRule<'convTranspose1d', 1, Output, Filters, Kernel, Options>['params']>
    >

    /**
     * A transposed convolution over two axes: it makes maps larger, and gives back the size that a convolution of the same
     * kernel, stride and padding was given where that fitted (Dumoulin and Visin 2016).
     *
     * `[height, width, channels] -> [(N - 1)*S - 2P + D(F - 1) + outputPadding + 1 on each axis, filters]` (PyTorch, ONNX);
     * with padding `'same'` N*S, as Keras. `'valid'` is padding 0; where the stride is larger than the kernel, Keras adds S - F.
     *
     * Parameters: channels * (filters / groups) * cells of the kernel, plus filters biases. MACs: positions of the input * the
     * weights.
     *
     * @param filters how many channels come out, from 1
     * @param kernel size of a filter: one number, or one per axis
     * @param options `stride` (default 1), `padding` (0), `outputPadding` (0), `dilation` (1), `groups` (1), `bias` (`true`), `name`
     * @throws {ShapeError} when the output padding is not smaller than the stride or the dilation, nothing is left of the output,
     * or the groups do not divide the channels and the filters
     * @example
     * input(28, 28, 64).convTranspose2d(8, 2, { stride: 2 }) // Network<[28, 28, 64], [56, 56, 8], 2056>
     */
    convTranspose2d<
      Filters extends number,
      Kernel extends PerAxis<2>,
      Options extends ConvTransposeOptions<2> | NoOptions = NoConvTransposeOptions<2>,
    >(
      filters: FiltersOrUseABlock<'convTranspose2d', Output, Filters, Kernel, Options>,
      kernel: KernelOrUseABlock<'convTranspose2d', Output, Filters, Kernel, Options>,
      options?: OptionsOrUseABlock<'convTranspose2d', Output, Filters, Kernel, Options>,
    ): Network<
      Input,
      ConvTransposeRule<'convTranspose2d', 2, Output, Filters, Kernel, Options>['output'],
      AddCount<Params, ConvTransposeRule<'convTranspose2d', 2, Output, Filters, Kernel, Options>['params']>
    >

    /**
     * A transposed convolution over three axes: it makes maps larger, and gives back the size that a convolution of the same
     * kernel, stride and padding was given where that fitted (Dumoulin and Visin 2016).
     *
     * `[depth, height, width, channels] -> [(N - 1)*S - 2P + D(F - 1) + outputPadding + 1 on each axis, filters]` (PyTorch, ONNX);
     * with padding `'same'` N*S, as Keras. `'valid'` is padding 0; where the stride is larger than the kernel, Keras adds S - F.
     *
     * Parameters: channels * (filters / groups) * cells of the kernel, plus filters biases. MACs: positions of the input * the
     * weights.
     *
     * @param filters how many channels come out, from 1
     * @param kernel size of a filter: one number, or one per axis
     * @param options `stride` (default 1), `padding` (0), `outputPadding` (0), `dilation` (1), `groups` (1), `bias` (`true`), `name`
     * @throws {ShapeError} when the output padding is not smaller than the stride or the dilation, nothing is left of the output,
     * or the groups do not divide the channels and the filters
     * @example
     * input(8, 28, 28, 16).convTranspose3d(8, 2, { stride: 2 }) // Network<[8, 28, 28, 16], [16, 56, 56, 8], 1032>
     */
    convTranspose3d<
      Filters extends number,
      Kernel extends PerAxis<3>,
      Options extends ConvTransposeOptions<3> | NoOptions = NoConvTransposeOptions<3>,
    >(
      filters: FiltersOrUseABlock<'convTranspose3d', Output, Filters, Kernel, Options>,
      kernel: KernelOrUseABlock<'convTranspose3d', Output, Filters, Kernel, Options>,
      options?: OptionsOrUseABlock<'convTranspose3d', Output, Filters, Kernel, Options>,
    ): Network<
      Input,
      ConvTransposeRule<'convTranspose3d', 3, Output, Filters, Kernel, Options>['output'],
      AddCount<Params, ConvTransposeRule<'convTranspose3d', 3, Output, Filters, Kernel, Options>['params']>
    >
  }
}
