import { requireNetwork } from '../formats/checked-input.js'
import { valuesIn } from '../layers/kind/layer.js'
import { FormatError } from '../network/format-error.js'
import type { NetworkLike } from '../network/network-like.js'
import type { Shape } from '../shape/shape.js'
import { weightSpecs } from './names.js'
import type { Weights } from './weights.js'

/** PyTorch counts how often a batch normalization was trained: no number that a network computes with. */
const counter = /\.num_batches_tracked$/

/**
 * Refuses weights that are not those of a network.
 *
 * @throws {FormatError} with the name of the first tensor that is missing, of another shape, or not one of the network's
 * @example
 * checkWeights(resnet50(), readSafetensors(bytes))
 */
export const checkWeights = (network: NetworkLike, weights: Weights): void => {
  const specs = weightSpecs(requireNetwork('weights', network).graph)
  for (const { name, shape } of specs) {
    const tensor = weights.get(name)
    if (!tensor) throw new FormatError(`is missing: the network has it, ${listed(shape)}.`, 'weights', name)
    if (!same(tensor.shape, shape)) {
      throw new FormatError(`is ${listed(tensor.shape)}, and in the network ${listed(shape)}.`, 'weights', name)
    }
    if (tensor.dtype !== 'F32' || !(tensor.data instanceof Float32Array))
      throw new FormatError('must be a Float32Array, F32.', 'weights', name)
    if (tensor.data.length !== valuesIn(shape)) {
      throw new FormatError(`has ${tensor.data.length} values, and ${listed(shape)} has ${valuesIn(shape)}.`, 'weights', name)
    }
  }
  const known = new Set(specs.map(({ name }) => name))
  const counted = new Set(specs.filter(({ weight }) => weight === 'movingMean').map(({ node }) => `${node}.num_batches_tracked`))
  for (const name of weights.keys()) {
    if (!known.has(name) && !(counter.test(name) && counted.has(name))) {
      throw new FormatError('is no tensor of the network.', 'weights', name)
    }
  }
}

const listed = (shape: Shape): string => `[${shape.join(', ')}]`

const same = (one: Shape, other: Shape): boolean => one.length === other.length && one.every((size, axis) => size === other[axis])
