import { block, concat, conv2d, convTranspose2d, crop, type Layer, maxPool2d, type Network, relu } from '../index.js'
import type { OutputOn, ParamsAfter } from '../layers/kind/rule-of.js'
import type { AnyLayer } from '../layers/kind/value.js'
import { type ClassesFor, type Count, type ModelOptions, type Or, onImages, type SizeFor } from './model.js'

/*
 * U-Net: Ronneberger, Fischer and Brox, "U-Net: Convolutional Networks for Biomedical Image Segmentation" (arXiv:1505.04597), figure 1.
 *
 * Each level of the U encloses the next one, and so does its code. Convolutions have no padding, so the map that skips across is larger
 * than the one that comes back up, and its border is cropped.
 */

const twice = <Filters extends number>(filters: Filters) => block(conv2d(filters, 3), relu(), conv2d(filters, 3), relu())

/** A level and the levels below it. `border` is the number of cells that those remove on each side. */
const level = <Filters extends number, Border extends number, Below extends AnyLayer>(filters: Filters, border: Border, below: Below) =>
  block(twice(filters), concat(crop(border), block(maxPool2d(2), below, convTranspose2d(filters, 2, { stride: 2 }))), twice(filters))

const layers = () => level(64, 88, level(128, 40, level(256, 16, level(512, 4, twice(1024)))))

/** The levels, and a 1x1 convolution that computes the scores of each pixel. */
type Scored<Classes extends number> = Layer<'block', [ReturnType<typeof layers>, Layer<'conv2d', [Classes, 1]>]>

/** The type of {@link unet}. */
type UNet = <Classes extends Count = 2, Size extends Count = 572>(
  /** `classes`, `input` (height and width) and options of this model; all have defaults. */
  options?: ModelOptions<ClassesFor<Classes>, SizeFor<typeof layers, Size, 572, 1>>,
) => Network<
  [Or<Size, 572>, Or<Size, 572>, 1],
  OutputOn<[Or<Size, 572>, Or<Size, 572>, 1], Scored<Or<Classes, 2>>>,
  ParamsAfter<0, [Or<Size, 572>, Or<Size, 572>, 1], Scored<Or<Classes, 2>>>
>

/**
 * U-Net (arXiv:1505.04597, figure 1), for gray images. It scores the classes of each pixel except a border of 92. A size fits if every
 * pool gets an even size: 572, plus or minus multiples of 16.
 *
 * Dropout is omitted, since the paper gives no rate.
 *
 * @example
 * unet() // Network<[572, 572, 1], [388, 388, 2], 31030658>
 */
export const unet: UNet = (options) => onImages((classes) => [layers(), conv2d(classes, 1)], 572, options, [], { channels: 1, classes: 2 })
