import type { AnyLayer } from '../../src/index.js'
import * as stridewise from '../../src/index.js'
import { kinds } from '../../src/network/kinds.js'

/** Layer values that are drawn first and made later, so that they can be written as source too. */

/** A layer value that is not made yet: a function's name and its arguments. */
export class Value {
  constructor(
    readonly kind: string,
    readonly args: readonly unknown[],
  ) {}
}

/** The functions that make layer values, by their kinds: each kind has one. */
export const makers: Readonly<Record<string, (...args: unknown[]) => AnyLayer>> = Object.fromEntries(
  [...kinds.keys()].map((kind) => [kind, (stridewise as Record<string, unknown>)[kind] as never]),
)

/** The line that every source needs in which layer values stand. */
export const makersImport = `import { ${Object.keys(makers).join(', ')} } from 'stridewise'`

/** Makes a value, and those in it. */
export const made = (value: unknown): unknown =>
  value instanceof Value ? (makers[value.kind] as (...args: unknown[]) => AnyLayer)(...value.args.map(made)) : value

/** The kinds that there are in a value, at any depth. */
export const kindsIn = (value: unknown): string[] => (value instanceof Value ? [value.kind, ...value.args.flatMap(kindsIn)] : [])
