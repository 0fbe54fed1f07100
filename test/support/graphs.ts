import {
  add,
  average,
  block,
  branch,
  conv2d,
  dense,
  embedding,
  flatten,
  globalAvgPool,
  identity,
  input,
  inputs,
  keep,
  maxPool2d,
  relu,
  shared,
} from '../../src/index.js'

/** Networks with several inputs, several outputs, kept values and shared layers, for tests of what shows a network. */

const encoder = shared(
  'encoder',
  block(conv2d(8, 3, { padding: 1 }), relu(), maxPool2d(2), conv2d(16, 3, { padding: 1 }), relu(), globalAvgPool()),
)

/** Two images through one encoder. */
export const siamese = inputs({ left: [28, 28, 1], right: [28, 28, 1] })
  .from('left')
  .apply(encoder)
  .keep('a')
  .from('right')
  .apply(encoder)
  .keep('b')
  .subtract('a', 'b')
  .dense(1)
  .sigmoid()

const lateral = (name: string) => branch(name, conv2d(32, 1))

/** A feature pyramid of three outputs. */
export const pyramid = input(64, 64, 3)
  .conv2d(16, 3, {
    stride: 2,
    padding: [
      [0, 1],
      [0, 1],
    ],
  })
  .relu()
  .keep('c3')
  .conv2d(32, 3, {
    stride: 2,
    padding: [
      [0, 1],
      [0, 1],
    ],
  })
  .relu()
  .keep('c4')
  .conv2d(64, 3, {
    stride: 2,
    padding: [
      [0, 1],
      [0, 1],
    ],
  })
  .relu()
  .conv2d(32, 1)
  .keep('p5')
  .upsample(2)
  .add(lateral('c4'), identity())
  .keep('p4')
  .upsample(2)
  .add(lateral('c3'), identity())
  .keep('p3')
  .outputs('p3', 'p4', 'p5')

const double = (filters: number) => block(conv2d(filters, 3, { padding: 1 }), relu(), conv2d(filters, 3, { padding: 1 }), relu())

/** A U-Net of three levels, its skips by name. */
export const keptUnet = input(64, 64, 1)
  .apply(double(8))
  .keep('level1')
  .maxPool2d(2)
  .apply(double(16))
  .keep('level2')
  .maxPool2d(2)
  .apply(double(32))
  .keep('level3')
  .maxPool2d(2)
  .apply(double(64))
  .convTranspose2d(32, 2, { stride: 2 })
  .concat('level3', identity())
  .apply(double(32))
  .convTranspose2d(16, 2, { stride: 2 })
  .concat('level2', identity())
  .apply(double(16))
  .convTranspose2d(8, 2, { stride: 2 })
  .concat('level1', identity())
  .apply(double(8))
  .conv2d(2, 1)

/** An image and a vector of numbers, in towers of their own. */
export const twoTower = inputs({ image: [32, 32, 3], sensors: [12] })
  .from('image')
  .apply(block(conv2d(16, 3, { padding: 1 }), relu(), maxPool2d(2), conv2d(32, 3), relu(), globalAvgPool()))
  .keep('seen')
  .concat('seen', branch('sensors', dense(32), relu(), dense(32), relu()))
  .dense(1)

/** Cells that take the outputs of the two cells before them, as NASNet's do. */
const cell = <const Before extends string, const Here extends string, const Name extends string>(before: Before, here: Here, name: Name) =>
  block(
    add(branch(before, conv2d(8, 3, { padding: 1 })), branch(here, conv2d(8, 5, { padding: 2 }))),
    keep(`${name}_left` as const),
    average(branch(before, conv2d(8, 1)), branch(here, conv2d(8, 3, { padding: 1 }))),
  )

export const cells = input(16, 16, 8)
  .conv2d(8, 3, { padding: 1 })
  .keep('h0')
  .relu()
  .conv2d(8, 3, { padding: 1 })
  .keep('h1')
  .apply(cell('h0', 'h1', 'one'))
  .concat('one_left', identity())
  .keep('h2')
  .apply(cell('h1', 'h2', 'two'))
  .concat('two_left', identity())
  .keep('h3')
  .apply(cell('h2', 'h3', 'three'))
  .concat('three_left', identity(), 'h1')
  .globalAvgPool()
  .dense(10)

/** A layer and an input that no output depends on. */
export const dead = inputs({ image: [16, 16, 3], mask: [16, 16, 1] })
  .from('image')
  .conv2d(8, 3)
  .relu()
  .keep('stem')
  .conv2d(4, 3, { name: 'probe' })
  .from('stem')
  .globalAvgPool()
  .dense(10)

/** Words of a question and of a text, with one table of vectors, beside numbers. */
const words = shared('words', embedding(1000, 16))
export const reader = inputs({ question: [8], text: [64], numbers: [5] })
  .from('question')
  .apply(words)
  .meanTokens()
  .keep('q')
  .from('text')
  .apply(words)
  .meanTokens()
  .keep('t')
  .concat('q', 't', branch('numbers', dense(16)))
  .dense(2)

/** Joins of every kind, by names and by branches. */
export const joins = input(8, 8, 4)
  .conv2d(4, 1)
  .keep('a')
  .conv2d(4, 1)
  .keep('b')
  .subtract('a', 'b')
  .keep('c')
  .average('a', 'b', 'c')
  .maximum('a', identity())
  .multiply(identity(), 'b')
  .apply(flatten())
