import { mostShown, type OverForty } from './long-list.js'
import { shown } from './message.js'

/* A list as messages show it: `[2,2,2]`, and of a long one its length. */

/** A list of numbers, of which some may be lists; the text of a number, and `?` for anything else. */
export type ListText<Value> = Value extends readonly unknown[]
  ? Value extends OverForty
    ? `a list of ${Value['length'] & number}`
    : `[${ItemsText<Value>}]`
  : Value extends number
    ? `${Value}`
    : '?'

type ItemsText<Values> = Values extends readonly [infer First, ...infer Rest]
  ? Rest extends readonly []
    ? ListText<First>
    : `${ListText<First>},${ItemsText<Rest>}`
  : ''

/** {@link ListText} at run time; anything that no type lets through, such as a list that holds itself, as {@link shown} has it. */
export const listText = (value: unknown, depth = 2): string =>
  !depth || !Array.isArray(value)
    ? shown(value)
    : value.length > mostShown
      ? `a list of ${value.length}`
      : `[${value.map((item) => listText(item, depth - 1)).join(',')}]`
