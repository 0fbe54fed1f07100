import type { Call, Part } from '../source/calls.js'
import { bracketsOfConstant } from '../source/constants.js'
import type { Source } from '../source/source.js'
import { computedName, isObject, type Member, membersOf, unknownValue, valueAt } from '../source/values.js'

/*
 * The options of a call in which another one is being written.
 */

/** Options that change no shape: a layer fits whatever they are. */
const withoutShapes: ReadonlySet<string> = new Set(['name', 'bias', 'epsilon', 'momentum', 'countIncludePad'])

/**
 * The options at an argument of a call, without the one that is being written.
 *
 * @param known the value that the compiler knows of them
 * @returns {@link unknownValue} where one that changes shapes is not known
 */
export const givenOptions = (source: Source, call: Call, at: number, written: string, known: unknown): unknown => {
  const part = call.args[at]
  if (!part) return {}
  if (!isObject(source, part)) return known ?? {}
  const members = spreadMembers(source, part).filter((member) => member.name !== written)
  const fromTypes = typeof known === 'object' && known !== null ? (known as Record<string, unknown>) : {}
  const values = members.map(({ name, value }): readonly [string, unknown] => {
    const own = value && name !== computedName ? valueAt(source, value) : unknownValue
    return [name, own === unknownValue && Object.hasOwn(fromTypes, name) ? fromTypes[name] : own]
  })
  const others = values.filter(([name, value]) => value !== unknownValue || !withoutShapes.has(name))
  return others.some(([, value]) => value === unknownValue) ? unknownValue : Object.fromEntries(others)
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
