/**
 * A way into an editor, as a test asks it: the plugin through a tsserver, or `stridewise lsp`. Files are named by their paths in the
 * workspace; positions count UTF-16 units from 0.
 */
export interface Way {
  /** The package's hints, in the order of the text. */
  hints(file: string): Promise<readonly { readonly position: number; readonly label: string }[]>
  /** The errors and the fixes for each, in the order of the text. */
  fixes(file: string): Promise<readonly FixesAt[]>
  /** What is offered at a position. */
  completions(file: string, position: number): Promise<Offered>
  /** What the package says of a name. */
  hover(file: string, position: number): Promise<string>
  close(): Promise<void>
}

/** The fixes for an error. */
export interface FixesAt {
  readonly start: number
  readonly fixes: readonly { readonly title: string; readonly edits: readonly { start: number; end: number; text: string }[] }[]
}

/** What is offered at a place. */
export interface Offered {
  /** The package's own: `2: 111×111×96`. */
  readonly own: readonly string[]
  /** Those of TypeScript's that are sorted behind all others. */
  readonly last: readonly string[]
}

/** The index of a place in a text, lines and characters from 0. */
export const indexOf = (text: string, line: number, character: number): number => {
  let start = 0
  for (let each = 0; each < line; each += 1) start = text.indexOf('\n', start) + 1
  return start + character
}

/** The line and character of an index. */
export const placeOf = (text: string, index: number): { line: number; character: number } => {
  const before = text.slice(0, index).split('\n')
  return { line: before.length - 1, character: (before.at(-1) as string).length }
}
