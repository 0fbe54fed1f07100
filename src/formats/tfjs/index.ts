import { valuesIn } from '../../layers/kind/layer.js'
import { FormatError } from '../../network/format-error.js'
import type { NetworkLike } from '../../network/network-like.js'
import { checkWeights } from '../../weights/check.js'
import { type LeftOutOptions, reachedFor } from '../../weights/reached-graph.js'
import type { Weights } from '../../weights/weights.js'
import { requireNetwork, requireOptions } from '../checked-input.js'
import { kerasTensors } from '../keras/weights.js'
import { kerasModel } from '../keras/write/model.js'
import { kerasLayers } from '../keras/write/write.js'

export type { Tensor, Weights } from '../../weights/weights.js'
export { type FromTfjsOptions, fromTfjs, type TfjsNetwork } from './read/read.js'
export { FormatError }

/** What is needed of TensorFlow.js, so that nobody has to have it to compile this package. */
export interface TensorFlow<Handler, Model> {
  readonly io: { readonly fromMemory: (artifacts: object) => Handler }
  readonly loadLayersModel: (handler: Handler) => Promise<Model>
}

/** Options of {@link toTfjs}. */
export interface TfjsOptions extends LeftOutOptions {}

/**
 * A network as a model of TensorFlow.js, a `tf.LayersModel`.
 *
 * @param tf TensorFlow.js: `import * as tf from '@tensorflow/tfjs'`
 * @param network the network
 * @param weights its numbers; without them those that TensorFlow.js begins with
 * @param options `onLeftOut` is called with the names of the layers that lead to no output: the model does not have them
 * @returns the model, whose layers have the names of the graph's nodes
 * @throws {FormatError} for a layer that TensorFlow.js cannot compute, and for weights that are not the network's
 * @example
 * const model = await toTfjs(tf, lenet5(), readSafetensors(bytes))
 * model.predict(tf.zeros([1, 32, 32, 1]))
 */
export const toTfjs = async <Handler, Model>(
  tf: TensorFlow<Handler, Model>,
  network: NetworkLike,
  weights?: Weights,
  options: TfjsOptions = {},
): Promise<Model> => {
  if (typeof tf?.loadLayersModel !== 'function') {
    throw new FormatError("needs TensorFlow.js: import * as tf from '@tensorflow/tfjs', then toTfjs(tf, network).", 'tfjs', '')
  }
  const { graph: whole } = requireNetwork('tfjs', network)
  requireOptions('tfjs', options, ['onLeftOut'])
  const reached = reachedFor(whole, options)
  const { graph } = reached
  const layers = kerasLayers(graph)
  const { stridewise: _, ...modelTopology } = kerasModel(graph, layers, 'network')
  if (!weights) return tf.loadLayersModel(tf.io.fromMemory({ modelTopology }))
  checkWeights(network, weights)
  const tensors = [...kerasTensors(reached, layers, weights)]
  const weightSpecs = tensors.map(({ name, shape }) => ({ name, shape: [...shape], dtype: 'float32' }))
  const weightData = new Float32Array(tensors.reduce((sum, { shape }) => sum + valuesIn(shape), 0))
  let at = 0
  for (const { data } of tensors) {
    weightData.set(data, at)
    at += data.length
  }
  return tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData: weightData.buffer }))
}
