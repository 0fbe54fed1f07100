import type { Graph } from '../network/graph.js'
import type { Shape } from '../shape/shape.js'
import { flattenedBefore, flattenOrder, reorderRows, torchShape, toTorch } from './layout.js'
import { torchName } from './names.js'
import type { Tensor, Weights } from './weights.js'

/** The numbers of a weight of a node in the layout of the graph, channels last; `undefined` where they are not known. */
export type GraphValues = (node: string, weight: string, shape: Shape) => Float32Array | undefined

/** Weights in PyTorch's names and layouts, from those in the graph's. */
export const torchWeights = (graph: Graph, valuesOf: GraphValues): Weights => {
  const flattened = flattenedBefore(graph)
  const found = new Map<string, Tensor>()
  for (const { name: node, kind, weights } of graph.nodes) {
    const image = flattened.get(node)
    for (const { name, shape } of weights) {
      const values = valuesOf(node, name, shape)
      if (!values) continue
      const data = toTorch(name, values, shape)
      // Of a dense layer the bias has a value for each unit, and not for what was flattened.
      const isInOrder = image && (kind !== 'dense' || name === 'kernel') && data.length > 1
      const own = isInOrder ? reorderRows(data, flattenOrder(image)) : data
      found.set(`${node}.${torchName(kind, name)}`, { shape: torchShape(name, shape), dtype: 'F32', data: own })
    }
  }
  return found
}
