import { isBehindStatement } from './declared.js'
import type { Source } from './source.js'

/*
 * The fields of classes: `static readonly net = input(7)`.
 */

/** The indexes of the names of fields that have a value and no type. */
export const untypedFields = (source: Source): readonly number[] =>
  [...classBodies(source).keys()].flatMap((open) => fieldsIn(source, open))

/** A class of a text. */
export interface ClassBody {
  /** The index of the word `class`. */
  readonly word: number
  /** The index of its brace. */
  readonly open: number
}

const known = new WeakMap<Source, ReadonlyMap<number, ClassBody>>()

/** The classes of a text by the indexes of their braces. */
export const classBodies = (source: Source): ReadonlyMap<number, ClassBody> => {
  const bodies =
    known.get(source) ??
    new Map(
      source.tokens.flatMap(({ kind, text }, word) => {
        const isClass = kind === 'name' && text === 'class' && !['.', '?.'].includes(source.tokens[word - 1]?.text ?? '')
        const open = isClass ? bodyOf(source, word) : undefined
        return open === undefined ? [] : [[open, { word, open }] as const]
      }),
    )
  known.set(source, bodies)
  return bodies
}

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

/** The indexes of the names of fields in a class that have a value and no type. */
export const fieldsIn = (source: Source, open: number): readonly number[] => {
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
