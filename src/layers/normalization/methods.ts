import type { Network } from '../../network/network.js'
import type { Noted } from '../../shape/channels-last.js'
import type { Mistake } from '../../shape/message.js'
import type { AnyInput, AnyShape, Shapes } from '../../shape/shape.js'
import type { EachChannel } from '../kind/each-channel.js'
import type { LeftOut, NoOptions } from '../kind/options.js'
import type { AddCount, CountAfter } from '../kind/params.js'
import type { NoAxes } from '../kind/rule.js'
import type { OnSeveral } from '../kind/several.js'
import type { Given } from '../kind/value.js'
import type { AffineOptions, AffineParams, NoAffineOptions } from './affine.js'
import type { BatchNormOptions, BatchNormOptionsOrUseABlock, BatchNormParams } from './batch-norm.js'
import type {
  ChannelAffineMethodRule,
  ChannelAffineOptions,
  ChannelAffineOptionsOrUseABlock,
  NoChannelAffineOptions,
} from './channel-affine.js'
import type {
  GroupNormOptionsOrUseABlock,
  GroupNormRule,
  GroupsOrUseABlock,
  InstanceNormRule,
  InstanceOptionsOrUseABlock,
} from './group-norm.js'
import type { LayerNormOptionsOrUseABlock, LayerNormRule } from './layer-norm.js'
import type { LayerScaleRule } from './layer-scale.js'
import type { LocalResponseNormOptions, LocalResponseNormSizeOrUseABlock } from './local-response-norm.js'
import type { MeanOrUseABlock, VarianceOrUseABlock } from './normalize.js'
import type { OffsetOrUseABlock, RescaleScaleOrUseABlock } from './rescale.js'
import type { NoRmsNormOptions, RmsNormOptions, RmsNormOptionsOrUseABlock, RmsNormRule } from './rms-norm.js'

/** The methods of normalizations and scales. */
export interface NormalizationMethods<Input extends AnyInput, Output extends AnyShape, Params extends number> {
  /**
   * Group normalization: the channels of each group are normalized to mean 0 and variance 1 over all positions of a sample,
   * then each channel is scaled and shifted (Wu and He 2018).
   *
   * The shape is unchanged. Parameters: 2 * channels (scale and shift), none with `affine: false`. MACs: 0.
   *
   * @param groups the number of groups of channels; it must divide the channels
   * @param options `affine` (default `true`), `epsilon` (1e-5), `name`
   * @throws {ShapeError} when the groups do not divide the channels
   * @example
   * input(56, 56, 64).groupNorm(32) // Network<[56, 56, 64], [56, 56, 64], 128>
   */
  groupNorm<Groups extends number, Options extends AffineOptions | NoOptions = NoAffineOptions>(
    groups: GroupsOrUseABlock<Output, Groups, Options, Input>,
    options: LeftOut | GroupNormOptionsOrUseABlock<Output, Groups, Options, Input>,
  ): Network<Input, Output, CountAfter<Params, GroupNormRule<Output, Groups, Options>>>

  /**
   * Instance normalization: each channel of each sample is normalized to mean 0 and variance 1 over its positions
   * (Ulyanov et al. 2016).
   *
   * The shape is unchanged. Parameters: none as in PyTorch; with `affine: true` 2 * channels (scale and shift). MACs: 0.
   *
   * @param options `affine` (default `false`), `epsilon` (1e-5), `name`
   * @throws {ShapeError} on a vector, which has no positions
   * @example
   * input(256, 256, 64).instanceNorm() // Network<[256, 256, 64], [256, 256, 64], 0>
   */
  readonly instanceNorm: Output extends readonly [number]
    ? Mistake<Noted<NoAxes<'instanceNorm', Output>, Input>>
    : Output extends Shapes
      ? OnSeveral<'instanceNorm', Output>
      : <Options extends AffineOptions | NoOptions = NoAffineOptions>(
          /** `affine` (default `false`), `epsilon` (1e-5), `name` */
          options: LeftOut | InstanceOptionsOrUseABlock<Output, Options, Input>,
        ) => Network<Input, Output, CountAfter<Params, InstanceNormRule<Output, Options>>>

