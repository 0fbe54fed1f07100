import type { Network } from '../network/network.js'
import type { Mistake } from '../shape/message.js'
import type { Rank, Shape } from '../shape/shape.js'
import type { PerAxis, unset, WindowOptions } from '../shape/windows.js'
import type { LayerKind } from './layer.js'
import { applyPooling, type PoolingRule } from './pooling-rule.js'
import { type NoAxes, requireAxes } from './rule.js'

/** Options of the pools. */
export interface PoolingOptions<R extends Rank> extends WindowOptions<R> {}

/** {@link PoolingOptions} when none are given. */
export interface NoPoolingOptions<R extends Rank> extends PoolingOptions<R> {
  readonly [unset]: true
}

const pool = <R extends Rank>(kind: string, rank: R): LayerKind<[PerAxis<R>, PoolingOptions<R>?]> => ({
  kind,
  apply: (input, kernel, options) => applyPooling(kind, rank, input, kernel, options as PoolingOptions<Rank> | undefined),
})

const globalPool = (kind: string): LayerKind<[]> => ({
  kind,
  apply: (input) => {
    requireAxes(kind, input, '')
    return { output: [input.at(-1) as number], settings: {}, weights: [], macs: 0, memory: 'own', seesAll: true }
  },
})

export const poolingKinds = {
  maxPool1d: pool('maxPool1d', 1),
  maxPool2d: pool('maxPool2d', 2),
  maxPool3d: pool('maxPool3d', 3),
  avgPool1d: pool('avgPool1d', 1),
  avgPool2d: pool('avgPool2d', 2),
  avgPool3d: pool('avgPool3d', 3),
  globalAvgPool: globalPool('globalAvgPool'),
  globalMaxPool: globalPool('globalMaxPool'),
}

/** How the parameters of a pool look for their own fault in its rule. */
type KernelOf<Kind extends string, R extends Rank, Input, Kernel, Options> =
  PoolingRule<Kind, R, Input, Kernel, Options> extends { kernel: infer Fault extends string } ? Fault : Kernel
type OptionsOf<Kind extends string, R extends Rank, Input, Kernel, Options> =
  PoolingRule<Kind, R, Input, Kernel, Options> extends { options: infer Faults extends object } ? Faults : Options

/** A global pool's method; where it cannot be, no method but a {@link Mistake} that says why. */
type GlobalPool<Kind extends string, Input extends Shape, Output extends Shape, Params extends number> = Output extends readonly [number]
  ? Mistake<NoAxes<Kind, Output>>
  : Output extends readonly [...unknown[], infer Channels extends number]
    ? () => Network<Input, [Channels], Params>
    : () => Network<Input, [number], Params>

declare module '../network/network.js' {
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
    maxPool1d<Kernel extends PerAxis<1>, Options extends PoolingOptions<1> = NoPoolingOptions<1>>(
      kernel: KernelOf<'maxPool1d', 1, Output, Kernel, Options>,
      options?: OptionsOf<'maxPool1d', 1, Output, Kernel, Options>,
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
    maxPool2d<Kernel extends PerAxis<2>, Options extends PoolingOptions<2> = NoPoolingOptions<2>>(
      kernel: KernelOf<'maxPool2d', 2, Output, Kernel, Options>,
      options?: OptionsOf<'maxPool2d', 2, Output, Kernel, Options>,
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
    maxPool3d<Kernel extends PerAxis<3>, Options extends PoolingOptions<3> = NoPoolingOptions<3>>(
      kernel: KernelOf<'maxPool3d', 3, Output, Kernel, Options>,
      options?: OptionsOf<'maxPool3d', 3, Output, Kernel, Options>,
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
    avgPool1d<Kernel extends PerAxis<1>, Options extends PoolingOptions<1> = NoPoolingOptions<1>>(
      kernel: KernelOf<'avgPool1d', 1, Output, Kernel, Options>,
      options?: OptionsOf<'avgPool1d', 1, Output, Kernel, Options>,
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
    avgPool2d<Kernel extends PerAxis<2>, Options extends PoolingOptions<2> = NoPoolingOptions<2>>(
      kernel: KernelOf<'avgPool2d', 2, Output, Kernel, Options>,
      options?: OptionsOf<'avgPool2d', 2, Output, Kernel, Options>,
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
    avgPool3d<Kernel extends PerAxis<3>, Options extends PoolingOptions<3> = NoPoolingOptions<3>>(
      kernel: KernelOf<'avgPool3d', 3, Output, Kernel, Options>,
      options?: OptionsOf<'avgPool3d', 3, Output, Kernel, Options>,
    ): Network<Input, PoolingRule<'avgPool3d', 3, Output, Kernel, Options>['output'], Params>

    /**
     * The mean of each channel over all positions: a volume becomes a vector of its channels.
     *
     * `[height, width, channels] -> [channels]`; no parameters, no MACs.
     *
     * @throws {ShapeError} on a vector, which has no positions
     * @example
     * input(7, 7, 512).globalAvgPool() // Network<[7, 7, 512], [512], 0>
     */
    readonly globalAvgPool: GlobalPool<'globalAvgPool', Input, Output, Params>

    /**
     * The largest value of each channel over all positions: a volume becomes a vector of its channels.
     *
     * `[height, width, channels] -> [channels]`; no parameters, no MACs.
     *
     * @throws {ShapeError} on a vector, which has no positions
     * @example
     * input(7, 7, 512).globalMaxPool() // Network<[7, 7, 512], [512], 0>
     */
    readonly globalMaxPool: GlobalPool<'globalMaxPool', Input, Output, Params>
  }
}
