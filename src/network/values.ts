import type { Link } from '../layers/kind/layer.js'
import type {
  IsBlank,
  IsOneName,
  IsPattern,
  ListedNames,
  NamesIn,
  NoNameText,
  NoValueText,
  PlainName,
  TakenNames,
  TakenNameText,
  UnknownNameText,
  UnknownOf,
  ValueNamed,
} from '../layers/kind/named.js'
import { passThrough, valueNamed } from '../layers/kind/scope.js'
import { type Fill, fill, type Mistake, type OneOf, ShapeError } from '../shape/message.js'
import type { AnyInput, AnyShape, IsUnion, Shape } from '../shape/shape.js'
import type { Network } from './network.js'

/* Kept values and named outputs, as methods of a network. */

/** A new name for a value, or the message that rejects it. */
export type NewName<Input, Output, Name> = 0 extends 1 & Name
  ? Name
  : Output extends readonly unknown[]
    ? UntakenName<Input, Name>
    : NoValueText<'keep'>

/** {@link NewName} where there is a value to name; completions show this type. */
type UntakenName<Input, Name> =
  IsBlank<Name> extends true
    ? NoNameText<'keep'>
    : Name extends TakenNames<Input>
      ? string extends Name
        ? Name
        : TakenNameText<'keep', Name>
      : Name

/**
 * The name of a value, or the message that rejects it. For an empty name, as in completions, the list of known names.
 *
 * `infer` keeps the compiler from looking up every known name before it has seen the argument.
 */
export type KnownName<Operation extends string, Input, Name> = string extends Name
  ? Name
  : ValueNamed<Input, Name> extends infer Value
    ? [Value] extends [never]
      ? Name extends ''
        ? ListedNames<Input>
        : IsPattern<Name> extends true
          ? Name
          : UnknownNameText<`${Operation}: `, Name, Input>
      : true extends IsUnion<Name>
        ? [UnknownOf<Input, Name>] extends [never]
          ? Name
          : OneOf<UnknownNameText<`${Operation}: `, UnknownOf<Input, Name>, Input>>
        : Name
    : never

/** The shape of the value with this name; {@link Shape} if it is unknown. */
export type ShapeNamed<Input, Name> = string extends Name
  ? Shape
  : [ValueNamed<Input, Name>] extends [never]
    ? Shape
    : ValueNamed<Input, Name> extends infer Value extends AnyShape
      ? Value
      : Shape

/** {@link ShapeNamed} for an output, which has a single shape. */
export type OneShapeNamed<Input, Name> = string extends Name
  ? Shape
  : [ValueNamed<Input, Name>] extends [never]
    ? Shape
    : ValueNamed<Input, Name> extends infer Value extends Shape
      ? Value
      : Shape

const noProperty = "outputs: a network's outputs are in network.output: write network.output.{name}."

/** The method `outputs` of a network. Users may expect the outputs as its properties; the message tells where they are. */
export interface OutputsMethod<Input extends AnyInput, Params extends number> {
  <const Names extends readonly [NamesIn<Input> | (string & {}), ...(NamesIn<Input> | (string & {}))[]]>(
    ...names: OutputNamesOrUseABlock<Input, Names>
  ): Network<Input, { [Name in OutputNames<Names>]: OneShapeNamed<Input, Name> }, Params>
  readonly [name: string]: Mistake<Fill<typeof noProperty, { name: 'p3' }>>
}

/** The names of the outputs, with a message in the place of each that is wrong. */
type OutputNamesOrUseABlock<Input, Names extends readonly unknown[]> = {
  [Index in keyof Names]: Index extends RepeatedIndex<Names>
    ? Fill<typeof repeatedName, { name: Names[Index] }>
    : KnownName<'outputs', Input, Names[Index]>
}

const noOutputNames = "outputs: needs the names of the values, such as outputs('p3', 'p4')."
const repeatedName = "outputs: '{name}' stands twice."

/** The index of a name that is repeated. Unknown names and unions of names may differ, so they do not count. */
type RepeatedIndex<Names, Before extends unknown[] = []> = Names extends readonly [infer First, ...infer Rest]
  ? [First] extends [Before[number]]
    ? `${Before['length']}`
    : RepeatedIndex<Rest, [...Before, IsOneName<First> extends true ? PlainName<First> : never]>
  : never

/** The names of the outputs; `string` for a union of names, since it may be any of them. */
type OutputNames<Names extends readonly string[]> = {
  [Index in keyof Names]: true extends IsUnion<Names[Index]> ? string : PlainName<Names[Index]>
}[number]

/**
 * The link that makes values the outputs of a network.
 *
 * @throws {ShapeError} when there are no names, no value has one of the names, or a name is repeated
 */
export const outputsLink = (before: Link, names: readonly unknown[]): Link => {
  if (names.length === 0) throw new ShapeError(noOutputNames, 'outputs', 'names')
  const values = new Map<string, Link>()
  for (const name of names) {
    const value = valueNamed('outputs: ', before, name, 'names')
    if (values.has(name as string)) throw new ShapeError(fill(repeatedName, { name: name as string }), 'outputs', 'names')
    values.set(name as string, value)
  }
  return valuesLink(values, before)
}

/** A link that stands for several values. */
export const valuesLink = (values: ReadonlyMap<string, Link>, before?: Link): Link => ({
  ...passThrough([...values.values()][0] as Link, before?.scope, before ? [before] : []),
  kind: 'values',
  inputs: [...values.values()],
  values,
})
