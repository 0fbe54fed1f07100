import { partsBetween } from './calls.js'
import { declaredNames, isBehindStatement, isDeclaring } from './declared.js'
import { type Export, exportedAs, membersExported } from './exported-members.js'
import type { Source } from './source.js'
import type { Token } from './tokens.js'

/*
 * What a text exports, by whichever statement.
 */

/** Statements that only export and are read: each value is looked for among all calls. */
const mostStatements = 256

/** The exports of a text in the order of the text, each value once: under the name that is not `'default'`. */
export const exportsOf = (source: Source): readonly Export[] => {
  const found: Export[] = []
  const declared = new Map<string, Token>()
  const { tokens, pairs } = source
  let statements = 0
  for (let at = 0; at < tokens.length; at += 1) {
    const { kind } = tokens[at] as Token
    if (isDeclaring(source, at)) {
      for (const each of declaredNames(source, at + 1)) {
        const token = tokens[each.at] as Token
        declared.set(token.text, token)
        if (!isExported(source, at)) continue
        found.push(exportedAs(token.text, token))
        if (tokens[each.at + 1]?.text === '=') found.push(...membersExported(source, each.at + 2, `${token.text}.`))
      }
    } else if (kind === 'name' && tokens[at]?.text === 'function' && tokens[at + 1]?.kind === 'name' && isBeginning(source, at)) {
      const token = tokens[at + 1] as Token
      declared.set(token.text, token)
      if (tokens[at - 1]?.text === 'export') found.push(exportedAs(token.text, token))
      else if (tokens[at - 1]?.text === 'default') found.push(exportedAs('default', token))
    } else if (kind === 'name' && isBeginning(source, at) && statements < mostStatements) {
      const others = exportedBy(source, at)
      if (others) statements += 1
      found.push(...(others ?? []))
    }
    // What stands in brackets is not at the top: the values of a namespace are no exports of the file.
    const other = pairs.get(at)
    if (other !== undefined && other > at) at = other
  }
  const placed = found.map((each): Export => {
    const own = each.local === undefined ? undefined : declared.get(each.local)
    return own ? { ...each, kind: 'name', position: own.start, end: own.end, shown: own } : each
  })
  const named = [...placed.filter(({ name }) => name !== 'default'), ...placed.filter(({ name }) => name === 'default')]
  const seen = new Set<number>()
  return named.filter(({ position }) => !seen.has(position) && seen.add(position)).sort((a, b) => a.position - b.position)
}

/** Whether a word stands where a statement begins, and is no name of something in an object or a class. */
const isBeginning = ({ tokens }: Source, at: number): boolean =>
  tokens[at - 1]?.end !== tokens[at]?.start || !['.', '?.'].includes(tokens[at - 1]?.text ?? '')

const isExported = ({ tokens }: Source, at: number): boolean =>
  tokens[tokens[at - 1]?.text === 'declare' ? at - 2 : at - 1]?.text === 'export'

/** What the statement exports that begins at a word; undefined where it is another statement. */
const exportedBy = (source: Source, at: number): readonly Export[] | undefined => {
  const { tokens, pairs } = source
  const [word, next, dot, equals] = tokens.slice(at, at + 4)
  const is = (token: Token | undefined, text: string): boolean => token?.text === text && token.kind !== 'string'
  if (is(word, 'export') && is(next, '{')) return listed(source, at + 1, pairs.get(at + 1))
  if (is(word, 'export') && (is(next, 'default') || is(next, '='))) return valueAt(source, at + 2)
  if (is(word, 'module') && is(next, '.') && is(dot, 'exports') && is(equals, '=')) return valueAt(source, at + 4)
  const isMember = is(word, 'exports') && is(next, '.') && dot?.kind === 'name' && is(equals, '=')
  return isMember ? valueAt(source, at + 4).map((each) => (each.name === 'default' ? { ...each, name: dot.text } : each)) : undefined
}

/** `export { first, second as other }`, also of names that are imported. */
const listed = (source: Source, open: number, close: number | undefined): readonly Export[] => {
  const { tokens, pairs } = source
  if (close === undefined) return []
  const isElsewhere = tokens[close + 1]?.text === 'from'
  return partsBetween(tokens, pairs, open, close).flatMap(({ first, last }) => {
    const [own, as, other] = tokens.slice(first, last + 1)
    if (own?.kind !== 'name' || (own.text === 'type' && as !== undefined && as.text !== 'as')) return []
    const outer = as?.text === 'as' ? other : own
    if (!outer) return []
    const name = outer.kind === 'string' ? outer.text.slice(1, -1) : outer.text
    const found = exportedAs(name, own)
    // A name of another file says nothing of one that is declared here.
    return [isElsewhere ? { kind: 'name', position: own.start, end: own.end, name, shown: found.shown } : found]
  })
}

/** A value that is exported as a whole; of an object that is written out, what it holds. */
const valueAt = (source: Source, begin: number): readonly Export[] => {
  const { tokens } = source
  if (tokens[begin]?.text === '{') return membersExported(source, begin, '')
  const word = tokens[begin - 1] as Token
  let first = begin
  while (tokens[first]?.text === '(') first += 1
  const start = tokens[first]?.start
  const isWhole = (end: number): boolean => {
    let next = tokens.findIndex((token) => token.start >= end)
    for (let at = begin; at < first; at += 1) next = tokens[next]?.text === ')' ? next + 1 : next
    const behind = tokens[next]?.text ?? ''
    return next < 0 || ['as', 'satisfies', '!'].includes(behind) || isBehindStatement(source, next)
  }
  const call = source.calls.filter((each) => each.start === start && each.isClosed).sort((a, b) => b.end - a.end)[0]
  if (call && isWhole(call.end)) {
    return [{ kind: 'call', position: call.nameStart, end: call.end, name: 'default', shown: { start: word.start, end: word.end } }]
  }
  let last = first
  while (tokens[last + 1]?.text === '.' && tokens[last + 2]?.kind === 'name') last += 2
  const token = tokens[last]
  if (call || token?.kind !== 'name' || !isWhole(token.end)) return []
  return [
    last === first ? exportedAs('default', token) : { kind: 'name', position: token.start, end: token.end, name: 'default', shown: token },
  ]
}
