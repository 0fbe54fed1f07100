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
  readonly name: string
  /** The shape of its input, or the shapes of several by their names inside the tower. */
  readonly input: Shape | Readonly<Record<string, Shape>>
  /** The node whose value has the tower's name; the input itself where the tower has no layers. */
  readonly end: string
  /** The nodes from its input to its end. */
  readonly nodes: ReadonlySet<string>
}

/**
 * The towers of a graph whose values have names of inputs. Undefined if there are no such values, or if `parallel` cannot write the
 * graph: then these values get other names.
 */
export const towersOf = (graph: Graph): readonly Tower[] | undefined => {
  const named = [...Object.entries(graph.kept), ...(graph.output === undefined ? Object.entries(graph.outputs) : [])]
  const inputs = new Set(graph.inputs)
  const ends = new Map(named.filter(([name, node]) => inputs.has(name) && node !== name))
  if (ends.size === 0) return undefined

  const nodes = new Map(graph.nodes.map((node) => [node.name, node]))
  const shapeOf = (name: string): Shape => (nodes.get(name) as GraphNode).output
  const towers = new Map<string, Tower>()
  for (const name of graph.inputs) {
    const end = ends.get(name) ?? name
    const dot = name.indexOf('.')
    if (dot < 0) {
      towers.set(name, { name, input: shapeOf(name), end, nodes: end === name ? new Set() : nodesBefore(end, nodes) })
      continue
    }
    // Several inputs of one tower without layers.
    const before = name.slice(0, dot)
    const known = towers.get(before)?.input ?? {}
    if (end !== name || Array.isArray(known)) return undefined
    towers.set(before, { name: before, input: { ...known, [name.slice(dot + 1)]: shapeOf(name) }, end: before, nodes: new Set() })
  }
  const all = [...towers.values()]
  return isInOrder(all, graph) && areTowers(all, graph, named) ? all : undefined
}

/** A node and all that it needs. */
const nodesBefore = (end: string, nodes: ReadonlyMap<string, GraphNode>): Set<string> => {
  const found = new Set<string>([end])
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

/** Whether each tower has its own input alone, nothing outside reads that, and its values have names that a tower can give. */
const areTowers = (towers: readonly Tower[], graph: Graph, named: readonly (readonly [string, string])[]): boolean => {
  const owners = ownersIn(towers)
  if (!owners) return false
  const begins = new Set(towers.flatMap(({ name, nodes }) => (nodes.size > 0 ? [name] : [])))
  const isOwn = (value: string, { name, end }: Tower, node: string): boolean =>
    value === name ? node === end : value.startsWith(`${name}.`) && value.length > name.length + 1 && value !== `${name}.input`
  return (
    towers.every(({ name }) => name.trim() !== '' && name !== 'kept' && name !== 'shared') &&
    graph.inputs.every((input) => (owners.get(input)?.name ?? input) === input) &&
    graph.nodes.every((node) => owners.has(node.name) || !node.inputs.some((before) => begins.has(before))) &&
    named.every(([value, node]) => isOwn(value, owners.get(node) ?? { name: value, end: node, input: [], nodes: new Set() }, node)) &&
    Object.values(graph.output === undefined ? {} : graph.outputs).every((node) => !owners.has(node))
  )
}

/** Whether the towers, one after the other, have the graph's inputs in their order. */
const isInOrder = (towers: readonly Tower[], graph: Graph): boolean => {
  const inputs = towers.flatMap(({ name, input }) =>
    Array.isArray(input) ? [name] : Object.keys(input as object).map((own) => `${name}.${own}`),
  )
  return inputs.every((name, at) => graph.inputs[at] === name)
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
