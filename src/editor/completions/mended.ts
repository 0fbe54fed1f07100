import { bracketsOf } from '../source/calls.js'
import { type Source, sourceOf } from '../source/source.js'
import type { Token } from '../source/tokens.js'

/*
 * A text in which the user writes a call, and has not closed its brackets yet: `conv2d(8, 3, { stride: |`.
 */

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '${': '}`' }

/** The bracket that a token opens. */
const openedBy = ({ kind, text }: Token): string | undefined => {
  if (kind === 'template') return text.endsWith('${') ? '${' : undefined
  return kind === 'sign' && text in closing ? text : undefined
}

/** The bracket that a token closes. */
const closedBy = ({ kind, text }: Token): string | undefined => {
  if (kind === 'template') return text.startsWith('}') ? '${' : undefined
  return kind === 'sign' ? { ')': '(', ']': '[', '}': '{' }[text] : undefined
}

/** Whether a string has no quotation mark at its end. */
export const isOpenString = ({ kind, text }: Token): boolean => kind === 'string' && !/^(["']).*\1$/s.test(text)

/** Whether a template has no end, and no value in it. */
const isOpenTemplate = ({ kind, text }: Token): boolean => kind === 'template' && !/^[`}].*(?:`|\$\{)$/s.test(text)

/**
 * The text up to a position and the rest of its line, with all brackets closed. Where those of the call around the position are closed
 * already, it is the text itself, with a comma before an option in the next line. Places before the position stay the same.
 */
export const mendedAt = (source: Source, position: number): Source => {
  const { text, tokens, pairs, calls } = source
  const under = tokens.find(({ start, end }) => start < position && position <= end)
  if (under?.kind === 'template' || under?.kind === 'regex') return source
  const isCut = under !== undefined && isOpenString(under)
  const cut = isCut ? position : Math.max(position, under?.end ?? 0)
  const open = openBefore(tokens, cut)
  const opens = new Set(calls.map((call) => call.open))
  const ownCall = open.map((at) => opens.has((tokens[at] as Token).end)).lastIndexOf(true)
  if (ownCall < 0) return source
  if (!isCut && open.slice(ownCall).every((at) => pairs.has(at))) {
    return isBeforeOption(source, cut) ? sourceOf(`${text.slice(0, cut)},${text.slice(cut)}`) : source
  }
  const { end, left } = isCut ? { end: cut, left: open.map((at) => tokens[at] as Token) } : restOfLine(source, open, cut)
  const closed = left.map((token) => closing[openedBy(token) as string]).reverse()
  return sourceOf(`${text.slice(0, cut)}${isCut ? under.text[0] : ''}${text.slice(cut, end)}${closed.join('')}`)
}

/** Whether the value of an option is written at a place, and another option follows in the next line without a comma. */
const isBeforeOption = ({ text, tokens }: Source, cut: number): boolean => {
  const next = tokens.findIndex(({ start }) => start >= cut)
  const isValue = [tokens[next - 1], tokens[next - 2]].some((token) => token?.text === ':' && token.end <= cut)
  const [name, colon] = next < 0 ? [] : tokens.slice(next, next + 2)
  const isName = (name?.kind === 'name' || name?.kind === 'string') && colon?.text === ':'
  return isValue && isName && /[\n\r]/.test(text.slice(cut, name.start))
}

/** The brackets that are open at a place, from the outermost. */
const openBefore = (tokens: readonly Token[], cut: number): readonly number[] => {
  const after = tokens.findIndex(({ end }) => end > cut)
  const before = after < 0 ? tokens : tokens.slice(0, after)
  const pairs = bracketsOf(before)
  const open: number[] = []
  for (let at = 0; at < before.length; at += 1) {
    const other = pairs.get(at) ?? at
    if (other <= at && openedBy(before[at] as Token) !== undefined) open.push(at)
    // What stands in closed brackets is not open, whatever it lacks. A part of a template closes one value and opens the next.
    if (other > at) at = other - 1
  }
  return open
}

/** What of a line belongs to the brackets that are open before it: where that ends, and which are open then. */
const restOfLine = ({ text, tokens }: Source, open: readonly number[], cut: number): { end: number; left: readonly Token[] } => {
  const left = open.map((at) => tokens[at] as Token)
  const line = /[\n\r]|$/.exec(text.slice(cut))?.index ?? 0
  let end = cut
  for (const token of tokens.filter(({ start }) => start >= cut)) {
    const closed = closedBy(token)
    if (token.end > cut + line || token.text === ';' || isOpenString(token) || isOpenTemplate(token)) break
    if (closed !== undefined && openedBy(left.at(-1) ?? token) !== closed) break
    if (closed !== undefined) left.pop()
    if (openedBy(token) !== undefined) left.push(token)
    end = token.end
  }
  return { end, left }
}
