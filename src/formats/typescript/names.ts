import type { GraphNode } from '../../network/graph.js'
import { Names } from '../../network/names.js'
import type { Step } from './arrange.js'
import { nodesIn, type Part } from './parts.js'
import { ownsWeights } from './sharing.js'

/** The names that a source must contain so that its layers get the network's names. */
export interface SourceNames {
  /** The layers whose names are written. The others get the same name by default. */
  readonly layers: ReadonlySet<string>
}

/** A layer, and the prefix of its default name: the name of the shared layer or the head that contains it. */
interface NamedNode {
  readonly node: GraphNode
  readonly before: string | undefined
  /** The layer that carries the name, if a shared layer is applied several times. */
  readonly first: GraphNode
}

/** How often to look for layers with a wrong default name. After that, all names are written. */
const rounds = 4

/**
 * The names that a source needs.
 *
 * A layer without a name gets its kind and a number, in the order of the layers; inside a head, prefixed with the head's name.
 *
 * @param takesName whether a layer has an option for its name; joins and most activations do not
 * @param inputs the names of the inputs, which no layer gets
 */
export const sourceNames = (steps: readonly Step[], takesName: (node: GraphNode) => boolean, inputs: readonly string[]): SourceNames => {
  const namedNodes = inOrder(steps)
  const kinds = new Map<string, boolean>()
  const canHaveName = ({ node, first }: NamedNode): boolean => {
    const hasOption = kinds.get(node.kind) ?? takesName(first)
    kinds.set(node.kind, hasOption)
    return hasOption && node === first
  }
  const layers = new Set(
    unnumbered(namedNodes)
      .filter(canHaveName)
      .map(({ node }) => node.name),
  )
  for (let round = 0; round < rounds; round += 1) {
    const names = new Names(layers, inputs)
    const others = namedNodes.filter((named) => {
      const { node, before, first } = named
      const name = names.next(node.kind, layers.has(first.name) ? first.name : undefined, before)
      return name !== node.name && canHaveName(named)
    })
    if (others.length === 0) return { layers }
    for (const { node } of others) layers.add(node.name)
  }
  return { layers: new Set(namedNodes.filter(canHaveName).map(({ node }) => node.name)) }
}

/**
 * The layers whose name is not a generated one: their kind and a number, where all smaller numbers are taken by preceding layers or
 * other names.
 */
const unnumbered = (namedNodes: readonly NamedNode[]): NamedNode[] => {
  const all = new Set(namedNodes.map(({ node }) => node.name))
  const stems = new Map<string, { last: number; reach: number }>()
  return namedNodes.filter(({ node: { name, kind }, before }) => {
    const stem = before === undefined ? kind : `${before}_${kind}`
    const numbers = stems.get(stem) ?? { last: 0, reach: 0 }
    stems.set(stem, numbers)
    while (all.has(`${stem}_${numbers.reach + 1}`)) numbers.reach += 1
    const number = name.startsWith(`${stem}_`) ? Number(name.slice(stem.length + 1)) : 0
    if (!(number > numbers.last && number <= numbers.reach)) return true
    numbers.last = number
    return false
  })
}

/** The layers in the order of the source. Weights have the name of their first use, so it takes the name of the layer that has them. */
const inOrder = (steps: readonly Step[]): NamedNode[] => {
  const found: NamedNode[] = []
  const owners = ownersIn(steps)
  const firsts = new Map<string, GraphNode[]>()
  const gather = (part: Part, head: string | undefined): void => {
    if (part.is === 'head') for (const layer of part.layers) gather(layer, part.name)
    if (part.is === 'shared') {
      const here = nodesIn(part.layers)
      const first = firsts.get(part.name) ?? here
      firsts.set(part.name, first)
      const owner = owners.get(part.name) ?? first
      const nodes = here === first ? owner : here[0] === owner[0] ? first : here
      for (const [index, node] of nodes.entries())
        found.push({ node, before: node.weights.length > 0 ? part.name : head, first: owner[index] as GraphNode })
    }
    if (part.is === 'join') for (const branch of part.branches) for (const layer of branch.layers) gather(layer, head)
    if (part.is === 'layer' || part.is === 'join') found.push({ node: part.node, before: head, first: part.node })
  }
  for (const step of steps) {
    if (step.is === 'chunk') for (const node of step.slices) found.push({ node, before: undefined, first: node })
    else if (step.is !== 'from' && step.is !== 'end') gather(step, undefined)
  }
  return found
}

/** For each shared layer, the layers of the use whose names its weights have. */
const ownersIn = (steps: readonly Step[]): Map<string, GraphNode[]> => {
  const owners = new Map<string, GraphNode[]>()
  const look = (part: Part): void => {
    if (part.is === 'head') part.layers.forEach(look)
    if (part.is === 'join') for (const { layers } of part.branches) layers.forEach(look)
    if (part.is !== 'shared') return
    const nodes = nodesIn(part.layers)
    if (ownsWeights(nodes)) owners.set(part.name, nodes)
  }
  for (const step of steps) if (step.is !== 'from' && step.is !== 'end' && step.is !== 'chunk') look(step)
  return owners
}
