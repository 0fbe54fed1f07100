import { bracketsOf, type Call, callsOf, type Part } from './calls.js'
import { type Imports, importsOf } from './imports.js'
import { type Token, tokensOf } from './tokens.js'

/** A text and what is found in it. */
export interface Source {
  readonly text: string
  readonly tokens: readonly Token[]
  /** For each bracket the index of its other half. */
  readonly pairs: ReadonlyMap<number, number>
  readonly calls: readonly Call[]
  readonly imports: Imports
}

/** A range of a text. */
export interface Span {
  readonly start: number
  readonly end: number
}

const withoutImports: Imports = { any: false, names: new Map(), isRequired: false }

/** Reads a text. In one that does not name the package nothing is looked for. */
export const sourceOf = (text: string): Source => {
  const nothing = { text, tokens: [], pairs: new Map(), calls: [], imports: withoutImports }
  if (!text.includes('stridewise')) return nothing
  const tokens = tokensOf(text)
  const pairs = bracketsOf(tokens)
  const imports = importsOf(tokens, pairs)
  if (!imports.any) return nothing
  return { text, tokens, pairs, calls: callsOf(tokens, pairs, text.length), imports }
}

/** The innermost call around a position, from its name to its end. */
export const callAround = ({ calls }: Source, position: number): Call | undefined =>
  calls.filter(({ nameStart, end, isClosed }) => nameStart <= position && (isClosed ? position < end : position <= end)).at(-1)

/** The innermost call in whose parentheses a position stands. */
export const callInside = ({ calls }: Source, position: number): Call | undefined =>
  calls.filter(({ open, close }) => open <= position && position <= close).at(-1)

const byPlace = new WeakMap<Source, ReadonlyMap<string, Call>>()

/** The call that a part is, where it is nothing else: `conv2d(8, 3)`, or the last one of a chain. */
export const callOfPart = (source: Source, { start, end }: Span): Call | undefined => {
  const places = byPlace.get(source) ?? new Map(source.calls.map((call) => [`${call.start} ${call.end}`, call]))
  byPlace.set(source, places)
  return places.get(`${start} ${end}`)
}

const byName = new WeakMap<Source, ReadonlyMap<number, Call>>()

/** The call whose name begins at a position. */
export const callNamedAt = (source: Source, position: number): Call | undefined => {
  const calls = byName.get(source) ?? new Map(source.calls.map((call) => [call.nameStart, call]))
  byName.set(source, calls)
  return calls.get(position)
}

/** The text of a part. */
export const textOf = ({ text }: Source, { start, end }: Span): string => text.slice(start, end)

/** The part of one token list that begins and ends at places of the text; undefined where no tokens do. */
export const partAt = ({ tokens }: Source, { start, end }: Span): Part | undefined => {
  const first = tokens.findIndex((token) => token.start === start)
  const last = tokens.findIndex((token) => token.end === end)
  return first < 0 || last < first ? undefined : { first, last, start, end }
}

/** Whether a call makes a layer of that kind, as a method or as a layer value, which may have another name here. */
export const isOfKind = ({ imports }: Source, { name, dot }: Call, kind: string): boolean =>
  name === kind || (dot === undefined && imports.names.get(kind) === name)

/** Whether a call is a method of a chain, and not a function of the whole entry: `net.relu()`, not `sw.relu()`. */
export const isMethod = ({ text, imports }: Source, { dot, start }: Call): boolean =>
  dot !== undefined && text.slice(start, dot).trim() !== imports.namespace

/** The index of the token that begins at a place; undefined where none does. */
export const tokenAt = ({ tokens }: Source, start: number): number | undefined => {
  let [low, high] = [0, tokens.length - 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((tokens[middle] as Token).start < start) low = middle + 1
    else high = middle
  }
  return tokens[low]?.start === start ? low : undefined
}
