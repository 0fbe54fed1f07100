import { block, branch, conv2d, crop, identity, input, relu } from 'stridewise'

/*
 * U-Net: Ronneberger, Fischer and Brox, "U-Net: Convolutional Networks for Biomedical Image Segmentation" (arXiv:1505.04597),
 * figure 1. The way down keeps each level by a name, and the way up joins it again: the code has the order of the figure.
 */

/** Two 3x3 convolutions without padding, each with a ReLU. */
const double = <Filters extends number>(filters: Filters) => block(conv2d(filters, 3), relu(), conv2d(filters, 3), relu())

/** The way down: a level is kept before it is halved. */
const contracting = input(572, 572, 1)
  .apply(double(64))
  .keep('level1')
  .maxPool2d(2)
  .apply(double(128))
  .keep('level2')
  .maxPool2d(2)
  .apply(double(256))
  .keep('level3')
  .maxPool2d(2)
  .apply(double(512))
  .keep('level4')
  .maxPool2d(2)
  .apply(double(1024))

/**
 * The way up. What was kept is larger than what comes from below, since no convolution has padding: `crop` cuts its border off.
 * `identity()` is the value here, which takes part in a join only where it is named.
 */
export const unet = contracting
  .convTranspose2d(512, 2, { stride: 2 })
  .concat(branch('level4', crop(4)), identity())
  .apply(double(512))
  .convTranspose2d(256, 2, { stride: 2 })
  .concat(branch('level3', crop(16)), identity())
  .apply(double(256))
  .convTranspose2d(128, 2, { stride: 2 })
  .concat(branch('level2', crop(40)), identity())
  .apply(double(128))
  .convTranspose2d(64, 2, { stride: 2 })
  .concat(branch('level1', crop(88)), identity())
  .apply(double(64))
  .conv2d(2, 1)
  .expect(388, 388, 2)

/** The same as that of `unet()` in `stridewise/zoo`, which puts each level around the next one. */
export const parameters: 31_030_658 = unet.params
