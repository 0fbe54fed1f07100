import type { Rank, Shape } from '../../shape/shape.js'
import type { PerAxis, unset, WindowOptions } from '../../shape/windows.js'
import type { LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { NoOptions } from '../kind/options.js'
import type { RankOf } from '../kind/rule.js'
import { type Given, type Layer, layerFunction } from '../kind/value.js'
import { applyPooling, type PoolingRule } from './rule.js'

/** Options of the pools. */
export interface PoolingOptions<R extends Rank> extends WindowOptions<R> {}

/** {@link PoolingOptions} when none are given. */
export interface NoPoolingOptions<R extends Rank> extends PoolingOptions<R> {
  readonly [unset]: true
}

const pool = <R extends Rank>(kind: string, rank: R): LayerKind<[PerAxis<R>, PoolingOptions<R>?]> => ({
  kind,
  takes: 2,
  apply: (input, kernel, options) => applyPooling(kind, rank, input, kernel, options as PoolingOptions<Rank> | undefined),
})

export const poolingKinds = {
  maxPool1d: pool('maxPool1d', 1),
  maxPool2d: pool('maxPool2d', 2),
  maxPool3d: pool('maxPool3d', 3),
  avgPool1d: pool('avgPool1d', 1),
  avgPool2d: pool('avgPool2d', 2),
  avgPool3d: pool('avgPool3d', 3),
}

/** The rule of a pool's layer value. */
type ValueRule<Kind extends string, R extends Rank, Input extends Shape, Values extends Arguments> = PoolingRule<
  Kind,
  R,
  Input,
  Values[0],
  Values extends readonly [unknown, infer Options] ? Options : NoPoolingOptions<R>
>

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    maxPool1d: ValueRule<'maxPool1d', 1, Input, Given>
    maxPool2d: ValueRule<'maxPool2d', 2, Input, Given>
    maxPool3d: ValueRule<'maxPool3d', 3, Input, Given>
    avgPool1d: ValueRule<'avgPool1d', 1, Input, Given>
    avgPool2d: ValueRule<'avgPool2d', 2, Input, Given>
    avgPool3d: ValueRule<'avgPool3d', 3, Input, Given>
  }
}

/**
 * Max pool over 1 axis as a layer value: `Network.maxPool1d` for blocks.
 *
 * @param kernel size of the window: one number, or one per axis
 * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `name`
 * @example
 * maxPool1d(3, { stride: 2 }) // Layer<'maxPool1d', [3, { stride: 2 }]>
 */
export const maxPool1d: <Kernel extends PerAxis<1>, Options extends PoolingOptions<1> | NoOptions = NoPoolingOptions<1>>(
  kernel: Kernel,
  options?: Options,
) => Layer<'maxPool1d', Given<[Kernel], Options>> = layerFunction('maxPool1d')

/**
 * Max pool over 2 axes as a layer value: `Network.maxPool2d` for blocks.
 *
 * @param kernel size of the window: one number, or one per axis
 * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `name`
 * @example
 * maxPool2d(3, { stride: 2 }) // Layer<'maxPool2d', [3, { stride: 2 }]>
 */
export const maxPool2d: <Kernel extends PerAxis<2>, Options extends PoolingOptions<2> | NoOptions = NoPoolingOptions<2>>(
  kernel: Kernel,
  options?: Options,
) => Layer<'maxPool2d', Given<[Kernel], Options>> = layerFunction('maxPool2d')

/**
 * Max pool over 3 axes as a layer value: `Network.maxPool3d` for blocks.
 *
 * @param kernel size of the window: one number, or one per axis
 * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `name`
 * @example
 * maxPool3d(3, { stride: 2 }) // Layer<'maxPool3d', [3, { stride: 2 }]>
 */
export const maxPool3d: <Kernel extends PerAxis<3>, Options extends PoolingOptions<3> | NoOptions = NoPoolingOptions<3>>(
  kernel: Kernel,
  options?: Options,
) => Layer<'maxPool3d', Given<[Kernel], Options>> = layerFunction('maxPool3d')

/**
 * Average pool over 1 axis as a layer value: `Network.avgPool1d` for blocks.
 *
 * @param kernel size of the window: one number, or one per axis
 * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `name`
 * @example
 * avgPool1d(3, { stride: 2 }) // Layer<'avgPool1d', [3, { stride: 2 }]>
 */
