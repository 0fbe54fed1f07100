import { argumentNames } from '../../network/arguments.js'
import { kindOfCall } from '../layers/rule.js'
import { type Call, partBetween } from '../source/calls.js'
import { optionsAt } from '../source/edits.js'
import { callInside, callOfPart, type Source, type Span } from '../source/source.js'
import { isObject } from '../source/values.js'
import type { Question } from '../types/answer.js'
import { type Element, elementsAround } from './elements.js'
import { isOpenString } from './mended.js'

/*
 * What is written at a place: the value of an option, an argument, a name, or a method.
 */

/** A place where something is completed. */
export type CompletionPlace =
  /** The value of an option or of an argument: `stride: |`, `conv2d(8, |)`, `padding: '|'`. */
  | {
      readonly kind: 'value'
      readonly call: Call
      readonly name: string
      readonly argument?: number
      /** Where it stands in a list, and in the list around that. */
      readonly elements: readonly Element[]
      readonly isInQuotes: boolean
      readonly replaced: Span
    }
  /** The name of a value: `add('|')`, `add(|)`. */
  | { readonly kind: 'kept'; readonly call: Call; readonly isInQuotes: boolean; readonly replaced: Span }
  /** A method behind a dot: `net.|`. */
  | {
      readonly kind: 'method'
      readonly receiver: Question
      readonly replaced: Span
    }

/** The calls that take names of values, and how many of their arguments do. */
const takesNames: Readonly<Record<string, number>> = {
  ...{ add: 99, subtract: 2, average: 99, maximum: 99, minimum: 99, concat: 99, multiply: 2, matmul: 2, outputs: 99 },
  ...{ residual: 2, from: 1, branch: 1 },
}

/** What is completed at a position; undefined where nothing of this package is. */
export const completionPlace = (source: Source, position: number): CompletionPlace | undefined => {
  const { tokens, calls } = source
  const at = tokens.findIndex(({ start, end }) => start < position && position <= end)
  const under = tokens[at]
  const isString = under?.kind === 'string' && position > under.start && (position < under.end || isOpenString(under))
  const isWord = under !== undefined && (under.kind === 'number' || under.kind === 'name')
  if (!isString && !isWord && isInText(source, position)) return undefined
  const last = isString || isWord ? at - 1 : lastBefore(source, position)
  const before = tokens[last]
  if (!before) return undefined
  const replaced = isString || isWord ? { start: under.start, end: under.end } : { start: position, end: position }
  if (before.text === '.' || before.text === '?.') return methodPlace(source, last, replaced)
  const call = callInside(source, position)
  if (!call || position < call.open) return undefined
  const inside = calls.length > 0 ? argumentPlace(source, call, position, last) : undefined
  if (!inside) return undefined
  const inner = isString ? { start: under.start + 1, end: Math.max(position, under.end - 1) } : replaced
  if (inside.name === undefined || inside.name === 'keys') {
    const isName = inside.name === 'keys' || (takesNames[kindOfCall(source, call)] ?? 0) > inside.at
    return isName && inside.elements.length === 0 ? { kind: 'kept', call, isInQuotes: isString, replaced: inner } : undefined
  }
  const { name, elements, isOption } = inside
  return { kind: 'value', call, replaced: inner, name, elements, isInQuotes: isString, ...(isOption ? {} : { argument: inside.at }) }
}

/** The index of the last token that ends at a position or before it; -1 where there is none. */
const lastBefore = ({ tokens }: Source, position: number): number => {
  const next = tokens.findIndex(({ end }) => end > position)
  return (next < 0 ? tokens.length : next) - 1
}

/** Whether a position stands in a comment, in a template or in a regular expression: a text that the user writes. */
const isInText = (source: Source, position: number): boolean => {
  const { text, tokens } = source
  const last = lastBefore(source, position)
  const next = tokens[last + 1]
  if (next && next.start < position) return next.kind === 'template' || next.kind === 'regex'
  for (let at = tokens[last]?.end ?? 0; at < position; at += 1) {
    const isBlock = text.startsWith('/*', at)
    if (!isBlock && !text.startsWith('//', at)) continue
    const end = isBlock ? text.indexOf('*/', at + 2) + 1 : text.indexOf('\n', at)
    if (end <= at || end >= position) return true
    at = end
  }
  return false
}

