import type { GraphNode } from '../../network/graph.js'

/* A graph as nested calls. */

/** A layer, a join with its branches, a head that branches out, or layers with shared weights. */
export type Part =
  | { readonly is: 'layer'; readonly node: GraphNode }
  | { readonly is: 'join'; readonly node: GraphNode; readonly branches: readonly Branch[] }
  | {
      readonly is: 'head'
      readonly name: string
      /** The node where it starts, if that is referred to by name; undefined for the current value. */
      readonly from?: string
      readonly layers: readonly Part[]
    }
  | { readonly is: 'shared'; readonly name: string; readonly layers: readonly Part[] }

/** The start of a branch whose first part is a join of named values. */
export const nowhere = Symbol('nowhere')

/** A branch: layers applied to the current value, or to a named value. */
export interface Branch {
  /** The node where it starts; undefined for the current value. */
  readonly from?: string | typeof nowhere | undefined
  readonly layers: readonly Part[]
}

/** Consecutive layers that end in a named value, or in a value that nothing reads. */
export interface Piece {
  /** The node where they start; undefined if the first is a join of named values. */
  readonly from: string | undefined
  readonly parts: readonly Part[]
  /** The node where they end. */
  readonly end: string
  /** Whether these are heads that start at named values of towers, and stand outside of them. */
  readonly isAside?: boolean
}

/** The layers of parts, including nested ones, in the order of the network. */
export const nodesIn = (parts: readonly Part[]): GraphNode[] => {
  const found: GraphNode[] = []
  const gather = (list: readonly Part[]): void => {
    for (const part of list) {
      if (part.is === 'join') for (const branch of part.branches) gather(branch.layers)
      if (part.is === 'head' || part.is === 'shared') gather(part.layers)
      if (part.is === 'layer' || part.is === 'join') found.push(part.node)
    }
  }
  gather(parts)
  return found
}
