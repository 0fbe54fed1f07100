import { mostShown, type OverForty } from './long-list.js'
import { type Fill, fill, ShapeError } from './message.js'

/* Dimensions, axes and sizes are separate arguments. Users of other libraries may pass them in a list. */

const inList = '{operation}: takes {things} one by one, {operation}({list}), not in a list.'

/** The message for a list; `never` for anything else. `Before` is the text of the preceding arguments: `'2, '`. */
export type InListMessage<
  Operation extends string,
  Things extends string,
  Given,
  Before extends string = '',
> = Given extends readonly unknown[]
  ? Fill<typeof inList, { operation: Operation; things: Things; list: `${Before}${Given extends OverForty ? '...' : Joined<Given>}` }>
  : never

type Joined<Values> = Values extends readonly [infer First extends number, ...infer Rest]
  ? Rest extends readonly []
    ? `${First}`
    : `${First}, ${Joined<Rest>}`
  : '...'

/**
 * {@link InListMessage} at run time.
 *
 * @throws {ShapeError} for `argument`, if one of the values is a list
 */
export const refuseLists = (operation: string, things: string, values: readonly unknown[], argument: string, before = ''): void => {
  const list = values.find((value) => Array.isArray(value)) as readonly unknown[] | undefined
  if (!list) return
  const areNumbers = list.length > 0 && list.length <= mostShown && list.every((item) => typeof item === 'number')
  throw new ShapeError(fill(inList, { operation, things, list: before + (areNumbers ? list.join(', ') : '...') }), operation, argument)
}
