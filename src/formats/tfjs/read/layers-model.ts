import { readLayers } from '../../keras/read/read.js'
import { kerasWeights } from '../../keras/read/weights.js'
import { weightByName } from '../../keras/read/weights-by-name.js'
import type { StoredTensor } from './manifest.js'

/*
 * A layers model: the JSON of Keras, with weights beside it.
 */

/** The network of a layers model, and its weights. */
export const readLayersModel = (model: Readonly<Record<string, unknown>>, tensors: ReadonlyMap<string, StoredTensor>, sizes: unknown) => {
  const { network, layers } = readLayers(model, sizes)
  const named = [...tensors.values()].map(({ name, read }) => ({ path: name.split('/'), read: read as () => Float32Array | undefined }))
  return { network, weights: kerasWeights(network.graph, layers, weightByName(named, false, 'tfjs'), 'tfjs') }
}
