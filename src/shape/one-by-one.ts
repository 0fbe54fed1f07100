import { type Fill, fill, ShapeError } from './message.js'

/*
 * Numbers that are arguments of their own: dimensions, axes, sizes. Who comes from another library may write them in a list.
 */

const inList = '{operation}: takes {things} one by one, {operation}({list}), not in a list.'

/** The sentence for a list; `never` for anything else. `Before` are the arguments before it: `'2, '`. */
export type InListMessage<
  Operation extends string,
  Things extends string,
  Given,
  Before extends string = '',
> = Given extends readonly unknown[]
  ? Fill<typeof inList, { operation: Operation; things: Things; list: `${Before}${Joined<Given>}` }>
  : never

type Joined<Values> = Values extends readonly [infer First extends number, ...infer Rest]
  ? Rest extends readonly []
    ? `${First}`
    : `${First}, ${Joined<Rest>}`
  : '...'

/**
 * Refuses a list among arguments: {@link InListMessage} at run time.
 *
 * @throws {ShapeError} blaming `argument`
 */
export const refuseLists = (operation: string, things: string, values: readonly unknown[], argument: string, before = ''): void => {
  const list = values.find((each) => Array.isArray(each)) as readonly unknown[] | undefined
  if (!list) return
  const numbers = list.length > 0 && list.every((each) => typeof each === 'number')
  throw new ShapeError(fill(inList, { operation, things, list: before + (numbers ? list.join(', ') : '...') }), operation, argument)
}
