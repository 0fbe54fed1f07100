/* A file of a project as the compiler sees it, whatever the compiler's version. */

/** A node of a syntax tree, as in all versions. */
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
  /** The message with its details, one per line. */
  readonly text: string
}

/** A file as the compiler sees it. */
export interface TypedFile {
  readonly complaints: () => Complaint[]
  readonly source: SyntaxNode
  readonly isCall: (node: SyntaxNode) => boolean
  /** The types of expressions as text, never truncated. */
  readonly typesOf: (nodes: readonly SyntaxNode[]) => string[]
}

/** TypeFormatFlags.NoTruncation, the same in all versions. */
export const noTruncation = 1