const methodPlace = (source: Source, dot: number, replaced: Span): CompletionPlace | undefined => {
  const receiver = receiverAt(source, dot - 1)
  return receiver && { kind: 'method', receiver, replaced }
}

/** Parentheses inside each other, and `!`, are read so far. */
const deepest = 20

/** The name or the call that ends at a token, also with `!` behind it and in parentheses. */
const receiverAt = (source: Source, last: number, depth = 0): Question | undefined => {
  const { tokens, calls, pairs } = source
  const token = tokens[last]
  const call = calls.find((each) => each.end === token?.end && each.isClosed)
  if (call) return { kind: 'call', position: call.nameStart, end: call.end }
  if (token?.kind === 'name') return { kind: 'name', position: token.start, end: token.end }
  if (depth > deepest) return undefined
  if (token?.text === '!') return receiverAt(source, last - 1, depth + 1)
  const open = token?.text === ')' ? pairs.get(last) : undefined
  if (open === undefined) return undefined
  const inside = partBetween(tokens, open, last)
  const isOne = inside.first === inside.last || pairs.get(inside.first) === inside.last || callOfPart(source, inside) !== undefined
  return isOne ? receiverAt(source, inside.last, depth + 1) : undefined
}

/** What stands at a position in the parentheses of a call. */
interface ArgumentPlace {
  /** The name of the option or argument; none where the argument has none. */
  readonly name?: string
  /** The index of the argument. */
  readonly at: number
  readonly isOption: boolean
  readonly elements: readonly Element[]
}

/** The name of the option or argument at a position; no name where the argument has none. */
const argumentPlace = (source: Source, call: Call, position: number, behind: number): ArgumentPlace | undefined => {
  const { tokens, pairs } = source
  const { before: last, elements } = elementsAround(source, behind)
  const kind = kindOfCall(source, call)
  const at = optionsAt(kind)
  const before = tokens[last] as { text: string; start: number }
  // In the options: behind a colon whose name stands directly in them.
  const options = at === undefined ? undefined : call.args[at]
  if (before.text === ':' && at !== undefined && options && tokens[options.first]?.text === '{' && isInside(options, position)) {
    const name = tokens[last - 1]
    const opening = tokens[options.first] as { start: number }
    const isOwn = [...pairs].every(([open, close]) => open >= close || open <= options.first || !(open < last && last < close))
    const isName = name?.kind === 'name' || name?.kind === 'string'
    const text = name?.kind === 'string' ? name.text.slice(1, -1) : name?.text
    return isName && text !== undefined && name.start > opening.start && isOwn ? { name: text, at, isOption: true, elements } : undefined
  }
  const isFirst = before.text === '(' && (tokens[last] as { end: number }).end === call.open
  if (!isFirst && before.text !== ',') return undefined
  // A comma of the call's own, and not one in a list or an object.
  const open = tokens.findIndex(({ end }) => end === call.open)
  let index = 0
  for (let each = open + 1; each <= last; each += 1) {
    const close = pairs.get(each)
    if (close !== undefined && close > each) {
      if (close >= last) return undefined
      each = close
    } else if (tokens[each]?.text === ',') index += 1
  }
  const names = Object.hasOwn(argumentNames, kind) ? argumentNames[kind as keyof typeof argumentNames] : undefined
  const name = names?.[index]
  const isNone = name === undefined || isObject(source, call.args[index] ?? { first: -1, last: -1, start: 0, end: 0 })
  return { ...(isNone ? {} : { name }), at: index, isOption: false, elements }
}

const isInside = ({ start, end }: Span, position: number): boolean => start < position && position <= end
