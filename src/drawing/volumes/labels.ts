import type { Graph } from '../../network/graph.js'
import { unreachedIn } from '../../network/unreached.js'

/*
 * What a picture says of a layer beside what it is: the names of its value, the shared layer that made it, that no output needs it.
 */

/**
 * Whether a network has several inputs, kept values, named outputs, shared layers, or layers that reach no output. Where it has none, its
 * branches lie inside one another, and nothing needs a name.
 */
export const hasNames = (graph: Graph): boolean => {
  const { nodes, inputs, output, outputs, kept } = graph
  const { layers } = unreachedIn(graph)
  return (
    output === undefined ||
    inputs.length > 1 ||
    layers.length > 0 ||
    Object.keys(kept).some((name) => !Object.hasOwn(outputs, name)) ||
    nodes.some(({ shared }) => shared !== undefined)
  )
}

/** Names of one value that are shown. */
const mostNames = 3

/** What is said of a layer. */
export interface Labels {
  /** `shared: encoder`, `reaches no output`; and where more than one layer takes its value, the name of that. */
  readonly layer: readonly string[]
  /** The names of the outputs that it gives. */
  readonly outputs: readonly string[]
}

/** What is said of each layer, by its name; nothing in a network without names. */
export const labelsOf = (graph: Graph): Map<string, Labels> => {
  const labels = new Map<string, Labels>()
  if (!hasNames(graph)) return labels
  const unreached = unreachedIn(graph)
  const notes = new Map([
    ...unreached.layers.map((name) => [name, 'reaches no output'] as const),
    ...unreached.inputs.map((name) => [name, 'not used'] as const),
  ])
  const outputs = namesByNode(Object.entries(graph.outputs))
  const kept = namesByNode(Object.entries(graph.kept).filter(([name]) => !Object.hasOwn(graph.outputs, name)))
  const readers = new Map<string, number>()
  for (const { inputs } of graph.nodes) for (const name of inputs) readers.set(name, (readers.get(name) ?? 0) + 1)
  for (const { name, shared } of graph.nodes) {
    const isTold = (readers.get(name) ?? 0) > 1
    const names = (kept.get(name) ?? []).filter((each) => each !== name)
    const note = notes.get(name)
    const layer = [
      ...(shared === undefined ? [] : [`shared: ${shared}`]),
      ...(isTold && names.length > 0 ? [`kept as ${few(names)}`] : []),
      ...(note === undefined ? [] : [note]),
    ]
    labels.set(name, { layer, outputs: outputs.get(name) ?? [] })
  }
  return labels
}

/** Some of the names of a value in a line. */
export const few = (names: readonly string[]): string =>
  [...names.slice(0, mostNames), ...(names.length > mostNames ? [`${names.length - mostNames} more`] : [])].join(', ')

const namesByNode = (entries: readonly (readonly [string, string])[]): Map<string, string[]> => {
  const names = new Map<string, string[]>()
  for (const [name, node] of entries) {
    const known = names.get(node)
    if (known) known.push(name)
    else names.set(node, [name])
  }
  return names
}
