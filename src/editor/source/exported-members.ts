import type { Source, Span } from './source.js'
import type { Token } from './tokens.js'
import { isObject, membersOf } from './values.js'

/*
 * The values of an object that is exported: `export const nets = { small: input(7).dense(3) }`.
 */

/** An export, and where its type is asked for. */
export interface Export {
  /** A name, or a call whose result is exported. */
  readonly kind: 'call' | 'name'
  /** Where the name begins. */
  readonly position: number
  /** Index behind the name or the call. */
  readonly end: number
  /** Its name for those who import it: `'default'` of `export default net`. */
  readonly name: string
  /** The name in this text; undefined for a value without one: `export default input(7)`. */
  readonly local?: string
  /** The words at which it is shown: the name in its declaration, else where it is exported. */
  readonly shown: Span
}

/** An export that is named by a token. */
export const exportedAs = (name: string, token: Token): Export => ({
  kind: 'name',
  position: token.start,
  end: token.end,
  name,
  local: token.text,
  shown: { start: token.start, end: token.end },
})

/** Objects inside each other are read so far. */
const deepest = 4

/** The members of the object that begins at a token, each under its path: `nets.small`. None where there is no object. */
export const membersExported = (source: Source, begin: number, path: string, depth = 0): readonly Export[] => {
  const { tokens, pairs } = source
  const close = pairs.get(begin)
  if (tokens[begin]?.text !== '{' || close === undefined || depth > deepest) return []
  return membersOf(source, { first: begin, last: close, start: 0, end: 0 }).flatMap(({ name, nameStart, nameEnd, part, value }) => {
    const own = value ?? part
    const token = tokens[own.first] as Token
    if (own.first === own.last) return token.kind === 'name' ? [exportedAs(path + name, token)] : []
    if (!value) return []
    if (isObject(source, value)) return membersExported(source, value.first, `${path}${name}.`, depth + 1)
    const isPlain = source.text.slice(nameStart, nameEnd) === name
    const shown = { start: nameStart, end: nameEnd }
    return isPlain ? [{ kind: 'name', position: nameStart, end: nameEnd, name: path + name, shown }] : []
  })
}
