import { valuesIn } from '../layers/kind/layer.js'
import type { GraphNode } from '../network/graph.js'

/**
 * Tensors that a layer writes on the way to its output, in values, each computed from the one before it.
 *
 * A separable convolution writes what its depthwise part gives. Attention writes the queries, keys and values, then their weighted
 * sums; fused kernels never store its scores. The merging of patches writes the patches, and those normalized or projected.
 */
export const innerTensorsOf = ({ kind, settings, inputShapes, output }: GraphNode): readonly number[] => {
  if (/^separableConv\dd$/.test(kind)) {
    // Not from its weights: a shared layer that is applied again lists none.
    const depthwise = (inputShapes[0]?.at(-1) ?? 0) * (settings['multiplier'] as number)
    return [valuesIn(output.slice(0, -1)) * depthwise]
  }
  if (kind === 'multiHeadAttention') {
    const { heads, keyValueHeads, headWidth } = settings as { heads: number; keyValueHeads: number; headWidth: number }
    const queries = (output[0] as number) * heads * headWidth
    const [keyTokens = 0] = inputShapes[1] ?? inputShapes[0] ?? []
    return [queries + 2 * keyTokens * keyValueHeads * headWidth, queries]
  }
  if (kind === 'windowAttention') return [3 * valuesIn(output), valuesIn(output)]
  if (kind === 'patchMerging') return [2 * valuesIn(output), settings['version'] === 1 ? 2 * valuesIn(output) : valuesIn(output)]
  return []
}
