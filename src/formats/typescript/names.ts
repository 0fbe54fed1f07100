import type { GraphNode } from '../../network/graph.js'
import { Names, untakenIn } from '../../network/names.js'
import type { Part } from './decompose.js'

/** What a source says of names, so that its layers and heads are called as those of the network. */
export interface SourceNames {
  /** The layers that have their names in the source: the others would be called the same without. */
  readonly layers: ReadonlySet<string>
  /** For each output of a head, under which name it branches out: one that is there gets a number by itself. */
  readonly heads: ReadonlyMap<string, string>
}

/** A layer, and the name of the head that it is in. */
interface NamedNode {
  readonly node: GraphNode
  readonly head: string | undefined
}

/** How often it is looked which layers would be called otherwise; after that all have their names written. */
const rounds = 4

/**
 * The names that a source needs.
 *
 * A layer without a name gets its kind and a number, in the order of the layers, and inside a head the head's name before it.
 *
 * @param takesName whether a layer has an option for a name: joins and most activations have none
 */
export const sourceNames = (parts: readonly Part[], takesName: (node: GraphNode) => boolean): SourceNames => {
  const heads = new Map<string, string>()
  nameHeads(parts, heads, untakenIn(new Set()))
  const namedNodes: NamedNode[] = []
  inOrder(parts, undefined, heads, namedNodes)
  const kinds = new Map<string, boolean>()
  const canHaveName = (node: GraphNode): boolean => {
    const known = kinds.get(node.kind) ?? takesName(node)
    kinds.set(node.kind, known)
    return known
  }
  const layers = new Set(
    unnumbered(namedNodes)
      .filter(canHaveName)
      .map(({ name }) => name),
  )
  for (let round = 0; round < rounds; round += 1) {
    const names = new Names(layers, ['input'])
    const others = namedNodes.filter(({ node, head }) => {
      const name = names.give(node.kind, layers.has(node.name) ? node.name : undefined, head)
      return name !== node.name && canHaveName(node)
    })
    if (others.length === 0) return { layers, heads }
    for (const { node } of others) layers.add(node.name)
  }
  return { layers: new Set(namedNodes.filter(({ node }) => canHaveName(node)).map(({ node }) => node.name)), heads }
}

/** The layers that have another name than their kind and a number, with all smaller numbers before them or in names of others. */
const unnumbered = (namedNodes: readonly NamedNode[]): GraphNode[] => {
  const all = new Set(namedNodes.map(({ node }) => node.name))
  const stems = new Map<string, { last: number; reach: number }>()
  return namedNodes
    .filter(({ node: { name, kind }, head }) => {
      const stem = head === undefined ? kind : `${head}_${kind}`
      const numbers = stems.get(stem) ?? { last: 0, reach: 0 }
      stems.set(stem, numbers)
      while (all.has(`${stem}_${numbers.reach + 1}`)) numbers.reach += 1
      const number = name.startsWith(`${stem}_`) ? Number(name.slice(stem.length + 1)) : 0
      if (!(number > numbers.last && number <= numbers.reach)) return true
      numbers.last = number
      return false
    })
    .map(({ node }) => node)
}

/** The layers in the order in which a network has them. */
const inOrder = (parts: readonly Part[], head: string | undefined, heads: ReadonlyMap<string, string>, namedNodes: NamedNode[]): void => {
  for (const part of parts) {
    if (part.is === 'head') inOrder(part.layers, heads.get(part.name), heads, namedNodes)
    if (part.is === 'join') for (const branch of part.branches) inOrder(branch, head, heads, namedNodes)
    if (part.is !== 'head') namedNodes.push({ node: part.node, head })
  }
}

/** Under which name each head branches out: that which its layers begin with, where its output has a number behind it; inner heads come first. */
const nameHeads = (
  parts: readonly Part[],
  heads: Map<string, string>,
  untaken: (name: string, isWanted: (free: string) => boolean) => string,
): void => {
  for (const part of parts) {
    if (part.is === 'join') for (const branch of part.branches) nameHeads(branch, heads, untaken)
    if (part.is !== 'head') continue
    nameHeads(part.layers, heads, untaken)
    const stem = /^(.+)_\d+$/.exec(part.name)?.[1]
    const isStem =
      stem !== undefined && part.layers.some((layer) => layer.is !== 'head' && layer.node.name.startsWith(`${stem}_${layer.node.kind}_`))
    const isFree = isStem && untaken(stem, (free) => free === part.name) === part.name
    if (!isFree) untaken(part.name, () => true)
    heads.set(part.name, isFree ? stem : part.name)
  }
}
