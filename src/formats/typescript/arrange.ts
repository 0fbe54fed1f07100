import type { Graph, GraphNode } from '../../network/graph.js'
import { type Branch, nodesIn, nowhere, type Part, type Piece } from './parts.js'

/* Arranges pieces as a single chain of calls. */

/**
 * A step of a chain: a part, a place where it continues from a named value, the end of a piece, where its value may get names, or slices
 * that are all parts of the current value.
 */
export type Step =
  | Part
  | { readonly is: 'from'; readonly node: string }
  | { readonly is: 'end'; readonly node: string }
  | { readonly is: 'chunk'; readonly slices: readonly GraphNode[] }

/** A chain, and the nodes that it refers to by name. */
export interface Chain {
  readonly steps: readonly Step[]
  readonly called: ReadonlySet<string>
}

type Join = Extract<Part, { readonly is: 'join' }>

/**
 * The chain of all pieces, in order: each piece after those that it refers to by name.
 *
 * @param isOne whether the network starts with `input`, whose value is the current one
 * @param named the nodes with names in the network; an input only if it has another name too
 */
export const arrange = (pieces: readonly Piece[], graph: Graph, isOne: boolean, named: ReadonlySet<string>): Chain => {
  const places = new Map(graph.nodes.map(({ name }, place) => [name, place]))
  const steps: Step[] = []
  let here = isOne ? graph.input : undefined
  const goTo = (node: string): void => {
    if (here === node) return
    steps.push({ is: 'from', node })
    here = node
  }
  /**
   * Adds layers whose first is a join of named values. One of its branches precedes the join if it starts at the current value, or at
   * another join of named values.
   */
  const pushJoin = ([first, ...rest]: readonly Part[]): void => {
    const { node, branches } = first as Join
    const main = mainOf(branches, here, named, places)
    const isNamed = here !== undefined && named.has(here) && branches.every((branch, index) => index === main || isName(branch))
    if (main !== undefined) {
      const before = branches[main] as Branch
      if (before.from === nowhere) pushJoin(before.layers)
      else steps.push(...before.layers)
    }
    const placed = branches.map((branch, index): Branch => {
      // If all other branches are names, this one is too.
      if (index === main) return isNamed && isName(branch) ? branch : { layers: [] }
      const isHere = branch.from === here && !(isName(branch) && named.has(here as string))
      return isHere ? { layers: branch.layers } : branch
    })
    steps.push({ is: 'join', node, branches: placed }, ...rest)
  }
  for (const { from, parts, end, isAside } of pieces) {
    if (isAside) {
      for (const part of parts) {
        if (part.is !== 'head' || part.from === undefined) continue
        // Without a current value, layers before the head's own would get the head's name.
        goTo(part.from)
        steps.push({ is: 'head', name: part.name, layers: part.layers })
      }
      continue
    }
    if (from === undefined) pushJoin(parts)
    else if (parts.length > 0 || named.has(end)) {
      goTo(from)
      steps.push(...parts)
    }
    if (from !== end) here = end
    steps.push({ is: 'end', node: end })
  }
  if (graph.output !== undefined) goTo(graph.output)
  return { steps, called: calledIn(steps) }
}

/** The nodes that steps refer to by name. */
export const calledIn = (steps: readonly Step[]): Set<string> => {
  const called = new Set<string>()
  for (const step of steps) {
    if (step.is === 'from') called.add(step.node)
    else if (step.is !== 'end' && step.is !== 'chunk') callNames({ layers: [step] }, called)
  }
  return called
}

/** Whether a branch is just a named value. */
const isName = ({ from, layers }: Branch): boolean => typeof from === 'string' && layers.length === 0

/**
 * The branch whose layers precede the join: the only one that starts at the current value, or one that starts at a join of named
 * values. Its layers must also precede those of the other branches in the network, so that layers keep their numbers.
 */
const mainOf = (
  branches: readonly Branch[],
  here: string | undefined,
  named: ReadonlySet<string>,
  places: ReadonlyMap<string, number>,
): number | undefined => {
  const all = [...branches.keys()]
  const begins = here === undefined ? [] : all.filter((index) => branches[index]?.from === here)
  const withLayers = begins.filter((index) => !isName(branches[index] as Branch))
  const isNamed = here !== undefined && named.has(here)
  const firstOf = (index: number): number => {
    const [first] = nodesIn(branches[index]?.layers ?? [])
    return first ? (places.get(first.name) as number) : Number.POSITIVE_INFINITY
  }
  const firsts = all.map(firstOf)
  const least = firsts.reduce((one, other) => Math.min(one, other))
  const isEarliest = (index: number): boolean => firsts[index] === least
  if (begins.length === 1) return begins.find((index) => isEarliest(index) || withLayers.length === 0)
  if (begins.length > 1) return isNamed && withLayers.length === 1 ? withLayers.find(isEarliest) : undefined
  return all.find((index) => branches[index]?.from === nowhere && isEarliest(index))
}

/** Adds the names that a branch refers to, including nested ones. */
const callNames = ({ from, layers }: Branch, called: Set<string>): void => {
  if (typeof from === 'string') called.add(from)
  for (const part of layers) {
    if (part.is === 'join') for (const branch of part.branches) callNames(branch, called)
    if (part.is === 'head') callNames(part, called)
    if (part.is === 'shared') callNames({ layers: part.layers }, called)
  }
}
