import { type Part, partsBetween } from '../source/calls.js'
import type { Source } from '../source/source.js'

/*
 * The value in which a place stands: in parentheses, in an arm of a choice, in a list, or in a list of lists.
 */

/** An element of a list: `[|, 2]`. */
export interface Element {
  readonly index: number
  /** All elements of the list, as they are written. */
  readonly parts: readonly Part[]
}

/** Lists in lists: the padding of each axis at both of its ends. */
const deepest = 2

/** The token before the whole value behind a token, and the lists around the place in it, the outermost first. */
export const elementsAround = (source: Source, last: number): { readonly before: number; readonly elements: readonly Element[] } => {
  const elements: Element[] = []
  let before = beforeValue(source, last)
  while (elements.length < deepest) {
    const found = elementBehind(source, before)
    if (!found) break
    elements.unshift(found.element)
    before = beforeValue(source, found.before)
  }
  return { before, elements }
}

/** The token before a value whose arm or inside stands behind a token: before `(|)`, `yes ? | : 1` and `yes ? 1 : |`. */
const beforeValue = (source: Source, last: number): number => {
  const { tokens } = source
  let at = last
  for (;;) {
    const text = tokens[at]?.text
    const behind = tokens[at - 1]
    // Behind a name or a bracket they would call something.
    const isGroup = text === '(' && behind?.kind === 'sign' && ![')', ']', '>'].includes(behind.text)
    const begin = isGroup ? at - 1 : text === '?' ? signBefore(source, at) : text === ':' ? choiceBefore(source, at) : undefined
    if (begin === undefined || begin < 0) return at
    at = begin
  }
}

/** Signs behind which a value begins. */
const begins = new Set(['(', '[', '{', ',', '?', ':', '=>', ';', '='])

/** The nearest sign before a token behind which a value begins, on its own level; `-1` where there is none. */
const signBefore = ({ tokens, pairs }: Source, from: number): number => {
  for (let at = from - 1; at >= 0; at -= 1) {
    const other = pairs.get(at)
    if (other !== undefined && other < at) at = other
    else if (tokens[at]?.kind === 'sign' && begins.has(tokens[at]?.text ?? '')) return at
  }
  return -1
}

/** The question mark of a choice before its colon; undefined for a colon of another kind. */
const choiceBefore = (source: Source, colon: number): number | undefined => {
  let inside = 0
  for (let at = signBefore(source, colon); at >= 0; at = signBefore(source, at)) {
    const text = source.tokens[at]?.text
    if (text === ':') inside += 1
    else if (text !== '?') return undefined
    else if (inside === 0) return at
    else inside -= 1
  }
  return undefined
}

/** The index of the bracket around what stands behind a token. */
const bracketAround = ({ tokens, pairs }: Source, last: number): number => {
  let at = last
  while (at >= 0) {
    const other = pairs.get(at)
    if (other === undefined && ['(', '[', '{'].includes(tokens[at]?.text ?? '')) return at
    if (other !== undefined && other > at) return at
    at = (other ?? at) - 1
  }
  return -1
}

/** The element of a list behind a token, and the token before the list; undefined where that stands in no list. */
const elementBehind = (source: Source, last: number): { readonly before: number; readonly element: Element } | undefined => {
  const { tokens, pairs } = source
  const open = bracketAround(source, last)
  const close = pairs.get(open)
  if (tokens[open]?.text !== '[' || close === undefined || !['[', ','].includes(tokens[last]?.text ?? '')) return undefined
  const parts = partsBetween(tokens, pairs, open, close)
  const index = partsBetween(tokens, pairs, open, last + 1).length
  return { before: open - 1, element: { index: tokens[last]?.text === ',' ? Math.max(index, 1) : 0, parts } }
}
