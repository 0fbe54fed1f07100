import type { Graph, GraphNode } from '../../network/graph.js'

/* Heads that branch out. */

/** The heads that end at each node: the names of its outputs besides the main one. */
export const headsAt = ({ output, outputs }: Graph): Map<string, string[]> => {
  const found = new Map<string, string[]>()
  if (output === undefined) return found
  for (const [name, node] of Object.entries(outputs)) {
    const names = found.get(node)
    if (names) names.push(name)
    else found.set(node, [name])
  }
  return found
}

/** Marks a node that leads to several heads, or elsewhere. */
const elsewhere = Symbol('elsewhere')

/** The nodes in an order in which a head's layers directly follow the node where it branches out, each after its inputs. */
export const headsFirst = (graph: Graph): readonly GraphNode[] => {
  const heads = headsAt(graph)
  if (heads.size === 0) return graph.nodes
  // For each node, the single end of a head that it leads to.
  const leads = new Map<string, string | typeof elsewhere>()
  const takers = new Map<string, GraphNode[]>(graph.nodes.map(({ name }) => [name, []]))
  for (const node of [...graph.nodes].reverse()) {
    const { name, inputs } = node
    const isMain = name === graph.output || (!leads.has(name) && !heads.has(name))
    if (isMain || (leads.has(name) && heads.has(name))) leads.set(name, elsewhere)
    else if (heads.has(name)) leads.set(name, name)
    const own = leads.get(name) as string | typeof elsewhere
    for (const before of new Set(inputs)) {
      leads.set(before, leads.has(before) && leads.get(before) !== own ? elsewhere : own)
      takers.get(before)?.push(node)
    }
  }
  const missing = new Map(graph.nodes.map(({ name, inputs }) => [name, new Set(inputs).size]))
  const found: GraphNode[] = []
  const taken = new Set<string>()
  /** The layers of heads that can come next, in reverse order. */
  const stack: GraphNode[] = []
  const take = (node: GraphNode): void => {
    if (taken.has(node.name)) return
    taken.add(node.name)
    found.push(node)
    for (const next of [...(takers.get(node.name) as GraphNode[])]) {
      const left = (missing.get(next.name) as number) - 1
      missing.set(next.name, left)
      if (left === 0 && leads.get(next.name) !== elsewhere) stack.push(next)
    }
  }
  for (const node of graph.nodes) {
    take(node)
    for (let next = stack.pop(); next; next = stack.pop()) take(next)
  }
  return found
}
