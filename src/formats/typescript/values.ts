import type { Graph } from '../../network/graph.js'
import { untakenIn } from '../../network/names.js'
import { homeOf, nameIn, type Tower, towersByNode } from './towers.js'

/* Names of values in a source: the network's own names, and additional ones where the source needs them. */

/** The names of values. */
export interface ValueNames {
  /** The names under which a node is kept outside of towers. */
  readonly kept: (node: string) => readonly string[]
  /** The names under which a node of a tower is kept inside it, and the tower's name for its end. */
  readonly keptInside: (node: string) => readonly string[]
  /** The nodes with names. */
  readonly named: ReadonlySet<string>
  /** The nodes inside towers that have names outside of them. */
  readonly namedOutside: readonly string[]
  /** The name under which each head branches out. */
  readonly heads: ReadonlyMap<string, string>
  /** The names of the outputs, if they are named. */
  readonly outputs: readonly string[]
  /** The name that refers to a node. A node without a name gets one, under which it must be kept. */
  readonly call: (node: string) => string
  /** The name that refers to a node inside its tower, with the tower's name before it. */
  readonly callInside: (node: string) => string
}

/**
 * Unique names that `keep` accepts. The names of outputs take precedence over those of other kept values.
 *
 * @param towers the networks side by side that the graph begins with: the end of each has its input's name
 */
export const valueNames = (graph: Graph, towers: readonly Tower[] = []): ValueNames => {
  const { inputs, kept, output, outputs } = graph
  const inputNames = new Set(inputs)
  const ends = new Set(towers.filter(({ nodes }) => nodes.size > 0).map(({ name }) => name))
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

  /** The heads whose names stand for their ends. */
  const headNames = new Map<string, string>()
  const inBranches = new Set(graph.inBranches)
  if (output !== undefined)
    for (const [name, node] of Object.entries(outputs))
      if (!headNames.has(node) && !inBranches.has(name) && homeOf(name, node, owners) === owners.get(node))
        headNames.set(node, heads.get(name) as string)

  const namesOf = (node: string): readonly string[] => named.get(node) ?? []
  const isInside = ({ name, end }: Tower, node: string, value: string): boolean =>
    (node === end && value === name) || nameIn(name, value) !== undefined
  const keptInside = (node: string): readonly string[] => {
    const tower = owners.get(node)
    return tower ? namesOf(node).filter((value) => isInside(tower, node, value)) : []
  }
  const keptOutside = (node: string): readonly string[] => {
    const tower = owners.get(node)
    return tower ? namesOf(node).filter((value) => !isInside(tower, node, value)) : namesOf(node)
  }
  const callInside = (node: string): string => {
    const { name, end } = owners.get(node) as Tower
    const known = keptInside(node).find((value) => node !== end || value !== name) ?? headNames.get(node)
    // No value of a tower is called 'input', and its input has the tower's name only outside.
    return known ?? add(node, `${name}.${node === 'input' || node === name ? 'start' : node}`)
  }
  const call = (node: string): string => {
    const tower = owners.get(node)
    if (tower) return node === tower.end ? tower.name : callInside(node)
    if (inputNames.has(node)) return node
    return namesOf(node)[0] ?? headNames.get(node) ?? add(node, node)
  }
  return {
    kept: keptOutside,
    keptInside,
    named: new Set(named.keys()),
    namedOutside: [...named.keys()].filter((node) => owners.has(node) && keptOutside(node).length > 0),
    heads,
    outputs: outputNames,
    call,
    callInside,
  }
}