  /**
   * Layer normalization: the channels at each position are normalized to mean 0 and variance 1, then scaled and shifted
   * (Ba et al. 2016).
   *
   * The shape is unchanged; only the last axis is normalized. Parameters: 2 * channels (scale and shift), none with
   * `affine: false`. MACs: 0.
   *
   * @param options `affine` (default `true`), `epsilon` (1e-5), `name`
   * @throws {ShapeError} when an option does not exist
   * @example
   * input(197, 768).layerNorm() // Network<[197, 768], [197, 768], 1536>
   */
  readonly layerNorm: Output extends Shapes
    ? OnSeveral<'layerNorm', Output>
    : <Options extends AffineOptions | NoOptions = NoAffineOptions>(
        /** `affine` (default `true`), `epsilon` (1e-5), `name` */
        options: LeftOut | LayerNormOptionsOrUseABlock<Output, Options, Input>,
      ) => Network<Input, Output, CountAfter<Params, LayerNormRule<Output, Options>>>

  /**
   * Root mean square normalization: the channels at each position are divided by their root mean square, then scaled
   * (Zhang and Sennrich 2019): x / sqrt(mean(x^2) + epsilon) * scale. Unlike `layerNorm` it takes no mean away and adds no shift.
   *
   * The shape is unchanged; only the last axis is normalized. Parameters: channels (PyTorch's `RMSNorm`), none with
   * `affine: false`. MACs: 0.
   *
   * @param options `affine` (default `true`), `epsilon` (1e-6), `name`
   * @throws {ShapeError} when an option does not exist
   * @example
   * input(2048, 4096).rmsNorm() // Network<[2048, 4096], [2048, 4096], 4096>
   */
  readonly rmsNorm: Output extends Shapes
    ? OnSeveral<'rmsNorm', Output>
    : <Options extends RmsNormOptions | NoOptions = NoRmsNormOptions>(
        /** `affine` (default `true`), `epsilon` (1e-6), `name` */
        options: LeftOut | RmsNormOptionsOrUseABlock<Output, Options, Input>,
      ) => Network<Input, Output, CountAfter<Params, RmsNormRule<Output, Options>>>

  /**
   * Layer scale: every channel is multiplied by a learned factor, small at first, so that a residual block begins as almost
   * the identity (Touvron et al. 2021, arXiv:2103.17239; ConvNeXt has it at the end of every block).
   *
   * The shape is unchanged. Parameters: channels. MACs: 0, as for the scale of a normalization.
   *
   * @example
   * input(56, 56, 96).layerScale() // Network<[56, 56, 96], [56, 56, 96], 96>
   */
  readonly layerScale: Output extends Shapes
    ? OnSeveral<'layerScale', Output>
    : () => Network<Input, Output, CountAfter<Params, LayerScaleRule<Output>>>

  /**
   * Batch normalization: each channel is normalized to mean 0 and variance 1 over the batch, then scaled and shifted
   * (Ioffe and Szegedy 2015).
   *
   * @example
   * input(112, 112, 64).batchNorm() // Network<[112, 112, 64], [112, 112, 64], 128>
   */
  readonly batchNorm: Output extends Shapes
    ? OnSeveral<'batchNorm', Output>
    : {
        /**
         * Batch normalization: each channel is normalized to mean 0 and variance 1 over the batch, then scaled and shifted
         * (Ioffe and Szegedy 2015).
         *
         * The shape is unchanged. Parameters: 2 * channels trainable (scale and shift); 2 * channels running statistics are not trainable
         * and are reported apart. MACs: 0 (it folds into the convolution before it).
         *
         * @example
         * input(112, 112, 64).batchNorm() // Network<[112, 112, 64], [112, 112, 64], 128>
         */
        (): Network<Input, Output, AddCount<Params, AffineParams<Output>>>

        /**
         * Batch normalization with options: without a scale, without a shift (Keras's `center`), or with another epsilon.
         *
         * The shape is unchanged. Parameters: channels for the scale and channels for the shift, if present; the 2 * channels running statistics are not trainable.
         *
         * @param options `epsilon` (default 1e-5), `scale` (default `true`), `shift` (default `true`), `name`
         * @example
         * input(149, 149, 32).batchNorm({ scale: false }) // Network<[149, 149, 32], [149, 149, 32], 32>
         */
        <Options extends BatchNormOptions | NoOptions>(
          options: BatchNormOptionsOrUseABlock<Options, Input>,
        ): Network<Input, Output, AddCount<Params, BatchNormParams<Output, Given<[], Options>>>>
      }

