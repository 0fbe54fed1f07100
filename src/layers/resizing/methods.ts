import type { Network } from '../../network/network.js'
import type { AnyInput, AnyShape } from '../../shape/shape.js'
import type { LeftOut, NoOptions } from '../kind/options.js'
import type { WideOptionsOrUseABlock } from '../kind/or-use-a-block.js'
import type { AtEnds, EachSpatial } from '../kind/per-axis.js'
import type { OutputOf } from '../kind/rule.js'
import type { AmountOrUseABlock, NoPadOptions, PadMethodRule, PadOptions } from './pad.js'
import type { CropOrUseABlock, Cropped, ZeroPadded, ZeroPadOrUseABlock } from './padding.js'
import type { PixelShuffled, PixelShuffleScaleOrUseABlock } from './pixel-shuffle.js'
import type { PixelUnshuffled, PixelUnshuffleScaleOrUseABlock } from './pixel-unshuffle.js'
import type { NoUpsampleOptions, UpsampleMethodRule, UpsampleOptions, UpsampleScaleOrUseABlock, UpsampleSize } from './upsample.js'

/** The methods that resize a feature map without weights. */
export interface ResizingMethods<Input extends AnyInput, Output extends AnyShape, Params extends number> {
  /**
   * Pads the input with zeros, on one, two or three spatial axes (PyTorch's `ZeroPad1d` to `ZeroPad3d`).
   *
   * Each spatial axis becomes N + before + after and the channels stay the same; no parameters, no MACs.
   *
   * @param amount the number of zeros at every end, or per axis a number or `[before, after]`
   * @throws {ShapeError} on a vector, and for amounts that are not whole numbers, or not one per axis
   * @example
   * input(224, 224, 3).zeroPad([[0, 1], [0, 1]]) // Network<[224, 224, 3], [225, 225, 3], 0>
   */
  zeroPad<Amount extends AtEnds>(amount: ZeroPadOrUseABlock<Output, Amount, Input>): Network<Input, ZeroPadded<Output, Amount>, Params>

  /**
   * Pads the input on one, two or three spatial axes, with zeros or with copies of its own cells (the modes of PyTorch's `pad`, and
   * NumPy's `symmetric`).
   *
   * Each spatial axis becomes N + before + after and the channels stay the same; no parameters, no MACs.
   *
   * @param amount the number of cells at every end, or per axis a number or `[before, after]`
   * @param options `mode` (default `'constant'`), `name`
   * @throws {ShapeError} on a vector, and for more cells than there are to copy: N - 1 with `'reflect'`, N with `'symmetric'` and `'circular'`
   * @example
   * input(256, 256, 3).pad(3, { mode: 'reflect' }) // Network<[256, 256, 3], [262, 262, 3], 0>
   */
  pad<Amount extends AtEnds, Options extends PadOptions | NoOptions = NoPadOptions>(
    amount: AmountOrUseABlock<Output, Amount, Options, Input>,
    options: LeftOut | WideOptionsOrUseABlock<PadMethodRule<Output, Amount, Options>, Options, Input>,
  ): Network<Input, OutputOf<PadMethodRule<Output, Amount, Options>>, Params>

  /**
   * Crops the ends of one, two or three spatial axes (Keras's `Cropping1D` to `Cropping3D`).
   *
   * Each spatial axis becomes N - before - after, at least 1, and the channels stay the same; no parameters, no MACs.
   *
   * @param amount the number of cells to remove at every end, or per axis a number or `[before, after]`
   * @throws {ShapeError} when an axis becomes empty, and on a vector
   * @example
   * input(64, 64, 128).crop(4) // Network<[64, 64, 128], [56, 56, 128], 0>
   */
  crop<Amount extends AtEnds>(amount: CropOrUseABlock<Output, Amount, Input>): Network<Input, Cropped<Output, Amount>, Params>

  /**
   * Rearranges channels into pixels: channel c * s^2 + i * s + j becomes row i and column j of channel c (Shi et al. 2016,
   * PyTorch's `PixelShuffle`; TensorFlow's `depth_to_space` takes the channels in another order).
   *
   * `[height, width, channels] -> [height * s, width * s, channels / s^2]`; no parameters, no MACs.
   *
   * @param scale the enlargement of both axes; its square must divide the channels
   * @throws {ShapeError} when the square of the scale does not divide the channels
   * @example
   * input(64, 64, 48).pixelShuffle(4) // Network<[64, 64, 48], [256, 256, 3], 0>
   */
  pixelShuffle<Scale extends number>(
    scale: PixelShuffleScaleOrUseABlock<Output, Scale, Input>,
  ): Network<Input, PixelShuffled<Output, Scale>, Params>

  /**
   * Rearranges pixels into channels: row i and column j of each square of s * s pixels of channel c become channel c * s^2 + i * s + j
   * (PyTorch's `PixelUnshuffle`, the reverse of `pixelShuffle`; TensorFlow's `space_to_depth` gives the channels in another order).
   *
   * `[height, width, channels] -> [height / s, width / s, channels * s^2]`; no parameters, no MACs.
   *
   * @param scale the reduction of both axes, which it must divide
   * @throws {ShapeError} when the scale does not divide the height and the width
   * @example
   * input(256, 256, 3).pixelUnshuffle(4) // Network<[256, 256, 3], [64, 64, 48], 0>
   */
  pixelUnshuffle<Scale extends number>(
    scale: PixelUnshuffleScaleOrUseABlock<Output, Scale, Input>,
  ): Network<Input, PixelUnshuffled<Output, Scale>, Params>

  /**
   * Resizes one, two or three spatial axes by factors or to a size, copying or interpolating cells (PyTorch's `Upsample`, Keras's
   * `UpSampling1D` to `3D` and `Resizing`).
   *
   * Each spatial axis becomes N * scale, or the given size, and the channels stay the same; no parameters. MACs: 0, since there are no
   * weights.
   *
   * @param scale the factor of every spatial axis, or one per axis, such as 2 or 1.5; or `{ size }`, the output size
   * @param options `method` (default `'nearest'`), `alignCorners`, `rounding`, `name`
   * @throws {ShapeError} on a vector, for factors that give no whole size unless `rounding: 'floor'`, and for a wrong number of values
   * @example
   * input(13, 13, 256).upsample(2) // Network<[13, 13, 256], [26, 26, 256], 0>
   */
  upsample<Scale extends EachSpatial | UpsampleSize, Options extends UpsampleOptions | NoOptions = NoUpsampleOptions>(
    scale: UpsampleScaleOrUseABlock<Output, Scale, Options, Input>,
    options: LeftOut | WideOptionsOrUseABlock<UpsampleMethodRule<Output, Scale, Options>, Options, Input>,
  ): Network<Input, OutputOf<UpsampleMethodRule<Output, Scale, Options>>, Params>
}
