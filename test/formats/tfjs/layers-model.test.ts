import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { fromTfjs, toTfjs } from '../../../src/formats/tfjs/index.js'
import { type AnyNetwork, block, dense, input, positionEmbedding, prelu, relu, rescale, shared } from '../../../src/index.js'
import { FormatError } from '../../../src/network/format-error.js'
import { initialize } from '../../../src/weights/initialize.js'
import { everyKind } from '../../support/every-kind.js'
import { GraphModel } from '../../support/tfjs/graph-model.js'
import { drawn, models } from '../../support/tfjs/models.js'
import { saved } from '../../support/tfjs/saved.js'

/** Layers models of TensorFlow.js with their weights: what was saved there and read here gives the same numbers. */

tf.env().set('IS_TEST', true)

/** How far the numbers of a model are from those of what is read of it. */
const compared = async (model: tf.LayersModel) => {
  const { json, data } = await saved(model)
  const { network, weights } = fromTfjs(json, data)
  const shape = network.input as readonly number[]
  const values = new GraphModel(5).drawn(2 * shape.reduce((product, size) => product * size, 1))
  const x = tf.tensor(values, [2, ...shape])
  const again = await toTfjs(tf, network, weights)
  const [one, other] = [model, again].map((each) => [each.predict(x)].flat().flatMap((tensor) => [...tensor.dataSync()])) as [
    number[],
    number[],
  ]
  again.dispose()
  x.dispose()
  expect(other.length).toBe(one.length)
  return { network, difference: Math.max(...one.map((value, at) => Math.abs(value - (other[at] ?? Number.NaN)))) }
}

describe('models made in TensorFlow.js', () => {
  test.each(Object.entries(models))('%s', async (_, make) => {
    await tf.setBackend('cpu')
    const model = drawn(make())
    const { network, difference } = await compared(model)
    expect(network.graph.nodes.length).toBeGreaterThan(2)
    expect(difference).toBeLessThan(1e-5)
    model.dispose()
  })
})

describe('what toTfjs writes, saved and read', () => {
  const networks = Object.entries(everyKind).filter(([kind]) => !['lstm', 'embedding'].includes(kind))

  test.each(networks)('%s', async (_, make) => {
    await tf.setBackend('cpu')
    const network = make()
    let model: tf.LayersModel
    try {
      model = await toTfjs(tf, network, initialize(network, { seed: 2 }))
    } catch (error) {
      // What cannot be written is not read.
      expect(error).toBeInstanceOf(FormatError)
      return
    }
    try {
      const { difference } = await compared(model)
      expect(difference).toBeLessThan(1e-4)
    } catch (error) {
      // What no layer stands for is said by name. TensorFlow.js does not save the multiplier of a separable convolution.
      expect(`${error}`).toMatch(/^FormatError: (keras|tfjs): .*(PReLU: shared_axes|has 54 numbers as its depthwise_kernel)/)
    }
    model.dispose()
  })
})

test('learned positions, once and shared', async () => {
  await tf.setBackend('cpu')
  const step = shared('step', block(dense(4), positionEmbedding()))
  for (const network of [input(5, 4).positionEmbedding(), input(5, 4).apply(step).relu().apply(step)] as AnyNetwork[]) {
    const weights = new Map(
      [...initialize(network, { seed: 3 })].map(([name, { data, ...rest }]) => [
        name,
        { ...rest, data: data.map((_, at) => Math.sin(at + 1)) },
      ]),
    )
    const model = await toTfjs(tf, network, weights)
    const read = await compared(model)
    expect([read.network.params, read.network.graph.nodes.map(({ kind }) => kind)]).toEqual([
      network.params,
      network.graph.nodes.map(({ kind }) => kind),
    ])
    expect(read.difference).toBeLessThan(1e-5)
    model.dispose()
  }
})

test('-1 everywhere that is something else', async () => {
  await tf.setBackend('cpu')
  const minusOnes = rescale(0, -1)
  const network = input(5, 4).concat(minusOnes, block(minusOnes, prelu()), block(minusOnes, relu())) as AnyNetwork
  const model = await toTfjs(tf, network, initialize(network, { seed: 3 }))
  const read = await compared(model)
  expect(read.difference).toBe(0)
  model.dispose()
})

test('weights of 16 and 8 bits', () => {
  const m = new GraphModel()
  m.op('y', 'MatMul', [m.input('x', [3]), m.weights('w', [3, 2])])
  const stored = [0, 1, 2, 3, 254, 255]
  const of = (dtype: 'uint8' | 'uint16' | 'float16', bytes: Uint8Array) => {
    const { json } = m
    const quantization = dtype === 'float16' ? { dtype } : { dtype, scale: 0.5, min: -1 }
    const weights = [{ name: 'w', shape: [3, 2], dtype: 'float32', quantization }]
    return [...(fromTfjs({ ...json, weightsManifest: [{ paths: ['a'], weights }] }, bytes).weights.get('y.weight')?.data ?? [])]
  }
  const turned = ([a, b, c, d, e, f]: number[]) => [a, c, e, b, d, f]
  expect(of('uint8', Uint8Array.from(stored))).toEqual(turned(stored.map((each) => each * 0.5 - 1)))
  expect(of('uint16', new Uint8Array(Uint16Array.from(stored).buffer))).toEqual(turned(stored.map((each) => each * 0.5 - 1)))
  expect(of('float16', new Uint8Array(Uint16Array.from([0x3c00, 0xc000, 0, 0x3800, 0x4200, 1]).buffer))).toEqual(
    turned([1, -2, 0, 0.5, 3, 2 ** -24]),
  )
})

test('a network comes back the same through a file without what it was made of', async () => {
  await tf.setBackend('cpu')
  const network = input(8, 8, 3).conv2d(4, 3).relu().flatten().dense(5)
  const weights = initialize(network, { seed: 4 })
  const { json, data } = await saved(await toTfjs(tf, network, weights))
  expect(fromTfjs(json, data).weights).toEqual(weights)
})
