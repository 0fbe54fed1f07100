import { block, concat, conv2d, convTranspose2d, crop, type Layer, maxPool2d, type Network, relu } from '../index.js'
import type { OutputOn, ParamsAfter } from '../layers/kind/rule-of.js'
import type { AnyLayer } from '../layers/kind/value.js'
import { type ClassesFor, type Count, type ModelOptions, type Or, onImages, type SizeFor } from './model.js'

/*
 * U-Net: Ronneberger, Fischer and Brox, "U-Net: Convolutional Networks for Biomedical Image Segmentation" (arXiv:1505.04597),
 * figure 1.
 *
 * A level of the U stands around the next one, and so does its code. Convolutions have no padding, so what goes straight across
 * is larger than what comes back from below, and its border is cut off.
 */

const twice = <Filters extends number>(filters: Filters) => block(conv2d(filters, 3), relu(), conv2d(filters, 3), relu())

/** A level with what is below it; `border` is how many cells that loses on each side. */
const level = <Filters extends number, Border extends number, Below extends AnyLayer>(filters: Filters, border: Border, below: Below) =>
  block(twice(filters), concat(crop(border), block(maxPool2d(2), below, convTranspose2d(filters, 2, { stride: 2 }))), twice(filters))

const layers = () => level(64, 88, level(128, 40, level(256, 16, level(512, 4, twice(1024)))))

/** The levels, and a 1x1 convolution that scores the classes at each pixel. */
type Scored<Classes extends number> = Layer<'block', [ReturnType<typeof layers>, Layer<'conv2d', [Classes, 1]>]>

/** The function {@link unet}. */
type UNet = <Classes extends Count = 2, Size extends Count = 572>(
  /** `classes`, `input` (height and width) and what is particular to the model; all have defaults. */
  options?: ModelOptions<ClassesFor<Classes>, SizeFor<typeof layers, Size, 572, 1>>,
) => Network<
  [Or<Size, 572>, Or<Size, 572>, 1],
  OutputOn<[Or<Size, 572>, Or<Size, 572>, 1], Scored<Or<Classes, 2>>>,
  ParamsAfter<0, [Or<Size, 572>, Or<Size, 572>, 1], Scored<Or<Classes, 2>>>
>

/**
 * U-Net (arXiv:1505.04597, figure 1), for gray images: it scores the classes of each pixel except a border of 92. A size fits when
 * every pool meets an even one: 572, or 16 more or less.
 *
 * Dropout, of which the paper gives no rate, is left out.
 *
 * @example
 * unet() // Network<[572, 572, 1], [388, 388, 2], 31030658>
 */
export const unet: UNet = (options) => onImages((classes) => [layers(), conv2d(classes, 1)], 572, options, [], { channels: 1, classes: 2 })
