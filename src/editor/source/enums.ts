import { partsBetween } from './calls.js'
import type { Source } from './source.js'

/*
 * The enums of a text: `enum Size { Kernel = 3, Stride }`.
 */

type Members = ReadonlyMap<string, number | string>

/** The members of each enum that a text declares once, by its name; those whose values are not written out are left out. */
const readEnums = (source: Source): ReadonlyMap<string, Members> => {
  const { tokens, pairs } = source
  const found = new Map<string, Members | undefined>()
  tokens.forEach(({ kind, text }, at) => {
    const [before, name, open] = [tokens[at - 1], tokens[at + 1], tokens[at + 2]]
    if (kind !== 'name' || text !== 'enum' || before?.text === '.' || name?.kind !== 'name' || open?.text !== '{') return
    const close = pairs.get(at + 2)
    // A second one of a name adds to the first, or is in another place.
    found.set(name.text, found.has(name.text) || close === undefined ? undefined : membersBetween(source, at + 2, close))
  })
  if (found.size === 0) return new Map()
  const others = otherNames(source)
  return new Map([...found].flatMap(([name, members]) => (members && !others.has(name) ? [[name, members] as const] : [])))
}

const membersBetween = ({ tokens, pairs }: Source, open: number, close: number): Members => {
  const members = new Map<string, number | string>()
  /** The value of a member that has none in the text. */
  let next: number | undefined = 0
  for (const { first, last } of partsBetween(tokens, pairs, open, close)) {
    const name = tokens[first]
    const plain = name?.kind === 'string' ? name.text.slice(1, -1) : name?.kind === 'name' ? name.text : undefined
    const value: number | string | undefined =
      first === last ? next : tokens[first + 1]?.text === '=' && last === first + 2 ? writtenValue(tokens[last]) : undefined
    next = typeof value === 'number' ? value + 1 : undefined
    if (plain !== undefined && value !== undefined) members.set(plain, value)
  }
  return members
}

const writtenValue = (token: Source['tokens'][number] | undefined): number | string | undefined => {
  if (token?.kind === 'string') return token.text.includes('\\') ? undefined : token.text.slice(1, -1)
  return token?.kind === 'number' ? Number(token.text.replaceAll('_', '')) : undefined
}

/** The names that stand for something else than an enum somewhere: a variable, or a parameter. */
const otherNames = ({ tokens }: Source): ReadonlySet<string> =>
  new Set(
    tokens.flatMap(({ kind, text }, at) => {
      const [before, after] = [tokens[at - 1]?.text ?? '', tokens[at + 1]?.text ?? '']
      const isOther = kind === 'name' && !['enum', '.', '?.'].includes(before) && behindDeclared.has(after) && !isType(before)
      return isOther ? [text] : []
    }),
  )

/** What stands behind a name that is declared; one that is only read goes on: `Size.Kernel`, `Size['Kernel']`. */
const behindDeclared = new Set(['=', '=>', ',', ')', ':', '}', 'of', 'in'])

/** Whether a name behind a sign or a word is a type. */
const isType = (before: string): boolean => [':', '<', '|', '&', 'as', 'satisfies', 'keyof', 'typeof', 'extends'].includes(before)

const known = new WeakMap<Source, ReadonlyMap<string, Members>>()

/** {@link readEnums}, once for each text. */
export const enumsIn = (source: Source): ReadonlyMap<string, Members> => {
  const enums = known.get(source) ?? readEnums(source)
  known.set(source, enums)
  return enums
}

/** The value of a member of an enum: `3` for `Size.Kernel`; undefined where it is not known. */
export const enumValue = (source: Source, name: string, member: string): number | string | undefined =>
  enumsIn(source).get(name)?.get(member)
