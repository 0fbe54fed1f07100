import { partsBetween } from './calls.js'
import type { Source } from './source.js'
import type { Token } from './tokens.js'

/*
 * The names that a statement declares: `const first = ..., second = ...`.
 */

/** Words behind which an expression goes on in the next line. */
const operators = new Set(['as', 'satisfies', 'in', 'instanceof', 'of', 'is'])

const isWord = (token: Token | undefined): boolean => token?.kind === 'name' || token?.kind === 'number'

/** Whether an expression can end with a token. */
const canEnd = (token: Token): boolean => token.kind !== 'sign' || [')', ']', '}', '!'].includes(token.text)

/** Whether a statement ends before a token: by a semicolon, or by the end of a line. */
export const isBehindStatement = ({ text, tokens }: Source, at: number): boolean => {
  const [before, token] = [tokens[at - 1], tokens[at]]
  if (!token || !before) return true
  if (token.kind === 'sign' && [';', '}', ')', ']'].includes(token.text)) return true
  if (!isWord(token) || operators.has(token.text) || !canEnd(before)) return false
  return !operators.has(before.text) && /[\n\r]/.test(text.slice(before.end, token.start))
}

const declaring = new Set(['const', 'let', 'var'])

/** Whether a word begins a declaration: `const`, but not that of `as const`, and no member of that name. */
export const isDeclaring = ({ tokens }: Pick<Source, 'tokens'>, at: number): boolean => {
  const { kind, text, start } = tokens[at] as Token
  const before = tokens[at - 1]
  // Behind a dot at the end of a line, where a user writes, a statement begins.
  const isMember = before?.end === start && ['.', '?.'].includes(before.text)
  return kind === 'name' && declaring.has(text) && before?.text !== 'as' && !isMember
}

/** A name that is declared. */
export interface DeclaredName {
  /** The index of its token. */
  readonly at: number
  /** Whether it is taken out of an object or a list. */
  readonly isPart: boolean
}

/** The names that a statement declares, from the token behind `const`, `let` or `var`. */
export const declaredNames = (source: Source, begin: number): readonly DeclaredName[] => {
  const { tokens, pairs } = source
  const found: DeclaredName[] = []
  /** Type arguments that are open: their commas divide no names. */
  let open = 0
  let isName = true
  let isType = false
  if (tokens[begin]?.text === 'enum') return found
  for (let at = begin; at < tokens.length; at += 1) {
    const { kind, text } = tokens[at] as Token
    if (isName) {
      if (kind === 'name') found.push({ at, isPart: false })
      else if (text === '{' || text === '[') found.push(...namesInPattern(source, at).map((each) => ({ at: each, isPart: true })))
      else return found
      isName = false
      // Each word of a text is read for one statement at most.
    } else if (isDeclaring(source, at) || isBehindStatement(source, at)) return found
    else if (kind === 'sign' && open === 0 && text === ':') isType = true
    else if (kind === 'sign' && open === 0 && text === '=') isType = false
    else if (kind === 'sign' && isType && text === '<') open += 1
    else if (kind === 'sign' && isType && text === '>') open -= 1
    else if (kind === 'sign' && text === ',' && open === 0 && isNextName(source, at + 1)) isName = true
    const other = pairs.get(at)
    if (other !== undefined && other > at) at = other
  }
  return found
}

/** Whether another name is declared at a token, and not the next of some type arguments: `f<A, B>(...)`. */
const isNextName = ({ tokens, pairs }: Source, at: number): boolean => {
  const isPattern = tokens[at]?.text === '{' || tokens[at]?.text === '['
  const behind = tokens[isPattern ? (pairs.get(at) ?? at) + 1 : at + 1]
  return tokens[at]?.kind === 'name' || isPattern ? ['=', ':', '!'].includes(behind?.text ?? '') : false
}

/** Patterns inside each other are read so far. */
const deepestPattern = 8

/** The names that are taken out of an object or a list: `{ first, second: other = ... }`, `[first, , ...others]`. */
export const namesInPattern = ({ tokens, pairs }: Pick<Source, 'tokens' | 'pairs'>, open: number, depth = 0): readonly number[] => {
  const close = pairs.get(open)
  if (close === undefined || depth > deepestPattern) return []
  return partsBetween(tokens, pairs, open, close).flatMap(({ first, last }) => {
    const begin = tokens[first]?.text === '...' ? first + 1 : first
    const at = tokens[open]?.text === '{' && tokens[begin + 1]?.text === ':' ? begin + 2 : begin
    if (tokens[at]?.text === '{' || tokens[at]?.text === '[') return namesInPattern({ tokens, pairs }, at, depth + 1)
    return at <= last && tokens[at]?.kind === 'name' && (at === last || tokens[at + 1]?.text === '=') ? [at] : []
  })
}
