import type { Call, Part } from './calls.js'
import { declaredNames, isBehindStatement, isDeclaring } from './declared.js'
import { type Source, tokenAt } from './source.js'
import type { Token } from './tokens.js'

/*
 * What a name stands for: `input(7).relu()` of `const stem = input(7).relu()`.
 */

/** Tokens of parameters that are read, again in each pair of parentheses. With more of them no name stands for anything. */
const mostParameters = 1_000_000

/** The indexes of the names of constants that have a value, and that a text declares once. */
const namesOfConstants = (source: Source): ReadonlyMap<string, number> => {
  const { tokens, pairs } = source
  const found = new Map<string, number>()
  const others = new Set<string>()
  let read = 0
  tokens.forEach(({ kind, text }, at) => {
    if (isDeclaring(source, at)) {
      for (const { at: own, isPart } of declaredNames(source, at + 1)) {
        const name = (tokens[own] as Token).text
        if (text !== 'const' || isPart || found.has(name) || tokens[own + 1]?.text !== '=') others.add(name)
        found.set(name, own)
      }
    } else if (kind === 'name' && (tokens[at + 1]?.text === '=>' || ['function', 'class'].includes(tokens[at - 1]?.text ?? ''))) {
      others.add(text)
    } else if (kind === 'sign' && text === '(' && isOfParameters(source, at)) {
      const close = pairs.get(at) ?? at
      read += close - at
      if (read > mostParameters) return
      for (const token of tokens.slice(at + 1, close)) if (token.kind === 'name') others.add(token.text)
    }
  })
  return read > mostParameters ? new Map() : new Map([...found].filter(([name]) => !others.has(name)))
}

/** Whether parentheses hold parameters, or the condition of a statement: what follows them tells. */
const isOfParameters = ({ tokens, pairs }: Source, open: number): boolean => {
  const behind = tokens[(pairs.get(open) ?? tokens.length) + 1]?.text ?? ''
  return behind === '=>' || behind === '{' || behind === ':'
}

/** The calls that are the values of constants, by the names of those. */
const callsOfConstants = (source: Source, names: ReadonlyMap<string, number>): ReadonlyMap<string, Call> => {
  const { tokens, calls } = source
  // Of the calls that begin at a place, the last one of the chain.
  const begun = new Map(calls.filter(({ isClosed }) => isClosed).map((call) => [call.start, call]))
  const ends = new Map(tokens.map(({ end }, index) => [end, index]))
  return new Map(
    [...names].flatMap(([name, at]) => {
      const call = begun.get(tokens[at + 2]?.start ?? -1)
      const behind = call && (ends.get(call.end) ?? tokens.length) + 1
      const isWhole = behind !== undefined && (tokens[behind]?.text === ',' || isBehindStatement(source, behind))
      return call && isWhole ? [[name, call] as const] : []
    }),
  )
}

/** What is known of the constants of a text. */
interface Constants {
  readonly names: ReadonlyMap<string, number>
  readonly calls: ReadonlyMap<string, Call>
}

const known = new WeakMap<Source, Constants>()

const constantsIn = (source: Source): Constants => {
  const before = known.get(source)
  if (before) return before
  const names = namesOfConstants(source)
  const found = { names, calls: callsOfConstants(source, names) }
  known.set(source, found)
  return found
}

/** The object or list that is the value of a constant, `{ padding: 1 }` of `const base = { padding: 1 } as const`. */
export const bracketsOfConstant = (source: Source, name: string): Part | undefined => {
  const { tokens, pairs } = source
  const first = (constantsIn(source).names.get(name) ?? tokens.length) + 2
  const last = pairs.get(first)
  if (last === undefined || last < first || !['{', '['].includes(tokens[first]?.text ?? '')) return undefined
  return { first, last, start: (tokens[first] as Token).start, end: (tokens[last] as Token).end }
}

/** The call that gives what a method is called on, also where that is the name of a constant: `stem` of `stem.relu()`. */
export const receiverOf = (source: Source, call: Call): Call | undefined => {
  if (call.receiver || call.dot === undefined) return call.receiver
  const at = tokenAt(source, call.start)
  const name = at !== undefined && source.tokens[at + 1]?.start === call.dot ? source.tokens[at] : undefined
  if (name?.kind !== 'name') return undefined
  return constantsIn(source).calls.get(name.text)
}
