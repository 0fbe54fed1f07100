import type { Graph } from '../../network/graph.js'
import { untakenIn } from '../../network/names.js'

/*
 * Names of values in a source: those that the network has, and others where it needs more.
 */

/** The names of values. */
export interface ValueNames {
  /** For each node the names that it is kept as. */
  readonly kept: ReadonlyMap<string, readonly string[]>
  /** For each head, the name that it branches out as. */
  readonly heads: ReadonlyMap<string, string>
  /** The names of the outputs, where these are named. */
  readonly outputs: readonly string[]
  /** The name that a node is called by; one that has none gets one, which it has to be kept as. */
  readonly call: (node: string) => string
}

/** Names no two of which are alike, as `keep` takes them. An output's name goes before that of a value that is only kept. */
export const valueNames = (graph: Graph): ValueNames => {
  const { inputs, kept, output, outputs } = graph
  const untaken = untakenIn(new Set(inputs))
  const named = new Map<string, string[]>()
  const add = (node: string, name: string): string => {
    const own = untaken(name.trim() === '' ? 'value' : name)
    const there = named.get(node)
    if (there) there.push(own)
    else named.set(node, [own])
    return own
  }
  const heads = new Map<string, string>()
  const outputNames: string[] = []
  for (const [name, node] of Object.entries(outputs)) {
    if (output !== undefined) heads.set(name, untaken(name.trim() === '' ? 'value' : name))
    else outputNames.push(inputs.includes(name) && name === node ? name : add(node, name))
  }
  for (const [name, node] of Object.entries(kept))
    if (!Object.hasOwn(outputs, name) || (output === undefined && outputs[name] !== node)) add(node, name)
  const call = (node: string): string => {
    if (inputs.includes(node)) return node
    return named.get(node)?.[0] ?? add(node, node)
  }
  return { kept: named, heads, outputs: outputNames, call }
}
