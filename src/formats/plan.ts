import type { Graph } from '../network/graph.js'
import type { Plan } from '../network/rebuild.js'

/** A graph as the source text of a plan: what {@link rebuild} needs, without anything that it computes. */
export const planText = ({ nodes, input, inputs, output, outputs, kept }: Graph): string => {
  const unkept = output === undefined ? [] : Object.keys(outputs).filter((name) => !Object.hasOwn(kept, name))
  const keptValues = Object.entries(kept).filter(([name]) => output === undefined || !Object.hasOwn(outputs, name))
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
    ...(keptValues.length > 0 ? { kept: Object.fromEntries(keptValues) } : {}),
    ...(unkept.length > 0 ? { unkept } : {}),
  }
  return JSON.stringify(plan)
}
