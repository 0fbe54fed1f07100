import { expect, test } from 'vitest'
import { readSafetensors, writeSafetensors } from '../../src/formats/safetensors/index.js'
import { type AnyNetwork, block, conv2d, dense, flatten, identity, inputs, relu, shared } from '../../src/index.js'
import { checkWeights } from '../../src/weights/check.js'
import { initialize } from '../../src/weights/initialize.js'
import { flattenedBefore } from '../../src/weights/layout.js'

/** Weights of shared layers: once, under the name of the first use, in one order. */

const images = inputs({ left: [4, 6, 2], right: [4, 6, 2], tall: [6, 4, 2], vector: [48] })

test('there is one of each', () => {
  const encoder = shared('encoder', block(conv2d(3, 1, { name: 'first' }), relu(), flatten(), dense(5)))
  const network = images.from('left').apply(encoder).keep('a').from('right').apply(encoder).add('a', identity()) as unknown as AnyNetwork
  const weights = initialize(network)
  expect([...weights.keys()]).toEqual(['first.weight', 'first.bias', 'encoder_dense_1.weight', 'encoder_dense_1.bias'])
  const again = readSafetensors(writeSafetensors(weights))
  checkWeights(network, again)
  expect(again).toEqual(weights)
})

test("are in PyTorch's order where every use takes an image of one shape", () => {
  const last = shared('last', block(relu(), dense(5)))
  const behind = images.from('left').flatten().apply(last).keep('a').from('right').flatten().apply(last).keep('b')
  const orders = (network: unknown) => [...flattenedBefore((network as AnyNetwork).graph)].filter(([name]) => name.includes('last'))
  expect(orders(behind.add('a', 'b'))).toEqual([
    ['last_dense_1', [4, 6, 2]],
    ['last_dense_2', [4, 6, 2]],
  ])
  expect(orders(behind.from('tall').flatten().apply(last).add('a', 'b', identity()))).toEqual([])
  expect(orders(behind.from('vector').apply(last).add('a', 'b', identity()))).toEqual([])
  // What leads to no output has no say.
  expect(orders(behind.from('vector').apply(last).keep('dead').add('a', 'b'))).toEqual([
    ['last_dense_1', [4, 6, 2]],
    ['last_dense_2', [4, 6, 2]],
  ])
})
