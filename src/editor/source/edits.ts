import { argumentNames } from '../../network/arguments.js'
import type { Call } from './calls.js'
import { type Source, textOf } from './source.js'
import { computedName, isObject, membersOf } from './values.js'

/*
 * Changes to a text that leave its formatting alone.
 */

/** Puts a text in the place of a range. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A text after changes that do not overlap. */
export const applied = (text: string, edits: readonly Edit[]): string =>
  [...edits]
    .sort((a, b) => b.start - a.start || b.end - a.end)
    .reduce((so, { start, end, text: put }) => so.slice(0, start) + put + so.slice(end), text)

/** Code with the quotation marks that a text uses: those of its first string. */
export const inOwnQuotes = ({ tokens }: Source, code: string): string => {
  const first = tokens.find(({ kind }) => kind === 'string')
  return first?.text.startsWith('"') ? code.replaceAll("'", '"') : code
}

const isOfBlocks = new Set([
  'residual',
  'concat',
  'add',
  'subtract',
  'average',
  'maximum',
  'minimum',
  'multiply',
  'matmul',
  'block',
  'repeat',
  'branchOut',
])

/** How many arguments stand before the options of a layer; undefined where it takes no options. */
export const optionsAt = (kind: string): number | undefined => {
  if (isOfBlocks.has(kind) || !Object.hasOwn(argumentNames, kind)) return undefined
  const names = argumentNames[kind as keyof typeof argumentNames]
  return names.some((name) => name.startsWith('...')) ? undefined : names.length
}

/** Whether an argument cannot be set: a list is spread over it or those before it, or the call has type arguments, which decide. */
const isFixed = ({ text, tokens }: Source, call: Call, at: number): boolean =>
  call.args.slice(0, at + 1).some(({ first }) => tokens[first]?.text === '...') || text.slice(call.nameEnd, call.open).includes('<')

/** The change that sets an option of a call, and whether the option was given before; nothing where that cannot be. */
export const withOption = (
  source: Source,
  call: Call,
  name: string,
  value: string,
  at = optionsAt(call.name),
): { edits: readonly Edit[]; isNew: boolean } | undefined => {
  if (at === undefined || !call.isClosed || call.args.length < at || isFixed(source, call, at)) return undefined
  const code = inOwnQuotes(source, value)
  const options = call.args[at]
  if (!options) {
    const behind = call.args.at(-1)?.end ?? call.open
    return { edits: [{ start: behind, end: behind, text: `${at === 0 ? '' : ', '}{ ${name}: ${code} }` }], isNew: true }
  }
  const text = textOf(source, options)
  if (text === 'undefined') return { edits: [{ start: options.start, end: options.end, text: `{ ${name}: ${code} }` }], isNew: true }
  if (!isObject(source, options)) {
    const spread = /^[\w$.]+$/.test(text) ? text : `(${text})`
    return { edits: [{ start: options.start, end: options.end, text: `{ ...${spread}, ${name}: ${code} }` }], isNew: true }
  }
  const members = membersOf(source, options)
  const given = members.find((member) => member.name === name)
  if (given) {
    const edit = given.value
      ? { start: given.value.start, end: given.value.end, text: code }
      : { start: given.part.start, end: given.part.end, text: `${name}: ${code}` }
    return { edits: [edit], isNew: false }
  }
  // A name that is computed may be this one.
  if (members.some((member) => member.name === computedName)) return undefined
  const last = members.at(-1)
  if (!last) return { edits: [inEmptyObject(text, options.start, `${name}: ${code}`)], isNew: true }
  const before = members.at(-2)?.part.end
  // Members that stand on lines of their own go on so.
  const gap = source.text.slice(before ?? options.start + 1, last.part.start)
  const line = /(\r?\n[^\S\r\n]*)[^\r\n]*$/.exec(gap)?.[1]
  const separator = line === undefined ? ', ' : `,${line}`
  return { edits: [{ start: last.part.end, end: last.part.end, text: `${separator}${name}: ${code}` }], isNew: true }
}

