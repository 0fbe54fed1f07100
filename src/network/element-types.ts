import { type Graph, outputsOf } from './graph.js'

/**
 * The names of the inputs whose values are whole numbers: those that only embeddings take, as indices.
 *
 * An input that another layer or an output takes too is one of floats.
 */
export const wholeInputsOf = (graph: Graph): Set<string> => {
  const given = new Set(graph.inputs)
  const whole = new Set<string>()
  const other = new Set(outputsOf(graph).map(({ node }) => node))
  for (const { kind, inputs } of graph.nodes) {
    for (const name of inputs) if (given.has(name)) (kind === 'embedding' ? whole : other).add(name)
  }
  return new Set([...whole].filter((name) => !other.has(name)))
}
