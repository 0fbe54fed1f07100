import { shapeIn, shapeOf } from '../../editor/types/shape-text.js'
import type { SyntaxNode, TypedFile } from './typed-file.js'

/* Shapes as trailing comments: which line gets which shape, and how it is written. */

/** A comment that is missing or outdated. */
export interface Edit {
  /** From 1. */
  readonly line: number
  /**
   * The output shape of the last call on the line, `55x55x96`, or `{ p3: 64x64x256, p4: 32x32x256 }`; with `?` for a size that the
   * compiler does not know.
   */
  readonly shape: string
  /** The current comment, if it is a shape. */
  readonly stale?: string
}

/** The text with its comments updated, and the changes. */
export interface Annotated {
  readonly text: string
  readonly edits: readonly Edit[]
  /** The number of lines that have or could have a comment. */
  readonly lines: number
  /** Comments that look like this command's, on lines where no call returns a network. They may be the user's own, so they stay. */
  readonly left: readonly Left[]
}

/** A comment that is a shape, on a line without a network. */
export interface Left {
  /** From 1. */
  readonly line: number
  readonly shape: string
}

/** Updates the comments of a file. Lines that end in any other comment, or inside a string, stay unchanged. */
export const annotated = (text: string, typed: TypedFile): Annotated => {
  const { calls, leaves } = nodesOf(typed)
  const shapes = typed.typesOf(calls).map(shapeOf)
  const lines = linesOf(text)
  /** The last call with a shape that ends on each line. */
  const lastCall = new Map<number, { end: number; shape: string }>()
  calls.forEach(({ end }, index) => {
    const shape = shapes[index]
    const line = lineAt(lines, end - 1)
    if (shape !== undefined && end > (lastCall.get(line)?.end ?? -1)) lastCall.set(line, { end, shape })
  })
  const code = codeEnds(lines, leaves, typed.source)
  const edits: Edit[] = []
  const left: Left[] = []
  let count = 0
  const pieces = lines.map(({ start, end }, index) => {
    const line = text.slice(start, end)
    const found = lastCall.get(index)
    const codeEnd = code[index]
    if (codeEnd === undefined) return line
    // After the last leaf of the syntax tree come only brackets, commas and comments.
    const comment = commentIn(text.slice(codeEnd, end))
    const stale = shapeIn(comment.text)
    if (!found) {
      // A single number may be any comment, so it does not count as a shape.
      if (stale?.includes('x')) left.push({ line: index + 1, shape: stale })
      return line
    }
    if (comment.text !== '' && stale === undefined) return line
    count += 1
    if (stale === found.shape) return line
    edits.push({ line: index + 1, shape: found.shape, ...(stale === undefined ? {} : { stale }) })
    if (stale === undefined) return `${line.trimEnd()} // ${found.shape}`
    return `${text.slice(start, codeEnd + comment.at)}// ${found.shape}`
  })
  const result = pieces.map(
    (piece, index) => piece + text.slice((lines[index] as Line).end, (lines[index + 1] as Line | undefined)?.start ?? text.length),
  )
  return { text: result.join(''), edits, lines: count, left }
}

/** A line without its line break. */
interface Line {
  readonly start: number
  readonly end: number
}

const linesOf = (text: string): Line[] => {
  const lines: Line[] = []
  let start = 0
  for (const { index, 0: mark } of text.matchAll(/\r\n|\n|\r|$/g)) {
    if (index < start) continue
    lines.push({ start, end: index })
    start = index + mark.length
    if (mark === '') break
  }
  return lines
}

const lineAt = (lines: readonly Line[], position: number): number => {
  let [low, high] = [0, lines.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((lines[middle] as Line).start <= position) low = middle
    else high = middle - 1
  }
  return low
}

/** The calls of a file, and the leaves of its syntax tree. */
export const nodesOf = ({ source, isCall }: TypedFile): { calls: SyntaxNode[]; leaves: SyntaxNode[] } => {
  const calls: SyntaxNode[] = []
  const leaves: SyntaxNode[] = []
  const stack = [source]
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (isCall(node)) calls.push(node)
    const before = stack.length
    node.forEachChild((child) => {
      stack.push(child)
    })
    if (stack.length === before) leaves.push(node)
  }
  return { calls, leaves }
}

/** The end of the last leaf of the syntax tree on each line; undefined if a leaf continues on the next line, as a template string does. */
const codeEnds = (lines: readonly Line[], leaves: readonly SyntaxNode[], source: SyntaxNode): (number | undefined)[] => {
  const ends: (number | undefined)[] = lines.map(({ start }) => start)
  const crossed = new Set<number>()
  for (const leaf of leaves) {
    const first = lineAt(lines, leaf.getStart(source))
    const line = lineAt(lines, Math.max(leaf.end - 1, 0))
    // The end of the file is a leaf too, after everything else.
    if (leaf.end > leaf.getStart(source)) ends[line] = Math.max(ends[line] ?? 0, leaf.end)
    for (let crossing = first; crossing < line; crossing += 1) crossed.add(crossing)
  }
  return ends.map((end, line) => (crossed.has(line) ? undefined : end))
}

/** The comments at the end of a line and their position, including a comment that continues on the next line. */
const commentIn = (rest: string): { text: string; at: number } => {
  const at = rest.search(/\/[/*]/)
  return at < 0 ? { text: '', at: rest.length } : { text: rest.slice(at).trimEnd(), at }
}
