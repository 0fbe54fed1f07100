/* A file of a project as its compiler sees it, whichever version that is: what shapes are read from. */

/** A node of a syntax tree, as all versions have it. */
export interface SyntaxNode {
  readonly kind: number
  readonly end: number
  getStart(source?: unknown): number
  forEachChild(visit: (node: SyntaxNode) => undefined): unknown
}

/** A compiler error at a place in a file. */
export interface Complaint {
  /** Index in the text, from 0. */
  readonly at: number
  readonly code: number
  /** With all that hangs under it, in lines of its own. */
  readonly text: string
}

/** A file as the compiler sees it. */
export interface TypedFile {
  readonly complaints: () => Complaint[]
  readonly source: SyntaxNode
  readonly isCall: (node: SyntaxNode) => boolean
  /** The types of expressions as text, never shortened. */
  readonly typesOf: (nodes: readonly SyntaxNode[]) => string[]
}

/** TypeFormatFlags.NoTruncation, the same in all versions. */
export const noTruncation = 1
