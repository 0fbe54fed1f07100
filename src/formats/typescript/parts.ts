import type { GraphNode } from '../../network/graph.js'

/*
 * A graph as calls stand in each other.
 */

/** A layer, branches with what joins them, a head that branches out, or layers whose weights are shared. */
export type Part =
  | { readonly is: 'layer'; readonly node: GraphNode }
  | { readonly is: 'join'; readonly node: GraphNode; readonly branches: readonly Branch[] }
  | { readonly is: 'head'; readonly name: string; readonly layers: readonly Part[] }
  | { readonly is: 'shared'; readonly name: string; readonly layers: readonly Part[] }

/** Where a branch begins whose first part is a join of names. */
export const nowhere = Symbol('nowhere')

/** A branch: layers on the value that stands there, or on one that has a name. */
export interface Branch {
  /** The node that it begins at; none for the value that stands there. */
  readonly from?: string | typeof nowhere | undefined
  readonly layers: readonly Part[]
}

/** Layers one after the other that end in a value that has a name, or that nothing takes. */
export interface Piece {
  /** The node that they begin at; none where the first is a join of names. */
  readonly from: string | undefined
  readonly parts: readonly Part[]
  /** The node that they end in. */
  readonly end: string
}

/** The layers of parts, those inside too, in the order in which a network has them. */
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
