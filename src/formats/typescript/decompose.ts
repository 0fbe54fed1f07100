import { FormatError } from '../../network/format-error.js'
import type { Graph, GraphNode } from '../../network/graph.js'
import { dominatorsOf } from '../dominators.js'

/** A graph as layers in each other: a layer, branches with what joins them, or a head that branches out. */
export type Part =
  | { readonly is: 'layer'; readonly node: GraphNode }
  | { readonly is: 'join'; readonly node: GraphNode; readonly branches: readonly (readonly Part[])[] }
  | { readonly is: 'head'; readonly name: string; readonly layers: readonly Part[] }

/**
 * How deep calls may stand in each other. Compilers from TypeScript 5.4 to 7.0 take 22 to 31, depending on what they are, and say of more that the
 * type is excessively deep (TS2589).
 */
export const deepest = 22

export const tooDeep = `stands in more than ${deepest} blocks and branches, one in the other: no compiler works out the type of such a source.`

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
  const seen = new Set<string>()

  /** The heads that branch out of a node. */
  const headsAt = (name: string, depth: number): Part[] =>
    (heads.get(name) ?? []).map(([head, node]) => ({ is: 'head', name: head, layers: between(name, node, depth + 1) }))

  const between = (start: string, end: string, depth: number): Part[] => {
    if (depth > deepest) throw new FormatError(tooDeep, 'typescript', end)
    const parts: Part[] = []
    // From the end to the start, as each node knows what is before it.
    for (let name = end; name !== start; ) {
      const node = nodes.get(name) as GraphNode
      if (seen.has(name) || node.kind === 'input')
        throw new FormatError('is shared by branches that are not in each other.', 'typescript', name)
      seen.add(name)
      parts.push(...headsAt(name, depth).reverse())
      const [first] = node.inputs as [string, ...string[]]
      const isJoin = ['add', 'concat', 'multiply'].includes(node.kind)
      const before = isJoin ? (dominators.get(name) as string) : first
      parts.push(isJoin ? joinOf(node, before, depth + 1) : { is: 'layer', node })
      name = before
    }
    return parts.reverse()
  }

  const joinOf = (node: GraphNode, start: string, depth: number): Part => {
    if (node.kind !== 'multiply') return { is: 'join', node, branches: node.inputs.map((name) => between(start, name, depth)) }
    const [input, gate] = node.inputs as [string, string]
    if (input !== start) throw new FormatError('has a gate that does not come from what it weighs.', 'typescript', node.name)
    return { is: 'join', node, branches: [between(start, gate, depth)] }
  }

  const parts = between(graph.input, graph.output as string, 1)
  return [...headsAt(graph.input, 1), ...parts]
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
      for (const before of (nodes.get(name) as GraphNode).inputs) waiting.push(before)
    }
  }
  mark(graph.output as string)
  const found = new Map<string, [string, string][]>()
  for (const [name, node] of Object.entries(graph.outputs)) {
    let at = node
    while (!main.has(at)) at = dominators.get(at) as string
    const there = found.get(at)
    if (there) there.push([name, node])
    else found.set(at, [[name, node]])
    mark(node)
  }
  return found
}
