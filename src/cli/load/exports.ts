import { described, isNetwork } from '../../network/described.js'
import type { AnyNetwork } from '../../network/network.js'
import { type AnyInput, type AnyShape, anyShapeText, isOneShape, type Shape, shapeText } from '../../shape/shape.js'
import type { Other } from './loaded.js'

/*
 * The networks among a module's exports. They are known by what they have, not by their class: the file uses the copy of the
 * package that is installed beside it, the command is another.
 */

/** Networks by the names of their exports, and what else is exported. */
export interface Found {
  readonly networks: readonly { readonly name: string; readonly network: AnyNetwork }[]
  readonly others: readonly Other[]
}

/**
 * The networks that a module exports, or those of the given names. An export that is asked for by its name may also be a
 * function without arguments that returns a network.
 */
export const networksIn = (module: Record<string, unknown>, names: readonly string[]): Found => {
  const all = exportsOf(module)
  if (names.length > 0) {
    const wanted = names.map((name) => ({ name, value: called(name, all.get(name)) }))
    return {
      networks: wanted.filter(({ value }) => isNetwork(value)).map(({ name, value }) => ({ name, network: value as AnyNetwork })),
      others: [...all].map(([name, value]) => {
        const example = typeof value === 'function' ? wanted.find((each) => each.name === name) : undefined
        return { name, what: whatOf(value) + (example ? ` that gives ${whatOf(example.value)}` : '') }
      }),
    }
  }
  const networks: { name: string; network: AnyNetwork }[] = []
  for (const [name, value] of all) {
    // The same network under two names, as of a module with a default export beside the named one, is shown once.
    if (isNetwork(value) && !networks.some(({ network }) => network === value)) networks.push({ name, network: value as AnyNetwork })
  }
  return { networks, others: [...all].filter(([, value]) => !isNetwork(value)).map(([name, value]) => ({ name, what: whatOf(value) })) }
}

/** What a value is, in words. */
const whatOf = (value: unknown): string => {
  if (value instanceof Promise) return 'a promise'
  if (typeof value !== 'function' || value.length === 0) return described(value)
  return `a function of ${value.length === 1 ? 'an argument' : `${value.length} arguments`}`
}

/** Something that was thrown, as a text, whatever it is: an object as its JSON. */
export const textOf = (thrown: unknown): string => {
  try {
    if (typeof thrown === 'string') return thrown
    return typeof thrown === 'object' && thrown !== null ? JSON.stringify(thrown) : String(thrown)
  } catch {
    return 'an object that is no text'
  }
}

/** @throws {Error} named `ExportError` where a function cannot do without its arguments */
const called = (name: string, value: unknown): unknown => {
  if (typeof value !== 'function') return value
  try {
    return value()
  } catch (error) {
    // Arguments that may be left out count too, so that only a call tells.
    if (value.length === 0) throw error
    const message = `the export ${name} is ${whatOf(value)}, and is called without any: ${error instanceof Error ? error.message : textOf(error)} Export what it gives: export const network = ${name}(...).`
    throw Object.assign(new Error(message), { name: 'ExportError', stack: error instanceof Error ? error.stack : '' })
  }
}

/** Exports by their names, the default one last; where that is an object of exports, as CommonJS modules have it, they are among them. */
const exportsOf = (module: Record<string, unknown>): Map<string, unknown> => {
  const { default: standard, ...named } = Object.fromEntries(Object.entries(module))
  const inside = typeof standard === 'object' && standard !== null && !isNetwork(standard) ? Object.entries(standard) : []
  const all = new Map([...inside, ...Object.entries(named)])
  all.delete('module.exports')
  if (standard !== undefined && inside.length === 0) all.set('default', standard)
  return all
}

/** A copy of a shape, or of several. */
const plainShape = (shape: AnyInput): AnyShape =>
  isOneShape(shape) ? [...shape] : Object.fromEntries(Object.entries(shape).map(([name, each]) => [name, [...(each as Shape)]]))

/** A network as plain data, which can go from one thread to another. */
export const plainNetwork = ({ input, output, params, graph }: AnyNetwork): AnyNetwork => ({
  input: plainShape(input),
  output: plainShape(output),
  params,
  graph: plain(graph) as AnyNetwork['graph'],
})

/** Data as it is; functions and the like, which only a kind of layer from outside can have among its settings, as text. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]))
  }
  return typeof value === 'function' || typeof value === 'symbol' ? String(value) : value
}

/** A shape as messages say it, or several by their names. */
const wordsOf = (shape: AnyInput): string => (isOneShape(shape) ? shapeText(shape) : anyShapeText(shape))

/** A network in a few words: `224x224x3 -> a vector of 1000 features`. */
export const networkText = ({ input, output }: AnyNetwork): string => `${wordsOf(input)} -> ${wordsOf(output)}`
