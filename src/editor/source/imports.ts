import { partsBetween } from './calls.js'
import type { Token } from './tokens.js'

/*
 * What a text imports of this package.
 */

/** The names that one statement imports: `import { input, relu } from 'stridewise'`. */
export interface ImportedNames {
  /** Index behind its last name, or behind the brace where it has none. */
  readonly end: number
  readonly isEmpty: boolean
  /** Whether it is `const { input } = require('stridewise')`, or with `await import(...)`. */
  readonly isRequired: boolean
}

/** What a text imports. */
export interface Imports {
  /** Whether it imports anything of this package, also only types. */
  readonly any: boolean
  /** The names here of what the package's main entry exports: `conv2d` -> `conv`. */
  readonly names: ReadonlyMap<string, string>
  /** The name of the whole entry: `sw` of `import * as sw from 'stridewise'`. */
  readonly namespace?: string
  /** The braces with the main entry's names, to which another can be added. */
  readonly braces?: ImportedNames
  /** Where another import can be written: at the beginning of the first import of this package. */
  readonly first?: number
  /** Whether the package is only required: then another name is, too. */
  readonly isRequired: boolean
}

/** Steps back to the beginnings of statements in one text. */
const mostSteps = 2_000_000

const packageName = /^['"`]stridewise(?:\/[\w/-]*)?['"`]$/

/** What a text imports of this package, by `import` or by `require`. */
export const importsOf = (tokens: readonly Token[], pairs: ReadonlyMap<number, number>): Imports => {
  const names = new Map<string, string>()
  let found: Omit<Imports, 'names' | 'any' | 'isRequired'> = {}
  let isImported = false
  let isCommon = false
  let any = false
  let steps = 0
  /** The last token up to one for which a test says yes, within one statement if there is an end of one. */
  const back = (from: number, isWanted: (token: Token) => boolean, isEnd: (token: Token) => boolean = () => false): number => {
    for (let at = from; at >= 0 && steps < mostSteps; at -= 1) {
      steps += 1
      const token = tokens[at] as Token
      if (isWanted(token)) return at
      if (isEnd(token)) return -1
    }
    return -1
  }
  const lastOf = (from: number, words: readonly string[]): number =>
    back(
      from,
      ({ kind, text }) => kind === 'name' && words.includes(text),
      ({ kind, text }) => kind === 'sign' && text === ';',
    )
  tokens.forEach((token, at) => {
    if ((token.kind !== 'string' && token.kind !== 'template') || !packageName.test(token.text)) return
    const before = tokens[at - 1]
    const isRequired = before?.text === '(' && ['require', 'import'].includes(tokens[at - 2]?.text ?? '')
    if (!isRequired && before?.text !== 'from' && before?.text !== 'import') return
    any = true
    const isByRequire = isRequired && tokens[at - 2]?.text === 'require'
    const required = isRequired ? requiredClause(tokens, pairs, at) : undefined
    const isStatement = !isRequired || tokens[required?.begin ?? -1]?.text === 'import'
    isCommon ||= isByRequire && !isStatement
    isImported ||= isStatement
    if (isRequired && !required) return
    const clauseEnd = required?.end ?? at - 2
    const begin = required?.begin ?? lastOf(clauseEnd + 1, ['import', 'export'])
    // `await import(...)` may stand in a function, where no statement can import.
    if (found.first === undefined && begin >= 0 && (isStatement || isByRequire)) found = { ...found, first: (tokens[begin] as Token).start }
    if (token.text.includes('/') || begin < 0 || tokens[begin]?.text === 'export') return
    const isOfTypes = tokens[begin + 1]?.text === 'type'
    const last = tokens[clauseEnd]
    if (last?.text === '}') {
      const opening = pairs.get(clauseEnd) ?? clauseEnd
      const parts = partsBetween(tokens, pairs, opening, clauseEnd)
      if (isOfTypes) return
      for (const { first, last: end } of parts) {
        const words = tokens.slice(first, end + 1).map(({ text }) => text)
        if (words[0] !== 'type') names.set(words[0] as string, words.at(-1) as string)
      }
      const end = parts.at(-1)?.end ?? (tokens[opening] as Token).end
      if (!found.braces) found = { ...found, braces: { end, isEmpty: parts.length === 0, isRequired } }
    } else if (last?.kind === 'name' && !isOfTypes && (tokens[clauseEnd - 1]?.text === 'as' || isRequired)) {
      found = { ...found, namespace: last.text }
    }
  })
  return { any, names, ...found, isRequired: isCommon && !isImported }
}

/**
 * The names that a call of `require` gives: from `const`, or from `import` in `import sw = require(...)`, up to the name or the brace
 * before the sign of equality; undefined where a part of what is required is used at once.
 */
const requiredClause = (
  tokens: readonly Token[],
  pairs: ReadonlyMap<number, number>,
  name: number,
): { begin: number; end: number } | undefined => {
  const before = tokens[name - 3]?.text === 'await' ? name - 4 : name - 3
  const behind = tokens[(pairs.get(name - 1) ?? name) + 1]?.text ?? ''
  if (tokens[before]?.text !== '=' || ['.', '?.', '[', '('].includes(behind)) return undefined
  const end = before - 1
  const begin = (tokens[end]?.text === '}' ? (pairs.get(end) ?? 0) : end) - 1
  return ['const', 'let', 'var', 'import'].includes(tokens[begin]?.text ?? '') ? { begin, end } : undefined
}
