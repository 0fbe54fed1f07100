import type { GraphNode } from '../../../network/graph.js'
import type { Shape } from '../../../shape/shape.js'
import { Chain, columns, type KerasLayer, type KerasWeight, requireFew, type Writer } from '../layer.js'
import { cutWidth } from './edges.js'

/** Attention: a layer for each head. */

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

/** What is added to a score so that softmax makes it exactly 0: near the largest number of 32 bits, so that no score comes near it. */
const never = -1e38

/**
 * What leaves later tokens out: `never` for each key behind the query, and 0 for all others. There is no layer for that in Keras 2 and
 * TensorFlow.js, but rows of one value with zeros around them, cut into rows that are one cell shorter, begin one cell later each time.
 */
const laterTokens = (scores: Chain): Chain => {
  const [queries, keys] = scores.shape as [number, number]
  const width = queries + keys
  scores
    .add('never', 'Rescaling', { scale: 0, offset: never }, [queries, keys])
    .reshape('never_rows', [queries, keys, 1])
    .add(
      'rows',
      'ZeroPadding2D',
      {
        padding: [
          [0, 0],
          [1, queries - 1],
        ],
      },
      [queries, width, 1],
    )
    .reshape('one_row', [1, queries * width, 1])
  cutWidth(scores, 'shorter', 0, queries * (width - 1)).reshape('shorter_rows', [queries, width - 1, 1])
  return cutWidth(scores, 'later', 0, keys).reshape('mask', [queries, keys])
}

/**
 * softmax(Q K^T / sqrt d) V for each head (Vaswani et al. 2017), between two projections; keys and values may be those of another input, and
 * heads may share them. Without later tokens, for each query, if it is causal.
 */
export const multiHeadAttention: Writer = (chain, node, inputs) => {
  const [tokens, features] = node.output as [number, number]
  const { heads, keyValueHeads, headWidth: size } = node.settings as { heads: number; keyValueHeads: number; headWidth: number }
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
  // A query has nothing behind the only key.
  const isCausal = node.settings['causal'] && keyTokens > 1
  let mask: Chain | undefined
  const each = Array.from({ length: heads }, (_, head) => {
    const role = (what: string): string => roleOf(what, head, heads, 'head')
    const queries = third(0, head, role('queries'))
    const [keys, values] = (shared[Math.floor((head * keyValueHeads) / heads)] ?? [
      third(1, head, role('keys')),
      third(2, head, role('values')),
    ]) as [Chain, Chain]
    const square = [tokens, keyTokens]
    const scores = start
      .branch()
      .join(role('products'), 'Dot', { axes: [2, 2] }, [queries, keys], square)
      .add(role('scores'), 'Rescaling', { scale: 1 / Math.sqrt(size), offset: 0 }, square)
    if (isCausal) {
      mask ??= laterTokens(scores.branch())
      scores.join(role('causal'), 'Add', {}, [scores.branch(), mask], square)
    }
    const shares = scores.add(role('shares'), 'Activation', { activation: 'softmax' }, square)
    return start.branch().join(role('mix'), 'Dot', { axes: [2, 1] }, [shares, values], [tokens, size])
  })
  const all = heads === 1 ? (each[0] as Chain) : chain.branch().join('heads', 'Concatenate', { axis: -1 }, each, [tokens, inner])
  chain.last = all.last
  const out = { width: features, from: 0 }
  return projection(chain, node, 'projection', { own: 'outProjectionKernel', ...out }, { own: 'outProjectionBias', ...out }, features)
}
