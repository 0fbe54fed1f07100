import { type Graph, outputsOf } from './graph.js'

/**
 * The names of the inputs with whole numbers: those that only embeddings read, as indices.
 *
 * An input that any other layer reads, or that is itself an output, holds floats.
 */
export const wholeInputsOf = (graph: Graph): Set<string> => {
  const inputNames = new Set(graph.inputs)
  const indices = new Set<string>()
  const floats = new Set(outputsOf(graph).map(({ node }) => node))
  for (const { kind, inputs } of graph.nodes) {
    for (const name of inputs) if (inputNames.has(name)) (kind === 'embedding' ? indices : floats).add(name)
  }
  return new Set([...indices].filter((name) => !floats.has(name)))
}
