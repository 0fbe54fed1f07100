import { type Graph, outputsOf } from '../network/graph.js'

/** The names of the nodes that lead to an output. */
export const reachedNodes = (graph: Graph): ReadonlySet<string> => {
  const reached = new Set(outputsOf(graph).map(({ node }) => node))
  for (const { name, inputs } of [...graph.nodes].reverse()) if (reached.has(name)) for (const input of inputs) reached.add(input)
  return reached
}
