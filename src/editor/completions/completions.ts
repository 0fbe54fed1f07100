import { standing, standOf } from '../layers/input-of.js'
import { argumentsOfCall, kindOfCall } from '../layers/rule.js'
import { unfitMethods } from '../layers/standing.js'
import type { Call } from '../source/calls.js'
import { inOwnQuotes, optionsAt } from '../source/edits.js'
import { isOfKind, type Source, type Span } from '../source/source.js'
import { unknownValue } from '../source/values.js'
import type { Answer, Question } from '../types/answer.js'
import { type KnownShape, networkIn, shownShape, wholeShape } from '../types/network-type.js'
import { kernelAt, mostValues } from './candidates.js'
import { fittingValues, outputWith, type Written } from './fitting.js'
import { givenOptions } from './given-options.js'
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
  /** Whether one of TypeScript's labels is left out: it says what an item does, or does not fit. */
  readonly isLeftOut: (label: string) => boolean
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
  // Places behind this one are others in a text that was mended.
  if (method && method.nameStart > position && source !== written) return undefined
  return method && { source, place, question: { kind: 'call', position: method.nameStart, end: method.end } }
}

/** Whether TypeScript offers a message as if it were a name: it is the type of an option that is not known. */
export const isMessage = (label: string): boolean => /^(['"]?)\w[\w, ]*: .* .*\.\1$/s.test(label)

/** A label without its quotation marks. */
export const plainLabel = (label: string): string => label.replace(/^(['"])(.*)\1$/, '$2')

/** Whether one of TypeScript's labels says what one of the package's does: in other quotation marks, or another number beside those that fit. */
const isOffered = (label: string, items: readonly Completion[]): boolean => {
  const isQuoted = (text: string): boolean => text !== plainLabel(text)
  return (
    items.some((item) => plainLabel(item.label) === plainLabel(label) && isQuoted(item.label) === isQuoted(label)) ||
    (/^\d+$/.test(label) && items.some((item) => /^\d/.test(item.label)))
  )
}

const offering = (items: readonly Completion[], isUnfit: (label: string) => boolean = () => false): Completions => ({
  items,
  unfit: new Set(),
  isLeftOut: (label) => isMessage(label) || isOffered(label, items) || isUnfit(label),
})

/** What is offered at a place. */
export const completionsAt = ({ source, place }: CompletionQuestion, answer: Answer | undefined): Completions => {
  if (place.kind === 'method') {
    const output = networkIn(answer?.type)?.output
    return output ? { ...offering([]), unfit: unfitMethods(output) } : offering([])
  }
  if (place.kind === 'value') return valuesAt(source, place, answer)
  const items = keptNames(source, place, answer).map(([name, shape]): Completion => {
    const label = place.isInQuotes ? name : inOwnQuotes(source, `'${name}'`)
    return { label, detail: shownShape(shape), kind: 'name', replaced: place.replaced }
  })
  return offering(items)
}

type ValuePlace = CompletionPlace & { readonly kind: 'value' }

const valuesAt = (source: Source, place: ValuePlace, answer: Answer | undefined): Completions => {
  const found = writtenAt(source, place, answer)
  const values = found && fittingValues(found.written)
  if (!found || !values) return offering([])
  const { written, shown } = found
  const { isInQuotes } = place
  const words = isInQuotes ? values.filter(({ value }) => typeof value === 'string') : values
  const items = words.slice(0, mostValues).map(({ value, output }): Completion => {
    const label = isInQuotes ? `${value}` : inOwnQuotes(source, labelOf(value))
    return { label, detail: shownShape(shown(output)), kind: 'value', replaced: place.replaced }
  })
  return offering(items, (label) => {
    const literal = isInQuotes ? label : literalOf(label)
    return literal !== undefined && !outputWith(written, literal)
  })
}

/** The value of a label that is a number or a word in quotes. */
const literalOf = (label: string): number | string | undefined =>
  /^\d+$/.test(label) ? Number(label) : label === plainLabel(label) ? undefined : plainLabel(label)

const labelOf = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map(labelOf).join(', ')}]` : typeof value === 'string' ? `'${value}'` : `${value}`

/** Whether a layer stands in the body of a residual connection whose shortcut changes nothing. */
const isInBody = (source: Source, call: Call): boolean => {
  let around = call.parent
  while (around && ['block', 'repeat', 'shared'].some((kind) => isOfKind(source, around as Call, kind))) around = around.parent
  return around !== undefined && isOfKind(source, around, 'residual') && around.args.length === 1
}

/** The layer at a place without the value that is written there; undefined where it is not known. */
const writtenAt = (
  source: Source,
  { call, name, argument, elements }: ValuePlace,
  answer: Answer | undefined,
): { readonly written: Written; readonly shown: (output: KnownShape) => KnownShape } | undefined => {
  const stand = standOf(source, call)
  const here = stand && standing(source, stand, answer)
  const shape = here && wholeShape(here.shape)
  const kind = kindOfCall(source, call)
  const at = optionsAt(kind)
  const channels = shape?.at(-1)
  if (!shape || channels === undefined || at === undefined) return undefined
  const args = argumentsOfCall(source, call, stand.method === call ? answer : undefined)
  const options = argument === undefined || argument < at ? givenOptions(source, call, at, name, args[at]) : {}
  if (options === unknownValue) return undefined
  // Without groups any number of filters fits.
  const isAnyFilters = kernelAt(kind) === 1 && args[0] === unknownValue && name !== 'groups' && !Object.hasOwn(options as object, 'groups')
  const given = args.slice(0, at).map((each, index) => (isAnyFilters && index === 0 ? channels : each))
  if (given.some((each, index) => each === unknownValue && index !== argument)) return undefined
  const layer = { kind, shape, args: given, options: options as Record<string, unknown> }
  return {
    written: { source, layer, name, argument, elements, isKept: isInBody(source, call) },
    shown: (output) => (isAnyFilters ? [...output.slice(0, -1), undefined] : output),
  }
}
