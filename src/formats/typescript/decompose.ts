import { besideOf, joiningKinds } from '../../network/arguments.js'
import type { Graph, GraphNode } from '../../network/graph.js'
import { prefixIn } from '../../network/names.js'
import { headsAt, headsFirst } from './heads.js'
import { type Branch, nodesIn, nowhere, type Part, type Piece } from './parts.js'
import { homeOf, type Tower, towersByNode } from './towers.js'

/*
 * Decides where branches are nested, and where values get names.
 *
 * A join whose branches all start from one value, and read no other, contains them. Working from the inside out, each such join becomes
 * a step after that value, so an enclosing join is found in the same way. A value that is also read elsewhere gets a name.
 */

/**
 * The maximum nesting depth of calls. Compilers from TypeScript 5.4 to 7.0 accept 22 to 31 levels, and report a deeper type as
 * excessively deep (TS2589).
 */
export const maxDepth = 22

/** The maximum number of layers in a branch that starts at a name. Longer branches become separate calls and end in a name. */
const longestBranch = 8

/** The layers up to a value, from the last named value before it. */
interface Way {
  /** The named node; undefined if the first part is a join of named values. */
  readonly from: string | undefined
  readonly parts: Part[]
  /** The nesting depth of calls in the parts. */
  depth: number
}

/**
 * Splits a graph into consecutive pieces, with branches nested inside.
 *
 * @param depth the maximum nesting depth of calls, before repetitions are found
 * @param towers the networks side by side that the graph begins with: a head outside them does not become a part of them
 */
export const decompose = (graph: Graph, depth = maxDepth, towers: readonly Tower[] = []): Piece[] => {
  const uses = usesIn(graph)
  const inputNames = new Set(graph.inputs)
  const heads = headsAt(graph)
  const named = namedIn(graph)
  const keptNodes = new Set(keptIn(graph))
  const inBranches = new Set(graph.inBranches)
  const owners = towersByNode(towers)
  const ways = new Map<string, Way>()
  const wayTo = (name: string): Way => ways.get(name) as Way

  /** Whether only one layer reads a value, so that the layer simply follows it. */
  const isPassed = (name: string): boolean => uses.get(name) === 1 && !named.has(name)
  /** A layer applied to a value. It extends the layers before the value if nothing else reads it. */
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
    // `branch(name, ...)` is another call around its layers.
    return { from: undefined, parts: [part], depth: depthOfJoin(branches) + 1 }
  }

  /** Whether a value has its name only for this join: nothing else reads it, and one of the two branches is the value itself. */
  const isForNames = (from: string, branches: readonly Way[]): boolean =>
    keptNodes.has(from) && branches.length === 2 && uses.get(from) === 2 && branches.some(({ parts }) => parts.length === 0)

  /** The heads of values inside towers, which stand behind these. */
  const aside: Way = { from: undefined, parts: [], depth: 1 }
  /** The ends of heads whose values are used further under the heads' names, each with the place of its head. */
  const headEnds = new Map<string, Way>()

  /** Places a head where it branches out, or at its end if it does not start from a single value. */
  const putHead = (head: string, end: string): void => {
    const way = wayTo(end)
    const { from } = way
    const home = homeOf(head, end, owners)
    /** The place of a head that starts at a value. A head in no branch makes that value the end of a piece, so that no branch gets it. */
    const put = (start: string, layers: readonly Part[], depthOfLayers: number): Way => {
      const outside = owners.get(start) === home ? headEnds.get(start) : aside
      const place = outside ?? wayTo(start)
      place.parts.push({ is: 'head', name: head, ...(outside ? { from: start } : {}), layers })
      place.depth = Math.max(place.depth, depthOfLayers + (outside ? 2 : 1))
      if (outside || !inBranches.has(head)) named.add(start)
      return place
    }
    if (owners.get(end) !== home || headEnds.has(end)) {
      put(end, [], 0)
      uses.set(end, (uses.get(end) as number) - 1)
      return
    }
    const isAlone = uses.get(end) === 1 && !named.has(end) && !inputNames.has(end)
    // A value that is referred to by name may get the name only after the head branches out.
    const takesNames = () => nodesIn(way.parts).some((node) => besideOf(node).length > 0)
    // Used further, it has the head's name, if it has no other.
    const isNamedAfter = () =>
      !inBranches.has(head) && from !== end && !keptNodes.has(end) && nodesIn(way.parts).every((node) => isNamedIn(node, head))
    if (from === undefined || depthInside(way) >= depth || takesNames() || !(isAlone || isNamedAfter())) {
      way.parts.push({ is: 'head', name: head, layers: [] })
      uses.set(end, (uses.get(end) as number) - 1)
      if (!inBranches.has(head)) named.add(end)
      return
    }
    const place = put(from, way.parts, depthInside(way))
    uses.set(from, (uses.get(from) as number) - 1)
    uses.set(end, (uses.get(end) as number) - 1)
    if (isAlone) {
      ways.delete(end)
      return
    }
    headEnds.set(end, place)
    named.add(end)
    ways.set(end, { from: end, parts: [], depth: 1 })
  }

  for (const node of headsFirst(graph)) {
    const { name } = node
    const [first] = node.inputs
    if (inputNames.has(name)) ways.set(name, { from: name, parts: [], depth: 1 })
    else if (isJoin(node)) ways.set(name, join(node))
    else ways.set(name, behind(first as string, { is: 'layer', node }, 1))
    for (const head of heads.get(name) ?? []) putHead(head, name)
  }
  const isEnd = (name: string): boolean => ways.has(name) && !isPassed(name)
  const pieces = graph.nodes.flatMap(({ name }) => (isEnd(name) ? [{ from: wayTo(name).from, parts: wayTo(name).parts, end: name }] : []))
  return aside.parts.length === 0 ? pieces : [{ from: undefined, parts: aside.parts, end: '', isAside: true }, ...pieces]
}

/** Whether a layer has the name that it gets by itself in a head. */
const isNamedIn = ({ name, kind }: GraphNode, head: string): boolean => prefixIn(name, kind) === head

const isJoin = ({ kind }: GraphNode): boolean => (joiningKinds as readonly string[]).includes(kind)

/** The nesting depth of layers as a single argument. */
const depthInside = ({ parts, depth }: Way): number => (parts.length > 1 ? depth + 1 : depth)

const depthOfJoin = (branches: readonly Way[]): number => 1 + branches.reduce((most, branch) => Math.max(most, depthInside(branch)), 1)

/** The number of layers and heads that read each value. */
const usesIn = (graph: Graph): Map<string, number> => {
  const uses = new Map(graph.nodes.map(({ name }) => [name, 0]))
  const heads = [...headsAt(graph)].flatMap(([name, all]) => all.map(() => name))
  for (const name of [...graph.nodes.flatMap(({ inputs }) => inputs), ...heads]) uses.set(name, (uses.get(name) as number) + 1)
  return uses
}

/** The nodes whose values have names in the network, those that a layer refers to by name, and the output. */
const namedIn = (graph: Graph): Set<string> => {
  const { nodes, inputs, output, outputs } = graph
  return new Set([...inputs, ...(output === undefined ? Object.values(outputs) : [output]), ...keptIn(graph), ...nodes.flatMap(besideOf)])
}

/** The kept nodes. */
const keptIn = ({ kept }: Graph): string[] => Object.values(kept)
