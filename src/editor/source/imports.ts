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
}

const packageName = /^['"`]stridewise(?:\/[\w/-]*)?['"`]$/

/** What a text imports of this package, by `import` or by `require`. */
export const importsOf = (tokens: readonly Token[], pairs: ReadonlyMap<number, number>): Imports => {
  const names = new Map<string, string>()
  let found: Omit<Imports, 'names' | 'any'> = {}
  let any = false
  tokens.forEach((token, at) => {
    if ((token.kind !== 'string' && token.kind !== 'template') || !packageName.test(token.text)) return
    const before = tokens[at - 1]
    const isRequired = before?.text === '(' && ['require', 'import'].includes(tokens[at - 2]?.text ?? '')
    if (!isRequired && before?.text !== 'from' && before?.text !== 'import') return
    any = true
    const clauseEnd = isRequired ? lastBefore(tokens, at, '=') - 1 : at - 2
    const begin = isRequired ? lastOf(tokens, clauseEnd, ['const', 'let', 'var']) : lastOf(tokens, clauseEnd + 1, ['import', 'export'])
    if (found.first === undefined && begin >= 0) found = { ...found, first: (tokens[begin] as Token).start }
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
      if (!found.braces) found = { ...found, braces: { end, isEmpty: parts.length === 0 } }
    } else if (last?.kind === 'name' && !isOfTypes && (tokens[clauseEnd - 1]?.text === 'as' || isRequired)) {
      found = { ...found, namespace: last.text }
    }
  })
  return { any, names, ...found }
}

/** The last token of some words up to a token, within one statement. */
const lastOf = (tokens: readonly Token[], from: number, words: readonly string[]): number => {
  for (let at = from; at >= 0; at -= 1) {
    const { kind, text } = tokens[at] as Token
    if (kind === 'name' && words.includes(text)) return at
    if (kind === 'sign' && text === ';') return -1
  }
  return -1
}

const lastBefore = (tokens: readonly Token[], from: number, text: string): number => {
  for (let at = from; at >= 0; at -= 1) if (tokens[at]?.text === text) return at
  return 0
}
