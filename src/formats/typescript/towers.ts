import type { Graph, GraphNode } from '../../network/graph.js'
import type { Shape } from '../../shape/shape.js'
import type { Piece } from './parts.js'

/*
 * Networks side by side, as `parallel` makes them.
 *
 * There a value may have the name of an input: that of the tower which begins at the input and ends in the value. `inputs` and `keep`
 * cannot write this, since all their names differ.
 */

/** A network of its own, from one or several inputs. */
export interface Tower {
  /** Its name, and before it those of the towers that it stands in, with dots between them. */
  readonly name: string
  /** These names, one by one. */
  readonly path: readonly string[]
  /** The shape of its input, or the shapes of several by their names inside the tower. */
  readonly input: Shape | Readonly<Record<string, Shape>>
  /** The node whose value has the tower's name; the input itself where the tower has no layers. */
  readonly end: string
  /** The nodes from its input to its end and to its other named values; none where the tower has no layers. */
  readonly nodes: ReadonlySet<string>
}

/**
 * The towers of a graph whose values have names of inputs. Undefined if there are no such values, or if `parallel` cannot write the
 * graph: then these values get other names.
 */
export const towersOf = (graph: Graph): readonly Tower[] | undefined => {
  const values = [...Object.entries(graph.kept), ...Object.entries(graph.outputs)]
  const inputs = new Set(graph.inputs)
  const ends = new Map(values.filter(([name, node]) => inputs.has(name) && node !== name))
  if (ends.size === 0) return undefined

  const nodes = new Map(graph.nodes.map((node) => [node.name, node]))
  const shapeOf = (name: string): Shape => (nodes.get(name) as GraphNode).output
  const begins = beginsOf(graph, ends)
  const named = new Map<string, string[]>([...ends.keys()].map((name) => [name, [ends.get(name) as string]]))
  for (const [value, node] of values) {
    const begin = begins.get(node)
    if (begin !== undefined && node !== begin && nameIn(begin, value) !== undefined) named.get(begin)?.push(node)
  }
  for (const node of deadEnds(graph, begins)) named.get(begins.get(node) as string)?.push(node)
  const leaf = (path: readonly string[], name: string): Tower => {
    const last = named.get(name)
    return { name, path, input: shapeOf(name), end: ends.get(name) ?? name, nodes: last ? nodesBefore(last, nodes) : new Set() }
  }
  /** The towers whose inputs begin with a path. */
  const towersIn = (path: readonly string[], names: readonly string[]): Tower[] | undefined => {
    const before = path.map((name) => `${name}.`).join('')
    const groups = new Map<string, string[]>()
    for (const name of names) {
      const [first] = name.slice(before.length).split('.') as [string]
      const group = groups.get(first)
      if (group) group.push(name)
      else groups.set(first, [name])
    }
    const found: Tower[] = []
    for (const [first, group] of groups) {
      const [own, name] = [[...path, first], before + first]
      if (group.includes(name)) {
        if (group.length > 1) return undefined
        found.push(leaf(own, name))
      } else if (group.some((each) => ends.has(each))) {
        const inside = towersIn(own, group)
        if (!inside) return undefined
        found.push(...inside)
      } else {
        // Several inputs of one tower without layers.
        const input = Object.fromEntries(group.map((each) => [each.slice(name.length + 1), shapeOf(each)]))
        found.push({ name, path: own, input, end: name, nodes: new Set() })
      }
    }
    return found
  }
  const all = towersIn([], graph.inputs)
  return all && isInOrder(all, graph) && areTowers(all, graph) ? all : undefined
}

/** The name that a value has inside a tower; undefined if it cannot have its name from there. */
export const nameIn = (tower: string, value: string): string | undefined => {
  const own = value.startsWith(`${tower}.`) ? value.slice(tower.length + 1) : ''
  return own.trim() === '' || own === 'input' ? undefined : own
}

/** The tower that a head belongs to: the one whose value it gives, if the head has a name from there. */
export const homeOf = (head: string, end: string, owners: ReadonlyMap<string, Tower>): Tower | undefined => {
  const tower = owners.get(end)
  return tower && nameIn(tower.name, head) !== undefined ? tower : undefined
}

