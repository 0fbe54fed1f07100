import { valuesIn } from '../../../layers/kind/layer.js'
import type { GraphNode } from '../../../network/graph.js'
import { cellsAtEnds } from '../../cells-at-ends.js'
import { type Chain, refuse, type Writer, weight } from '../layer.js'
import { cropped, enlarged, padded } from './cells.js'

/** Layers that move values: reshapes, pools to a size, resizes, paddings, crops; and those on tokens. */

const reshaped: Writer = (chain, node) => {
  const { output } = node
  // TensorFlow.js flattens no vector.
  if (node.kind === 'flatten' && chain.shape.length === 1) return chain
  if (node.kind === 'flatten' && output.length === 1) return chain.add('flatten', 'Flatten', {}, output)
  return chain.add('reshape', 'Reshape', { target_shape: output }, output)
}

const permute: Writer = (chain, node) =>
  chain.add('permute', 'Permute', { dims: (node.settings['axes'] as readonly number[]).map((axis) => axis + 1) }, node.output)

const globalPool =
  (stem: string): Writer =>
  (chain, node) => {
    const { shape } = chain
    const rank = shape.length - 1
    if (rank <= 2) return chain.add('pool', `Global${stem}Pooling${rank}D`, {}, node.output)
    // TensorFlow.js has none for volumes: their positions in a row have the same mean, and the same maximum.
    const channels = shape.at(-1) as number
    return chain.reshape('row', [valuesIn(shape) / channels, channels]).add('pool', `Global${stem}Pooling1D`, {}, node.output)
  }

const adaptivePool =
  (stem: string): Writer =>
  (chain, node) => {
    const sizes = node.output.slice(0, -1)
    const rank = sizes.length
    const factors = sizes.map((size, axis) => (chain.shape[axis] as number) / size)
    if (rank > 3 || !factors.every(Number.isInteger)) {
      return refuse(
        node,
        `its windows differ in size, as ${sizes.join('x')} does not divide ${chain.shape.slice(0, -1).join('x')}, and Keras has none such. Use a size that divides the input.`,
      )
    }
    return chain.add('pool', `${stem}Pooling${rank}D`, { pool_size: factors, strides: factors, padding: 'valid' }, node.output)
  }

const upsample: Writer = (chain, node) => {
  const { scale, method } = node.settings as { scale: number | readonly number[]; method: string }
  if (method !== 'nearest')
    return refuse(node, "Keras and TensorFlow.js place the cells of a bilinear resize differently. Use method 'nearest'.")
  const factors = chain.shape.slice(0, -1).map((_, axis) => (typeof scale === 'number' ? scale : (scale[axis] as number)))
  return enlarged(chain, factors)
}

/** Channel c * s^2 + i * s + j becomes row i and column j of channel c. */
const pixelShuffle: Writer = (chain, node) => {
  const scale = node.settings['scale'] as number
  const [height, width] = chain.shape as [number, number, number]
  const channels = node.output[2] as number
  return chain
    .reshape('cells', [height, width, channels, scale, scale])
    .add('in_place', 'Permute', { dims: [1, 4, 2, 5, 3] }, [height, scale, width, scale, channels])
    .reshape('pixels', node.output)
}

const selectToken: Writer = (chain, node) => {
  const [tokens, features] = chain.shape as [number, number]
  const index = node.settings['index'] as number
  return chain
    .reshape('image', [tokens, features, 1])
    .add(
      'token',
      'Cropping2D',
      {
        cropping: [
          [index, tokens - 1 - index],
          [0, 0],
        ],
      },
      [1, features, 1],
    )
    .reshape('vector', node.output)
}

const meanTokens: Writer = (chain, node) => chain.add('mean', 'GlobalAveragePooling1D', {}, node.output)

const embedding: Writer = (chain, node) => {
  const { vocabulary, features } = node.settings as { vocabulary: number; features: number }
  const config = { input_dim: vocabulary, output_dim: features }
  return chain.add('embedding', 'Embedding', config, node.output, [weight('embeddings', 'embedding', [vocabulary, features])])
}

/** Keras has one bias for each gate: the sum of both. */
const lstm: Writer = (chain, node) => {
  const { units, returnSequences, bias } = node.settings as { units: number; returnSequences: boolean; bias: boolean }
  const features = chain.shape[1] as number
  const sum = (values: (name: string) => Float32Array): Float32Array => {
    const recurrent = values('recurrentBias')
    return values('bias').map((value, index) => value + (recurrent[index] as number))
  }
  const weights = [
    weight('kernel', 'kernel', [features, 4 * units]),
    weight('recurrent_kernel', 'recurrentKernel', [units, 4 * units]),
    ...(bias ? [{ name: 'bias', shape: [4 * units], values: sum }] : []),
  ]
  const config = { units, activation: 'tanh', recurrent_activation: 'sigmoid', use_bias: bias, return_sequences: returnSequences }
  return chain.add('lstm', 'LSTM', config, node.output, weights)
}

const none = (node: GraphNode, what: string): Chain =>
  refuse(node, `Keras 3, Keras 2 and TensorFlow.js have no layer for ${what} in common. Use ONNX for this network.`)

export const shapeWriters = {
  flatten: reshaped,
  unflatten: reshaped,
  reshape: reshaped,
  toTokens: reshaped,
  permute,
  zeroPad: (chain, node) => padded(chain, cellsAtEnds(node)),
  crop: (chain, node) => cropped(chain, cellsAtEnds(node)),
  upsample,
  pixelShuffle,
  globalAvgPool: globalPool('Average'),
  globalMaxPool: globalPool('Max'),
  adaptiveAvgPool: adaptivePool('Average'),
  adaptiveMaxPool: adaptivePool('Max'),
  selectToken,
  meanTokens,
  embedding,
  lstm,
  gru: (_, node) =>
    refuse(node, 'that of TensorFlow.js resets the state before its product, and this one behind it (reset_after). Use lstm.'),
  classToken: (_, node) => none(node, 'a learned token'),
  positionEmbedding: (_, node) => none(node, 'learned positions'),
  multiHeadAttention: (_, node) => none(node, 'attention'),
} satisfies Readonly<Record<string, Writer>>
