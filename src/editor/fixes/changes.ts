import type { Call } from '../source/calls.js'
import { type Edit, optionsAt, withArgument, withImports, withMethodBefore, withOption, withoutArgument } from '../source/edits.js'
import { isMethod, isOfKind, type Source, type Span, textOf } from '../source/source.js'
import { isObject, membersOf, valueAt } from '../source/values.js'
import { withLayersBehind, withPadding, withShortcut, wrapped } from './branches.js'
import { nearestName } from './nearest-name.js'
import type { Diagnostic } from './sentence.js'
import type { Suggestion } from './suggestion.js'

/*
 * A suggestion as a change to the text.
 */

/** A change with its title. */
export interface Change {
  readonly title: string
  readonly kind: string
  readonly allTitle: string
  readonly edits: readonly Edit[]
}

/** Where a suggestion is made. */
export interface Place {
  readonly source: Source
  readonly diagnostic: Diagnostic
  /** The call that refused; undefined where it is not in this text. */
  readonly target: Call | undefined
  readonly operation: string
}

type MakerOf<Kind> = (place: Place & { readonly target: Call }, suggestion: Extract<Suggestion, { kind: Kind }>) => Change | undefined

/** The change for a suggestion; none where the text is written in a way that it cannot be made in. */
export const changeFor = (place: Place, suggestion: Suggestion): readonly Change[] => {
  if (suggestion.kind === 'call') return present(called(place, suggestion))
  const { target } = place
  if (!target) return []
  if (suggestion.kind === 'option') return options({ ...place, target }, suggestion)
  return present((makers[suggestion.kind] as MakerOf<string>)({ ...place, target }, suggestion as never))
}

const present = (change: Change | undefined): readonly Change[] => (change && change.edits.length > 0 ? [change] : [])

/** Names of arguments that are no options, by their places. */
const argumentAt = (name: string, operation: string): number | undefined => {
  if (name === 'kernel') return (optionsAt(operation) ?? 1) - 1
  if (name === 'groups') return operation === 'groupNorm' ? 0 : undefined
  return ['heads', 'axis', 'scale', 'start'].includes(name) ? 0 : undefined
}

