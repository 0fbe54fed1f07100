import type { Graph } from '../network/graph.js'
import type { Plan } from '../network/rebuild.js'

/** A graph as the source text of a plan: what {@link rebuild} needs, without anything that it computes. */
export const planText = ({ nodes, input, inputs, output, outputs, inBranches, kept }: Graph): string => {
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
    ...(inBranches === undefined ? {} : { inBranches }),
  }
  return JSON.stringify(plan)
}
