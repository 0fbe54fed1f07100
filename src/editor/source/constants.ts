import type { Call, Part } from './calls.js'
import { fieldOfThis } from './class-fields.js'
import { declaredNames, isBehindStatement, isDeclaring } from './declared.js'
import { callOfPart, isMethod, type Source, tokenAt } from './source.js'
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

const known = new WeakMap<Source, ReadonlyMap<string, number>>()

const constantsIn = (source: Source): ReadonlyMap<string, number> => {
  const names = known.get(source) ?? namesOfConstants(source)
  known.set(source, names)
  return names
}

/** The value of the constant with a name, as it is written; undefined where there is none. */
const valueOfConstant = (source: Source, name: string): Part | undefined => {
  const at = constantsIn(source).get(name)
  return at === undefined ? undefined : valueBehind(source, at)
}

/** The value behind a name and the sign of equality. */
const valueBehind = (source: Source, name: number): Part | undefined => {
  const { tokens, pairs } = source
  const first = name + 2
  if (first >= tokens.length) return undefined
  let last = first
  for (let at = first; at < tokens.length; at += 1) {
    if (at > first && (tokens[at]?.text === ',' || isBehindStatement(source, at))) break
    at = Math.max(at, pairs.get(at) ?? at)
    last = at
  }
  return partOf(source, first, last)
}

const partOf = ({ tokens }: Source, first: number, last: number): Part => ({
  first,
  last,
  start: (tokens[first] as Token).start,
  end: (tokens[last] as Token).end,
})

/** Names that stand for names are followed so far. */
const mostNames = 100

/** What an expression stands for: the value of a constant, and of a field of `this`, and what is in parentheses or before `!`. */
export const meantBy = (source: Source, part: Part): Part => {
  const { tokens, pairs } = source
  let { first, last } = part
  for (let names = 0; names < mostNames; ) {
    const token = tokens[first]
    if (first < last && tokens[last]?.text === '!') last -= 1
    else if (first < last && token?.text === '(' && pairs.get(first) === last && last > first + 1) [first, last] = [first + 1, last - 1]
    else if (last > first + 1 && tokens[last]?.text === 'const' && tokens[last - 1]?.text === 'as') last -= 2
    else if (first === last && token?.kind === 'name') {
      const value = valueOfConstant(source, token.text)
      if (!value) break
      ;({ first, last } = value)
      names += 1
    } else if (last === first + 2 && token?.text === 'this' && tokens[first + 1]?.text === '.') {
      const field = fieldOfThis(source, last)
      const value = field === undefined ? undefined : valueBehind(source, field)
      if (!value) break
      ;({ first, last } = value)
      names += 1
    } else break
  }
  return last < first ? part : partOf(source, first, last)
}

/** The object or list that is the value of a constant, `{ padding: 1 }` of `const base = { padding: 1 } as const`. */
export const bracketsOfConstant = (source: Source, name: string): Part | undefined => {
  const { tokens, pairs } = source
  const value = valueOfConstant(source, name)
  const last = value && pairs.get(value.first)
  if (!value || last === undefined || last < value.first || !['{', '['].includes(tokens[value.first]?.text ?? '')) return undefined
  return partOf(source, value.first, last)
}

/** The call that gives what a method is called on, also through constants: `stem` of `stem.relu()`, and `(stem)` and `stem!`. */
export const receiverOf = (source: Source, call: Call): Call | undefined => {
  if (call.receiver || call.dot === undefined || !isMethod(source, call)) return call.receiver
  const [first, dot] = [tokenAt(source, call.start), tokenAt(source, call.dot)]
  if (first === undefined || dot === undefined || dot <= first) return undefined
  return callOfPart(source, meantBy(source, partOf(source, first, dot - 1)))
}