/** For each node that leads from the input of a single tower, and from nothing else, that input. */
const beginsOf = (graph: Graph, ends: ReadonlyMap<string, string>): Map<string, string> => {
  const begins = new Map<string, string>()
  const inputs = new Set(graph.inputs)
  for (const { name, inputs: before } of graph.nodes) {
    const [first] = inputs.has(name) ? [ends.has(name) ? name : undefined] : before.map((each) => begins.get(each))
    if (first !== undefined && before.every((each) => begins.get(each) === first)) begins.set(name, first)
  }
  return begins
}

/** The nodes that lead to no output, to no named value and to nothing outside their tower. */
const deadEnds = ({ nodes, output, outputs, kept }: Graph, begins: ReadonlyMap<string, string>): string[] => {
  const used = new Set<string>([...(output === undefined ? [] : [output]), ...Object.values(outputs), ...Object.values(kept)])
  for (const { name, inputs } of [...nodes].reverse())
    if (used.has(name) || !begins.has(name)) for (const before of inputs) used.add(before)
  return nodes.flatMap(({ name }) => (begins.has(name) && !used.has(name) ? [name] : []))
}

/** Some nodes and all that they need. */
const nodesBefore = (last: readonly string[], nodes: ReadonlyMap<string, GraphNode>): Set<string> => {
  const found = new Set<string>(last)
  for (const name of found) for (const before of nodes.get(name)?.inputs ?? []) found.add(before)
  return found
}

/** The tower of each node; undefined if two have one. */
const ownersIn = (towers: readonly Tower[]): Map<string, Tower> | undefined => {
  const owners = new Map<string, Tower>()
  for (const tower of towers)
    for (const node of tower.nodes) {
      if (owners.has(node)) return undefined
      owners.set(node, tower)
    }
  return owners
}

/** Whether each tower has its own input alone, and a name that a tower can have. */
const areTowers = (towers: readonly Tower[], graph: Graph): boolean => {
  const owners = ownersIn(towers)
  const isName = (name: string): boolean => name.trim() !== '' && name !== 'kept' && name !== 'shared'
  const namesOf = ({ path, input }: Tower): readonly string[] => [...path, ...(Array.isArray(input) ? [] : Object.keys(input))]
  return (
    owners !== undefined &&
    towers.every((tower) => namesOf(tower).every(isName)) &&
    graph.inputs.every((input) => (owners.get(input)?.name ?? input) === input)
  )
}

/** What stands side by side: towers by their names, or other towers in one. */
export interface Side {
  readonly [name: string]: Tower | Side
}

/** The towers as `parallel` takes them, with those that have a path in a `parallel` of their own. */
export const sideOf = (towers: readonly Tower[], at = 0): Side => {
  const groups = new Map<string, Tower[]>()
  for (const tower of towers) {
    const name = tower.path[at] as string
    const group = groups.get(name)
    if (group) group.push(tower)
    else groups.set(name, [tower])
  }
  return Object.fromEntries(
    [...groups].map(([name, group]) => [name, group[0]?.path.length === at + 1 ? (group[0] as Tower) : sideOf(group, at + 1)]),
  )
}

/** Whether what stands side by side is a tower. */
export const isTower = (side: Tower | Side): side is Tower => Array.isArray(side['path'])

/** Whether the towers, one after the other, have the graph's inputs in their order. */
const isInOrder = (towers: readonly Tower[], graph: Graph): boolean => {
  const inputs: string[] = []
  const gather = (side: Side): void => {
    for (const tower of Object.values(side)) {
      if (!isTower(tower)) gather(tower)
      else if (Array.isArray(tower.input)) inputs.push(tower.name)
      else inputs.push(...Object.keys(tower.input).map((own) => `${tower.name}.${own}`))
    }
  }
  gather(sideOf(towers))
  return inputs.length === graph.inputs.length && inputs.every((name, at) => graph.inputs[at] === name)
}

/** The pieces of each tower, and all others. */
export const piecesOf = (
  towers: readonly Tower[],
  pieces: readonly Piece[],
): { readonly own: ReadonlyMap<Tower, readonly Piece[]>; readonly rest: readonly Piece[] } => {
  const owners = towersByNode(towers)
  const own = new Map<Tower, Piece[]>(towers.map((tower) => [tower, []]))
  const rest = pieces.filter((piece) => {
    const tower = owners.get(piece.end)
    if (tower) own.get(tower)?.push(piece)
    return !tower
  })
  return { own, rest }
}

/** The tower of each node that is in one. */
export const towersByNode = (towers: readonly Tower[]): ReadonlyMap<string, Tower> => ownersIn(towers) ?? new Map()
