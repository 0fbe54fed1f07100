import { type Graph, outputsOf } from './graph.js'

/** What of a network reaches none of its outputs. */
export interface Unreached {
  /** Names of layers whose values no output depends on. They count as all others do. */
  readonly layers: readonly string[]
  /** Names of inputs that no output depends on: unused ones, and those that only such layers take. */
  readonly inputs: readonly string[]
}

/** The layers and the inputs that no output of a graph depends on, in the order of its nodes. */
export const unreachedIn = (graph: Graph): Unreached => {
  const reached = new Set(outputsOf(graph).map(({ node }) => node))
  // Every node stands after its inputs, so one pass from the end sees all readers first.
  for (const { name, inputs } of [...graph.nodes].reverse()) if (reached.has(name)) for (const input of inputs) reached.add(input)
  const rest = graph.nodes.filter(({ name }) => !reached.has(name))
  const isInput = new Set(graph.inputs)
  return {
    layers: rest.filter(({ name }) => !isInput.has(name)).map(({ name }) => name),
    inputs: rest.filter(({ name }) => isInput.has(name)).map(({ name }) => name),
  }
}
