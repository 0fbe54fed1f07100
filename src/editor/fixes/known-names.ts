import type { Call } from '../source/calls.js'
import { receiverOf } from '../source/constants.js'
import { isMethod, isOfKind, type Source } from '../source/source.js'
import { isObject, membersOf, valueAt } from '../source/values.js'

/*
 * The names of values that a chain has, as they are written in the text.
 */

/** The methods and layer values that name values in quotes. */
const naming = ['keep', 'chunk', 'split', 'branchOut']

/** Longer chains are not gone back. */
const longestChain = 600

/** The names that are known where a call stands: those of its chain, and of the chain in whose branch it stands. */
export const namesKnownAt = (source: Source, call: Call): readonly string[] => {
  const seen = new Set<Call>()
  const names = new Set<string>()
  for (let each: Call | undefined = call; each && !seen.has(each) && seen.size < longestChain; ) {
    seen.add(each)
    const before: Call | undefined = receiverOf(source, each)
    if (before) for (const name of namesIn(source, before)) names.add(name)
    each = before ?? methodAround(each, source)
  }
  return [...names]
}

const methodAround = (call: Call, source: Source): Call | undefined => {
  let around = call.parent
  while (around && !isMethod(source, around)) around = around.parent
  return around
}

/** The names that a call gives to values, itself or in its arguments. */
const namesIn = (source: Source, call: Call): readonly string[] => {
  if (isOfKind(source, call, 'input')) return ['input']
  const isOfTowers = isOfKind(source, call, 'parallel')
  if (!isOfTowers && !isOfKind(source, call, 'inputs')) return namesBetween(source, call.nameStart, call.end)
  const [first] = call.args
  const members = first && isObject(source, first) ? membersOf(source, first) : []
  return members.flatMap(({ name, value }) => [
    name,
    ...(isOfTowers && value ? namesBetween(source, value.start, value.end).map((inside) => `${name}.${inside}`) : []),
  ])
}

const namesBetween = (source: Source, start: number, end: number): readonly string[] =>
  source.calls
    .filter((each) => naming.some((kind) => isOfKind(source, each, kind)) && start <= each.nameStart && each.end <= end)
    .flatMap(({ args }) => args.map((part) => valueAt(source, part)).filter((value) => typeof value === 'string'))
