import { besideOf, joiningKinds } from '../../network/arguments.js'
import type { Graph, GraphNode } from '../../network/graph.js'
import { dominatorsOf } from '../dominators.js'

/* A graph as consecutive layers, with branches between a fork and a join, as people write networks. */

/** A layer, or a join with its branches. */
export interface Step {
  readonly node: GraphNode
  /** For a join, the layers of each branch since the fork; empty if the branch is the fork itself. */
  readonly branches?: readonly Series[]
}

/** Consecutive layers. */
export type Series = readonly Step[]

/** A head that branches out: the number of steps of the main path before it, and its own steps. */
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

/** The maximum nesting of branches, since Python limits nested function calls to about 1000. */
const maxDepth = 50

/**
 * Whether a graph needs no names: one input, one output besides those of heads, and no kept values, shared layers or references by
 * name.
 */
const isPlain = ({ nodes, inputs, output, outputs, kept }: Graph): boolean =>
  inputs.length === 1 &&
  output !== undefined &&
  Object.keys(kept).every((name) => Object.hasOwn(outputs, name)) &&
  nodes.every((node) => node.shared === undefined && besideOf(node).length === 0)

/**
 * The structure of a graph; `undefined` if it has several inputs, names or shared layers, if branches share layers, a head starts
 * inside a branch, a layer reaches no output, or branches are nested more than 50 deep.
 */
export const structureOf = (graph: Graph): Structure | undefined => {
  if (!isPlain(graph)) return undefined
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]))
  const forkOf = dominatorsOf(graph)
  const seen = new Set<string>()
  let shared = false

  /** The steps from `start` to `end`, at a nesting depth. */
  const between = (start: string, end: string, depth = 0): Series => {
    const steps: Step[] = []
    for (let at = end; at !== start; ) {
      const node = nodes.get(at) as GraphNode
      if (seen.has(at) || depth > maxDepth) shared = true
      // Stop at the first shared step: it may be shared many times, but once is enough.
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
