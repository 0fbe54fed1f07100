import { block, branch, concat, conv2d, convTranspose2d, crop, identity, input, keep, maxPool2d, relu } from 'stridewise'

/*
 * U-Net: Ronneberger, Fischer and Brox, "U-Net: Convolutional Networks for Biomedical Image Segmentation" (arXiv:1505.04597),
 * figure 1. The way down keeps each level by a name, and the way up joins it again: the code has the order of the figure.
 */

/** Two 3x3 convolutions without padding, each with a ReLU. */
const double = <Filters extends number>(filters: Filters) => block(conv2d(filters, 3), relu(), conv2d(filters, 3), relu())

/** A step of the way down: a level is kept before it is halved. What a block keeps on the main path is known behind it. */
const down = <Filters extends number, Level extends string>(filters: Filters, level: Level) =>
  block(double(filters), keep(level), maxPool2d(2))

/**
 * A step of the way up. No convolution has padding, so a kept level is larger than what comes from below, and `crop` cuts its border off.
 * `identity()` is the value here, which takes part in a join only where it is named.
 */
const up = <Filters extends number, Border extends number, Level extends string>(filters: Filters, border: Border, level: Level) =>
  block(convTranspose2d(filters, 2, { stride: 2 }), concat(branch(level, crop(border)), identity()), double(filters))

const contracting = block(down(64, 'level1'), down(128, 'level2'), down(256, 'level3'), down(512, 'level4'), double(1024))
const expanding = block(up(512, 4, 'level4'), up(256, 16, 'level3'), up(128, 40, 'level2'), up(64, 88, 'level1'))

export const unet = input(572, 572, 1).apply(contracting).apply(expanding).conv2d(2, 1).expect(388, 388, 2)

/** The graph is that of `unet()` in `stridewise/zoo`, where each level stands around the next one. */
export const parameters: 31_030_658 = unet.params
