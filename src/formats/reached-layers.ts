import type { Plan, PlannedNode } from '../network/rebuild.js'

/** The layers that lead to the outputs, and all inputs, in their order. */
export const reachedLayers = <Node extends Pick<PlannedNode, 'name' | 'kind' | 'inputs'>>(
  layers: Iterable<Node>,
  outputs: Iterable<string>,
): Node[] => {
  const needed = new Set(outputs)
  return [...layers]
    .reverse()
    .filter(({ name, kind, inputs }) => {
      if (!needed.has(name)) return kind === 'input'
      for (const before of inputs) needed.add(before)
      return true
    })
    .reverse()
}

/** The plan of layers, with one output or several. */
export const planOf = (nodes: readonly PlannedNode[], ends: readonly (readonly [name: string, layer: string])[]): Plan => {
  const inputs = nodes.filter(({ kind }) => kind === 'input').map(({ name }) => name)
  const [main] = ends as [(typeof ends)[number]]
  return {
    nodes,
    input: inputs[0] as string,
    ...(inputs.length > 1 ? { inputs } : {}),
    ...(ends.length > 1 ? { outputs: Object.fromEntries(ends) } : { output: main[1] }),
  }
}
