import type { LinkKind } from '../kind/layer.js'
import type { IsBlank, IsOneName, NoNameText, PlainName, TakenNameText } from '../kind/named.js'
import { passThrough, requireNewName, withKeptValue } from '../kind/scope.js'
import { layerOf } from '../kind/value.js'

/* Parts of the features, each under a name: what `chunk` and `split` share. */

/** The first name that is empty, taken or repeated. */
export type WrongName<Operation extends string, Names, Taken, Passed extends unknown[] = []> = Names extends readonly [
  infer First,
  ...infer Rest,
]
  ? IsOneName<First> extends false
    ? WrongName<Operation, Rest, Taken, [...Passed, First]>
    : IsBlank<First> extends true
      ? { names: NoNameText<Operation>; at: `${Passed['length']}` }
      : First extends Taken
        ? { names: TakenNameText<Operation, First>; at: `${Passed['length']}` }
        : WrongName<Operation, Rest, Taken | PlainName<First>, [...Passed, First]>
  : never

/** A scope with one more part under a name, if the name is known. */
export type WithPart<Scope, Name, Part> = IsOneName<Name> extends true ? Scope & { kept: { [Key in PlainName<Name>]: Part } } : Scope

type Before = Parameters<LinkKind<unknown[]>['extend']>[0]
type Follow = Parameters<LinkKind<unknown[]>['extend']>[1]

/** A slice of the features for each size, kept under a name. The value itself goes on. */
export const keepParts = (
  operation: string,
  before: Before,
  follow: Follow,
  sizes: readonly number[],
  names: readonly unknown[],
): Before => {
  const axis = before.applied.output.length - 1
  let start = 0
  return names.reduce<Before>((link, name, index) => {
    const end = start + (sizes[index] as number)
    const part = follow(before, layerOf('slice', [axis, start, end]))
    start = end
    return passThrough(link, withKeptValue(link.scope, requireNewName(operation, link, name), part), [link, part])
  }, before)
}
