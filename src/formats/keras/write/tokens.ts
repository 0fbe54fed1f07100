import { type Chain, type Writer, weight } from '../layer.js'

/*
 * Layers on tokens of `[tokens, features]`.
 */

/**
 * Learned values of a shape. There is no layer for them in Keras 3, Keras 2 and TensorFlow.js: a rectifier with a slope for each place takes
 * -1 everywhere, and gives the slopes times -1.
 */
const learned = (chain: Chain, own: string): Chain => {
  const { shape } = chain
  const slopes = { name: 'alpha', shape, values: (values: (name: string) => Float32Array) => values(own).map((value) => -value) }
  return chain.add('ones', 'Rescaling', { scale: 0, offset: -1 }, shape).add('learned', 'PReLU', {}, shape, [slopes])
}

/** One of the tokens, as `[1, features]`. */
const tokenAt = (chain: Chain, index: number): Chain => {
  const [tokens, features] = chain.shape as [number, number]
  const cropping = [
    [index, tokens - 1 - index],
    [0, 0],
  ]
  return chain.reshape('image', [tokens, features, 1]).add('token', 'Cropping2D', { cropping }, [1, features, 1])
}

export const selectToken: Writer = (chain, node) => tokenAt(chain, node.settings['index'] as number).reshape('vector', node.output)

export const classToken: Writer = (chain, node) => {
  const token = tokenAt(chain.branch(), 0).reshape('first', [1, node.output[1] as number])
  return chain.join('concat', 'Concatenate', { axis: 1 }, [learned(token, 'token'), chain.branch()], node.output)
}

export const positionEmbedding: Writer = (chain, node) =>
  chain.join('add', 'Add', {}, [chain.branch(), learned(chain.branch(), 'embedding')], node.output)

export const meanTokens: Writer = (chain, node) => chain.add('mean', 'GlobalAveragePooling1D', {}, node.output)

export const embedding: Writer = (chain, node) => {
  const { vocabulary, features } = node.settings as { vocabulary: number; features: number }
  const config = { input_dim: vocabulary, output_dim: features }
  return chain.add('embedding', 'Embedding', config, node.output, [weight('embeddings', 'embedding', [vocabulary, features])])
}

/** The cells of each patch side by side, those of the first column first; a normalization and a dense layer, or the other way round. */
export const patchMerging: Writer = (chain, node) => {
  const [height, width, channels] = chain.shape as [number, number, number]
  const positions = [height / 2, width / 2]
  const isFirst = node.settings['version'] === 1
  const [wide, narrow] = [4 * channels, 2 * channels]
  const norm = (channels: number): Chain =>
    chain.add(
      'norm',
      'LayerNormalization',
      { axis: -1, epsilon: 1e-5 },
      [...positions, channels],
      [weight('gamma', 'gamma', [channels]), weight('beta', 'beta', [channels])],
    )
  chain
    .reshape('cells', [height / 2, 2, width / 2, 2, channels])
    .add('patches', 'Permute', { dims: [1, 3, 4, 2, 5] }, [...positions, 2, 2, channels])
    .reshape('joined', [...positions, wide])
  if (isFirst) norm(wide)
  chain.add('reduction', 'Dense', { units: narrow, use_bias: false }, node.output, [weight('kernel', 'kernel', [wide, narrow])])
  return isFirst ? chain : norm(narrow)
}
