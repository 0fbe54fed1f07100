import type { Shape } from '../../shape/shape.js'
import type { Link } from '../kind/layer.js'
import type { IsBlank, IsOneName, Keeping, NoNameText, PlainName, TakenNames, TakenNameText } from '../kind/named.js'
import { passThrough, requireNewName, withKeptValue } from '../kind/scope.js'
import { type AnyLayer, layerOf } from '../kind/value.js'

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

/**
 * A scope with each new name, after a mistake: what a later line says of a part is not a second mistake. The sizes of the parts are not
 * known.
 */
export type NamesAnyway<Scope, Names, Input> = Names extends readonly [infer First, ...infer Rest]
  ? NamesAnyway<First extends '' | TakenNames<Scope> ? Scope : Keeping<Scope, First, WithFeatures<Input, number>>, Rest, Input>
  : Scope

/** A shape with another number of features. */
export type WithFeatures<Input, Features> = Input extends readonly [...infer Lead, number] ? [...Lead, Features] : Shape

/** A slice of the features for each size, kept under a name. The value itself goes on. */
export const keepParts = (
  operation: string,
  before: Link,
  follow: (before: Link, layer: AnyLayer) => Link,
  sizes: readonly number[],
  names: readonly unknown[],
): Link => {
  const axis = before.applied.output.length - 1
  let start = 0
  return names.reduce<Link>((link, name, index) => {
    const end = start + (sizes[index] as number)
    const part = follow(before, layerOf('slice', [axis, start, end]))
    start = end
    return passThrough(link, withKeptValue(link.scope, requireNewName(operation, link, name), part), [link, part])
  }, before)
}
