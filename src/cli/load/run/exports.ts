import { described, isNetwork } from '../../../network/described.js'
import type { AnyNetwork } from '../../../network/network.js'
import { type AnyInput, type AnyShape, anyShapeText, isOneShape, type Shape, shapeText } from '../../../shape/shape.js'
import type { Other } from './loaded.js'

/*
 * Finds the networks among a module's exports. It recognizes them by their properties, not by their class, since the file imports its
 * own copy of the package, not the command's.
 */

/** The exported networks by name, and the other exports. */
export interface Found {
  readonly networks: readonly { readonly name: string; readonly network: AnyNetwork }[]
  readonly others: readonly Other[]
}

/**
 * The networks that a module exports, or only those with the given names. An export requested by name may also be a function without
 * required arguments that returns a network.
 */
export const networksIn = (module: Record<string, unknown>, names: readonly string[]): Found => {
  const moduleExports = exportsOf(module)
  if (names.length > 0) {
    const requested = names.map((name) => ({ name, value: callIfFunction(name, moduleExports.get(name)) }))
    return {
      networks: requested.filter(({ value }) => isNetwork(value)).map(({ name, value }) => ({ name, network: value as AnyNetwork })),
      others: [...moduleExports].map(([name, value]) => {
        const result = typeof value === 'function' ? requested.find((request) => request.name === name) : undefined
        return { name, what: descriptionOf(value) + (result ? ` that gives ${descriptionOf(result.value)}` : '') }
      }),
    }
  }
  const networks: { name: string; network: AnyNetwork }[] = []
  for (const [name, value] of moduleExports) {
    // A network exported under two names, such as a default and a named export, is listed once.
    if (isNetwork(value) && !networks.some(({ network }) => network === value)) networks.push({ name, network: value as AnyNetwork })
  }
  return {
    networks,
    others: [...moduleExports].filter(([, value]) => !isNetwork(value)).map(([name, value]) => ({ name, what: descriptionOf(value) })),
  }
}

/** Describes a value in words. */
const descriptionOf = (value: unknown): string => {
  if (value instanceof Promise) return 'a promise'
  if (typeof value !== 'function' || value.length === 0) return described(value)
  return `a function of ${value.length === 1 ? 'an argument' : `${value.length} arguments`}`
}

/** Anything that was thrown, as text. Objects become JSON. */
export const textOf = (thrown: unknown): string => {
  try {
    if (typeof thrown === 'string') return thrown
    return typeof thrown === 'object' && thrown !== null ? JSON.stringify(thrown) : String(thrown)
  } catch {
    return 'an object that is no text'
  }
}

/** @throws {Error} with the name `ExportError` if the function requires arguments */
const callIfFunction = (name: string, value: unknown): unknown => {
  if (typeof value !== 'function') return value
  try {
    return value()
  } catch (error) {
    // Optional arguments count in `length` too, so only a call shows whether they are required.
    if (value.length === 0) throw error
    const message = `the export ${name} is ${descriptionOf(value)}, and is called without any: ${error instanceof Error ? error.message : textOf(error)} Export what it gives: export const network = ${name}(...).`
    throw Object.assign(new Error(message), { name: 'ExportError', stack: error instanceof Error ? error.stack : '' })
  }
}

/**
 * The exports by name, with the default export last. If the default export is an object of exports, as in CommonJS modules, its members
 * are included. With `export = network`, the module itself is the network.
 */
const exportsOf = (module: Record<string, unknown>): Map<string, unknown> => {
  // Its own properties: what loads a module may answer for the others with those of the default export.
  const own = Object.fromEntries(Object.entries(module))
  if (isNetwork(own)) return new Map([['default', own]])
  const { default: defaultExport, ...namedExports } = own
  const innerExports =
    typeof defaultExport === 'object' && defaultExport !== null && !isNetwork(defaultExport) ? Object.entries(defaultExport) : []
  const allExports = new Map([...innerExports, ...Object.entries(namedExports)])
  allExports.delete('module.exports')
  if (defaultExport !== undefined && innerExports.length === 0) allExports.set('default', defaultExport)
  return allExports
}

/** A copy of a shape, or of several. */
const plainShape = (shape: AnyInput): AnyShape =>
  isOneShape(shape) ? [...shape] : Object.fromEntries(Object.entries(shape).map(([name, size]) => [name, [...(size as Shape)]]))

/** A network as plain data, which can be sent to another process. */
export const plainNetwork = ({ input, output, params, graph }: AnyNetwork): AnyNetwork => ({
  input: plainShape(input),
  output: plainShape(output),
  params,
  graph: cloneable(graph) as AnyNetwork['graph'],
})

/** Replaces functions and symbols, which only settings of custom kinds can contain, with text. */
const cloneable = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(cloneable)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, cloneable(member)]))
  }
  return typeof value === 'function' || typeof value === 'symbol' ? String(value) : value
}

/** One or several shapes, as messages show them. */
const displayShape = (shape: AnyInput): string => (isOneShape(shape) ? shapeText(shape) : anyShapeText(shape))

/** A network in short: `224x224x3 -> a vector of 1000 features`. */
export const networkText = ({ input, output }: AnyNetwork): string => `${displayShape(input)} -> ${displayShape(output)}`
