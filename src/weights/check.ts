import { requireNetwork } from '../formats/checked-input.js'
import { valuesIn } from '../layers/kind/layer.js'
import { described } from '../network/described.js'
import { FormatError } from '../network/format-error.js'
import type { NetworkLike } from '../network/network-like.js'
import { sameShape } from '../shape/same.js'
import type { Shape } from '../shape/shape.js'
import { weightSpecs } from './names.js'
import type { Weights } from './weights.js'

/** PyTorch's count of training batches in a batch normalization. No computation uses it. */
const batchCounter = /\.num_batches_tracked$/

/**
 * Checks that weights match a network.
 *
 * @throws {FormatError} if they are no Map, or with the name of the first tensor that is missing, has another shape, or does not belong to
 *   the network
 * @example
 * checkWeights(resnet50(), readSafetensors(bytes))
 */
export const checkWeights = (network: NetworkLike, weights: Weights): void => {
  const specs = weightSpecs(requireNetwork('weights', network).graph)
  if (typeof weights?.get !== 'function' || typeof weights.keys !== 'function')
    throw new FormatError(`must be a Map of tensors by their names, not ${described(weights)}.`, 'weights', '')
  for (const { name, shape } of specs) {
    const tensor = weights.get(name)
    if (!tensor) throw new FormatError(`is missing: the network has it, ${shapeText(shape)}.`, 'weights', name)
    if (!Array.isArray(tensor.shape)) throw new FormatError('must have a shape, dtype and data.', 'weights', name)
    if (!sameShape(tensor.shape, shape)) {
      throw new FormatError(`is ${shapeText(tensor.shape)}, and in the network ${shapeText(shape)}.`, 'weights', name)
    }
    if (tensor.dtype !== 'F32' || !(tensor.data instanceof Float32Array))
      throw new FormatError('must be a Float32Array, F32.', 'weights', name)
    if (tensor.data.length !== valuesIn(shape)) {
      throw new FormatError(`has ${tensor.data.length} values, and ${shapeText(shape)} has ${valuesIn(shape)}.`, 'weights', name)
    }
  }
  const specNames = new Set(specs.map(({ name }) => name))
  const counterNames = new Set(specs.filter(({ weight }) => weight === 'movingMean').map(({ node }) => `${node}.num_batches_tracked`))
  for (const name of weights.keys()) {
    if (!specNames.has(name) && !(batchCounter.test(name) && counterNames.has(name))) {
      throw new FormatError('is no tensor of the network.', 'weights', name)
    }
  }
}

const shapeText = (shape: Shape): string => `[${shape.join(', ')}]`
