import type { Link } from '../layers/kind/layer.js'
import type {
  IsBlank,
  IsOneName,
  IsPattern,
  ListedNames,
  NamesIn,
  NoNameText,
  NoValueText,
  TakenNames,
  TakenNameText,
  UnknownNameText,
  ValueNamed,
} from '../layers/kind/named.js'
import { passing, valueNamed } from '../layers/kind/scope.js'
import { type Fill, fill, type Mistake, ShapeError } from '../shape/message.js'
import type { AnyInput, AnyShape, IsUnion, Shape } from '../shape/shape.js'
import type { Network } from './network.js'

/*
 * Kept values and named outputs as methods of a network.
 */

/** A new name for a value, or the sentence that refuses it. */
export type NewName<Input, Output, Name> = 0 extends 1 & Name
  ? Name
  : Output extends Shape
    ? IsBlank<Name> extends true
      ? NoNameText<'keep'>
      : Name extends TakenNames<Input>
        ? string extends Name
          ? Name
          : TakenNameText<'keep', Name>
        : Name
    : NoValueText<'keep'>

/** The name of a value, or the sentence that refuses it; the names that there are for one that is empty, as completions ask. */
export type KnownName<Operation extends string, Input, Name> = 0 extends 1 & Name
  ? Name
  : string extends Name
    ? Name
    : [ValueNamed<Input, Name>] extends [never]
      ? Name extends ''
        ? ListedNames<Input>
        : IsPattern<Name> extends true
          ? Name
          : UnknownNameText<`${Operation}: `, Name>
      : Name

/** The shape of the value of that name; any where it is not known. */
export type ShapeNamed<Input, Name> = string extends Name
  ? Shape
  : [ValueNamed<Input, Name>] extends [never]
    ? Shape
    : ValueNamed<Input, Name> extends infer Value extends AnyShape
      ? Value
      : Shape

/** {@link ShapeNamed} of an output, which is one shape. */
export type OneShapeNamed<Input, Name> = string extends Name
  ? Shape
  : [ValueNamed<Input, Name>] extends [never]
    ? Shape
    : ValueNamed<Input, Name> extends infer Value extends Shape
      ? Value
      : Shape

const noProperty = "outputs: a network's outputs are in network.output: write network.output.{name}."

/** The method `outputs` of a network. Its properties are what people look for there: the sentence says where it is. */
export interface OutputsMethod<Input extends AnyInput, Params extends number> {
  <const Names extends readonly [NamesIn<Input> | (string & {}), ...(NamesIn<Input> | (string & {}))[]]>(
    ...names: {
      [Index in keyof Names]: Index extends SecondIn<Names>
        ? Fill<typeof twice, { name: Names[Index] }>
        : KnownName<'outputs', Input, Names[Index]>
    }
  ): Network<Input, { [Name in OutputNames<Names>]: OneShapeNamed<Input, Name> }, Params>
  readonly [name: string]: Mistake<Fill<typeof noProperty, { name: 'p3' }>>
}

const noNames = "outputs: needs the names of the values, such as outputs('p3', 'p4')."
const twice = "outputs: '{name}' stands twice."

/** The place of a name that stands a second time. Names that are not known, and several in place of one, may differ. */
type SecondIn<Names, Before extends unknown[] = []> = Names extends readonly [infer First, ...infer Rest]
  ? [First] extends [Before[number]]
    ? `${Before['length']}`
    : SecondIn<Rest, [...Before, IsOneName<First> extends true ? First : never]>
  : never

/** The names of outputs. Which of several in place of one it is, is not known. */
type OutputNames<Names extends readonly string[]> = {
  [Index in keyof Names]: true extends IsUnion<Names[Index]> ? string : Names[Index]
}[number]

/**
 * The link that makes values the outputs of a network.
 *
 * @throws {ShapeError} when there are none, nothing has one of the names, or one stands twice
 */
export const outputsLink = (before: Link, names: readonly unknown[]): Link => {
  if (names.length === 0) throw new ShapeError(noNames, 'outputs', 'names')
  const values = new Map<string, Link>()
  for (const name of names) {
    const value = valueNamed('outputs: ', before, name, 'names')
    if (values.has(name as string)) throw new ShapeError(fill(twice, { name: name as string }), 'outputs', 'names')
    values.set(name as string, value)
  }
  return valuesLink(values, before)
}

/** A link that stands for several values. */
export const valuesLink = (values: ReadonlyMap<string, Link>, before?: Link): Link => ({
  ...passing([...values.values()][0] as Link, before?.scope, before ? [before] : []),
  kind: 'values',
  inputs: [...values.values()],
  values,
})
