import { isObject } from '../../network/described.js'
import { jsonText } from '../../shape/quoted.js'
import { type Call, isCall } from './call.js'

/** The maximum line length. */
const width = 120

const quote = (text: string): string => (text.includes("'") ? jsonText(text) : `'${jsonText(text).slice(1, -1).replaceAll('\\"', '"')}'`)

/** A name as a key of an object, in the quotes that editors show. An unquoted `__proto__` would set the prototype. */
const keyText = (name: string): string => {
  if (name === '__proto__') return `['${name}']`
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : jsonText(name)
}

/** A value on one line. */
const inline = (value: unknown): string => {
  if (isCall(value)) return value.constant !== undefined ? value.name : `${value.name}(${value.args.map(inline).join(', ')})`
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (!isObject(value)) return `${value}`
  return `{ ${Object.entries(value)
    .map(([name, member]) => `${keyText(name)}: ${inline(member)}`)
    .join(', ')} }`
}

/** A call, with one argument per line if it is too long for a single line. */
export const printCall = (call: Call, indent: string, prefix = ''): string => {
  const line = `${indent}${prefix}${inline(call)}`
  if (line.length <= width || call.args.length === 0) return line
  const inner = `${indent}  `
  const args = call.args.map((value) => (isCall(value) ? printCall(value, inner) : `${inner}${inline(value)}`))
  return `${indent}${prefix}${call.name}(\n${args.map((arg) => `${arg},\n`).join('')}${indent})`
}

/** The functions that a call uses as layer values, including nested ones. */
export const functionsIn = (value: unknown): string[] => {
  if (!isCall(value) || value.constant !== undefined) return []
  return [value.name, ...value.args.flatMap(functionsIn)]
}
