import {
  type AnyNetwork,
  batchNorm,
  block,
  branch,
  conv2d,
  convTranspose2d,
  dense,
  dropout,
  embedding,
  flatten,
  type Graph,
  globalAvgPool,
  identity,
  input,
  inputs,
  layerNorm,
  lstm,
  maxPool2d,
  multiHeadAttention,
  permute,
  relu,
  repeat,
  residual,
  shared,
} from '../../src/index.js'
import { valuesIn } from '../../src/layers/kind/layer.js'

/** Small networks with several inputs and outputs, kept values and shared layers. */

const encoder = shared('encoder', block(conv2d(4, 3, { padding: 1 }), batchNorm(), relu(), maxPool2d(2), flatten(), dense(5)))

const double = (filters: number) => block(conv2d(filters, 3, { padding: 1 }), relu(), conv2d(filters, 3, { padding: 1 }), relu())

const head = shared('head', block(conv2d(4, 3, { padding: 1 }), relu(), conv2d(2, 1)))

const makers = {
  'a siamese network': () =>
    inputs({ left: [6, 8, 2], right: [6, 8, 2] })
      .from('left')
      .apply(encoder)
      .keep('a')
      .from('right')
      .apply(encoder)
      .keep('b')
      .subtract('a', 'b')
      .dense(1)
      .sigmoid(),
  'a pyramid with three outputs': () =>
    input(16, 16, 2)
      .conv2d(4, 3, { padding: 1 })
      .relu()
      .maxPool2d(2)
      .keep('c3')
      .conv2d(6, 3, { padding: 1 })
      .relu()
      .maxPool2d(2)
      .keep('c4')
      .conv2d(8, 3, { padding: 1 })
      .relu()
      .maxPool2d(2)
      .conv2d(3, 1)
      .keep('p5')
      .upsample(2)
      .add(branch('c4', conv2d(3, 1)), identity())
      .keep('p4')
      .upsample(2)
      .add(branch('c3', conv2d(3, 1)), identity())
      .keep('p3')
      .outputs('p3', 'p4', 'p5'),
  'a head shared over three levels': () =>
    input(16, 16, 2)
      .conv2d(3, 3, { padding: 1 })
      .keep('p3')
      .maxPool2d(2)
      .keep('p4')
      .maxPool2d(2)
      .apply(head)
      .keep('h5')
      .from('p4')
      .apply(head)
      .keep('h4')
      .from('p3')
      .apply(head)
      .keep('h3')
      .outputs('h3', 'h4', 'h5'),
  'a U-Net by kept values': () =>
    input(16, 16, 1)
      .apply(double(2))
      .keep('level1')
      .maxPool2d(2)
      .apply(double(4))
      .keep('level2')
      .maxPool2d(2)
      .apply(double(6))
      .apply(convTranspose2d(4, 2, { stride: 2 }))
      .concat('level2', identity())
      .apply(double(4))
      .apply(convTranspose2d(2, 2, { stride: 2 }))
      .concat('level1', identity())
      .apply(double(2))
      .conv2d(2, 1),
  'an encoder and a decoder': () =>
    inputs({ source: [5, 6], target: [4, 8] })
      .from('source')
      .apply(residual(multiHeadAttention(2)))
      .keep('memory')
      .from('target')
      .apply(
        repeat(2, block(residual(multiHeadAttention(2)), layerNorm(), residual(multiHeadAttention(4, { keys: 'memory' })), layerNorm())),
      )
      .dense(3),
  'shared attention to one memory': () => {
    const look = shared('look', block(multiHeadAttention(2, { keys: 'memory', bias: false }), relu()))
    const same = shared('same', multiHeadAttention(2, { keys: 'other' }))
    return inputs({ memory: [5, 6], other: [3, 8], target: [4, 8] })
      .from('target')
      .apply(look)
      .apply(same)
      .apply(look)
      .keep('first')
      .from('other')
      .apply(same)
      .apply(look)
      .keep('second')
      .outputs('first', 'second')
  },
  'attention scores by matmul': () =>
    inputs({ queries: [4, 6], keys: [5, 6], values: [5, 3] })
      .matmul('queries', branch('keys', permute(1, 0)))
      .softmax()
      .matmul(identity(), 'values'),
  'two towers': () =>
    inputs({ image: [8, 8, 2], sensors: [5] })
      .from('image')
      .conv2d(4, 3)
      .relu()
      .globalAvgPool()
      .keep('seen')
      .from('sensors')
      .dense(4)
      .relu()
      .keep('felt')
      .concat('seen', 'felt')
      .dense(3)
      .softmax(),
  'words and an image': () =>
    inputs({ words: [6], image: [4, 4, 2] })
      .from('words')
      .embedding(10, 3)
      .lstm(4, { returnSequences: false })
      .keep('text')
      .from('image')
      .flatten()
      .dense(4)
      .multiply('text', identity()),
  'a dead layer and an input that nothing uses': () =>
    inputs({ image: [4, 4, 2], unused: [3] })
      .from('image')
      .conv2d(2, 1, { name: 'dead' })
      .relu()
      .from('image')
      .flatten()
      .dense(3),
  'a shared layer whose first use is dead': () => {
    const twice = shared('twice', block(dense(3), relu(), dense(4)))
    return inputs({ one: [4], two: [4] })
      .from('one')
      .apply(twice)
      .from('two')
      .apply(twice)
      .apply(twice)
      .keep('end')
      .outputs('end')
  },
  'shared batch normalizations': () => {
    const norm = shared('norm', batchNorm())
    return input(4, 4, 3)
      .apply(norm)
      .relu()
      .keep('once')
      .conv2d(3, 3, { padding: 1 })
      .apply(norm)
      .maximum('once', identity())
      .apply(norm)
      .average('once', identity(), conv2d(3, 1))
  },
  'heads and kept values': () =>
    input(8, 8, 2)
      .conv2d(4, 3, { padding: 1 })
      .keep('early')
      .branchOut('aux', block(globalAvgPool(), dense(2)))
      .relu()
      .branchOut('second', block(flatten(), dropout(0.5), dense(3)))
      .subtract(identity(), 'early')
      .globalAvgPool()
      .dense(2),
  'an input as an output, and one value as two': () =>
    inputs({ x: [4], y: [4] })
      .from('x')
      .keep('same')
      .dense(4)
      .keep('first')
      .keep('second')
      .add('y', identity())
      .keep('y2')
      .outputs('x', 'first', 'second', 'y2'),
  'a value twice in a join, and somewhere else': () =>
    input(4)
      .dense(4)
      .keep('x')
      .average('x', 'x', identity())
      .keep('mean')
      .from('x')
      .maximum('x', identity())
      .subtract('x', 'mean')
      .add('x', identity(), identity()),
  'a value twice in a join, and an output': () => input(4).dense(4).keep('x').average('x', 'x').keep('mean').outputs('mean', 'x'),
  'a shared layer on its own output': () => {
    const step = shared('step', block(dense(4), batchNorm(), relu()))
    return input(4).apply(step).keep('one').apply(step).keep('two').apply(step).average('one', 'two', identity())
  },
  'shared words': () => {
    const table = shared('table', embedding(10, 4))
    const reader = shared('reader', lstm(3))
    return inputs({ question: [5], answer: [5] })
      .from('question')
      .apply(table)
      .apply(reader)
      .keep('q')
      .from('answer')
      .apply(table)
      .apply(reader)
      .maximum('q', identity())
  },
  'a shared dense layer on an image and on a vector': () => {
    const last = shared('last', dense(3))
    return inputs({ image: [2, 3, 2], vector: [12] })
      .from('image')
      .conv2d(2, 1)
      .flatten()
      .apply(last)
      .keep('a')
      .from('vector')
      .apply(last)
      .keep('b')
      .subtract('a', 'b')
  },
  'a shared dense layer on two images': () => {
    const last = shared('last', block(batchNorm(), dense(3)))
    return inputs({ one: [2, 3, 2], two: [3, 2, 2], three: [3, 2, 2] })
      .from('two')
      .flatten()
      .apply(last)
      .keep('b')
      .from('three')
      .flatten()
      .apply(last)
      .keep('c')
      .average('b', 'c')
  },
  'shared groups and strides at several sizes': () => {
    const shrink = shared('shrink', conv2d(4, 3, { stride: 2, padding: 1, groups: 2, rounding: 'floor' }))
    return input(9, 9, 4).apply(shrink).keep('five').apply(shrink).keep('three').apply(shrink).keep('two').outputs('five', 'three', 'two')
  },
  'a shared strided convolution at several sizes': () => {
    const shrink = shared('shrink', conv2d(3, 3, { stride: 2, padding: 1, rounding: 'floor' }))
    return input(12, 12, 3).apply(shrink).keep('six').apply(shrink).keep('three').apply(shrink).keep('two').outputs('six', 'three', 'two')
  },
}

/** Several inputs and kept values are no shapes of one network to the compiler, but they are networks. */
export const graphCases = makers as unknown as Readonly<Record<string, () => AnyNetwork>>

/** What is counted in a graph, and which of its layers have weights of others: in any order, as files may have another. */
export const countsOf = ({ nodes, outputs, output }: Graph) => ({
  params: nodes.flatMap(({ weights }) => weights).reduce((sum, { shape, trainable }) => sum + (trainable ? valuesIn(shape) : 0), 0),
  macs: nodes.reduce((sum, { macs }) => sum + macs, 0),
  shares: nodes.some(({ sharedWith }) => sharedWith !== undefined),
  outputs: [...(output === undefined ? [] : [output]), ...Object.values(outputs)].map((name) =>
    nodes.find((node) => node.name === name)?.output.join(),
  ),
})
