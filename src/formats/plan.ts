import type { Graph } from '../network/graph.js'
import type { Plan } from '../network/rebuild.js'

/** A graph as text: what {@link rebuild} needs of it, and nothing that it computes. */
export const planText = ({ nodes, input, output, outputs }: Graph): string => {
  const plan: Plan = {
    nodes: nodes.map(({ name, kind, settings, inputs, output: shape }) => ({
      name,
      kind,
      settings,
      inputs,
      ...(kind === 'input' ? { output: shape } : {}),
    })),
    input,
    output,
    outputs,
  }
  return JSON.stringify(plan)
}
