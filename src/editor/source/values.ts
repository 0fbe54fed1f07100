import { type Part, partsBetween } from './calls.js'
import { enumValue } from './enums.js'
import type { Source } from './source.js'
import type { Token } from './tokens.js'

/*
 * Arguments as values, where they are written out: numbers, words, members of enums, lists and objects of these.
 */

/** Stands for what is not written out. */
export const unknownValue: unique symbol = Symbol('unknown')

/** Stands for a name that is computed: `{ [key]: 2 }`, but not `{ ['stride']: 2 }`. */
export const computedName = '[]'

/** A member of an object: `stride: 2`. */
export interface Member {
  readonly name: string
  readonly nameStart: number
  readonly nameEnd: number
  /** The whole member, name and value. */
  readonly part: Part
  /** Its value; undefined for `{ stride }`. */
  readonly value?: Part
}

/** Whether a part is an object that is written out. */
export const isObject = ({ tokens, pairs }: Source, { first, last }: Part): boolean =>
  tokens[first]?.text === '{' && tokens[first]?.kind === 'sign' && pairs.get(first) === last

/** The members of an object that is written out; those that are spread into it have the name `'...'`. */
export const membersOf = ({ tokens, pairs }: Source, { first, last }: Part): readonly Member[] =>
  partsBetween(tokens, pairs, first, last).map((part) => {
    const name = tokens[part.first] as Token
    const isBracketed = name.kind === 'sign' && name.text === '['
    const last = isBracketed ? (pairs.get(part.first) ?? part.first) : part.first
    const written = isBracketed && last === part.first + 2 ? (tokens[part.first + 1] as Token) : name
    const isComputed = isBracketed && written.kind !== 'string'
    const plain = isComputed ? computedName : written.kind === 'string' ? written.text.slice(1, -1) : written.text
    const colon = last + 1
    const value = tokens[colon]?.text === ':' && part.last > colon ? partFrom(tokens, colon + 1, part.last) : undefined
    return { name: plain, nameStart: name.start, nameEnd: (tokens[last] as Token).end, part, ...(value ? { value } : {}) }
  })

const partFrom = (tokens: readonly Token[], first: number, last: number): Part => ({
  first,
  last,
  start: (tokens[first] as Token).start,
  end: (tokens[last] as Token).end,
})

/** A part as a value; {@link unknownValue} where it, or something in it, is not written out. */
export const valueAt = (source: Source, part: Part): unknown => {
  const { tokens, pairs } = source
  const { first, last } = part
  const token = tokens[first]
  if (!token) return unknownValue
  if (tokens[last]?.text === 'const' && tokens[last - 1]?.text === 'as') return valueAt(source, partFrom(tokens, first, last - 2))
  if (first === last) return wordValue(token)
  if (token.text === '-' && last === first + 1) {
    const positive = wordValue(tokens[last] as Token)
    return typeof positive === 'number' ? -positive : unknownValue
  }
  if (last === first + 2 && token.kind === 'name' && tokens[first + 1]?.text === '.') {
    return enumValue(source, token.text, tokens[last]?.text ?? '') ?? unknownValue
  }
  if (pairs.get(first) !== last) return unknownValue
  if (token.text === '(') return valueAt(source, partFrom(tokens, first + 1, last - 1))
  if (token.text === '[') {
    const values = partsBetween(tokens, pairs, first, last).map((each) => valueAt(source, each))
    return values.includes(unknownValue) ? unknownValue : values
  }
  if (token.text !== '{') return unknownValue
  const members = membersOf(source, part).map(({ name, value }) => [name, value ? valueAt(source, value) : unknownValue] as const)
  return members.some(([name, value]) => value === unknownValue || name === '...' || name === computedName)
    ? unknownValue
    : Object.fromEntries(members)
}

const words: Readonly<Record<string, unknown>> = { true: true, false: false, undefined }

const wordValue = ({ kind, text }: Token): unknown => {
  if (kind === 'number') return Number(text.replaceAll('_', '').replace(/n$/, ''))
  if (kind === 'string') return /\\/.test(text) ? unknownValue : text.slice(1, -1)
  return Object.hasOwn(words, text) ? words[text] : unknownValue
}
