import type { Graph } from '../../network/graph.js'
import { type Branch, nowhere, type Part, type Piece } from './parts.js'

/*
 * Pieces as one chain of calls.
 */

/** A step of a chain: a part, a place where it goes on from a value that has a name, or the end of a piece, which may get names. */
export type Step = Part | { readonly is: 'from'; readonly node: string } | { readonly is: 'end'; readonly node: string }

/** A chain, and the nodes that it calls by a name. */
export interface Chain {
  readonly steps: readonly Step[]
  readonly called: ReadonlySet<string>
}

type Join = Extract<Part, { readonly is: 'join' }>

/**
 * The chain of all pieces, in their order: each after those that it calls by their names.
 *
 * @param isOne whether the network begins with `input`, whose value is the current one
 * @param renamed the inputs that get a name beside their own
 */
export const arrange = (pieces: readonly Piece[], graph: Graph, isOne: boolean, renamed: ReadonlySet<string>): Chain => {
  const steps: Step[] = []
  const called = new Set<string>()
  let here = isOne ? graph.input : undefined
  const goTo = (node: string): void => {
    if (here === node) return
    steps.push({ is: 'from', node })
    called.add(node)
    here = node
  }
  /** Layers whose first is a join of names: one of its branches stands before it, where that begins here or at a join of names in its turn. */
  const pushJoin = ([first, ...rest]: readonly Part[]): void => {
    const { node, branches } = first as Join
    const begins = branches.flatMap(({ from }, index) => (here !== undefined && from === here ? [index] : []))
    const main = begins.length === 1 ? begins[0] : begins.length === 0 ? longestNowhere(branches) : undefined
    const before = main === undefined ? undefined : (branches[main] as Branch)
    if (before?.from === nowhere) pushJoin(before.layers)
    else steps.push(...(before?.layers ?? []))
    const placed = branches.map((branch, index): Branch => {
      if (index === main) return { layers: [] }
      return begins.length > 1 && branch.from === here ? { layers: branch.layers } : branch
    })
    for (const branch of placed) callNames(branch, called)
    steps.push({ is: 'join', node, branches: placed }, ...rest)
  }
  for (const { from, parts, end } of pieces) {
    if (from === undefined) pushJoin(parts)
    else if (parts.length > 0 || renamed.has(end)) {
      goTo(from)
      steps.push(...parts)
    }
    if (from !== end) here = end
    steps.push({ is: 'end', node: end })
  }
  if (graph.output !== undefined) goTo(graph.output)
  return { steps, called }
}

const longestNowhere = (branches: readonly Branch[]): number | undefined => {
  let found: number | undefined
  for (const [index, { from, layers }] of branches.entries())
    if (from === nowhere && layers.length > (found === undefined ? 0 : (branches[found] as Branch).layers.length)) found = index
  return found
}

/** Adds the names that a branch calls, those inside too. */
const callNames = ({ from, layers }: Branch, called: Set<string>): void => {
  if (typeof from === 'string') called.add(from)
  for (const part of layers) {
    if (part.is === 'join') for (const branch of part.branches) callNames(branch, called)
    if (part.is === 'head' || part.is === 'shared') for (const inner of part.layers) callNames({ layers: [inner] }, called)
  }
}
