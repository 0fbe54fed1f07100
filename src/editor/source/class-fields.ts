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
  const { assigned, extended, fields } = usesIn(source)
  // Another class that is made from that one may have another field of the name.
  if (!around || (!text.startsWith('#') && extended.has(tokens[around.word + 1]?.text ?? ''))) return undefined
  const own = fields.get(around.open) ?? fieldsByName(source, around.open)
  fields.set(around.open, own)
  return assigned.has(text) ? undefined : own.get(text)
}

/** What is asked of a text again and again. */
interface Uses {
  /** For each token the brace around it, of those that end. */
  readonly braces: readonly (number | undefined)[]
  /** The names that something is assigned to: `this.net = ...`. */
  readonly assigned: ReadonlySet<string>
  /** The names behind `extends`. */
  readonly extended: ReadonlySet<string>
  /** The fields of a class by name, by the index of its brace. */
  readonly fields: Map<number, ReadonlyMap<string, number>>
}

const known = new WeakMap<Source, Uses>()

const usesIn = (source: Source): Uses => {
  const uses = known.get(source) ?? { ...namesIn(source), braces: bracesIn(source), fields: new Map() }
  known.set(source, uses)
  return uses
}

const bracesIn = ({ tokens, pairs }: Source): readonly (number | undefined)[] => {
  const open: number[] = []
  return tokens.map(({ text }, at) => {
    while (open.length > 0 && (pairs.get(open.at(-1) as number) as number) <= at) open.pop()
    const around = open.at(-1)
    if (text === '{' && (pairs.get(at) ?? at) > at) open.push(at)
    return around
  })
}

const namesIn = ({ tokens }: Source): Pick<Uses, 'assigned' | 'extended'> => {
  const [assigned, extended] = [new Set<string>(), new Set<string>()]
  for (const [at, { text }] of tokens.entries()) {
    const isMember = ['.', '?.'].includes(tokens[at - 1]?.text ?? '')
    if (isMember && tokens[at + 1]?.text === '=' && tokens[at + 2]?.text !== '=') assigned.add(text)
    if (tokens[at - 1]?.text === 'extends') extended.add(text)
  }
  return { assigned, extended }
}

/** The fields that have a value and no type, and a name of their own. */
const fieldsByName = (source: Source, open: number): ReadonlyMap<string, number> => {
  const fields = new Map<string, number>()
  const repeated = new Set<string>()
  for (const at of fieldsIn(source, open)) {
    const name = source.tokens[at]?.text ?? ''
    if (fields.has(name)) repeated.add(name)
    fields.set(name, at)
  }
  for (const name of repeated) fields.delete(name)
  return fields
}

/** The brace of the class whose instance `this` is at a token; undefined where it may be something else. */
const classAround = (source: Source, at: number, bodies: ReadonlyMap<number, unknown>): number | undefined => {
  const { braces } = usesIn(source)
  /** Whether a function around has a `this` of its own: then it must be a method of the class. */
  let isInMethod = false
  for (let open = braces[at]; open !== undefined; open = braces[open]) {
    if (bodies.has(open)) return open
    if (isInMethod) return undefined
    isInMethod = !isTransparent(source, open)
  }
  return undefined
}

/** Whether `this` is the same inside a brace as before it. */
const isTransparent = ({ tokens, pairs }: Source, open: number): boolean => {
  const before = tokens[open - 1]
  if (before?.text === ')') return conditional.has(tokens[(pairs.get(open - 1) ?? 0) - 1]?.text ?? '')
  return before?.kind === 'name' ? transparentWords.has(before.text) : transparentSigns.has(before?.text ?? '')
}