  /**
   * A learned scale and shift for each channel, without a normalization before them (ResMLP's `Aff`, Touvron et al. 2021,
   * arXiv:2105.03404).
   *
   * The shape is unchanged. Parameters: 2 * channels, or channels with `scale: false` or `shift: false`. MACs: 0, as for the scale of a
   * normalization.
   *
   * @param options `scale` (default `true`), `shift` (default `true`), `name`
   * @throws {ShapeError} when both are `false`
   * @example
   * input(196, 384).affine() // Network<[196, 384], [196, 384], 768>
   */
  readonly affine: Output extends Shapes
    ? OnSeveral<'affine', Output>
    : <Options extends ChannelAffineOptions | NoOptions = NoChannelAffineOptions>(
        /** `scale` (default `true`), `shift` (default `true`), `name` */
        options: LeftOut | ChannelAffineOptionsOrUseABlock<Output, Options, Input>,
      ) => Network<Input, Output, CountAfter<Params, ChannelAffineMethodRule<Output, Options>>>

  /**
   * A constant scale and offset: x * scale + offset for every value, for pixels (Keras's `Rescaling`).
   *
   * The shape is unchanged; no parameters. MACs: 0, since there are no weights.
   *
   * @param scale what each value is multiplied by: one number, or one for each channel
   * @param offset what is added then, default 0: one number, or one for each channel
   * @throws {ShapeError} when a list has not one number for each channel, or a number is not finite
   * @example
   * input(224, 224, 3).rescale(1 / 127.5, -1) // Network<[224, 224, 3], [224, 224, 3], 0>
   */
  rescale<Scale extends EachChannel, Offset extends EachChannel | undefined = 0>(
    scale: RescaleScaleOrUseABlock<Output, Scale, Input>,
    offset?: OffsetOrUseABlock<Output, Offset, Input>,
  ): this

  /**
   * Brings each channel to mean 0 and variance 1 by statistics of the training data: (x - mean) / sqrt(variance) (Keras's
   * `Normalization`; torchvision's `Normalize` takes the standard deviation, whose square the variance is).
   *
   * The shape is unchanged; no trainable parameters. Without arguments the statistics are 2 * channels weights that are not trainable.
   * MACs: 0, as for a batch normalization.
   *
   * @param mean of the channels: one number, or one for each; left out, mean and variance are weights
   * @param variance of the channels, above 0: one number, or one for each
   * @throws {ShapeError} when a list has not one number for each channel, or a variance is not above 0
   * @example
   * input(224, 224, 3).normalize([0.485, 0.456, 0.406], [0.0524, 0.0502, 0.0506]) // Network<[224, 224, 3], [224, 224, 3], 0>
   */
  readonly normalize: Output extends Shapes
    ? OnSeveral<'normalize', Output>
    : <Mean extends EachChannel | undefined = undefined, Variance extends EachChannel | undefined = undefined>(
        /** of the channels: one number, or one for each; left out, mean and variance are weights */
        mean?: MeanOrUseABlock<Output, Mean, Variance, Input>,
        /** of the channels, above 0: one number, or one for each */
        variance?: VarianceOrUseABlock<Output, Mean, Variance, Input>,
      ) => this

  /**
   * Local response normalization across channels: x / (k + alpha/size * sum of x^2 over `size` neighbouring channels)^beta
   * (Krizhevsky et al. 2012, in PyTorch's scaling of alpha: the paper's 1e-4 with size 5 is `alpha: 5e-4` here).
   *
   * The shape is unchanged; no parameters.
   *
   * @param size the number of neighbouring channels in the sum, from 1
   * @param options `alpha` (default 1e-4), `beta` (0.75), `k` (1), `name`
   * @throws {ShapeError} on a vector, which has no channels at positions
   * @example
   * input(27, 27, 96).localResponseNorm(5) // Network<[27, 27, 96], [27, 27, 96], 0>
   */
  localResponseNorm<Size extends number>(size: LocalResponseNormSizeOrUseABlock<Output, Size>, options?: LocalResponseNormOptions): this
}
