import { standing, standOf } from '../layers/input-of.js'
import { argumentsOfCall, kindOfCall, tried } from '../layers/rule.js'
import { unfitMethods } from '../layers/standing.js'
import type { Part } from '../source/calls.js'
import { bracketsOfConstant } from '../source/constants.js'
import { inOwnQuotes, optionsAt } from '../source/edits.js'
import type { Source, Span } from '../source/source.js'
import { computedName, isObject, type Member, membersOf, unknownValue, valueAt } from '../source/values.js'
import type { Answer, Question } from '../types/answer.js'
import { networkIn, shownShape, wholeShape } from '../types/network-type.js'
import { candidates, type Layer, mostValues } from './candidates.js'
import type { Element } from './elements.js'
import { keptNames } from './kept-names.js'
import { mendedAt } from './mended.js'
import { type CompletionPlace, completionPlace } from './place.js'

/*
 * What fits at a place: values of options and arguments, names of kept values, and the methods that do not.
 */

/** Something that is offered. */
export interface Completion {
  /** What is shown and put in. */
  readonly label: string
  /** The shape that it gives: `55×55×96`. */
  readonly detail: string
  readonly kind: 'value' | 'name'
  /** What it replaces. */
  readonly replaced: Span
}

/** What is offered at a place, the best first, and what is offered last. */
export interface Completions {
  readonly items: readonly Completion[]
  /** Methods that cannot stand on the shape there. */
  readonly unfit: ReadonlySet<string>
}

/** A place and what the compiler is asked about it. */
export interface CompletionQuestion {
  /** The text with the brackets around the place closed. */
  readonly source: Source
  readonly place: CompletionPlace
  readonly question: Question
}

/** What has to be asked to complete something at a position; undefined where the package has nothing to offer. */
export const completionQuestion = (written: Source, position: number): CompletionQuestion | undefined => {
  if (!written.imports.any) return undefined
  const source = mendedAt(written, position)
  const place = completionPlace(source, position)
  if (!place) return undefined
  if (place.kind === 'method') return { source, place, question: place.receiver }
  const method = standOf(source, place.call)?.method
  return method && { source, place, question: { kind: 'call', position: method.nameStart, end: method.end } }
}

