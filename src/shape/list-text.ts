import type { OverForty } from './long-list.js'
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

/** {@link ListText} at run time; anything that no type lets through as {@link shown} has it. */
export const listText = (value: unknown): string => (Array.isArray(value) ? textOf(value, itemText) : shown(value))

const itemText = (item: unknown): string => (Array.isArray(item) ? textOf(item, shown) : shown(item))

/** The longest list that is shown. In types it is {@link OverForty} that tells. */
const mostShown = 40

const textOf = (list: readonly unknown[], text: (item: unknown) => string): string =>
  list.length > mostShown ? `a list of ${list.length}` : `[${list.map(text).join(',')}]`
