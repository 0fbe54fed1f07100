import { isBehindStatement } from './declared.js'
import type { Source } from './source.js'

/*
 * The fields of classes: `static readonly net = input(7)`.
 */

/** The indexes of the names of fields that have a value and no type. */
export const untypedFields = (source: Source): readonly number[] =>
  source.tokens.flatMap(({ kind, text }, at) => {
    const isClass = kind === 'name' && text === 'class' && !['.', '?.'].includes(source.tokens[at - 1]?.text ?? '')
    const open = isClass ? bodyOf(source, at) : undefined
    return open === undefined ? [] : fieldsIn(source, open)
  })

/** The brace of a class; undefined where `class` is the name of something else. */
const bodyOf = ({ tokens, pairs }: Source, word: number): number | undefined => {
  for (let at = word + 1; at < tokens.length; at += 1) {
    const { kind, text } = tokens[at] as { kind: string; text: string }
    if (kind === 'sign' && text === '{' && tokens[at - 1]?.text !== '<') return at
    if (kind === 'sign' && !['<', '>', ',', '.', '(', '[', '|', '&', '{'].includes(text)) return undefined
    at = Math.max(at, pairs.get(at) ?? at)
  }
  return undefined
}

const fieldsIn = (source: Source, open: number): readonly number[] => {
  const { tokens, pairs } = source
  const close = pairs.get(open) ?? tokens.length
  const found: number[] = []
  let isMember = true
  let hasValue = false
  for (let at = open + 1; at < close; at += 1) {
    const { kind, text } = tokens[at] as { kind: string; text: string }
    if (isMember) hasValue = false
    if (isMember && kind === 'name' && tokens[at + 1]?.text === '=' && tokens[at + 2]?.text !== '=') found.push(at)
    if (kind === 'sign' && text === '=') hasValue = true
    // Behind a word such as `static` a member goes on.
    const isWord: boolean = isMember && kind === 'name' && tokens[at + 1]?.kind === 'name'
    const other = pairs.get(at)
    if (other !== undefined && other > at) at = other
    const isEnd = tokens[at]?.text === ';' || (tokens[at]?.text === '}' && !hasValue)
    isMember = isWord || isEnd || isBehindStatement(source, at + 1)
  }
  return found
}
