import { isObject } from '../../shape/objects.js'
import { jsonText } from '../../shape/quoted.js'
import type { BlockFunction } from './block-function.js'
import { type Call, isCall } from './call.js'
import { Parameter } from './parameter.js'

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
  if (!isObject(value) || value instanceof Parameter) return `${value}`
  return `{ ${Object.entries(value)
    .map(([name, member]) => (isNamed(member, name) ? name : `${keyText(name)}: ${inline(member)}`))
    .join(', ')} }`
}

/** Whether a member is a parameter or a constant of its own name, which is written once. */
const isNamed = (member: unknown, name: string): boolean =>
  member instanceof Parameter ? member.name === name : isCall(member) && member.constant !== undefined && member.name === name

/** A call, with one argument per line if it is too long for a single line. */
export const printCall = (call: Call, indent: string, prefix = ''): string => {
  const line = `${indent}${prefix}${inline(call)}`
  if (line.length <= width || call.args.length === 0) return line
  const inner = `${indent}  `
  const args = call.args.map((value) => (isCall(value) ? printCall(value, inner) : `${inner}${inline(value)}`))
  return `${indent}${prefix}${call.name}(\n${args.map((arg) => `${arg},\n`).join('')}${indent})`
}

/** The source of a function. Each parameter has its own type parameter, so that the compiler infers a literal. */
export const printFunction = ({ name, parameters, body }: BlockFunction): string => {
  const typeOf = (parameter: string): string => parameter.charAt(0).toUpperCase() + parameter.slice(1)
  const types = parameters.map((parameter) => `${typeOf(parameter)} extends number`)
  const values = parameters.map((parameter) => `${parameter}: ${typeOf(parameter)}`)
  const generics = types.length === 0 ? '' : `<${types.join(', ')}>`
  const head = `const ${name} = ${generics}(${values.join(', ')}) =>`
  const listed = (items: readonly string[]): string => `\n${items.map((item) => `  ${item},\n`).join('')}`
  // A formatter breaks the parameters first, and their types only where these are too long for a line of their own.
  const start = `const ${name} = ${generics}(`
  const broken = `${start.length <= width ? start : `const ${name} = <${listed(types)}>(`}${listed(values)}) =>`
  return `${head.length <= width ? head : broken}\n${printCall(body, '  ')}`
}

/** The functions that a call uses as layer values, including nested ones. */
export const functionsIn = (value: unknown): string[] => {
  if (!isCall(value)) return isObject(value) ? Object.values(value).flatMap(functionsIn) : []
  if (value.constant !== undefined) return []
  return [...(value.isOwn ? [] : [value.name]), ...value.args.flatMap(functionsIn)]
}
