import type { GraphNode } from '../../../network/graph.js'
import type { Shape } from '../../../shape/shape.js'
import { Chain, columns, type KerasLayer, type KerasWeight, refuse, requireFew, type Writer, weight } from '../layer.js'

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

/** Columns of a weight of the node: of a matrix of that width, from one on. */
interface Columns {
  readonly own: string
  readonly width: number
  readonly from: number
}

/** A dense layer with some of the columns of a kernel, and of its bias. */
const projection = (chain: Chain, node: GraphNode, role: string, kernel: Columns, bias: Columns, units: number): Chain => {
  const [tokens, features] = chain.shape as [number, number]
  const part = (name: string, { own, width, from }: Columns, shape: Shape): KerasWeight => ({
    name,
    shape,
    values: (values) => columns(values(own), width, from, units),
  })
  const isBiased = node.settings['bias'] as boolean
  const weights = [part('kernel', kernel, [features, units]), ...(isBiased ? [part('bias', bias, [units])] : [])]
  return chain.add(role, 'Dense', { units, use_bias: isBiased }, [tokens, units], weights)
}

/**
 * softmax(Q K^T / sqrt d) V for each head (Vaswani et al. 2017), between two projections; keys and values may be those of another input, and
 * heads may share them.
 */
export const multiHeadAttention: Writer = (chain, node, inputs) => {
  const [tokens, features] = node.output as [number, number]
  const { heads, keyValueHeads, headWidth: size } = node.settings as { heads: number; keyValueHeads: number; headWidth: number }
  if (node.settings['causal'])
    refuse(node, 'Keras 2 and TensorFlow.js have no layer that leaves later tokens out. Use ONNX for this network.')
  requireFew(node, heads, 'heads', 'Use fewer heads.')
  const [inner, outer] = [heads * size, keyValueHeads * size]
  const memory = inputs.length === 2 ? new Chain(node, inputs[1] as KerasLayer) : chain
  const [keyTokens, keyFeatures] = memory.shape as [number, number]
  const kernels = ['queryKernel', 'keyKernel', 'valueKernel']
  const isPacked = keyFeatures === features && inner === features && outer === inner
  const [width, starts] = [inner + 2 * outer, [0, inner, inner + outer]]
  /** One of the three projections for a head, or for a group of heads. */
  const third = (at: number, index: number, role: string): Chain => {
    const within = { width, from: (starts[at] as number) + index * size }
    const kernel = isPacked
      ? { own: 'inProjectionKernel', ...within }
      : { own: kernels[at] as string, width: at === 0 ? inner : outer, from: index * size }
    const from = at === 0 ? chain : memory
    return projection(from.branch(), node, role, kernel, { own: 'inProjectionBias', ...within }, size)
  }
  const roleOf = (what: string, index: number, count: number, of: string): string => (count === 1 ? what : `${of}_${index + 1}_${what}`)
  const shared = Array.from({ length: keyValueHeads === heads ? 0 : keyValueHeads }, (_, group) =>
    ['keys', 'values'].map((what, at) => third(at + 1, group, roleOf(what, group, keyValueHeads, 'group'))),
  )
  const start = chain.branch()
  const each = Array.from({ length: heads }, (_, head) => {
    const role = (what: string): string => roleOf(what, head, heads, 'head')
    const queries = third(0, head, role('queries'))
    const [keys, values] = (shared[Math.floor((head * keyValueHeads) / heads)] ?? [
      third(1, head, role('keys')),
      third(2, head, role('values')),
    ]) as [Chain, Chain]
    const square = [tokens, keyTokens]
    const shares = start
      .branch()
      .join(role('products'), 'Dot', { axes: [2, 2] }, [queries, keys], square)
      .add(role('scores'), 'Rescaling', { scale: 1 / Math.sqrt(size), offset: 0 }, square)
      .add(role('shares'), 'Activation', { activation: 'softmax' }, square)
    return start.branch().join(role('mix'), 'Dot', { axes: [2, 1] }, [shares, values], [tokens, size])
  })
  const all = heads === 1 ? (each[0] as Chain) : chain.branch().join('heads', 'Concatenate', { axis: -1 }, each, [tokens, inner])
  chain.last = all.last
  const out = { width: features, from: 0 }
  return projection(chain, node, 'projection', { own: 'outProjectionKernel', ...out }, { own: 'outProjectionBias', ...out }, features)
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
