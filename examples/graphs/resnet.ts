import { block, keep, maxPool2d, relu, repeat, residual } from 'stridewise'
import { convNorm } from './conv-norm.js'

/*
 * ResNet-50 (He et al., arXiv:1512.03385, table 1) without its classifier, as a layer value for detectors: it keeps the outputs of its
 * last three or four stages. Strides are in the 3x3 convolutions, as in torchvision.
 */

/** 1x1, 3x3 and 1x1 convolutions. */
const bottleneck = <Width extends number, Filters extends number, Stride extends number>(width: Width, filters: Filters, stride: Stride) =>
  block(convNorm(width, 1, 1, 0), relu(), convNorm(width, 3, stride, 1), relu(), convNorm(filters, 1, 1, 0))

/** A stage: a bottleneck whose shortcut has a projection, then more of them. */
const stage = <Width extends number, Filters extends number, Stride extends number, More extends number>(
  width: Width,
  filters: Filters,
  stride: Stride,
  more: More,
) =>
  block(
    residual(bottleneck(width, filters, stride), convNorm(filters, 1, stride, 0)),
    relu(),
    repeat(more, block(residual(bottleneck(width, filters, 1)), relu())),
  )

/** Keeps 'c2' to 'c5', at strides of 4, 8, 16 and 32. What a block keeps on the main path is known behind it. */
export const resnet50Stages = block(
  convNorm(64, 7, 2, 3),
  relu(),
  maxPool2d(3, { stride: 2, padding: 1, rounding: 'floor' }),
  stage(64, 256, 1, 2),
  keep('c2'),
  stage(128, 512, 2, 3),
  keep('c3'),
  stage(256, 1024, 2, 5),
  keep('c4'),
  stage(512, 2048, 2, 2),
  keep('c5'),
)
