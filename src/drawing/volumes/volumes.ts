import type { Graph, GraphNode } from '../../network/graph.js'
import { type Category, categoryOf } from './category.js'

/** What is drawn as one: a layer, with the normalizations and activations that only dress its output. */
export interface Volume {
  /** Name of the layer. */
  readonly name: string
  readonly node: GraphNode
  readonly category: Category
  /** The layers that dress it, in their order. */
  readonly dressing: readonly GraphNode[]
  /** Names of the volumes before it. */
  readonly inputs: readonly string[]
}

/** The volumes of a graph, each after those before it. */
export const volumesOf = (graph: Graph): Volume[] => {
  const readers = readersOf(graph)
  /** For each layer, the name of the volume that it is part of. */
  const partOf = new Map<string, string>()
  const volumes = new Map<string, Volume & { dressing: GraphNode[] }>()
  for (const node of graph.nodes) {
    const source = node.inputs[0]
    const home = source === undefined ? undefined : volumes.get(partOf.get(source) as string)
    if (home && source !== undefined && dresses(node) && readers.get(source) === 1) {
      home.dressing.push(node)
      partOf.set(node.name, home.name)
      continue
    }
    const inputs = [...new Set(node.inputs.map((name) => partOf.get(name) as string))]
    volumes.set(node.name, { name: node.name, node, category: categoryOf(node.kind), dressing: [], inputs })
    partOf.set(node.name, node.name)
  }
  return [...volumes.values()]
}

/** Whether a layer only dresses what comes before it: the same shape, and no picture of its own. */
const dresses = ({ kind, inputs, inputShapes, output }: GraphNode): boolean =>
  inputs.length === 1 && ['normalization', 'activation'].includes(categoryOf(kind)) && `${inputShapes[0]}` === `${output}`

/** How many layers read each output; the network's outputs are read once more. */
const readersOf = ({ nodes, output, outputs }: Graph): Map<string, number> => {
  const readers = new Map<string, number>()
  const read = (name: string) => readers.set(name, (readers.get(name) ?? 0) + 1)
  for (const { inputs } of nodes) inputs.forEach(read)
  for (const name of Object.values(outputs)) read(name)
  if (output !== undefined && !readers.has(output)) read(output)
  return readers
}

/** Stretches of the chain: between two of them there is one volume only that everything after it comes from. */
export const stretchesOf = (volumes: readonly Volume[]): Volume[][] => {
  const lastReader = new Map<string, number>()
  volumes.forEach(({ inputs }, index) => {
    for (const input of inputs) lastReader.set(input, index)
  })
  const stretches: Volume[][] = []
  let stretch: Volume[] = []
  // How far anything before the volume at hand is still read.
  let reach = 0
  volumes.forEach((volume, index) => {
    stretch.push(volume)
    if (reach <= index) {
      stretches.push(stretch)
      stretch = []
    }
    reach = Math.max(reach, lastReader.get(volume.name) ?? 0)
  })
  return stretch.length > 0 ? [...stretches, stretch] : stretches
}
