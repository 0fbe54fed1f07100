import type { Graph } from '../../network/graph.js'
import { untakenIn } from '../../network/names.js'
import { type Tower, towersByNode } from './towers.js'

/* Names of values in a source: the network's own names, and additional ones where the source needs them. */

/** The names of values. */
export interface ValueNames {
  /** The names under which each node is kept. */
  readonly kept: ReadonlyMap<string, readonly string[]>
  /** The name under which each head branches out. */
  readonly heads: ReadonlyMap<string, string>
  /** The names of the outputs, if they are named. */
  readonly outputs: readonly string[]
  /** The name that refers to a node. A node without a name gets one, under which it must be kept. */
  readonly call: (node: string) => string
}

/**
 * Unique names that `keep` accepts. The names of outputs take precedence over those of other kept values.
 *
 * @param towers the networks side by side that the graph begins with: the end of each has its input's name
 */
export const valueNames = (graph: Graph, towers: readonly Tower[] = []): ValueNames => {
  const { inputs, kept, output, outputs } = graph
  const inputNames = new Set(inputs)
  const ends = new Map(towers.filter(({ nodes }) => nodes.size > 0).map(({ name, end }) => [name, end]))
  const untaken = untakenIn(new Set(inputs.filter((name) => !ends.has(name))))
  const named = new Map<string, string[]>()
  const add = (node: string, name: string): string => {
    const unique = untaken(name.trim() === '' ? 'value' : name)
    const names = named.get(node)
    if (names) names.push(unique)
    else named.set(node, [unique])
    return unique
  }
  // An input has its name without being kept.
  const isOwnName = (name: string, node: string): boolean => name === node && inputNames.has(name)
  const owners = towersByNode(towers)
  const heads = new Map<string, string>()
  const outputNames: string[] = []
  for (const [name, node] of Object.entries(outputs)) {
    if (output !== undefined) heads.set(name, untaken(name.trim() === '' ? 'value' : name))
    else outputNames.push(isOwnName(name, node) ? name : add(node, name))
  }
  for (const [name, node] of Object.entries(kept))
    if (!isOwnName(name, node) && (!Object.hasOwn(outputs, name) || (output === undefined && outputs[name] !== node))) add(node, name)
  const call = (node: string): string => {
    if (inputNames.has(node)) return node
    const tower = owners.get(node)
    return named.get(node)?.[0] ?? add(node, tower ? `${tower.name}.${node}` : node)
  }
  return { kept: named, heads, outputs: outputNames, call }
}
