import { valuesIn } from '../layers/kind/layer.js'
import type { GraphNode } from '../network/graph.js'

/**
 * Tensors that a layer writes on the way to its output, in values, each computed from the one before it.
 *
 * A separable convolution writes what its depthwise part gives. Attention writes the queries, keys and values, then their weighted
 * sums; fused kernels never store its scores.
 */
export const innerTensorsOf = ({ kind, settings, inputShapes, output }: GraphNode): readonly number[] => {
  if (/^separableConv\dd$/.test(kind)) {
    // Not from its weights: a shared layer that is applied again lists none.
    const depthwise = (inputShapes[0]?.at(-1) ?? 0) * (settings['multiplier'] as number)
    return [valuesIn(output.slice(0, -1)) * depthwise]
  }
  if (kind === 'multiHeadAttention') {
    const queries = valuesIn(inputShapes[0] ?? [])
    const [keyTokens = 0] = inputShapes[1] ?? inputShapes[0] ?? []
    return [queries + 2 * keyTokens * (output[1] as number), queries]
  }
  return []
}
