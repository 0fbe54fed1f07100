import type { Call } from '../../source/calls.js'
import { receiverOf } from '../../source/constants.js'
import { inOwnQuotes, optionsAt, withArgument, withOption, withoutArgument } from '../../source/edits.js'
import { callAround, isOfKind, type Source, type Span, textOf } from '../../source/source.js'
import type { Token } from '../../source/tokens.js'
import { isObject, membersOf, valueAt } from '../../source/values.js'
import { namesKnownAt } from '../known-names.js'
import { nearestNames } from '../nearest-name.js'
import { withReturn } from '../returned.js'
import type { Makers } from './change.js'

/** Changes to the arguments of a call. */

/** Names of arguments that are no options, by their places. */
const argumentAt = (name: string, operation: string): number | undefined => {
  if (name === 'kernel') return (optionsAt(operation) ?? 1) - 1
  if (name === 'groups') return operation === 'groupNorm' ? 0 : undefined
  return ['heads', 'axis', 'scale', 'start', 'amount'].includes(name) ? 0 : undefined
}

export const argumentMakers = {
  value: ({ source, target, operation }, { name, value }) => {
    const kind = /^'/.test(value) ? `${name}: ${value}` : name
    const at = argumentAt(name, operation)
    const words = { kind, allTitle: /^'/.test(value) ? `Add ${name}: ${value} to all that it makes fit` : `Fix all by their ${name}` }
    if (at !== undefined) {
      // A list may be right on its other axes.
      if (name === 'amount' && target.args[0] && typeof valueAt(source, target.args[0]) !== 'number') return undefined
      const edits = withArgument(source, target, at, value)
      return edits && { ...words, title: `Set ${name} to ${value}`, edits }
    }
    const change = withOption(source, target, name, value, optionsAt(operation))
    return change && { ...words, title: change.isNew ? `Add ${name}: ${value}` : `Set ${name} to ${value}`, edits: change.edits }
  },

  cut: ({ source, target }, { axis, most }) => {
    const [amount] = target.args
    if (!amount) return undefined
    const before = Math.ceil(most / 2)
    const pair = `[${before}, ${most - before}]`
    const given = valueAt(source, amount)
    const place = { 'axis 1': 0, 'axis 2': 1, 'axis 3': 2 }[axis] ?? ['height', 'width'].indexOf(axis)
    const list = Array.isArray(given)
      ? given.map((each, index) => (index === place ? pair : JSON.stringify(each).replaceAll(',', ', '))).join(', ')
      : undefined
    const text = list === undefined ? (most % 2 === 0 ? `${most / 2}` : `${Math.floor(most / 2)}`) : `[${list}]`
    return {
      title: `Cut at most ${most} cells of the ${axis}`,
      kind: 'crop',
      allTitle: 'Cut less wherever nothing is left',
      edits: [{ start: amount.start, end: amount.end, text }],
    }
  },

  size: ({ source, target }, { value }) => {
    const [options] = target.args
    const given = options && isObject(source, options) ? membersOf(source, options).find(({ name }) => name === 'input')?.value : undefined
    return (
      given && {
        title: `Set input to ${value}`,
        kind: 'input size',
        allTitle: 'Set all inputs to sizes that fit',
        edits: [{ start: given.start, end: given.end, text: value }],
      }
    )
  },

  input: ({ source, target }, { args }) => {
    const begin = inputOf(source, target)
    if (begin?.args.length !== 3) return undefined
    const [first, last] = [begin.args[0], begin.args[2]] as [Span, Span]
    return {
      title: `Swap to input(${args})`,
      kind: 'channels last',
      allTitle: 'Put the channels last in all inputs',
      edits: [{ start: first.start, end: last.end, text: args }],
    }
  },

  batch: ({ source, target }) => {
    const begin = inputOf(source, target)
    const edits = begin && begin.args.length > 1 && textOf(source, begin.args[0] as Span) === '1' ? withoutArgument(begin, 0) : undefined
    return edits && { title: 'Remove the batch size', kind: 'batch size', allTitle: 'Remove the batch size from all inputs', edits }
  },

  first: ({ target }) => {
    const edits = withoutArgument(target, 0)
    return (
      edits && { title: 'Remove the first argument', kind: 'input channels', allTitle: 'Remove the input channels from all calls', edits }
    )
  },

  options: ({ source, diagnostic, target }, { options }) => {
    const bare = target.args.find(({ start, end }) => start <= diagnostic.start && diagnostic.end <= end)
    if (!bare || target.args.indexOf(bare) < (optionsAt(target.name) ?? 1)) return undefined
    return {
      title: `Change to ${options}`,
      kind: 'options',
      allTitle: 'Write all options as objects',
      edits: [{ start: bare.start, end: bare.end, text: options.replace(/'\w+'/, (value) => inOwnQuotes(source, value)) }],
    }
  },

  list: ({ source, target }) => {
    const list = target.args.find(({ first }) => source.tokens[first]?.text === '[')
    if (!list || source.pairs.get(list.first) !== list.last) return undefined
    const inside = source.text
      .slice(list.start + 1, list.end - 1)
      .trim()
      .replace(/,$/, '')
    return {
      title: 'Write the numbers one by one',
      kind: 'list',
      allTitle: 'Write all numbers one by one',
      edits: [{ start: list.start, end: list.end, text: inside }],
    }
  },

  expect: ({ target }, { shape }) => {
    const [first, last] = [target.args[0], target.args.at(-1)]
    if (!first || !last || target.name !== 'expect') return undefined
    return {
      title: `Change to expect(${shape})`,
      kind: 'expect',
      allTitle: 'Change all expected shapes to those that are there',
      edits: [{ start: first.start, end: last.end, text: shape }],
    }
  },

  name: ({ source, diagnostic, target }, { wrong }) => {
    const isWrong = ({ kind, text }: Token): boolean => (kind === 'string' ? text.slice(1, -1) : text) === wrong
    const inside = ({ start, end }: Span): Token | undefined =>
      source.tokens.find((token) => isWrong(token) && start <= token.start && token.end <= end)
    const token = inside(diagnostic) ?? inside({ start: target.open, end: target.close })
    // An output has one name.
    const given = target.name === 'outputs' ? target.args.map((part) => valueAt(source, part)) : []
    // A layer value of a constant stands where that is applied.
    const places = [target, callAround(source, diagnostic.start)].filter((call) => call !== undefined)
    const known = new Set(places.flatMap((call) => namesKnownAt(source, call)))
    const [meant, other] = nearestNames(
      wrong,
      [...known].filter((name) => !given.includes(name)),
    )
    if (!token || meant === undefined || other !== undefined) return undefined
    const quote = token.kind === 'string' ? token.text[0] : /^[A-Za-z_$][\w$]*$/.test(meant) ? '' : "'"
    const name = `${quote}${meant}${quote}`
    const edits = [{ start: token.start, end: token.end, text: name }]
    return { title: `Change to ${name}`, kind: 'name of a value', allTitle: 'Fix all misspelt names of values', edits }
  },

  return: ({ source, diagnostic, target }) => {
    const inside = target.args.find(({ start, end }) => start <= diagnostic.start && diagnostic.end <= end)
    const edits = inside && withReturn(source, inside)
    return edits && { title: 'Return the network', kind: 'return', allTitle: 'Return all networks', edits }
  },
} satisfies Makers

/** The call of `input` at the beginning of a chain, which may be in another statement. */
const inputOf = (source: Source, call: Call): Call | undefined => {
  const seen = new Set<Call>()
  let begin = call
  for (let next: Call | undefined = call; next && !seen.has(next); next = receiverOf(source, next)) {
    seen.add(next)
    begin = next
  }
  return isOfKind(source, begin, 'input') ? begin : undefined
}
