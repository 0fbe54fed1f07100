import type { AnyNetwork } from '../../network/network.js'
import { enumsIn } from '../source/enums.js'
import type { Source, Span } from '../source/source.js'
import { Interpreter } from './interpreter.js'
import { MistakeError } from './mistake.js'
import { Names } from './names.js'
import { callsOfNodes } from './origins.js'
import { statementsOf } from './statements.js'
import { UnreadError } from './syntax.js'

/*
 * The networks of a text, worked out without running it.
 */

/** What each entry of the package exports, by its address: `'stridewise/zoo'`. All are of one build. */
export interface Packages {
  readonly [address: string]: Readonly<Record<string, unknown>>
  readonly stridewise: Readonly<Record<string, unknown>> & { readonly input: (size: 1) => object }
}

/** A constant that holds a network, or would without a mistake. */
export interface FoundNetwork extends Span {
  readonly name: string
  readonly isExported: boolean
  readonly network: AnyNetwork
  /** The calls that each node of its graph comes from, the innermost first. */
  readonly calls: readonly (readonly Span[])[]
}

/** A constant in which the package refuses a call. */
export interface MistakenNetwork extends Span {
  readonly name: string
  readonly isExported: boolean
  /** What the package says. */
  readonly message: string
  /** The call. */
  readonly call: Span
  /** The network as far as it fits. */
  readonly before: Pick<FoundNetwork, 'network' | 'calls'> | undefined
}

/** A constant that is not worked out, and why. */
export interface UnreadConstant extends Span {
  readonly name: string
  readonly isExported: boolean
  readonly reason: string
}

export type Found = FoundNetwork | MistakenNetwork | UnreadConstant

/** The constants of a text that hold networks, or may hold some. */
export const evaluate = (source: Source, packages: Packages): readonly Found[] => {
  const interpreter = new Interpreter(packages.stridewise.input(1))
  const found: Found[] = []
  for (const { place, value, error } of valuesIn(source, packages, interpreter)) {
    try {
      if (error) throw error
      if (!interpreter.isNetwork(value)) continue
      const network = interpreter.shown(value)
      found.push({ ...place, network, calls: callsOfNodes(network.graph.nodes, interpreter.originsOf(network)) })
    } catch (error) {
      if (error instanceof MistakeError) found.push({ ...place, ...mistakeIn(error) })
      else if (error instanceof UnreadError) found.push({ ...place, reason: error.message })
      else throw error
    }
  }
  return found
}

/** The networks that calls of a text give, by where their names begin: of the calls that give one only. */
export const networksOfCalls = (source: Source, packages: Packages): ReadonlyMap<number, AnyNetwork> => {
  const interpreter = new Interpreter(packages.stridewise.input(1))
  for (const _ of valuesIn(source, packages, interpreter));
  return interpreter.given()
}

type Place = Pick<FoundNetwork, 'name' | 'isExported' | 'start' | 'end'>

/** The constants of a text, each with its value, or with why it has none. */
function* valuesIn(
  source: Source,
  packages: Packages,
  interpreter: Interpreter,
): Iterable<{ readonly place: Place; readonly value?: unknown; readonly error?: MistakeError | UnreadError }> {
  const names = new Names()
  for (const [name, members] of enumsIn(source)) names.set(name, Object.fromEntries(members))
  for (const statement of statementsOf(source)) {
    if (statement.kind === 'import') {
      const entry = Object.hasOwn(packages, statement.from) ? packages[statement.from] : undefined
      if (!entry) continue
      for (const { name, exported } of statement.names) importInto(names, interpreter, entry, name, exported)
      continue
    }
    const { name, isExported, start, end, value: expression } = statement
    const place = { name, isExported, start, end }
    try {
      if (expression instanceof UnreadError) throw expression
      const value = interpreter.value(expression, names)
      names.set(name, value)
      yield { place, value }
    } catch (error) {
      if (!(error instanceof MistakeError || error instanceof UnreadError)) throw error
      yield { place, error }
    }
  }
}

const importInto = (
  names: Names,
  interpreter: Interpreter,
  entry: Readonly<Record<string, unknown>>,
  name: string,
  exported: string,
): void => {
  try {
    if (exported === '*') {
      const all = Object.entries(entry).filter(([, value]) => typeof value === 'function')
      names.set(
        name,
        Object.fromEntries(all.flatMap(([each, value]) => safely(() => [[each, interpreter.imported(each, value)] as const]))),
      )
    } else if (Object.hasOwn(entry, exported)) names.set(name, interpreter.imported(exported, entry[exported]))
  } catch (error) {
    if (!(error instanceof UnreadError)) throw error
  }
}

const safely = <Value>(make: () => readonly Value[]): readonly Value[] => {
  try {
    return make()
  } catch (error) {
    if (error instanceof UnreadError) return []
    throw error
  }
}

const mistakeIn = ({ message, span, before }: MistakeError): Pick<MistakenNetwork, 'message' | 'call' | 'before'> => ({
  message,
  call: span,
  before: before && { network: before.network, calls: callsOfNodes(before.network.graph.nodes, before.origins) },
})
