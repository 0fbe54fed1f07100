import { type Fill, fill, ShapeError } from '../../shape/message.js'
import type { Natural } from '../../shape/windows.js'
import { requireFinite } from './elementwise.js'

/*
 * Numbers that a layer has for its channels: one for all of them, or a list with one for each.
 */

/** A number for all channels, or one for each; written so that the length of a list and the numbers in it stay literals. */
export type EachChannel = Natural | readonly [] | readonly Natural[]

const wrongCount = '{operation}: {name} takes one number, or one for each of the {channels} channels, not a list of {given}.'

/** The sentence for a list that has not one number for each channel; `never` when it has, or when either is not known. */
export type EachChannelMessage<Operation extends string, Name extends string, Channels extends number, Value> = number extends Value
  ? never
  : ListMessage<Operation, Name, Channels, Value>

/** {@link EachChannelMessage} of what is no wide number: a value of a wrong type is one, and TypeScript says what is wrong with it. */
type ListMessage<Operation extends string, Name extends string, Channels extends number, Value> = Value extends readonly unknown[]
  ? number extends Value['length'] | Channels
    ? never
    : Channels extends Value['length']
      ? never
      : Fill<typeof wrongCount, { operation: Operation; name: Name; channels: `${Channels}`; given: `${Value['length']}` }>
  : never

/**
 * Refuses a list that has not one number for each channel: {@link EachChannelMessage} at run time. What is no finite number, which only
 * plain JavaScript can get wrong, is refused too.
 *
 * @throws {ShapeError} blaming the argument of that name
 */
export const requireEachChannel = (operation: string, name: string, channels: number, value: unknown): void => {
  if (Array.isArray(value) && value.length !== channels) {
    throw new ShapeError(fill(wrongCount, { operation, name, channels: `${channels}`, given: `${value.length}` }), operation, name)
  }
  for (const each of Array.isArray(value) ? value : [value]) requireFinite(operation, name, each)
}
