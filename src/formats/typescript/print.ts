import { isObject } from '../../network/described.js'
import { jsonText } from '../../shape/quoted.js'
import { type Call, isCall } from './call.js'

/** Columns of a line. */
const width = 120

const quoted = (text: string): string => (text.includes("'") ? jsonText(text) : `'${jsonText(text).slice(1, -1).replaceAll('\\"', '"')}'`)

/** A name in an object, in the quotes that editors show: `__proto__` bare would be no name of a value. */
const key = (name: string): string => {
  if (name === '__proto__') return `['${name}']`
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : jsonText(name)
}

/** A value on one line. */
const inline = (value: unknown): string => {
  if (isCall(value)) return value.constant !== undefined ? value.name : `${value.name}(${value.args.map(inline).join(', ')})`
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (!isObject(value)) return `${value}`
  return `{ ${Object.entries(value)
    .map(([name, each]) => `${key(name)}: ${inline(each)}`)
    .join(', ')} }`
}

/** A call, with its arguments on lines of their own where one line is too short for them. */
export const printed = (call: Call, indent: string, prefix = ''): string => {
  const line = `${indent}${prefix}${inline(call)}`
  if (line.length <= width || call.args.length === 0) return line
  const inner = `${indent}  `
  const args = call.args.map((value) => (isCall(value) ? printed(value, inner) : `${inner}${inline(value)}`))
  return `${indent}${prefix}${call.name}(\n${args.map((arg) => `${arg},\n`).join('')}${indent})`
}

/** The functions that a call uses as layer values, those inside too. */
export const functionsIn = (value: unknown): string[] => {
  if (!isCall(value) || value.constant !== undefined) return []
  return [value.name, ...value.args.flatMap(functionsIn)]
}
