import { type AnyNetwork, input, ShapeError } from '../../src/index.js'
import { type AnyInput, type AnyShape, isOneShape, type Shape } from '../../src/shape/shape.js'
import type { Diagnostic } from './evaluate-types.js'
import { made, Value } from './value.js'

/** One layer on an input, in the two forms that have to agree: run, and type-checked. */

/** A number that only the run time knows: `wide(7)` in the source, of type `number`. */
export class Wide {
  constructor(readonly value: number) {}
}

/** A value whose type is less certain than it is: `(7 as 7 | 9)` in the source. */
export class As {
  constructor(
    readonly value: unknown,
    readonly type: string,
  ) {}
}

/** A value that no literal is: the source itself. */
export class Source {
  constructor(readonly source: string) {}
}

/** The line that every source needs in which {@link Wide} numbers stand. */
export const preamble = "import { input } from 'stridewise'\ndeclare const wide: (value: number) => number\n"

export interface Call {
  readonly shape: readonly (number | Wide)[]
  /** Whether a batch normalization stands before, so that there are parameters already. */
  readonly after: boolean
  readonly method: string
  readonly args: readonly unknown[]
  /** Whether the method is called, or the layer value is applied. */
  readonly applied: boolean
}

/** A value as source text, single quotes and all. */
export const text = (value: unknown): string => {
  if (value instanceof Wide) return `wide(${value.value})`
  if (value instanceof Source) return value.source
  if (value instanceof As) return `(${text(value.value)} as ${value.type})`
  if (value instanceof Value) return `${value.kind}(${list(value.args)})`
  if (Array.isArray(value)) return `[${list(value)}]`
  if (typeof value === 'string') return `'${value}'`
  if (typeof value !== 'object' || value === null) return `${value}`
  const members = Object.entries(value).map(([name, each]) => `${name}: ${text(each)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

const list = (values: readonly unknown[]): string => values.map(text).join(', ')

const product = (sizes: readonly number[]): number => sizes.reduce((so, size) => so * size, 1)

/** The input; more axes than an input takes come of a reshape. */
const inputText = (shape: Call['shape']): string =>
  shape.length <= 4 ? `input(${list(shape)})` : `input(${product(plain(shape) as number[])}).reshape(${list(shape)})`

/** The call as an expression. */
export const sourceOf = ({ shape, after, method, args, applied }: Call): string => {
  const before = `${inputText(shape)}${after ? '.batchNorm()' : ''}`
  return applied ? `${before}.apply(${method}(${list(args)}))` : `${before}.${method}(${list(args)})`
}

/** Whether anything in it is known at run time only. */
export const isWide = (call: Call): boolean => sourceOf(call).includes('wide(')

/** A drawn value with its {@link Wide} numbers as plain ones. */
export const plain = (value: unknown): unknown => {
  if (value instanceof Wide) return value.value
  if (value instanceof Value) return new Value(value.kind, value.args.map(plain))
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
  apply(layer: unknown): AnyMethods
  reshape(...shape: number[]): AnyMethods
  readonly [method: string]: unknown
}

/** The network that a call makes. */
export const build = (call: Call): AnyNetwork => {
  const sizes = plain(call.shape) as number[]
  const begin = input as unknown as (...shape: number[]) => AnyMethods
  const begun = sizes.length <= 4 ? begin(...sizes) : begin(product(sizes)).reshape(...sizes)
  const before = call.after ? begun.batchNorm() : begun
  const args = plain(call.args) as unknown[]
  if (call.applied) return before.apply(made(new Value(call.method, args))) as unknown as AnyNetwork
  const method = before[call.method] as (...args: unknown[]) => AnyMethods
  return method.apply(before, args.map(made)) as unknown as AnyNetwork
}

/** Builds it, and says what came of it. */
export const run = (call: Call): Outcome => {
  try {
    return { network: networkText(build(call)) }
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error
    return { sentence: error.message, blamed: error.argument }
  }
}

/** A shape, or several by their names, as the compiler prints the type. */
export const shapesText = (shape: AnyInput): string =>
  isOneShape(shape)
    ? `[${shape.join(', ')}]`
    : `{ ${Object.entries(shape)
        .map(([name, each]) => `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}: [${(each as Shape).join(', ')}];`)
        .join(' ')} }`

/** A built network as the compiler prints its type, without what it keeps. */
export const networkText = (network: { input: AnyInput; output: AnyShape; params: number }): string =>
  `Network<${shapesText(network.input)}, ${shapesText(network.output)}, ${network.params}>`

/** A network's type as the compiler prints it, without what it keeps and shares. */
export const withoutKept = (type: string): string => {
  const start = type.search(/ & \{ (?:kept|shared): /)
  if (start < 0) return type
  let end = start + 3
  for (let depth = 0; end < type.length && (depth > 0 || type[end] === '{'); end += 1) {
    if (type[end] === '{') depth += 1
    if (type[end] === '}') depth -= 1
  }
  return withoutKept(type.slice(0, start) + type.slice(end))
}

/** A type with the members of each record of shapes in the order of their names: the compiler has an order of its own. */
export const inOrder = (type: string): string =>
  type.replaceAll(
    /\{ ((?:[^{};]+: \[[\d, ]*\]; )+)\}/g,
    (_, members: string) =>
      `{ ${members
        .split(/(?<=;) /)
        .sort()
        .join(' ')
        .trim()} }`,
  )

/** The values that a network's type keeps, with the text of each shape. */
export const keptIn = (type: string): Map<string, string> =>
  new Map(
    [...type.matchAll(/\bkept: ((?:\{[^{}]*\}(?: & )?)+)/g)].flatMap(([, members = '']) =>
      [...members.matchAll(/(?:"([^"]*)"|([\w$]+)): (\[[^\]]*\]);/g)].map(([, quoted, plain, shape]): [string, string] => [
        (quoted ?? plain) as string,
        shape as string,
      ]),
    ),
  )

/** Whether a type with some `number` or unions in it holds what was built. */
export const covers = (type: string, built: string): boolean => {
  const pattern = withoutKept(type)
    .replaceAll(/readonly number\[\]|\bShape\b/g, 'ANY_SHAPE')
    .replaceAll(/\d+(?: \| \d+)+/g, (union) => `(?:${union.replaceAll(' | ', '|')})`)
    .replaceAll(/(?:\[[^\]]*\]|ANY_SHAPE)(?: \| (?:\[[^\]]*\]|ANY_SHAPE))+/g, (union) => `(?:${union.replaceAll(/ \| (?=[[A])/g, '|')})`)
    .replace(/[[\]]/g, '\\$&')
    .replaceAll('ANY_SHAPE', '\\[[^\\]]*\\]')
    .replaceAll('number', '\\d+')
  return new RegExp(`^${pattern}$`).test(built)
}

/** The sentence inside a compiler's message, or the whole message when there is none. */
export const sentenceOf = ({ text: message }: Pick<Diagnostic, 'text'>): string =>
  /(?:to type|to parameter of type) '(?:void \| )?"(.*)"'\.$/s.exec(message)?.[1] ??
  /Mistake<"(.*)">' has no call/s.exec(message)?.[1] ??
  message

/** A sentence of the run time without the note on channels: the types know only the shape where a layer stands, not that of the input. */
export const withoutNote = (sentence: string): string => sentence.replace(/ Note: shapes are channels last: input\(\d+, \d+, [13]\)\.$/, '')
