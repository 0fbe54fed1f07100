import type { Part } from '../source/calls.js'
import { isBehindStatement } from '../source/declared.js'
import type { Edit } from '../source/edits.js'
import { arrowIn } from '../source/functions.js'
import type { Source } from '../source/source.js'
import type { Token } from '../source/tokens.js'

/*
 * What the last statement of a function gives, returned.
 */

/** Words at the beginning of statements that give nothing. */
const givingNothing = new Set([
  ...['const', 'let', 'var', 'return', 'if', 'for', 'while', 'do', 'switch', 'try', 'throw', 'break', 'continue', 'function', 'class'],
])

/** The changes that make a function return what its body ends in; nothing where that gives nothing. */
export const withReturn = (source: Source, part: Part): readonly Edit[] | undefined => {
  const { text, tokens, pairs } = source
  const arrow = arrowIn(source, part)
  // The body of `function (x) { ... }` is the last of it.
  const isFunction = arrow === undefined && tokens[part.first]?.text === 'function' && tokens[part.last]?.text === '}'
  const open = isFunction ? (pairs.get(part.last) ?? tokens.length) : (arrow ?? tokens.length) + 1
  const close = pairs.get(open)
  if (tokens[open]?.text !== '{' || close !== part.last || close === open + 1) return undefined
  const begins: number[] = [open + 1]
  for (let at = open + 1; at < close; at += 1) {
    const other = pairs.get(at)
    if (at > open + 1 && isBehindStatement(source, at)) begins.push(tokens[at]?.text === ';' ? at + 1 : at)
    if (other !== undefined && other > at) at = other
  }
  const statements = begins.filter((at) => at < close)
  const first = tokens[statements.at(-1) ?? close] as Token
  if (first.kind === 'sign' ? first.text !== '(' : givingNothing.has(first.text)) return undefined
  const [brace, end] = [tokens[open] as Token, tokens[close] as Token]
  const last = tokens[tokens[close - 1]?.text === ';' ? close - 2 : close - 1] as Token
  const isBare = /^\s*$/.test(text.slice(brace.end, first.start)) && /^\s*;?\s*$/.test(text.slice(last.end, end.start))
  // What else is in the braces stays, comments too.
  if (!isBare || isFunction) return [{ start: first.start, end: first.start, text: 'return ' }]
  return [
    { start: brace.start, end: first.start, text: '' },
    { start: last.end, end: end.end, text: '' },
  ]
}
