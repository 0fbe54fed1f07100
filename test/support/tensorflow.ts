import * as tf from '@tensorflow/tfjs'
import { kerasLayers } from '../../src/formats/keras/write/write.js'
import { toTfjs } from '../../src/formats/tfjs/index.js'
import type { AnyNetwork } from '../../src/index.js'
import { reachedGraph } from '../../src/weights/reached-graph.js'
import type { Weights } from '../../src/weights/weights.js'

/** Networks in TensorFlow.js, on its plainest backend. */

tf.env().set('IS_TEST', true)

/** A model with all layers of a network as outputs, run on numbers: what comes out of each, by its name. */
export const runInTensorFlow = async (
  network: AnyNetwork,
  weights: Weights,
  data: Float32Array,
): Promise<{ readonly shapes: ReadonlyMap<string, number[]>; readonly outputs: readonly Float32Array[]; readonly params: number }> => {
  await tf.setBackend('cpu')
  const model = await toTfjs(tf, network, weights)
  const { layers, nameOf, outputs } = kerasLayers(reachedGraph(network.graph).graph)
  const named = layers.map((layer) => model.getLayer(nameOf(layer)).output as tf.SymbolicTensor)
  const all = tf.model({ inputs: model.inputs, outputs: named })
  const batch = data.length / (network.input as readonly number[]).reduce((product, size) => product * size, 1)
  const input = tf.tensor(data, [batch, ...(network.input as readonly number[])])
  const results = all.predict(input) as tf.Tensor | tf.Tensor[]
  const list = Array.isArray(results) ? results : [results]
  const shapes = new Map(layers.map((layer, index) => [nameOf(layer), (list[index] as tf.Tensor).shape.slice(1)]))
  const values = outputs.map((output) => (list[layers.indexOf(output)] as tf.Tensor).dataSync() as Float32Array)
  const params = model.countParams()
  tf.dispose([input, ...list])
  model.dispose()
  return { shapes, outputs: values, params }
}
