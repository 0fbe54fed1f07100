import type { Graph } from '../network/graph.js'
import type { Plan } from '../network/rebuild.js'

/** A graph as text: what {@link rebuild} needs of it, and nothing that it computes. */
export const planText = ({ nodes, input, inputs, output, outputs, kept }: Graph): string => {
  const plan: Plan = {
    nodes: nodes.map(({ name, kind, settings, inputs, output: shape, shared, sharedWith }) => ({
      name,
      kind,
      settings,
      inputs,
      ...(kind === 'input' ? { output: shape } : {}),
      ...(shared === undefined ? {} : { shared }),
      ...(sharedWith === undefined ? {} : { sharedWith }),
    })),
    input,
    ...(inputs.length > 1 || input !== 'input' ? { inputs } : {}),
    ...(output === undefined ? {} : { output }),
    outputs,
    ...(Object.keys(kept).length > 0 ? { kept } : {}),
  }
  return JSON.stringify(plan)
}