export const avgPool1d: <Kernel extends PerAxis<1>, Options extends PoolingOptions<1> | NoOptions = NoPoolingOptions<1>>(
  kernel: Kernel,
  options?: Options,
) => Layer<'avgPool1d', Given<[Kernel], Options>> = layerFunction('avgPool1d')

/**
 * Average pool over 2 axes as a layer value: `Network.avgPool2d` for blocks.
 *
 * @param kernel size of the window: one number, or one per axis
 * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `name`
 * @example
 * avgPool2d(3, { stride: 2 }) // Layer<'avgPool2d', [3, { stride: 2 }]>
 */
export const avgPool2d: <Kernel extends PerAxis<2>, Options extends PoolingOptions<2> | NoOptions = NoPoolingOptions<2>>(
  kernel: Kernel,
  options?: Options,
) => Layer<'avgPool2d', Given<[Kernel], Options>> = layerFunction('avgPool2d')

/**
 * Average pool over 3 axes as a layer value: `Network.avgPool3d` for blocks.
 *
 * @param kernel size of the window: one number, or one per axis
 * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `name`
 * @example
 * avgPool3d(3, { stride: 2 }) // Layer<'avgPool3d', [3, { stride: 2 }]>
 */
export const avgPool3d: <Kernel extends PerAxis<3>, Options extends PoolingOptions<3> | NoOptions = NoPoolingOptions<3>>(
  kernel: Kernel,
  options?: Options,
) => Layer<'avgPool3d', Given<[Kernel], Options>> = layerFunction('avgPool3d')

type Pool = 'maxPool1d' | 'maxPool2d' | 'maxPool3d' | 'avgPool1d' | 'avgPool2d' | 'avgPool3d'

/** How the parameters of a pool look for their own fault in its rule. In a function that is generic in a dimension the rule cannot run. */
type KernelOrUseABlock<Kind extends Pool, Input, Kernel, Options> =
  PoolingRule<Kind, RankOf[Kind], Input, Kernel, Options> extends { kernel: infer Fault extends string } ? Fault : Kernel
type OptionsOrUseABlock<Kind extends Pool, Input, Kernel, Options> =
  PoolingRule<Kind, RankOf[Kind], Input, Kernel, Options> extends { options: infer Faults extends object | string } ? Faults : Options

declare module '../../network/network.js' {
  interface Network<Input extends Shape, Output extends Shape, Params extends number> {
    /**
     * Max pool over one axis: the largest value under each position of the window, channel by channel.
     *
     * `[length, channels]`: each spatial axis becomes (N - F + 2P)/S + 1, the channels stay; no parameters, no MACs (CS231n, lecture 7).
     *
     * @param kernel size of the window: one number, or one per axis
     * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `name`
     * @throws {ShapeError} when the window does not fit
     * @example
     * input(100, 8).maxPool1d(2) // Network<[100, 8], [50, 8], 0>
     */
    maxPool1d<Kernel extends PerAxis<1>, Options extends PoolingOptions<1> | NoOptions = NoPoolingOptions<1>>(
      kernel: KernelOrUseABlock<'maxPool1d', Output, Kernel, Options>,
      options?: OptionsOrUseABlock<'maxPool1d', Output, Kernel, Options>,
    ): Network<Input, PoolingRule<'maxPool1d', 1, Output, Kernel, Options>['output'], Params>

    /**
     * Max pool over two axes: the largest value under each position of the window, channel by channel.
     *
     * `[height, width, channels]`: each spatial axis becomes (N - F + 2P)/S + 1, the channels stay; no parameters, no MACs (CS231n, lecture 7).
     *
     * @param kernel size of the window: one number, or one per axis
     * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `name`
     * @throws {ShapeError} when the window does not fit
     * @example
     * input(224, 224, 64).maxPool2d(2) // Network<[224, 224, 64], [112, 112, 64], 0>
     */
    maxPool2d<Kernel extends PerAxis<2>, Options extends PoolingOptions<2> | NoOptions = NoPoolingOptions<2>>(
      kernel: KernelOrUseABlock<'maxPool2d', Output, Kernel, Options>,
      options?: OptionsOrUseABlock<'maxPool2d', Output, Kernel, Options>,
    ): Network<Input, PoolingRule<'maxPool2d', 2, Output, Kernel, Options>['output'], Params>

