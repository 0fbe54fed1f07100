import { besideOf } from '../../network/arguments.js'
import { FormatError } from '../../network/format-error.js'
import type { Graph, GraphNode } from '../../network/graph.js'
import { untakenIn } from '../../network/names.js'
import { nodesIn, type Part, type Piece } from './parts.js'

/*
 * Layers with shared weights, as values that are declared once.
 *
 * A graph says which layers reuse whose weights. Layers that were applied together become one value if all applications have the same
 * structure.
 */

/** A shared layer: its name, and its layers at the use whose names the weights have. */
export interface SharedLayer {
  readonly name: string
  readonly layers: readonly Part[]
}

/** Pieces that contain shared layers, and each shared layer once. */
export interface SharedPieces {
  readonly pieces: readonly Piece[]
  readonly layers: readonly SharedLayer[]
}

/** A list of parts, and its position in the enclosing list. */
interface List {
  readonly parts: readonly Part[]
  readonly above?: Place
}

interface Place {
  readonly list: List
  readonly at: number
}

/** Consecutive parts of a list that are one application of a shared layer. */
interface Run {
  readonly start: number
  readonly end: number
  readonly name: string
}

/** Groups the layers of shared layers. */
export const shareParts = (pieces: readonly Piece[], graph: Graph): SharedPieces => {
  const groups = groupsIn(graph)
  if (groups.size === 0) return { pieces, layers: [] }
  const places = placesIn(pieces)
  const runs = new Map<readonly Part[], Run[]>()
  const single = new Map<string, string>()
  const untaken = untakenIn(new Set(groups.keys()))
  for (const [name, uses] of groups) {
    const owners = [...uses.values()]
    const found = withActivations(owners.length > 1 ? runsOf(owners, places) : runsOfOne(owners[0] as readonly GraphNode[], places))
    for (const { parts, start, end } of found ?? []) {
      const there = runs.get(parts)
      if (there) there.push({ start, end, name })
      else runs.set(parts, [{ start, end, name }])
    }
    if (found) continue
    for (const [index, nodes] of owners.entries()) {
      const own = owners.length === 1 ? name : untaken(`${name}_${index + 1}`)
      for (const node of nodes) single.set(node.name, own)
    }
  }

  const layers = new Map<string, SharedLayer>()
  const share = (name: string, parts: readonly Part[]): Part => {
    const known = layers.get(name)?.layers
    const first = known === undefined || ownsWeights(nodesIn(parts)) ? parts : known
    if (JSON.stringify(besideIn(first)) !== JSON.stringify(besideIn(parts))) refuseOtherKeys(name, parts)
    layers.set(name, { name, layers: first })
    return { is: 'shared', name, layers: parts }
  }
  const shared = (parts: readonly Part[]): Part[] => {
    const found: Part[] = []
    const starts = new Map((runs.get(parts) ?? []).map((run) => [run.start, run]))
    for (let at = 0; at < parts.length; at += 1) {
      const run = starts.get(at)
      if (run) {
        found.push(share(run.name, parts.slice(run.start, run.end + 1)))
        at = run.end
      } else found.push(sharedIn(parts[at] as Part))
    }
    return found
  }
  const sharedIn = (part: Part): Part => {
    if (part.is === 'join') return { ...part, branches: part.branches.map((branch) => ({ ...branch, layers: shared(branch.layers) })) }
    if (part.is === 'layer') {
      const name = single.get(part.node.name)
      return name === undefined ? part : share(name, [part])
    }
    return { ...part, layers: shared(part.layers) }
  }
  const sharedPieces = pieces.map((piece) => ({ ...piece, parts: shared(piece.parts) }))
  return { pieces: sharedPieces, layers: [...layers.values()] }
}

/** Whether the weights of some layers have the names of these layers, not of another use. */
export const ownsWeights = (nodes: readonly GraphNode[]): boolean =>
  nodes.some(({ weights }) => weights.length > 0) && nodes.every(({ sharedWith }) => sharedWith === undefined)

/** For each shared layer, and each layer with weights inside it, the nodes with these weights in order. */
const groupsIn = ({ nodes }: Graph): Map<string, Map<string, GraphNode[]>> => {
  const groups = new Map<string, Map<string, GraphNode[]>>()
  for (const node of nodes) {
    if (node.shared === undefined) continue
    const group = groups.get(node.shared) ?? new Map<string, GraphNode[]>()
    groups.set(node.shared, group)
    const uses = group.get(node.sharedWith ?? node.name)
    if (uses) uses.push(node)
    else group.set(node.sharedWith ?? node.name, [node])
  }
  return groups
}

