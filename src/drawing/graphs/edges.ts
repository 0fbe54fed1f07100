import type { Graph } from '../../network/graph.js'

/** What goes from one layer to another. */
export interface Edge {
  readonly from: string
  readonly to: string
  /** `55x55x96`. */
  readonly shape: string
}

/** The edges of a graph, in the order of the layers that they lead to. */
export const edgesOf = ({ nodes }: Graph): Edge[] =>
  nodes.flatMap(({ name, inputs, inputShapes }) =>
    inputs.map((from, index) => ({ from, to: name, shape: (inputShapes[index] ?? []).join('x') })),
  )
