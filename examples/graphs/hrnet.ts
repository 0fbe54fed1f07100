import { add, batchNorm, block, branch, conv2d, from, identity, input, keep, relu, repeat, residual, upsample } from 'stridewise'
import { convNorm } from './conv-norm.js'

/*
 * HRNet-W18: Wang et al., "Deep High-Resolution Representation Learning for Visual Recognition" (arXiv:1908.07919), figure 2, as timm's
 * `hrnet_w18`. Up to four resolutions run side by side, and at the end of every module each gets the sum of all.
 */

const body = <Width extends number, Filters extends number>(width: Width, filters: Filters) =>
  block(convNorm(width, 1, 1, 0), relu(), convNorm(width, 3, 1, 1), relu(), convNorm(filters, 1, 1, 0))

/** A bottleneck with a projection, and one without. */
const widened = <Width extends number, Filters extends number>(width: Width, filters: Filters) =>
  block(residual(body(width, filters), convNorm(filters, 1, 1, 0)), relu())
const bottleneck = <Width extends number, Filters extends number>(width: Width, filters: Filters) =>
  block(residual(body(width, filters)), relu())

/** The four basic blocks of a resolution in a module. */
const four = <Filters extends number>(filters: Filters) =>
  repeat(4, block(residual(block(convNorm(filters, 3, 1, 1), relu(), convNorm(filters, 3, 1, 1))), relu()))

/** To a finer resolution, and to one of half the size. */
const up = <Filters extends number, Scale extends number>(filters: Filters, scale: Scale) =>
  block(convNorm(filters, 1, 1, 0), upsample(scale))
const down = <Filters extends number>(filters: Filters) => convNorm(filters, 3, 2, 1)
const downRelu = <Filters extends number>(filters: Filters) => block(down(filters), relu())

/** The name of a value in a module: the text, and the same text as a type. */
const at = <Module extends string, Value extends string>(module: Module, value: Value) => `${module}.${value}` as const

/** The blocks of each resolution: they read '0', '1', ... of the module before. */
const run = <Before extends string, Name extends string, Place extends string, Filters extends number>(
  before: Before,
  name: Name,
  place: Place,
  filters: Filters,
) => block(from(at(before, place)), four(filters), keep(at(name, `${place}.blocks` as const)))

/** The end of a resolution: the sum has a ReLU, and a name for the next module. */
const end = <Name extends string, Place extends string>(name: Name, place: Place) => block(relu(), keep(at(name, place)))

/** Modules of two, three and four resolutions, of 18, 36, 72 and 144 channels. */
const two = <Before extends string, Name extends string>(before: Before, name: Name) => {
  const [a, b] = [at(name, '0.blocks'), at(name, '1.blocks')] as const
  return block(
    block(run(before, name, '0', 18), run(before, name, '1', 36)),
    block(add(a, branch(b, up(18, 2))), end(name, '0')),
    block(add(branch(a, down(36)), b), end(name, '1')),
  )
}

const three = <Before extends string, Name extends string>(before: Before, name: Name) => {
  const [a, b, c] = [at(name, '0.blocks'), at(name, '1.blocks'), at(name, '2.blocks')] as const
  return block(
    block(run(before, name, '0', 18), run(before, name, '1', 36), run(before, name, '2', 72)),
    block(add(a, branch(b, up(18, 2)), branch(c, up(18, 4))), end(name, '0')),
    block(add(branch(a, down(36)), b, branch(c, up(36, 2))), end(name, '1')),
    block(add(branch(a, downRelu(18), down(72)), branch(b, down(72)), c), end(name, '2')),
  )
}

const fourfold = <Before extends string, Name extends string>(before: Before, name: Name) => {
  const [a, b, c, d] = [at(name, '0.blocks'), at(name, '1.blocks'), at(name, '2.blocks'), at(name, '3.blocks')] as const
  return block(
    block(run(before, name, '0', 18), run(before, name, '1', 36), run(before, name, '2', 72), run(before, name, '3', 144)),
    block(add(a, branch(b, up(18, 2)), branch(c, up(18, 4)), branch(d, up(18, 8))), end(name, '0')),
    block(add(branch(a, down(36)), b, branch(c, up(36, 2)), branch(d, up(36, 4))), end(name, '1')),
    block(add(branch(a, downRelu(18), down(72)), branch(b, down(72)), c, branch(d, up(72, 2))), end(name, '2')),
    block(
      add(branch(a, downRelu(18), downRelu(18), down(144)), branch(b, downRelu(36), down(144)), branch(c, down(144)), d),
      end(name, '3'),
    ),
  )
}

/** The begin: 224 -> 56 cells. Each stage begins with a coarser resolution, made from the coarsest there is. */
const stages = input(224, 224, 3)
  .apply(block(downRelu(64), downRelu(64), widened(64, 256), repeat(3, bottleneck(64, 256)), keep('stem')))
  .apply(block(convNorm(18, 3, 1, 1), relu(), keep('stage1.0'), from('stem'), downRelu(36), keep('stage1.1')))
  .apply(two('stage1', 'stage2'))
  .apply(block(downRelu(72), keep('stage2.2')))
  .apply(three('stage2', 'stage3a'))
  .apply(three('stage3a', 'stage3b'))
  .apply(three('stage3b', 'stage3c'))
  .apply(three('stage3c', 'stage3'))
  .apply(block(downRelu(144), keep('stage3.3')))
  .apply(fourfold('stage3', 'stage4a'))
  .apply(fourfold('stage4a', 'stage4b'))
  .apply(fourfold('stage4b', 'stage4'))

/** The classifier goes from the finest resolution down, and adds the next one at each size. */
const halved = <Filters extends number>(filters: Filters) =>
  block(conv2d(filters, 3, { stride: 2, padding: 1, rounding: 'floor' }), batchNorm(), relu())

export const hrnetW18 = stages
  .from('stage4.0')
  .apply(block(widened(32, 128), halved(256), add(branch('stage4.1', widened(64, 256)), identity())))
  .apply(block(halved(512), add(branch('stage4.2', widened(128, 512)), identity())))
  .apply(block(halved(1024), add(branch('stage4.3', widened(256, 1024)), identity())))
  .apply(block(conv2d(2048, 1), batchNorm(), relu()))
  .globalAvgPool()
  .dense(1000)

/** timm 1.0.29 counts 21,299,004 parameters and 4,283,537,072 MACs. */
export const parameters: 21_299_004 = hrnetW18.params
