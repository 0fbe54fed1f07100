import { input, ShapeError } from '../../src/index.js'
import type { Diagnostic } from './evaluate-types.js'

/** One call of one method on an input, in the two forms that have to agree: run, and type-checked. */

/** A number that only the run time knows: `wide(7)` in the source, of type `number`. */
export class Wide {
  constructor(readonly value: number) {}
}

/** The line that every source needs in which {@link Wide} numbers stand. */
export const preamble = "import { input } from 'stridewise'\ndeclare const wide: (value: number) => number\n"

export interface Call {
  readonly shape: readonly (number | Wide)[]
  /** Whether a batch normalization stands before, so that there are parameters already. */
  readonly after: boolean
  readonly method: string
  readonly args: readonly unknown[]
}

/** A value as source text, single quotes and all. */
export const text = (value: unknown): string => {
  if (value instanceof Wide) return `wide(${value.value})`
  if (Array.isArray(value)) return `[${value.map(text).join(', ')}]`
  if (typeof value === 'string') return `'${value}'`
  if (typeof value !== 'object' || value === null) return `${value}`
  const members = Object.entries(value).map(([name, each]) => `${name}: ${text(each)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

const list = (values: readonly unknown[]): string => values.map(text).join(', ')

/** The call as an expression. */
export const sourceOf = ({ shape, after, method, args }: Call): string =>
  `input(${list(shape)})${after ? '.batchNorm()' : ''}.${method}(${list(args)})`

/** Whether anything in it is known at run time only. */
export const isWide = (call: Call): boolean => sourceOf(call).includes('wide(')

const plain = (value: unknown): unknown => {
  if (value instanceof Wide) return value.value
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]))
}

/** What came of a call: shapes and parameters, or a sentence and what it blames. */
export type Outcome = { network: string } | { sentence: string; blamed: string }

interface AnyMethods {
  readonly input: readonly number[]
  readonly output: readonly number[]
  readonly params: number
  batchNorm(): AnyMethods
  readonly [method: string]: unknown
}

/** Builds it. */
export const run = (call: Call): Outcome => {
  try {
    const begun = (input as unknown as (...shape: unknown[]) => AnyMethods)(...call.shape.map(plain))
    const before = call.after ? begun.batchNorm() : begun
    const method = before[call.method] as (...args: unknown[]) => AnyMethods
    const built = method.apply(before, call.args.map(plain))
    return { network: networkText(built) }
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error
    return { sentence: error.message, blamed: error.argument }
  }
}

/** A built network as the compiler prints its type. */
export const networkText = (network: { input: readonly number[]; output: readonly number[]; params: number }): string =>
  `Network<[${network.input.join(', ')}], [${network.output.join(', ')}], ${network.params}>`

/** The sentence inside a compiler's message, or the whole message when there is none. */
export const sentenceOf = ({ text: message }: Diagnostic): string =>
  /(?:to type|to parameter of type) '"(.*)"'\.$/s.exec(message)?.[1] ?? /Mistake<"(.*)">' has no call/s.exec(message)?.[1] ?? message
