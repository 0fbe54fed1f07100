import { FormatError } from '../network/format-error.js'
import type { Graph, GraphNode } from '../network/graph.js'

/** A graph as layers in each other: a layer, branches with what joins them, or a head that branches out. */
export type Part =
  | { readonly is: 'layer'; readonly node: GraphNode }
  | { readonly is: 'join'; readonly kind: string; readonly branches: readonly (readonly Part[])[] }
  | { readonly is: 'head'; readonly name: string; readonly layers: readonly Part[] }

/**
 * The layers of a network one after the other, with branches inside, as blocks are written.
 *
 * Where branches meet, they came from the last node that all ways to them pass: its immediate dominator (Lengauer and Tarjan 1979). In a
 * graph of blocks, every node between the two belongs to one branch.
 *
 * @throws {FormatError} with a node that two branches share
 */
export const decompose = (graph: Graph): Part[] => {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]))
  const dominators = dominatorsOf(graph)
  const heads = headsOf(graph, dominators)
  const placed = new Set<string>()

  /** The heads that branch out of a node. */
  const headsAt = (name: string): Part[] =>
    (heads.get(name) ?? []).map(([head, node]) => ({ is: 'head', name: head, layers: between(name, node) }))

  const between = (start: string, end: string): Part[] => {
    const parts: Part[] = []
    // From the end to the start, as each node knows what is before it.
    for (let name = end; name !== start; ) {
      const node = nodes.get(name) as GraphNode
      if (placed.has(name) || node.kind === 'input')
        throw new FormatError('is shared by branches that are not in each other.', 'typescript', name)
      placed.add(name)
      parts.unshift(...headsAt(name))
      const [first] = node.inputs as [string, ...string[]]
      const isJoin = ['add', 'concat', 'multiply'].includes(node.kind)
      const before = isJoin ? (dominators.get(name) as string) : first
      parts.unshift(isJoin ? joinOf(node, before) : { is: 'layer', node })
      name = before
    }
    return parts
  }

  const joinOf = (node: GraphNode, start: string): Part => {
    if (node.kind !== 'multiply') return { is: 'join', kind: node.kind, branches: node.inputs.map((name) => between(start, name)) }
    const [input, gate] = node.inputs as [string, string]
    if (input !== start) throw new FormatError('has a gate that does not come from what it weighs.', 'typescript', node.name)
    return { is: 'join', kind: 'multiply', branches: [between(start, gate)] }
  }

  const parts = between(graph.input, graph.output)
  parts.unshift(...headsAt(graph.input))
  return parts
}

/** For each node, the last one before it that every way from the input passes. */
const dominatorsOf = (graph: Graph): Map<string, string> => {
  const found = new Map<string, string>()
  const places = new Map(graph.nodes.map(({ name }, place) => [name, place]))
  const place = (name: string): number => places.get(name) as number
  for (const { name, inputs } of graph.nodes.slice(1)) {
    const common = inputs.reduce((one, other) => {
      let [left, right] = [one, other]
      while (left !== right) {
        if (place(left) > place(right)) left = found.get(left) as string
        else right = found.get(right) as string
      }
      return left
    })
    found.set(name, common)
  }
  return found
}

/** For each node, the heads that branch out of it: their names and their last nodes. */
const headsOf = (graph: Graph, dominators: ReadonlyMap<string, string>): Map<string, [string, string][]> => {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]))
  const main = new Set<string>()
  const mark = (end: string): void => {
    const waiting = [end]
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (main.has(name)) continue
      main.add(name)
      waiting.push(...(nodes.get(name) as GraphNode).inputs)
    }
  }
  mark(graph.output)
  const found = new Map<string, [string, string][]>()
  for (const [name, node] of Object.entries(graph.outputs)) {
    let at = node
    while (!main.has(at)) at = dominators.get(at) as string
    found.set(at, [...(found.get(at) ?? []), [name, node]])
    mark(node)
  }
  return found
}
