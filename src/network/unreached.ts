import { type Graph, outputsOf } from './graph.js'

/** The parts of a network that no output depends on. */
export interface Unreached {
  /** The names of layers that no output depends on. They count like all others. */
  readonly layers: readonly string[]
  /** The names of inputs that no output depends on: unused ones, and those that only unreached layers read. */
  readonly inputs: readonly string[]
}

/** The layers and inputs that no output of a graph depends on, in the order of its nodes. */
export const unreachedIn = (graph: Graph): Unreached => {
  const reached = new Set(outputsOf(graph).map(({ node }) => node))
  // Every node comes after its inputs, so a single pass from the end visits all readers of a node before the node.
  for (const { name, inputs } of [...graph.nodes].reverse()) if (reached.has(name)) for (const input of inputs) reached.add(input)
  const unreached = graph.nodes.filter(({ name }) => !reached.has(name))
  const inputNames = new Set(graph.inputs)
  return {
    layers: unreached.filter(({ name }) => !inputNames.has(name)).map(({ name }) => name),
    inputs: unreached.filter(({ name }) => inputNames.has(name)).map(({ name }) => name),
  }
}