    /**
     * Max pool over three axes: the largest value under each position of the window, channel by channel.
     *
     * `[depth, height, width, channels]`: each spatial axis becomes (N - F + 2P)/S + 1, the channels stay; no parameters, no MACs (CS231n, lecture 7).
     *
     * @param kernel size of the window: one number, or one per axis
     * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `name`
     * @throws {ShapeError} when the window does not fit
     * @example
     * input(16, 56, 56, 64).maxPool3d(2) // Network<[16, 56, 56, 64], [8, 28, 28, 64], 0>
     */
    maxPool3d<Kernel extends PerAxis<3>, Options extends PoolingOptions<3> | NoOptions = NoPoolingOptions<3>>(
      kernel: KernelOrUseABlock<'maxPool3d', Output, Kernel, Options>,
      options?: OptionsOrUseABlock<'maxPool3d', Output, Kernel, Options>,
    ): Network<Input, PoolingRule<'maxPool3d', 3, Output, Kernel, Options>['output'], Params>

    /**
     * Average pool over one axis: the mean under each position of the window, channel by channel.
     *
     * `[length, channels]`: each spatial axis becomes (N - F + 2P)/S + 1, the channels stay; no parameters, no MACs (CS231n, lecture 7).
     *
     * @param kernel size of the window: one number, or one per axis
     * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `name`
     * @throws {ShapeError} when the window does not fit
     * @example
     * input(100, 8).avgPool1d(2) // Network<[100, 8], [50, 8], 0>
     */
    avgPool1d<Kernel extends PerAxis<1>, Options extends PoolingOptions<1> | NoOptions = NoPoolingOptions<1>>(
      kernel: KernelOrUseABlock<'avgPool1d', Output, Kernel, Options>,
      options?: OptionsOrUseABlock<'avgPool1d', Output, Kernel, Options>,
    ): Network<Input, PoolingRule<'avgPool1d', 1, Output, Kernel, Options>['output'], Params>

    /**
     * Average pool over two axes: the mean under each position of the window, channel by channel.
     *
     * `[height, width, channels]`: each spatial axis becomes (N - F + 2P)/S + 1, the channels stay; no parameters, no MACs (CS231n, lecture 7).
     *
     * @param kernel size of the window: one number, or one per axis
     * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `name`
     * @throws {ShapeError} when the window does not fit
     * @example
     * input(224, 224, 64).avgPool2d(2) // Network<[224, 224, 64], [112, 112, 64], 0>
     */
    avgPool2d<Kernel extends PerAxis<2>, Options extends PoolingOptions<2> | NoOptions = NoPoolingOptions<2>>(
      kernel: KernelOrUseABlock<'avgPool2d', Output, Kernel, Options>,
      options?: OptionsOrUseABlock<'avgPool2d', Output, Kernel, Options>,
    ): Network<Input, PoolingRule<'avgPool2d', 2, Output, Kernel, Options>['output'], Params>

    /**
     * Average pool over three axes: the mean under each position of the window, channel by channel.
     *
     * `[depth, height, width, channels]`: each spatial axis becomes (N - F + 2P)/S + 1, the channels stay; no parameters, no MACs (CS231n, lecture 7).
     *
     * @param kernel size of the window: one number, or one per axis
     * @param options `stride` (default: the kernel), `padding`, `dilation`, `rounding`, `name`
     * @throws {ShapeError} when the window does not fit
     * @example
     * input(16, 56, 56, 64).avgPool3d(2) // Network<[16, 56, 56, 64], [8, 28, 28, 64], 0>
     */
    avgPool3d<Kernel extends PerAxis<3>, Options extends PoolingOptions<3> | NoOptions = NoPoolingOptions<3>>(
      kernel: KernelOrUseABlock<'avgPool3d', Output, Kernel, Options>,
      options?: OptionsOrUseABlock<'avgPool3d', Output, Kernel, Options>,
    ): Network<Input, PoolingRule<'avgPool3d', 3, Output, Kernel, Options>['output'], Params>
  }
}
