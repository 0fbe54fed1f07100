import type { Graph, GraphNode } from '../network/graph.js'
import { weightSpecs } from './names.js'
import { reachedNodes } from './reached.js'
import type { WeightSpec } from './weights.js'

/*
 * What a format holds that has no place for layers whose output nothing uses.
 */

/** Options of a format that holds only the layers that lead to an output. */
export interface LeftOutOptions {
  /** Called with the names of the layers that lead to no output, where there are any: the file does not hold them. */
  readonly onLeftOut?: (layers: readonly string[]) => void
}

/** A graph of which every layer leads to an output. Inputs that nothing uses are still there. */
export interface ReachedGraph {
  readonly graph: Graph
  /** The names of the layers that were left out. */
  readonly leftOut: readonly string[]
  /** For each node whose weights stand in the whole graph under the name of a layer that was left out: that name. */
  readonly owners: ReadonlyMap<string, string>
}

/** The part of a graph that leads to its outputs. Of a shared layer whose first use was left out, the next use owns the weights. */
export const reachedGraph = (graph: Graph): ReachedGraph => {
  const reached = reachedNodes(graph)
  const leftOut = graph.nodes.filter(({ name, kind }) => kind !== 'input' && !reached.has(name)).map(({ name }) => name)
  if (leftOut.length === 0) return { graph, leftOut, owners: new Map() }
  const whole = new Map(graph.nodes.map((node) => [node.name, node]))
  const heirs = new Map<string, string>()
  const owners = new Map<string, string>()
  const nodes = graph.nodes.flatMap((node): GraphNode[] => {
    if (node.kind === 'input') return [node]
    if (!reached.has(node.name)) return []
    const { sharedWith, ...own } = node
    if (sharedWith === undefined || reached.has(sharedWith)) return [node]
    const heir = heirs.get(sharedWith)
    if (heir !== undefined) return [{ ...node, sharedWith: heir }]
    heirs.set(sharedWith, node.name)
    owners.set(node.name, sharedWith)
    return [{ ...own, weights: (whole.get(sharedWith) as GraphNode).weights }]
  })
  const left = new Set(leftOut)
  const kept = Object.fromEntries(Object.entries(graph.kept).filter(([, node]) => !left.has(node)))
  return { graph: { ...graph, nodes, kept }, leftOut, owners }
}

/** The graph that a format holds, after it has said what is left out. */
export const reachedFor = (graph: Graph, { onLeftOut }: LeftOutOptions): ReachedGraph => {
  const found = reachedGraph(graph)
  if (found.leftOut.length > 0) onLeftOut?.(found.leftOut)
  return found
}

/** A tensor of the part that is reached, and the tensor of the whole network whose values it has. */
export interface ReachedSpec {
  readonly spec: WeightSpec
  readonly from: WeightSpec
}

/** The tensors of the part that is reached. */
export const reachedSpecs = ({ graph, owners }: ReachedGraph): ReachedSpec[] =>
  weightSpecs(graph).map((spec) => {
    const owner = owners.get(spec.node)
    return { spec, from: owner === undefined ? spec : { ...spec, node: owner, name: owner + spec.name.slice(spec.node.length) } }
  })
