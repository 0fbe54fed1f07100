import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { block, defineLayer, identity, input, relu } from '../../src/index.js'
import { refusal } from '../support/check.js'
import { alexnet, alexnetTorchvision, small, vgg16 } from '../support/networks.js'

/** Networks: published counts, and immutability. */

describe('published parameters', () => {
  test('VGG-16 (Simonyan and Zisserman 2015; torchvision vgg16)', () => expect(vgg16.params).toBe(138_357_544))
  test('AlexNet on 227x227, not grouped (CS231n)', () => expect(alexnet.params).toBe(62_378_344))
  test('AlexNet as torchvision has it', () => expect(alexnetTorchvision.params).toBe(61_100_840))
})

test('running statistics are no parameters', () => expect(small.params).toBe(432 + 32 + 160 + 170))

describe('never changed', () => {
  test('every method returns a new network', () => {
    const net = input(8, 8, 3)
    const before = JSON.stringify(net.graph)
    expect(net.relu()).not.toBe(net)
    net.conv2d(8, 3).maxPool2d(2)
    expect(net.output).toEqual([8, 8, 3])
    expect(JSON.stringify(net.graph)).toBe(before)
  })

  test('a beginning is shared by what goes on from it', () => {
    const stem = input(8, 8, 3).conv2d(8, 3, { name: 'stem' })
    const left = stem.relu().flatten()
    const right = stem.maxPool2d(2).flatten()
    expect(left.output).toEqual([288])
    expect(right.output).toEqual([72])
    expect(left.graph.nodes.map(({ name }) => name)).toEqual(['input', 'stem', 'relu_1', 'flatten_1'])
    expect(right.graph.nodes.map(({ name }) => name)).toEqual(['input', 'stem', 'maxPool2d_1', 'flatten_1'])
    expect(left.params).toBe(stem.params)
  })

  test('a refused layer leaves the network as it was', () => {
    const net = input(7, 7, 3)
    refusal(() => net.maxPool2d(2 as never))
    expect(net.maxPool2d(7).output).toEqual([1, 1, 3])
  })

  test('shape and parameters cannot be set', () => {
    const net = input(7, 7, 3) as unknown as { output: number[]; params: number; graph: unknown }
    expect(() => {
      net.output = [1]
    }).toThrow(TypeError)
    expect(() => {
      net.params = 1
    }).toThrow(TypeError)
    expect(() => {
      net.graph = {}
    }).toThrow(TypeError)
  })

  test('what it shows cannot be changed: its graph is frozen with all that is in it, its shapes are copies', () => {
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen))
    const net = input(8, 8, 3)
      .conv2d(4, [3, 3], { padding: [1, 1] })
      .residual((x) => x.batchNorm())
      .concat(relu(), identity())
      .branchOut('aux', block(relu()))
    expect(frozen(net.graph)).toBe(true)
    // Other libraries take a `number[]` that is theirs to change: TensorFlow.js, say, for an input shape.
    const { input: inputShape, output }: { input: number[]; output: number[] } = net
    inputShape.unshift(1)
    output.reverse()
    expect([net.input, net.output, net.relu().output]).toEqual([
      [8, 8, 3],
      [8, 8, 8],
      [8, 8, 8],
    ])
  })

  test('a layer of your own keeps the lists that it gives, and the network has copies', () => {
    const shape = [8]
    const kernel = { name: 'kernel', shape, trainable: true }
    const eight = defineLayer('eightFeatures', () => ({ output: shape, weights: [kernel] }))
    const net = input(3).apply(eight())
    expect([shape, kernel].map(Object.isFrozen)).toEqual([false, false])
    shape[0] = 9
    expect([net.output, net.params, net.graph.nodes[1]?.weights[0]?.shape]).toEqual([[8], 8, [8]])
  })

  test('the options that were given stay as they were', () => {
    const options = Object.freeze({ padding: 1, name: 'stem' } as const)
    input(7, 7, 3).conv2d(8, 3, options)
    expect(options).toEqual({ padding: 1, name: 'stem' })
  })
})

test('as text it is what an editor shows', () => {
  expect(String(alexnet)).toBe('Network<[227, 227, 3], [1000], 62378344>')
  expect(inspect({ alexnet })).toBe('{ alexnet: Network<[227, 227, 3], [1000], 62378344> }')
  const size: number = 1e5
  expect(`${input(size, size, 1000).flatten().dense(1e5)}`).toBe('Network<[100000, 100000, 1000], [100000], number>')
})

test('methods can be taken off and called on another network', () => {
  const { relu } = input(1) as unknown as { relu: (this: unknown) => { output: number[] } }
  expect(relu.call(input(7)).output).toEqual([7])
})

test('a long network: 1,000 layers', () => {
  let net = input(8, 8, 4) as never as { relu(): never; graph: { nodes: unknown[] } }
  for (let index = 0; index < 1000; index += 1) net = net.relu()
  expect(net.graph.nodes).toHaveLength(1001)
})