/** The change that puts a member into an object that has none, behind the comments in it. */
const inEmptyObject = (text: string, start: number, member: string): Edit => {
  const inside = text.slice(1, -1)
  const comments = inside.trimEnd()
  if (comments.trim() === '') return { start, end: start + text.length, text: `{ ${member} }` }
  const at = start + 1 + comments.length
  const lines = [...inside.matchAll(/(\r?\n)([^\S\r\n]*)/g)]
  const [, line = '', indent = ''] = lines.at(-1) ?? []
  if (lines.length === 0) return { start: at, end: at, text: ` ${member}` }
  // In a line of its own, as far in as the comment; a comment beside the brace says nothing of that.
  const own = lines.length > 1 ? (lines.at(-2)?.[2] ?? '') : `${indent}  `
  return { start: at, end: at, text: `${line}${own}${member}` }
}

/** The change that sets an argument of a call; nothing where those before it are missing. */
export const withArgument = (source: Source, call: Call, at: number, value: string): readonly Edit[] | undefined => {
  if (!call.isClosed || call.args.length < at || isFixed(source, call, at)) return undefined
  const code = inOwnQuotes(source, value)
  const given = call.args[at]
  if (given) return [{ start: given.start, end: given.end, text: code }]
  const behind = call.args.at(-1)?.end ?? call.open
  return [{ start: behind, end: behind, text: `${at === 0 ? '' : ', '}${code}` }]
}

/** The change that takes an argument out, with its comma. */
export const withoutArgument = (call: Call, at: number): readonly Edit[] | undefined => {
  const given = call.args[at]
  if (!given) return undefined
  const next = call.args[at + 1]
  const before = call.args[at - 1]
  const [start, end] = next ? [given.start, next.start] : [before?.end ?? given.start, given.end]
  return [{ start, end, text: '' }]
}

/** The change that puts `.flatten()` before a method of a chain, in a line of its own where the method has one. */
export const withMethodBefore = ({ text }: Source, call: Call, code: string): readonly Edit[] => {
  const dot = call.dot ?? call.nameStart
  const gap = /\r?\n[^\S\n]*$/.exec(text.slice(0, dot))?.[0] ?? ''
  return [{ start: dot, end: dot, text: `.${code}${gap}` }]
}

/** The names of the main entry in a code, as this text has them, and the changes that import those that it lacks. */
export const withImports = (source: Source, code: string): { code: string; edits: readonly Edit[] } => {
  const { names, namespace, braces, first } = source.imports
  const used = [...new Set([...code.matchAll(/(?<![\w.$])([a-z]\w*)\(/g)].map(([, name = '']) => name))]
  const missing = used.filter((name) => !names.has(name))
  const others = new Map(missing.filter((name) => isTaken(source, name)).map((name) => [name, `${name}Layer`]))
  // A name that is renamed here, or reached by the name of the whole entry.
  const named = code.replace(/(?<![\w.$])([a-z]\w*)\(/g, (call, name: string) => {
    if (names.has(name)) return `${names.get(name)}(`
    return namespace !== undefined && !braces ? `${namespace}.${call}` : `${others.get(name) ?? name}(`
  })
  if (missing.length === 0 || (namespace !== undefined && !braces)) return { code: named, edits: [] }
  const as = (braces ?? source.imports).isRequired ? ': ' : ' as '
  const list = missing.map((name) => (others.has(name) ? `${name}${as}${others.get(name)}` : name)).join(', ')
  if (braces) return { code: named, edits: [{ start: braces.end, end: braces.end, text: braces.isEmpty ? ` ${list} ` : `, ${list}` }] }
  const at = first ?? beginningOf(source)
  const statement = source.imports.isRequired ? `const { ${list} } = require('stridewise')` : `import { ${list} } from 'stridewise'`
  const text = inOwnQuotes(source, `${statement}${source.text.includes('\r\n') ? '\r\n' : '\n'}`)
  return { code: named, edits: [{ start: at, end: at, text }] }
}

/** Where the code of a text begins: behind its first comments, which may be directives. */
const beginningOf = ({ text, tokens }: Source): number => {
  const line = text.startsWith('#!') ? text.indexOf('\n') : -1
  return tokens.find(({ start }) => start > line)?.start ?? 0
}

/** Whether a text has something else of that name: what it declares, or imports from elsewhere. */
const isTaken = ({ tokens }: Source, name: string): boolean =>
  tokens.some(({ kind, text }, at) => {
    if (kind !== 'name' || text !== name) return false
    const [before, after] = [tokens[at - 1]?.text ?? '', tokens[at + 1]?.text ?? '']
    // A call of a function that is not imported yet, a method, or the name of an option declares nothing.
    return before === 'function' || !(['.', '?.'].includes(before) || ['(', ':', '<'].includes(after))
  })
