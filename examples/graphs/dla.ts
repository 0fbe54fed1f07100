import { add, block, concat, from, identity, input, keep, maxPool2d, relu, residual } from 'stridewise'
import { convNorm } from './conv-norm.js'

/*
 * DLA-34: Yu et al., "Deep Layer Aggregation" (arXiv:1707.06484), table 1 and figure 3, as timm's `dla34`. The root of a tree joins the
 * outputs of its blocks, and those of the trees before it.
 */

const convolution = <Filters extends number, Kernel extends number, Stride extends number, Padding extends number>(
  filters: Filters,
  kernel: Kernel,
  stride: Stride,
  padding: Padding,
) => block(convNorm(filters, kernel, stride, padding), relu())

/** Two 3x3 convolutions; the sum with the shortcut comes after it. */
const body = <Filters extends number, Stride extends number>(filters: Filters, stride: Stride) =>
  block(convNorm(filters, 3, stride, 1), relu(), convNorm(filters, 3, 1, 1))

/** A basic block of ResNet. */
const basic = <Filters extends number>(filters: Filters) => block(residual(body(filters, 1)), relu())

/**
 * The begin of a tree that halves the size: its first block, whose shortcut is the pooled input with a projection. What it pools, it keeps
 * as `pooled`, for the root.
 */
const first = <Name extends string, Filters extends number>(name: Name, filters: Filters) =>
  block(
    keep(`${name}.input` as `${Name}.input`),
    maxPool2d(2),
    keep(`${name}.pooled` as `${Name}.pooled`),
    convNorm(filters, 1, 1, 0),
    keep(`${name}.shortcut` as `${Name}.shortcut`),
    from(`${name}.input` as `${Name}.input`),
    body(filters, 2),
    add(identity(), `${name}.shortcut` as `${Name}.shortcut`),
    relu(),
    keep(`${name}.1` as `${Name}.1`),
  )

/** Two levels: two trees of two blocks. The second root reads the first, and what was pooled. */
const twoLevels = <Name extends string, Filters extends number>(name: Name, filters: Filters) =>
  block(
    first(name, filters),
    basic(filters),
    concat(identity(), `${name}.1` as `${Name}.1`),
    convolution(filters, 1, 1, 0),
    keep(`${name}.2` as `${Name}.2`),
    basic(filters),
    keep(`${name}.3` as `${Name}.3`),
    basic(filters),
    concat(identity(), `${name}.3` as `${Name}.3`, `${name}.pooled` as `${Name}.pooled`, `${name}.2` as `${Name}.2`),
    convolution(filters, 1, 1, 0),
  )

/** 224 -> 112 cells, then a tree for each halving. */
export const dla34 = input(224, 224, 3)
  .apply(block(convolution(16, 7, 1, 3), convolution(16, 3, 1, 1), convolution(32, 3, 2, 1)))
  .apply(block(first('level2', 64), basic(64), concat(identity(), 'level2.1'), convolution(64, 1, 1, 0)))
  .apply(twoLevels('level3', 128))
  .apply(twoLevels('level4', 256))
  .apply(block(first('level5', 512), basic(512), concat(identity(), 'level5.1', 'level5.pooled'), convolution(512, 1, 1, 0)))
  .expect(7, 7, 512)
  .globalAvgPool()
  .dense(1000)

/** timm 1.0.29 counts 15,742,104 parameters and 3,060,043,776 MACs. */
export const parameters: 15_742_104 = dla34.params
