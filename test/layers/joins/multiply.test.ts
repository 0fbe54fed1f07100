import { describe, expect, test } from 'vitest'
import { block, conv2d, dense, globalAvgPool, identity, input, multiply, relu } from '../../../src/index.js'
import { refusal } from '../../support/check.js'

/** Gates at run time: squeeze and excitation. */

const net = input(9, 9, 8)
const squeeze = block(globalAvgPool(), dense(2), relu(), dense(8))

test('a value for each channel: the shape stays, the parameters are the gate\u2019s', () => {
  const built = net.apply(multiply(squeeze))
  expect([built.output, built.params]).toEqual([[9, 9, 8], 18 + 24])
  expect(built.graph.nodes.at(-1)).toMatchObject({
    kind: 'multiply',
    inputs: ['input', 'dense_2'],
    inputShapes: [[9, 9, 8], [8]],
    output: [9, 9, 8],
  })
  expect(net.multiply((x) => x.globalAvgPool().dense(2).relu().dense(8)).graph).toEqual(built.graph)
})

test('the whole shape, and one position', () => {
  expect(net.multiply(conv2d(8, 1)).output).toEqual([9, 9, 8])
  expect(net.multiply(identity()).output).toEqual([9, 9, 8])
  expect(net.multiply(conv2d(8, 9)).output).toEqual([9, 9, 8])
  expect(input(10).multiply(dense(10)).output).toEqual([10])
})

describe('refused', () => {
  test.each([
    [dense(8), 'multiply, gate: dense: needs a vector, not 9x9x8. Flatten first: flatten() gives 648 features.'],
    [
      block(globalAvgPool(), dense(4)),
      'multiply: the gate gives a vector of 4 features, and the input is 9x9x8: a gate has one value for each channel, or the shape of its input.',
    ],
    [
      conv2d(8, 3),
      'multiply: the gate gives 7x7x8, and the input is 9x9x8: a gate has one value for each channel, or the shape of its input.',
    ],
  ])('%#', (gate, message) => {
    expect(refusal(() => net.multiply(gate as never)).message).toBe(message)
  })
})
