import { exportsOf } from '../source/exports.js'
import type { Source, Span } from '../source/source.js'
import { Parser } from './parser.js'
import { type Expression, UnreadError } from './syntax.js'

/*
 * The statements at the top of a text that say what its networks are: imports, constants and functions. All others are left out.
 */

/** `import { resnet50 as net } from 'stridewise/zoo'`: each name here, and what it is there; `'*'` is the whole entry. */
export interface ImportStatement {
  readonly kind: 'import'
  readonly from: string
  readonly names: readonly { readonly name: string; readonly exported: string }[]
}

/** `export const net = ...`, `function stage(...) { ... }`, or `export default input(7)`, which has the name `'default'`. */
export interface Declaration extends Span {
  readonly kind: 'declaration'
  readonly name: string
  readonly isExported: boolean
  /** Its value; the reason where it is not read. */
  readonly value: Expression | UnreadError
}

/** The statements of a text, in their order. */
export const statementsOf = (source: Source): readonly (ImportStatement | Declaration)[] => {
  const { tokens, pairs } = source
  const found: (ImportStatement | Declaration)[] = []
  const parser = new Parser(tokens, pairs)
  const assigned = assignedNames(tokens)
  const exported = exportsOf(source)
  const locals = new Set(exported.map(({ local }) => local))
  const whole = exported.find(({ name, local }) => name === 'default' && local === undefined)
  while (parser.at < tokens.length) {
    const begin = parser.at
    const start = tokens[begin]?.start ?? 0
    try {
      const isExported = parser.take('export')
      if (parser.take('import')) {
        const statement = importAt(parser)
        if (statement) found.push(statement)
      } else if (parser.peek() === 'const' || parser.peek() === 'let' || parser.peek() === 'var') {
        const word = parser.name()
        do {
          const name = parser.tokens[parser.at]?.kind === 'name' ? parser.peek() : undefined
          // Names that are taken out of an object hold parts of one.
          if (name === undefined) break
          const value = reading(() => parser.constant().value)
          const end = tokens[parser.at - 1]?.end ?? start
          const isChanged = word !== 'const' && assigned.has(name)
          const own = isChanged ? new UnreadError(`'${name}' is assigned more than once`) : value
          found.push({
            kind: 'declaration',
            name,
            isExported: isExported || locals.has(name),
            value: own,
            start,
            end: Math.max(end, start),
          })
          if (value instanceof UnreadError) break
        } while (parser.take(','))
      } else if (isExported && whole?.shown.start === tokens[parser.at]?.start) {
        parser.at += 1
        const value = reading(() => parser.expression())
        found.push({ kind: 'declaration', name: 'default', isExported, value, start, end: tokens[parser.at - 1]?.end ?? start })
      } else if (parser.take('function')) {
        const name = parser.name()
        const value = reading((): Expression => {
          const parameters = parser.parameters()
          if (parser.take(':')) parser.skipType(['{'])
          return { kind: 'function', parameters, body: parser.body() }
        })
        found.push({ kind: 'declaration', name, isExported, value, start, end: tokens[parser.at - 1]?.end ?? start })
      }
    } catch (error) {
      if (!(error instanceof UnreadError)) throw error
    }
    // What was not read is gone over, with all that its brackets hold.
    if (parser.at === begin) parser.at = begin + 1
    while (parser.at < tokens.length && !begins.has(parser.peek() ?? '')) {
      const other = pairs.get(parser.at)
      parser.at = other !== undefined && other > parser.at ? other + 1 : parser.at + 1
    }
  }
  return found
}

const begins: ReadonlySet<string> = new Set(['import', 'export', 'const', 'let', 'var', 'function'])

const reading = (read: () => Expression): Expression | UnreadError => {
  try {
    return read()
  } catch (error) {
    if (error instanceof UnreadError) return error
    throw error
  }
}

/** The names that are assigned to outside of their declaration. */
const assignedNames = (tokens: Source['tokens']): ReadonlySet<string> => {
  const names = new Set<string>()
  tokens.forEach(({ kind, text }, at) => {
    const before = tokens[at - 1]?.text ?? ''
    const isAssigned = tokens[at + 1]?.text === '=' && tokens[at + 2]?.text !== '='
    if (kind === 'name' && isAssigned && !['const', 'let', 'var', '.', ',', '('].includes(before)) names.add(text)
  })
  return names
}

const importAt = (parser: Parser): ImportStatement | undefined => {
  const names: { name: string; exported: string }[] = []
  if (parser.take('type')) return undefined
  if (parser.take('*')) {
    parser.expect('as')
    names.push({ name: parser.name(), exported: '*' })
  } else {
    parser.expect('{')
    while (!parser.take('}')) {
      const first = parser.name()
      const isType = first === 'type' && parser.peek() !== ',' && parser.peek() !== '}' && parser.peek() !== 'as'
      const exported = isType ? parser.name() : first
      const name = parser.take('as') ? parser.name() : exported
      if (!isType) names.push({ name, exported })
      if (parser.peek() !== '}') parser.expect(',')
    }
  }
  parser.expect('from')
  const from = parser.tokens[parser.at]
  if (from?.kind !== 'string') return undefined
  parser.at += 1
  return { kind: 'import', from: from.text.slice(1, -1), names }
}
