import { text, Wide } from '../support/call.js'
import { Value } from '../support/value.js'

/** Makes what was drawn smaller, as long as judges still differ on it in the same way. */

/** Kinds of which a layer may be left out. */
const lists = ['block', 'concat', 'add']

/** Numbers that are simpler. */
const simplerNumbers = (value: number): number[] =>
  Number.isInteger(value) && value > 0
    ? [...new Set([1, 2, 3, Math.floor(value / 2), value - 1])].filter((each) => each < value && each >= 0)
    : []

const without = <Member>(members: readonly Member[], at: number): Member[] => members.filter((_, index) => index !== at)

/** What something that was drawn can be without one part, or with a simpler one. */
export const simpler = (value: unknown): unknown[] => {
  if (typeof value === 'number') return simplerNumbers(value)
  if (value instanceof Wide) return [value.value, ...simplerNumbers(value.value).map((each) => new Wide(each))]
  if (value instanceof Value) {
    const inside = value.kind === 'on' ? [] : value.args.filter((each) => each instanceof Value)
    const shorter = lists.includes(value.kind) && value.args.length > 1 ? value.args.map((_, at) => without(value.args, at)) : []
    return [...inside, ...[...shorter, ...simplerLists(value.args)].map((args) => new Value(value.kind, args))]
  }
  if (Array.isArray(value)) return simplerLists(value)
  if (typeof value !== 'object' || value === null) return []
  const members = Object.entries(value)
  return members.flatMap(([name, each], at) => [
    Object.fromEntries(without(members, at)),
    ...simpler(each).map((other) => ({ ...value, [name]: other })),
  ])
}

/** A list with one of its members simpler. */
const simplerLists = (values: readonly unknown[]): unknown[][] =>
  values.flatMap((each, at) => simpler(each).map((other) => values.map((own, index) => (index === at ? other : own))))

/** How large something is: its parts, and then its numbers. */
const sizeOf = (value: unknown): number => {
  const source = text(value)
  const numbers = [...source.matchAll(/\d+/g)].reduce((sum, [digits]) => sum + Math.min(Number(digits), 1e6), 0)
  return source.length * 1e7 + numbers
}

const mostRounds = 25
const mostAtOnce = 80

/**
 * The smallest found that still differs; all that are simpler are judged together, round by round.
 *
 * @param drawn what differs
 * @param differs which of several differ in the same way
 */
export const minimized = async <Drawn>(
  drawn: Drawn,
  differs: (several: readonly Drawn[]) => Promise<readonly boolean[]>,
): Promise<Drawn> => {
  let smallest = drawn
  for (let round = 0; round < mostRounds; round += 1) {
    const others = simpler(smallest)
      .map((value) => ({ value: value as Drawn, size: sizeOf(value) }))
      .sort((one, other) => one.size - other.size)
      .slice(0, mostAtOnce)
      .map(({ value }) => value)
    const wrong = others.length > 0 ? await differs(others) : []
    const next = others[wrong.indexOf(true)]
    if (next === undefined) return smallest
    smallest = next
  }
  return smallest
}
