import { valuesIn } from '../../layers/kind/layer.js'
import type { Graph } from '../../network/graph.js'
import type { Shape } from '../../shape/shape.js'
import { flattenedBefore, flattenOrder, fromTorch, inverseOrder, reorderRows } from '../../weights/layout.js'
import { weightsOfNode } from '../../weights/names.js'
import type { ReachedGraph } from '../../weights/reached-graph.js'
import type { Weights } from '../../weights/weights.js'
import type { KerasNetwork } from './write/model.js'

/** A tensor of a Keras layer. */
export interface KerasTensor {
  /** The layer's name and the weight's, `'conv2d_1/kernel'`. */
  readonly name: string
  readonly shape: Shape
  readonly data: Float32Array
}

/** The weights of a network in Keras's layouts, layer by layer; those of a shared layer once. */
export function* kerasTensors(reached: ReachedGraph, { layers, nameOf, ownerOf }: KerasNetwork, weights: Weights): Generator<KerasTensor> {
  const ofNode = graphWeights(reached, weights)
  for (const layer of layers) {
    if (layer.weights.length === 0 || ownerOf(layer) !== layer) continue
    const own = ofNode(layer.node)
    for (const { name, shape, values } of layer.weights) yield { name: `${nameOf(layer)}/${name}`, shape, data: values(own) }
  }
}

/** The weights of a node in the graph's layout, with flattened images row by row. */
const graphWeights = ({ graph, owners }: ReachedGraph, weights: Weights) => {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]))
  const flattened = flattenedBefore(graph)
  return (name: string) => {
    const node = nodes.get(name) as Graph['nodes'][number]
    const specs = weightsOfNode({ ...node, name: owners.get(name) ?? name })
    const image = flattened.get(name)
    return (weight: string): Float32Array => {
      const index = node.weights.findIndex((each) => each.name === weight)
      const { data } = weights.get(specs[index]?.name as string) as { data: Float32Array }
      // Of a dense layer the bias has a value for each unit, and not for what was flattened.
      const isInOrder = image && data.length % valuesIn(image) === 0 && !(node.kind === 'dense' && weight !== 'kernel')
      const rows = isInOrder ? reorderRows(data, inverseOrder(flattenOrder(image))) : data
      return fromTorch(weight, rows, (node.weights[index] as { shape: Shape }).shape)
    }
  }
}