/** The position of each node. */
const placesIn = (pieces: readonly Piece[]): Map<string, Place> => {
  const places = new Map<string, Place>()
  const find = (list: List): void => {
    for (const [at, part] of list.parts.entries()) {
      const above = { list, at }
      if (part.is === 'layer' || part.is === 'join') places.set(part.node.name, above)
      if (part.is === 'join') for (const { layers } of part.branches) find({ parts: layers, above })
      if (part.is === 'head') find({ parts: part.layers, above })
    }
  }
  for (const { parts } of pieces) find({ parts })
  return places
}

interface Found {
  readonly parts: readonly Part[]
  readonly start: number
  readonly end: number
}

/** The applications of a shared layer; `undefined` if one is not a run of consecutive parts, or their structures differ. */
const runsOf = (owners: readonly (readonly GraphNode[])[], places: ReadonlyMap<string, Place>): Found[] | undefined => {
  const [first] = owners as [readonly GraphNode[]]
  if (owners.some((uses) => uses.length !== first.length)) return undefined
  const found = first.map((_, index) =>
    runOf(
      owners.map((uses) => uses[index] as GraphNode),
      places,
    ),
  )
  const looks = new Set(found.map((run) => run && JSON.stringify(run.parts.slice(run.start, run.end + 1).map(lookOf))))
  return looks.size === 1 && found.every((run) => run !== undefined) ? (found as Found[]) : undefined
}

/** The applications of a shared layer that is a single layer with weights; `undefined` if it is applied once. */
const runsOfOne = (uses: readonly GraphNode[], places: ReadonlyMap<string, Place>): Found[] | undefined => {
  const found = uses.flatMap(({ name }) => places.get(name) ?? [])
  return uses.length > 1 && found.length === uses.length
    ? found.map(({ list, at }) => ({ parts: list.parts, start: at, end: at }))
    : undefined
}

/**
 * Applications with the activations that follow each of them. A graph does not say whether layers without weights belong to a shared
 * layer: an activation after every use most likely does.
 */
const withActivations = (found: readonly Found[] | undefined): readonly Found[] | undefined => {
  if (!found || found.length < 2) return found
  const next = found.map(({ parts, end }) => parts[end + 1])
  if (
    !next.every((part) => part?.is === 'layer' && isActivation(part.node)) ||
    new Set(next.map((part) => JSON.stringify(lookOf(part as Part)))).size > 1
  )
    return found
  return withActivations(found.map((run) => ({ ...run, end: run.end + 1 })))
}

/** Whether a layer changes each value in its place, and has no weights. */
const isActivation = ({ memory, weights, shared }: GraphNode): boolean =>
  memory === 'overwrites' && weights.length === 0 && shared === undefined

/** The run of parts that contains some nodes; `undefined` if it also contains other weights, or names. */
const runOf = (nodes: readonly GraphNode[], places: ReadonlyMap<string, Place>): Found | undefined => {
  const paths = nodes.map(({ name }) => pathTo(places.get(name)))
  const [first] = paths as [Place[]]
  let level = first.length - 1
  while (level >= 0 && !paths.every((path) => path[level]?.list.parts === first[level]?.list.parts)) level -= 1
  if (level < 0) return undefined
  const ats = paths.map((path) => (path[level] as Place).at)
  const { parts } = (first[level] as Place).list
  const [start, end] = [ats.reduce((one, other) => Math.min(one, other)), ats.reduce((one, other) => Math.max(one, other))]
  const run = parts.slice(start, end + 1)
  const weighted = nodesIn(run).filter((node) => node.weights.length > 0)
  const isOwn = weighted.length === nodes.length && weighted.every((node, index) => node.name === nodes[index]?.name)
  return isOwn && run.every(isPlain) ? { parts, start, end } : undefined
}

/** The lists that contain a position, from the outermost. */
const pathTo = (place: Place | undefined): Place[] => {
  const path: Place[] = []
  for (let at = place; at; at = at.list.above) path.push(at)
  return path.reverse()
}

/** Whether a part has no heads and refers to no names. */
const isPlain = (part: Part): boolean => {
  if (part.is === 'layer') return true
  return part.is === 'join' && part.branches.every(({ from, layers }) => from === undefined && layers.every(isPlain))
}

/** The nodes that layers refer to by name. */
const besideIn = (parts: readonly Part[]): string[] => nodesIn(parts).flatMap(besideOf)

/** Rejects a shared layer whose uses read keys from different values, since its call contains a single name. */
const refuseOtherKeys = (name: string, parts: readonly Part[]): never => {
  const [node] = nodesIn(parts)
  throw new FormatError(
    `the shared layer '${name}' takes keys from another value here, and its source has one name.`,
    'typescript',
    node?.name ?? name,
  )
}

/** The structure of a part, for comparison. */
const lookOf = (part: Part): unknown => {
  if (part.is === 'layer') return [part.node.kind, part.node.settings, besideOf(part.node)]
  return part.is === 'join' ? [part.node.kind, part.branches.map(({ layers }) => layers.map(lookOf))] : undefined
}
