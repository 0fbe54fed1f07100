import { add, avgPool2d, block, branch, concat, from, identity, input, keep, relu, repeat, residual } from 'stridewise'
import { convNorm } from './conv-norm.js'

/*
 * Res2Net-50 26w4s: Gao et al., "Res2Net: A New Multi-scale Backbone Architecture" (arXiv:1904.01169), figure 2, as timm's
 * `res2net50_26w_4s`. In a bottleneck the 3x3 convolution becomes three small ones in a row. Each reads a quarter of the channels and the
 * result before it, so that the four quarters see windows of different sizes.
 */

const convolution = <Filters extends number, Kernel extends number, Stride extends number, Padding extends number>(
  filters: Filters,
  kernel: Kernel,
  stride: Stride,
  padding: Padding,
) => block(convNorm(filters, kernel, stride, padding), relu())

/**
 * The body of a bottleneck. A 1x1 convolution of a quarter of the filters stands for each part of timm's one, which is split. The names are
 * those of a branch, so every bottleneck can have them.
 */
const scales = <Width extends number, Filters extends number>(width: Width, filters: Filters) =>
  block(
    keep('x'),
    convolution(width, 1, 1, 0),
    convolution(width, 3, 1, 1),
    keep('y1'),
    from('x'),
    convolution(width, 1, 1, 0),
    add('y1', identity()),
    convolution(width, 3, 1, 1),
    keep('y2'),
    from('x'),
    convolution(width, 1, 1, 0),
    add('y2', identity()),
    convolution(width, 3, 1, 1),
    keep('y3'),
    concat('y1', 'y2', 'y3', branch('x', convolution(width, 1, 1, 0))),
    convNorm(filters, 1, 1, 0),
  )

/** The first bottleneck of a stage: no part waits for another one, and the last is pooled. */
const firstScales = <Width extends number, Filters extends number, Stride extends number>(width: Width, filters: Filters, stride: Stride) =>
  block(
    concat(
      block(convolution(width, 1, 1, 0), convolution(width, 3, stride, 1)),
      block(convolution(width, 1, 1, 0), convolution(width, 3, stride, 1)),
      block(convolution(width, 1, 1, 0), convolution(width, 3, stride, 1)),
      block(convolution(width, 1, 1, 0), avgPool2d(3, { stride, padding: 1, rounding: 'floor' })),
    ),
    convNorm(filters, 1, 1, 0),
  )

const stage = <Width extends number, Filters extends number, Stride extends number, More extends number>(
  width: Width,
  filters: Filters,
  stride: Stride,
  more: More,
) =>
  block(
    residual(firstScales(width, filters, stride), convNorm(filters, 1, stride, 0)),
    relu(),
    repeat(more, block(residual(scales(width, filters)), relu())),
  )

export const res2net50 = input(224, 224, 3)
  .apply(convolution(64, 7, 2, 3))
  .maxPool2d(3, { stride: 2, padding: 1, rounding: 'floor' })
  .apply(stage(26, 256, 1, 2))
  .apply(stage(52, 512, 2, 3))
  .apply(stage(104, 1024, 2, 5))
  .apply(stage(208, 2048, 2, 2))
  .globalAvgPool()
  .dense(1000)

/** timm 1.0.29 counts 25,699,120 parameters and 4,255,166,464 MACs. */
export const parameters: 25_699_120 = res2net50.params
