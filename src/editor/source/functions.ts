import { beforeTypeArguments, isDeclaredMethod, noFunctions, type Part, partsBetween } from './calls.js'
import { namesInPattern } from './declared.js'
import type { Source } from './source.js'

/*
 * The functions of a text, and their parameters.
 */

/** The arrow of a function; undefined for what is no function. */
export const arrowIn = ({ tokens, pairs }: Source, { first, last }: Part): number | undefined => {
  const at = tokens[first]?.text === '(' ? (pairs.get(first) ?? first) + 1 : first + 1
  return at < last && tokens[at]?.text === '=>' ? at : undefined
}

/** Types of results that are longer are not read. */
const longestType = 400

/** What stands before the parentheses of an arrow function, and not before those of a choice: `yes ? (net) : other`. */
const beforeArrows = new Set(['(', ',', '=', '=>', '[', ':', 'return', 'async', '>'])

/** The indexes of the names of all parameters without a type: `(x) => ...`, `function (x = stem) {}`, `method({ net }) {}`. */
export const untypedParameters = (source: Source): readonly number[] => {
  const { tokens, pairs } = source
  return tokens.flatMap(({ kind, text }, at) => {
    if (kind === 'name' && tokens[at + 1]?.text === '=>' && tokens[at - 1]?.text !== ':') return [at]
    const close = kind === 'sign' && text === '(' ? pairs.get(at) : undefined
    return close !== undefined && isOfFunction(source, at, close) ? namesBetween(source, at, close) : []
  })
}

/** Whether parentheses hold the parameters of a function. */
const isOfFunction = (source: Source, open: number, close: number): boolean => {
  const { tokens, pairs } = source
  if (tokens[close + 1]?.text === '=>') return true
  const named = tokens[open - 1]?.text === '>' ? beforeTypeArguments(tokens, pairs, open - 1) : open - 1
  const isFunction = (at: number): boolean =>
    tokens[at]?.text === 'function' || (tokens[at]?.text === '*' && tokens[at - 1]?.text === 'function')
  if (isFunction(named) || isFunction(named - 1)) return true
  const name = tokens[named]
  if (name?.kind === 'name' && !noFunctions.has(name.text) && isDeclaredMethod(tokens, pairs, named, open)) return true
  return tokens[close + 1]?.text === ':' && beforeArrows.has(name?.text ?? '') && hasArrow(source, close + 2)
}

/** Whether an arrow follows the type of a result. */
const hasArrow = ({ tokens, pairs }: Source, begin: number): boolean => {
  let angles = 0
  for (let at = begin; at < tokens.length && at - begin < longestType; at += 1) {
    const { kind, text } = tokens[at] as { kind: string; text: string }
    if (text === '=>') return true
    if (kind === 'sign' && text === '<') angles += 1
    else if (kind === 'sign' && text === '>') angles -= 1
    else if (kind === 'sign' && angles === 0 && [',', ';', ')', ']', '}', '='].includes(text)) return false
    at = Math.max(at, pairs.get(at) ?? at)
  }
  return false
}

const modifiers = new Set(['public', 'private', 'protected', 'readonly', 'override'])

const namesBetween = (source: Source, open: number, close: number): readonly number[] => {
  const { tokens, pairs } = source
  return partsBetween(tokens, pairs, open, close).flatMap(({ first, last }) => {
    let at = first
    while (at < last && modifiers.has(tokens[at]?.text ?? '') && tokens[at + 1]?.kind === 'name') at += 1
    const isPattern = tokens[at]?.text === '{' || tokens[at]?.text === '['
    const end = isPattern ? (pairs.get(at) ?? last) : at
    if (end !== last && tokens[end + 1]?.text !== '=') return []
    if (isPattern) return namesInPattern(source, at)
    return tokens[at]?.kind === 'name' ? [at] : []
  })
}
