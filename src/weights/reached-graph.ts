import type { Graph, GraphNode } from '../network/graph.js'
import { weightSpecs } from './names.js'
import { reachedNodes } from './reached.js'
import type { WeightSpec } from './weights.js'

/* The part of a network that a format can hold if it has no place for layers whose outputs nothing uses. */

/** Options of a format that holds only the layers that lead to an output. */
export interface LeftOutOptions {
  /** Called with the names of the layers that lead to no output, if there are any. The file does not contain them. */
  readonly onLeftOut?: (layers: readonly string[]) => void
}

/** A graph in which every layer leads to an output. Unused inputs remain. */
export interface ReachedGraph {
  readonly graph: Graph
  /** The names of the omitted layers. */
  readonly leftOut: readonly string[]
  /** For each node that takes over the weights of an omitted layer, the name of that layer, under which the full network has them. */
  readonly owners: ReadonlyMap<string, string>
}

/** The part of a graph that leads to its outputs. If the first use of a shared layer is omitted, the next use owns the weights. */
export const reachedGraph = (graph: Graph): ReachedGraph => {
  const reached = reachedNodes(graph)
  const leftOut = graph.nodes.filter(({ name, kind }) => kind !== 'input' && !reached.has(name)).map(({ name }) => name)
  if (leftOut.length === 0) return { graph, leftOut, owners: new Map() }
  const nodesByName = new Map(graph.nodes.map((node) => [node.name, node]))
  const newOwners = new Map<string, string>()
  const owners = new Map<string, string>()
  const nodes = graph.nodes.flatMap((node): GraphNode[] => {
    if (node.kind === 'input') return [node]
    if (!reached.has(node.name)) return []
    const { sharedWith, ...unshared } = node
    if (sharedWith === undefined || reached.has(sharedWith)) return [node]
    const newOwner = newOwners.get(sharedWith)
    if (newOwner !== undefined) return [{ ...node, sharedWith: newOwner }]
    newOwners.set(sharedWith, node.name)
    owners.set(node.name, sharedWith)
    return [{ ...unshared, weights: (nodesByName.get(sharedWith) as GraphNode).weights }]
  })
  const leftOutNames = new Set(leftOut)
  const kept = Object.fromEntries(Object.entries(graph.kept).filter(([, node]) => !leftOutNames.has(node)))
  return { graph: { ...graph, nodes, kept }, leftOut, owners }
}

/** The part of a graph that a format holds. It reports the omitted layers. */
export const reachedFor = (graph: Graph, { onLeftOut }: LeftOutOptions): ReachedGraph => {
  const reached = reachedGraph(graph)
  if (reached.leftOut.length > 0) onLeftOut?.(reached.leftOut)
  return reached
}

/** A tensor of the reached part, and the tensor of the full network with the same values. */
export interface ReachedSpec {
  readonly spec: WeightSpec
  readonly from: WeightSpec
}

/** The tensors of the reached part. */
export const reachedSpecs = ({ graph, owners }: ReachedGraph): ReachedSpec[] =>
  weightSpecs(graph).map((spec) => {
    const owner = owners.get(spec.node)
    return { spec, from: owner === undefined ? spec : { ...spec, node: owner, name: owner + spec.name.slice(spec.node.length) } }
  })