const makers: { readonly [Kind in Exclude<Suggestion['kind'], 'call' | 'option'>]: MakerOf<Kind> } = {
  value: ({ source, target, operation }, { name, value }) => {
    const kind = /^'/.test(value) ? `${name}: ${value}` : name
    const at = argumentAt(name, operation)
    const words = { kind, allTitle: /^'/.test(value) ? `Add ${name}: ${value} to all that it makes fit` : `Fix all by their ${name}` }
    if (at !== undefined) {
      const edits = withArgument(source, target, at, value)
      return edits && { ...words, title: `Set ${name} to ${value}`, edits }
    }
    const change = withOption(source, target, name, value, optionsAt(operation))
    return change && { ...words, title: change.isNew ? `Add ${name}: ${value}` : `Set ${name} to ${value}`, edits: change.edits }
  },

  before: ({ source, target }, { layer }) => {
    const name = layer.slice(0, layer.indexOf('('))
    const words = { kind: name, allTitle: `Insert ${name}() wherever it is missing` }
    if (isMethod(source, target)) return { ...words, title: `Insert .${layer}`, edits: withMethodBefore(source, target, layer) }
    const inBlock = target.parent && isOfKind(source, target.parent, 'block') ? target.parent : undefined
    if (inBlock && !isMethod(source, inBlock)) {
      const { code, edits } = withImports(source, layer)
      return { ...words, title: `Insert ${layer}`, edits: [...edits, { start: target.start, end: target.start, text: `${code}, ` }] }
    }
    return { ...words, title: `Wrap in block(${layer}, ...)`, edits: wrapped(source, target, [layer], []) }
  },

  shortcut: ({ source, target }, { layer, isPadded }) => {
    const padding = isPadded ? withPadding(source, target.args[0]) : []
    const edits = withShortcut(source, target, layer)
    if (!edits || !padding) return undefined
    const title = isPadded ? `Add padding: 'same' in the body and a shortcut of ${layer}` : `Use a shortcut of ${layer}`
    return { title, kind: 'shortcut', allTitle: 'Add all shortcuts that are missing', edits: [...padding, ...edits] }
  },

  padded: ({ source, target }, { branches }) => {
    const edits = branches.map((branch) => withPadding(source, target.args[branch]))
    if (edits.some((each) => each === undefined)) return undefined
    const where =
      target.name === 'residual' ? 'the body' : `branch${branches.length > 1 ? 'es' : ''} ${branches.map((each) => each + 1).join(' and ')}`
    const title = `Add padding: 'same' in ${where}`
    return {
      title,
      kind: 'padding in branches',
      allTitle: "Add padding: 'same' in all branches that it makes fit",
      edits: edits.flatMap((each) => each ?? []),
    }
  },

  behind: ({ source, target }, { branch, layer }) => {
    const edits = withLayersBehind(source, target.args[branch], layer)
    const title = `Add ${layer} at the end of branch ${branch + 1}`
    return edits && { title, kind: 'end of branch', allTitle: 'Add the layers that make branches fit', edits }
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

  join: ({ source, target }) => {
    const [only] = target.args
    if (!only || target.args.length !== 1) return undefined
    const { code, edits } = withImports(source, 'identity()')
    return {
      title: `Join with ${code}`,
      kind: 'join',
      allTitle: 'Join all with identity()',
      edits: [...edits, { start: only.end, end: only.end, text: `, ${code}` }],
    }
  },

  return: ({ source, diagnostic, target }) => {
    const inside = target.args.find(({ start, end }) => start <= diagnostic.start && diagnostic.end <= end)
    const [, before, body] = /^([^{]*=> )\{\s*([^;{}]+?);?\s*\}$/s.exec(inside ? textOf(source, inside) : '') ?? []
    if (!inside || before === undefined || body === undefined) return undefined
    return {
      title: 'Return the network',
      kind: 'return',
      allTitle: 'Return all networks',
      edits: [{ start: inside.start, end: inside.end, text: before + body }],
    }
  },
}

/** The call of `input` at the beginning of a chain. */
const inputOf = (source: Source, call: Call): Call | undefined => {
  let begin: Call | undefined = call
  while (begin?.receiver) begin = begin.receiver
  return begin && isOfKind(source, begin, 'input') ? begin : undefined
}

const called = ({ source, diagnostic }: Place, { name, inside }: Extract<Suggestion, { kind: 'call' }>): Change | undefined => {
  const at = source.tokens.find(
    ({ start, end, text }) => diagnostic.start <= start && end <= diagnostic.end && text === (source.imports.names.get(name) ?? name),
  )
  if (!at || inside.includes('...')) return undefined
  return {
    title: `Call ${at.text}(${inside})`,
    kind: 'call',
    allTitle: 'Call all functions that make layers',
    edits: [{ start: at.end, end: at.end, text: `(${inside})` }],
  }
}

/** Another name for an unknown option, where one is near, and the option taken out. */
const options = (
  { source, target }: Place & { readonly target: Call },
  { wrong, names }: Extract<Suggestion, { kind: 'option' }>,
): readonly Change[] => {
  const given = target.args.find((part) => isObject(source, part))
  const members = given ? membersOf(source, given) : []
  const at = members.findIndex(({ name }) => name === wrong)
  const member = members[at]
  if (!given || !member) return []
  const meant = nearestName(
    wrong,
    names.filter((name) => !members.some((each) => each.name === name)),
  )
  const [next, before] = [members[at + 1], members[at - 1]]
  const [start, end] = next
    ? [member.part.start, next.part.start]
    : before
      ? [before.part.end, member.part.end]
      : [member.part.start, member.part.end]
  const isOnly = members.length === 1
  const without = isOnly ? emptied(target, target.args.indexOf(given)) : [{ start, end, text: '' }]
  return [
    ...(meant === undefined
      ? []
      : [
          {
            title: `Change to ${meant}`,
            kind: 'option name',
            allTitle: 'Fix all names of options',
            edits: [{ start: member.nameStart, end: member.nameEnd, text: member.value ? meant : `${meant}: ${member.name}` }],
          },
        ]),
    ...present(without && { title: `Remove ${wrong}`, kind: 'unknown option', allTitle: 'Remove all unknown options', edits: without }),
  ]
}

const emptied = (call: Call, at: number): readonly Edit[] | undefined => withoutArgument(call, at)