/** Whether TypeScript offers a message as if it were a name: it is the type of an option that is not known. */
export const isMessage = (label: string): boolean => /^(['"]?)\w[\w, ]*: .* .*\.\1$/s.test(label)

/** A label without its quotation marks. */
export const plainLabel = (label: string): string => label.replace(/^(['"])(.*)\1$/, '$2')

/** Whether one of TypeScript's labels says what one of the package's does: in other quotation marks, or another number beside those that fit. */
export const isOffered = (label: string, items: readonly Completion[]): boolean => {
  const isQuoted = (text: string): boolean => text !== plainLabel(text)
  return (
    items.some((item) => plainLabel(item.label) === plainLabel(label) && isQuoted(item.label) === isQuoted(label)) ||
    (/^\d+$/.test(label) && items.some((item) => /^\d/.test(item.label)))
  )
}

const nothing: Completions = { items: [], unfit: new Set() }

/** What is offered at a place. */
export const completionsAt = ({ source, place }: CompletionQuestion, answer: Answer | undefined): Completions => {
  if (place.kind === 'method') {
    const output = networkIn(answer?.type)?.output
    return output ? { items: [], unfit: unfitMethods(output) } : nothing
  }
  if (place.kind === 'value') return { items: valuesAt(source, place, answer), unfit: new Set() }
  const items = keptNames(source, place, answer).map(([name, shape]): Completion => {
    const label = place.isInQuotes ? name : inOwnQuotes(source, `'${name}'`)
    return { label, detail: shownShape(shape), kind: 'name', replaced: place.replaced }
  })
  return { items, unfit: new Set() }
}

const valuesAt = (source: Source, place: CompletionPlace & { kind: 'value' }, answer: Answer | undefined): readonly Completion[] => {
  const { call, name, argument, elements, replaced } = place
  const stand = standOf(source, call)
  const here = stand && standing(source, stand, answer)
  const shape = here && wholeShape(here.shape)
  const make = Object.hasOwn(candidates, name) ? candidates[name] : undefined
  const kind = kindOfCall(source, call)
  const at = optionsAt(kind)
  if (!shape || !make || at === undefined) return []
  const own = stand.method === call ? answer : undefined
  const args = argumentsOfCall(source, call, own)
  const given = [...args.slice(0, at)]
  const options = optionsOf(source, place, at, args[at])
  if (options === unknownValue) return []
  const layer: Layer = { kind, shape, args: given, options: options as Record<string, unknown> }
  const candidateValues = elements.length > 0 ? make(layer).filter((each) => typeof each === 'number') : make(layer)
  const found = candidateValues.flatMap((each) => {
    const value = listWith(source, elements, each, shape.length - 1)
    const tryArgs =
      argument === undefined ? [...given, { ...layer.options, [name]: value }] : withValue(given, argument, value, layer.options)
    const output = tried(kind, shape, tryArgs)?.output
    return output ? [{ value: each, output }] : []
  })
  const ordered = name === 'outputPadding' ? [...found].sort((a, b) => doubled(layer, b.output) - doubled(layer, a.output)) : found
  return ordered.slice(0, mostValues).map(
    ({ value, output }): Completion => ({
      label: typeof value === 'string' ? inOwnQuotes(source, `'${value}'`) : `${value}`,
      detail: shownShape(output),
      kind: 'value',
      replaced,
    }),
  )
}

/** A list with a value for one element, or for one end of an axis in it. Those that are not written yet get the same. */
const listWith = (source: Source, [element, inner]: readonly Element[], value: unknown, rank: number): unknown => {
  if (!element) return value
  const { index, parts } = element
  const own = inner ? listWith(source, [inner], value, 2) : value
  return Array.from({ length: Math.max(parts.length, rank, index + 1) }, (_, at) => {
    const part = parts[at]
    return at === index ? own : !part || part.last < part.first ? value : valueAt(source, part)
  })
}

const withValue = (given: readonly unknown[], argument: number, value: unknown, options: Readonly<Record<string, unknown>>): unknown[] => {
  const args = [...given]
  args[argument] = value
  return Object.keys(options).length > 0 ? [...args, options] : args
}

/** 1 where a layer enlarges its map by its stride exactly. */
const doubled = ({ shape, options }: Layer, output: readonly number[]): number =>
  typeof options['stride'] === 'number' && output[0] === (shape[0] as number) * options['stride'] ? 1 : 0

/** The options that are given, without the one that is being written; unknown where another is not known. */
const optionsOf = (source: Source, { call, name, argument }: CompletionPlace & { kind: 'value' }, at: number, known: unknown): unknown => {
  const part = call.args[at]
  if (!part || (argument !== undefined && argument >= at)) return {}
  if (!isObject(source, part)) return known ?? {}
  const members = spreadMembers(source, part).filter((member) => member.name !== name)
  const values = members.map(
    (member) => [member.name, member.value && member.name !== computedName ? valueAt(source, member.value) : unknownValue] as const,
  )
  const fromTypes = typeof known === 'object' && known !== null ? (known as Record<string, unknown>) : {}
  const all = values.map(([key, value]) => [key, value === unknownValue && key in fromTypes ? fromTypes[key] : value] as const)
  return all.some(([, value]) => value === unknownValue) ? unknownValue : Object.fromEntries(all)
}

/** Objects that are spread into others are followed so far. */
const mostSpread = 8

/** The members of an object, also of those that are spread into it: written there, or the values of constants. */
const spreadMembers = (source: Source, object: Part, depth = 0): readonly Member[] =>
  membersOf(source, object).flatMap((member) => {
    const { first, last } = member.part
    if (member.name !== '...' || depth >= mostSpread || first === last) return [member]
    const name = source.tokens[last]
    const given = { ...member.part, first: first + 1 }
    const written = isObject(source, given) ? given : undefined
    const spread = written ?? (first + 1 === last && name?.kind === 'name' ? bracketsOfConstant(source, name.text) : undefined)
    return spread && isObject(source, spread) ? spreadMembers(source, spread, depth + 1) : [member]
  })
