import { decimal } from '../../settings.js'
import { grown } from './elementwise.js'
import type { ReadWeight } from './layers.js'
import type { OperatorReader } from './reader.js'
import { vectorOf, weightOf } from './weights.js'
import { requireChannelsLast } from './window-settings.js'

/** Normalizations of the channels, and biases. */

/** A bias for each channel, as a part of a formula: behind a convolution it becomes the convolution's own. */
const biasAdd: OperatorReader = (read, node) => {
  const part = read.part(node, 0)
  if (part.is === 'constant') return node.fail('adds to numbers of the file.')
  const bias = vectorOf(read, node, 1, part.shape.at(-1) as number)
  return grown(read, node, 'BiasAdd', [part, bias], part.shape, part.merged)
}

const batchNorm: OperatorReader = (read, node) => {
  requireChannelsLast(node)
  const value = read.value(node)
  // TensorFlow.js, and a network that is used, takes the statistics of the file.
  const isTraining = node.attributes['is_training'] === undefined ? false : node.boolean('is_training')
  if (isTraining) return node.fail('is in training mode: it would normalize by the numbers of the batch.')
  const channels = value.shape.at(-1) as number
  const [gamma, beta, movingMean, movingVariance] = [1, 2, 3, 4].map((index) => weightOf(vectorOf(read, node, index, channels))) as [
    ReadWeight,
    ReadWeight,
    ReadWeight,
    ReadWeight,
  ]
  const epsilon = decimal(node.number('epsilon', 1e-4))
  return read.add(node, 'batchNorm', epsilon === 1e-5 ? {} : { epsilon }, [value], { gamma, beta, movingMean, movingVariance })
}

export const normalizationReaders: Readonly<Record<string, OperatorReader>> = {
  BiasAdd: biasAdd,
  FusedBatchNorm: batchNorm,
  FusedBatchNormV2: batchNorm,
  FusedBatchNormV3: batchNorm,
}
