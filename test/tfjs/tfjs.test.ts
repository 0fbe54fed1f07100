import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { FormatError } from '../../src/formats/error.js'
import type { AnyNetwork } from '../../src/index.js'
import { kerasLayers } from '../../src/keras/write.js'
import { toTfjs } from '../../src/tfjs/index.js'
import { initialize } from '../../src/weights/initialize.js'
import { everyKind } from '../support/every-kind.js'

/* Every kind of layer, loaded and run by TensorFlow.js. */

beforeAll(async () => {
  tf.env().set('IS_TEST', true)
  await tf.setBackend('cpu')
})

/** All outputs of a network's nodes, computed. */
const shapesIn = async (network: AnyNetwork): Promise<Map<string, number[]>> => {
  const model = await toTfjs(tf, network, initialize(network))
  const { layers, nameOf } = kerasLayers(network.graph)
  const named = layers.slice(1).map((layer) => model.getLayer(nameOf(layer)))
  const all = tf.model({ inputs: model.inputs, outputs: named.map((layer) => layer.output as tf.SymbolicTensor) })
  const outputs = all.predict(tf.zeros([2, ...network.input])) as tf.Tensor | tf.Tensor[]
  const list = Array.isArray(outputs) ? outputs : [outputs]
  expect(model.countParams()).toBe(
    network.graph.nodes.flatMap(({ weights }) => weights).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0),
  )
  return new Map(layers.slice(1).map((layer, index) => [nameOf(layer), (list[index] as tf.Tensor).shape.slice(1)]))
}

describe('every kind of layer', () => {
  const refused: string[] = []
  test.each(Object.entries(everyKind))('%s', async (id, make) => {
    const network = make()
    try {
      kerasLayers(network.graph)
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      refused.push(error.message)
      console.log(id, error.message)
      return
    }
    const shapes = await shapesIn(network)
    const { layers, nameOf } = kerasLayers(network.graph)
    for (const layer of layers.slice(1)) expect(shapes.get(nameOf(layer)), nameOf(layer)).toEqual(layer.output)
  })
})
