import { classBodies, fieldsIn } from './fields.js'
import type { Source } from './source.js'

/*
 * The fields that `this` has: `this.net` of `class Model { net = input(7) }`.
 */

/** Words before a block, or before an object, in which `this` is what it is around it. */
const transparentWords = new Set(['else', 'try', 'finally', 'do', 'return'])
const transparentSigns = new Set(['=>', '{', '}', ';', '(', ',', '=', '[', ':', '?'])

/** Words before the condition of a statement. */
const conditional = new Set(['if', 'for', 'while', 'switch', 'catch'])

/** The index of the name of the field that the token behind `this.` names, in the class around it; undefined where it is not known. */
export const fieldOfThis = (source: Source, name: number): number | undefined => {
  const { tokens } = source
  const text = tokens[name]?.text ?? ''
  const bodies = classBodies(source)
  const around = bodies.get(classAround(source, name, bodies) ?? -1)
  if (!around || (!text.startsWith('#') && isExtended(source, around.word))) return undefined
  const [field, ...others] = fieldsIn(source, around.open).filter((at) => tokens[at]?.text === text)
  return field !== undefined && others.length === 0 && !isAssigned(source, text) ? field : undefined
}

/** Whether another class of the text is made from that one, and may have another field of the name. */
const isExtended = ({ tokens }: Source, word: number): boolean => {
  const name = tokens[word + 1]?.text
  return tokens.some(({ text }, at) => text === 'extends' && tokens[at + 1]?.text === name)
}

/** The brace of the class whose instance `this` is at a token; undefined where it may be something else. */
const classAround = (source: Source, at: number, bodies: ReadonlyMap<number, unknown>): number | undefined => {
  const { tokens, pairs } = source
  /** Whether a function around has a `this` of its own: then it must be a method of the class. */
  let isInMethod = false
  for (let open = at - 1; open >= 0; open -= 1) {
    const other = pairs.get(open)
    if (other !== undefined && other < open) open = other
    else if (other !== undefined && other > at && tokens[open]?.text === '{') {
      if (bodies.has(open)) return open
      if (isInMethod) return undefined
      isInMethod = !isTransparent(source, open)
    }
  }
  return undefined
}

/** Whether `this` is the same inside a brace as before it. */
const isTransparent = ({ tokens, pairs }: Source, open: number): boolean => {
  const before = tokens[open - 1]
  if (before?.text === ')') return conditional.has(tokens[(pairs.get(open - 1) ?? 0) - 1]?.text ?? '')
  return before?.kind === 'name' ? transparentWords.has(before.text) : transparentSigns.has(before?.text ?? '')
}

/** Whether something of that name is assigned to: `this.net = ...`. */
const isAssigned = ({ tokens }: Source, name: string): boolean =>
  tokens.some(({ text }, at) => {
    const isMember = text === name && ['.', '?.'].includes(tokens[at - 1]?.text ?? '')
    return isMember && tokens[at + 1]?.text === '=' && tokens[at + 2]?.text !== '='
  })
