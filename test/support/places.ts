import { Value } from './value.js'

/** The values in a call, and calls with one of them replaced. */

/** A place in a call: the way to a value, by indices and names. */
export type Place = readonly (string | number)[]

export const places = (value: unknown, so: Place = []): Place[] => {
  if (value instanceof Value) return value.args.flatMap((each, index) => places(each, [...so, index]))
  if (Array.isArray(value)) return value.flatMap((each, index) => places(each, [...so, index]))
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([name, each]) => places(each, [...so, name]))
  return typeof value === 'string' && so.length === 2 ? [] : [so]
}

export const at = (value: unknown, [next, ...rest]: Place): unknown => {
  if (next === undefined) return value
  return at(value instanceof Value ? value.args[next as number] : (value as never)[next], rest)
}

export const replaced = (value: unknown, [next, ...rest]: Place, by: unknown): unknown => {
  if (next === undefined) return by
  if (value instanceof Value) return new Value(value.kind, replaced(value.args, [next, ...rest], by) as unknown[])
  if (Array.isArray(value)) return value.map((each, index) => (index === next ? replaced(each, rest, by) : each))
  return Object.fromEntries(Object.entries(value as object).map(([name, each]) => [name, name === next ? replaced(each, rest, by) : each]))
}
