import { besideOf, joiningKinds } from '../../network/arguments.js'
import type { Graph, GraphNode } from '../../network/graph.js'
import { headsAt, headsFirst } from './heads.js'
import { type Branch, nodesIn, nowhere, type Part, type Piece } from './parts.js'

/*
 * Where branches go, and where names.
 *
 * A join whose branches all come from one value, and need nothing else, has them inside. From the inside out, each such join becomes a step
 * behind that value, so one that is around it is found the same way. Where a value goes elsewhere too, it has a name.
 */

/** How deep calls may stand in each other. Compilers from TypeScript 5.4 to 7.0 take 22 to 31, and say of more that the type is excessively deep (TS2589). */
export const deepest = 22

/** How many layers a branch from a name has at most: more stand on a line each, and end in a name. */
const longestBranch = 8

/** The layers up to a value, from the last one before it that has a name. */
interface Way {
  /** The node that has a name; none where the first part is a join of names. */
  readonly from: string | undefined
  readonly parts: Part[]
  /** How deep calls stand in the parts. */
  depth: number
}

/**
 * The layers of a graph as pieces, one after the other, with branches inside.
 *
 * @param depth how deep calls may stand in each other, before repetitions are found
 */
export const decompose = (graph: Graph, depth = deepest): Piece[] => {
  const uses = usesIn(graph)
  const heads = headsAt(graph)
  const named = namedIn(graph)
  const keptNodes = new Set(keptIn(graph))
  const ways = new Map<string, Way>()
  const wayTo = (name: string): Way => ways.get(name) as Way

  /** Whether a value goes to one place only, so that what follows stands behind it. */
  const isPassed = (name: string): boolean => uses.get(name) === 1 && !named.has(name)
  /** The layers on a value, behind those before it where nothing else takes it. */
  const behind = (name: string, part: Part, depth: number): Way => {
    if (!isPassed(name)) return { from: name, parts: [part], depth }
    const way = wayTo(name)
    way.parts.push(part)
    way.depth = Math.max(way.depth, depth)
    return way
  }
  const branchOf = (name: string): Way => (isPassed(name) ? wayTo(name) : { from: name, parts: [], depth: 1 })

  const join = (node: GraphNode): Way => {
    for (const name of new Set(node.inputs)) if (isPassed(name) && depthInside(wayTo(name)) >= depth) named.add(name)
    let branches = node.inputs.map(branchOf)
    const from = branches[0]?.from
    if (from !== undefined && branches.every((branch) => branch.from === from) && !isForNames(from, branches)) {
      const inside = branches.map(({ parts }): Branch => ({ layers: parts }))
      uses.set(from, (uses.get(from) as number) - branches.length + 1)
      return behind(from, { is: 'join', node, branches: inside }, depthOfJoin(branches))
    }
    for (const [index, { parts }] of branches.entries()) if (parts.length > longestBranch) named.add(node.inputs[index] as string)
    branches = node.inputs.map(branchOf)
    const part: Part = { is: 'join', node, branches: branches.map(({ from, parts }) => ({ from: from ?? nowhere, layers: parts })) }
    // `branch(name, ...)` is a call around its layers.
    return { from: undefined, parts: [part], depth: depthOfJoin(branches) + 1 }
  }

  /** Whether a value has its name for this join: nothing else takes it, and it is one of two branches. */
  const isForNames = (from: string, branches: readonly Way[]): boolean =>
    keptNodes.has(from) && branches.length === 2 && uses.get(from) === 2 && branches.some(({ parts }) => parts.length === 0)

  /** Puts a head where it branches out; at its end, where that is no single value. */
  const putHead = (head: string, end: string): void => {
    const way = wayTo(end)
    const isAlone = uses.get(end) === 1 && !named.has(end) && !graph.inputs.includes(end)
    const { from } = way
    const isKept = Object.hasOwn(graph.kept, head)
    // What is taken by a name may have it only behind the place where the head branches out.
    const takesNames = nodesIn(way.parts).some((node) => besideOf(node).length > 0)
    if (!isAlone || from === undefined || takesNames || depthInside(way) >= depth) {
      way.parts.push({ is: 'head', name: head, layers: [] })
      uses.set(end, (uses.get(end) as number) - 1)
      if (isKept) named.add(end)
      return
    }
    const place = wayTo(from)
    place.parts.push({ is: 'head', name: head, layers: way.parts })
    place.depth = Math.max(place.depth, depthInside(way) + 1)
    if (isKept) named.add(from)
    uses.set(from, (uses.get(from) as number) - 1)
    uses.set(end, 0)
    ways.delete(end)
  }

  for (const node of headsFirst(graph)) {
    const { name } = node
    const [first] = node.inputs
    if (graph.inputs.includes(name)) ways.set(name, { from: name, parts: [], depth: 1 })
    else if (isJoin(node)) ways.set(name, join(node))
    else ways.set(name, behind(first as string, { is: 'layer', node }, 1))
    for (const head of heads.get(name) ?? []) putHead(head, name)
  }
  const isEnd = (name: string): boolean => ways.has(name) && !isPassed(name)
  return graph.nodes.flatMap(({ name }) => (isEnd(name) ? [{ from: wayTo(name).from, parts: wayTo(name).parts, end: name }] : []))
}

const isJoin = ({ kind }: GraphNode): boolean => (joiningKinds as readonly string[]).includes(kind)

/** How deep layers stand as one argument. */
const depthInside = ({ parts, depth }: Way): number => (parts.length > 1 ? depth + 1 : depth)

const depthOfJoin = (branches: readonly Way[]): number => 1 + branches.reduce((most, branch) => Math.max(most, depthInside(branch)), 1)

/** How many layers and heads take each value. */
const usesIn = (graph: Graph): Map<string, number> => {
  const uses = new Map(graph.nodes.map(({ name }) => [name, 0]))
  const heads = [...headsAt(graph)].flatMap(([name, all]) => all.map(() => name))
  for (const name of [...graph.nodes.flatMap(({ inputs }) => inputs), ...heads]) uses.set(name, (uses.get(name) as number) + 1)
  return uses
}

/** The nodes whose values have names in the network, and those that a layer takes by a name; and its output. */
const namedIn = (graph: Graph): Set<string> => {
  const { nodes, inputs, output, outputs } = graph
  return new Set([...inputs, ...(output === undefined ? Object.values(outputs) : [output]), ...keptIn(graph), ...nodes.flatMap(besideOf)])
}

/** The nodes that are kept, those of heads excepted. */
const keptIn = ({ output, outputs, kept }: Graph): string[] =>
  Object.entries(kept).flatMap(([name, node]) => (output !== undefined && Object.hasOwn(outputs, name) ? [] : [node]))
