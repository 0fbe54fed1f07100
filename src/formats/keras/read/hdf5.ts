import { FormatError } from '../../../network/format-error.js'
import { modelIn } from './links.js'
import { parsed, readLayers } from './read.js'
import { kerasWeights } from './weights.js'
import { type NamedTensor, weightByName } from './weights-by-name.js'
import { weightByPlace } from './weights-by-place.js'

/*
 * A file of Keras in HDF5, `model.save('model.h5')`: the layers as JSON in an attribute, the weights of each layer in a group of its name.
 * https://github.com/keras-team/keras, keras/src/legacy/saving/legacy_h5_format.py, `save_model_to_hdf5`.
 */

/** The layers in an HDF5 file, as `fromKeras` takes them. */
export const layersOfHdf5 = (texts: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> => {
  const config = texts['model_config']
  if (config === undefined)
    throw new FormatError(
      'has no layers in it, but weights alone, or what is not of Keras. In Keras, write the whole model: model.save(...), not model.save_weights(...).',
      'keras',
      '',
    )
  const version = texts['keras_version']
  return { ...(version === undefined ? {} : { keras_version: version }), ...(parsed(config) as Record<string, unknown>) }
}

/** The network in an HDF5 file, and its weights. */
export const readKerasHdf5 = (layers: Readonly<Record<string, unknown>>, tensors: readonly NamedTensor[], input: unknown) => {
  const { network, layers: ways } = readLayers(layers, input)
  const own = tensors.filter(({ path }) => path[0] === 'model_weights').map((tensor) => ({ ...tensor, path: partsOf(tensor.path) }))
  return { network, weights: kerasWeights(network.graph, ways, weightByName(own, true, 'keras')) }
}

/** TensorFlow puts the number of an output behind the name of a weight: `kernel:0`. */
const partsOf = (path: readonly string[]): string[] => [...path.slice(1, -1), (path.at(-1) as string).replace(/:\d+$/, '')]

/** The network in a .keras file, and its weights. */
export const readKerasZipWeights = (layers: Readonly<Record<string, unknown>>, tensors: readonly NamedTensor[], input: unknown) => {
  const { network, layers: ways } = readLayers(layers, input)
  return { network, weights: kerasWeights(network.graph, ways, weightByPlace(modelIn(layers), tensors)) }
}
