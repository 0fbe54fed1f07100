import { besideOf, joiningKinds } from '../../network/arguments.js'
import type { Graph, GraphNode } from '../../network/graph.js'
import { dominatorsOf } from '../dominators.js'

/*
 * A graph as layers one after the other, with branches between a fork and a join: the form in which people write a network.
 */

/** A layer, or where branches are joined, what joins them. */
export interface Step {
  readonly node: GraphNode
  /** For a join, the layers of each input since the fork; none where the fork itself is the input. */
  readonly branches?: readonly Series[]
}

/** Layers one after the other. */
export type Series = readonly Step[]

/** A head that branches out: after how many steps of the main path, and its own. */
export interface Head {
  readonly name: string
  readonly after: number
  readonly steps: Series
}

/** The main path of a graph, and its heads. */
export interface Structure {
  readonly steps: Series
  readonly heads: readonly Head[]
}

/** Whether a node joins branches. */
export const isJoin = ({ kind }: GraphNode): boolean => (joiningKinds as readonly string[]).includes(kind)

/** Branches deeper in each other than this have no classes: Python calls no more than 1000 functions in each other. */
const deepest = 50

/** Whether a graph has a form without names: one input, one output beside those of heads, and nothing that is kept, shared or taken by a name. */
const isPlain = ({ nodes, inputs, output, outputs, kept }: Graph): boolean =>
  inputs.length === 1 &&
  output !== undefined &&
  Object.keys(kept).every((name) => Object.hasOwn(outputs, name)) &&
  nodes.every((node) => node.shared === undefined && besideOf(node).length === 0)

/**
 * The structure of a graph; `undefined` where it has several inputs, names or shared layers, where branches share layers, where a head
 * begins inside a branch, where a layer reaches no output, and where branches are more than 50 deep in each other.
 */
export const structureOf = (graph: Graph): Structure | undefined => {
  if (!isPlain(graph)) return undefined
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]))
  const forkOf = dominatorsOf(graph)
  const seen = new Set<string>()
  let shared = false

  /** The steps behind `start` up to `end`, in so many branches. */
  const between = (start: string, end: string, depth = 0): Series => {
    const steps: Step[] = []
    for (let at = end; at !== start; ) {
      const node = nodes.get(at) as GraphNode
      if (seen.has(at) || depth > deepest) shared = true
      // One that was seen may have been seen very often: no more than that has to be known.
      if (shared) return []
      seen.add(at)
      const fork = forkOf.get(at) as string
      steps.push(isJoin(node) ? { node, branches: node.inputs.map((each) => between(fork, each, depth + 1)) } : { node })
      at = fork
    }
    return steps.reverse()
  }

  const steps = between(graph.input, graph.output as string)
  const places = new Map([[graph.input, 0], ...steps.map(({ node }, index) => [node.name, index + 1] as const)])
  const heads = Object.entries(graph.outputs).map(([name, end]): Head => {
    let start = end
    while (!places.has(start)) {
      if (shared || seen.has(start)) {
        shared = true
        return { name, after: 0, steps: [] }
      }
      start = forkOf.get(start) as string
    }
    return { name, after: places.get(start) as number, steps: between(start, end) }
  })
  const isWhole = seen.size === graph.nodes.length - 1
  return shared || !isWhole ? undefined : { steps, heads }
}
