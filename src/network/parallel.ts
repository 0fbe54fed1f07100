import type { Add } from '../arithmetic/add.js'
import type { UnplacedFunction } from '../layers/kind/branch.js'
import type { Link, Scope } from '../layers/kind/layer.js'
import type { InputsOf, IsBlank, PropertyNamed } from '../layers/kind/named.js'
import { allKeptAt, withName, withTypeText } from '../layers/kind/scope.js'
import type { LessShared } from '../layers/kind/shared-in-types.js'
import { type otherLayer, withSharedTexts } from '../layers/kind/sharing.js'
import { type AnyLayer, copied, isPlain } from '../layers/kind/value.js'
import type { FirstName } from '../shape/first-name.js'
import { type Fill, fill, type OneOf, ShapeError } from '../shape/message.js'
import { type AnyInput, type AnyShape, type IsUnion, isOneShape, type Shape } from '../shape/shape.js'
import { described, isMade } from './described.js'
import { copyLayers, inputsLink, keptTextOf } from './link.js'
import { endOf, networkUpTo } from './linked-network.js'
import type { AnyNetwork, Network } from './network.js'
import type { AnyArgument, NoRecordFault, RecordOr } from './records.js'
import type { Described } from './refusals.js'
import { valuesLink } from './values.js'

/* Networks side by side, each with its own input. */

const noTowers = 'parallel: needs networks by their names, such as parallel({ image: imageTower, sensors: sensorTower }).'
const noName = "parallel: a tower cannot be called '{name}'. A name has no dot, and is not 'kept' or 'shared'."
const noNetwork = "parallel: '{name}' must be a network, not {given}."

/** Names with another meaning in a network's type, and names with a dot. */
type IsReserved<Name> = Name extends 'kept' | 'shared' | `${string}.${string}` ? true : IsBlank<Name>

/** A name as text: a name that is a whole number is one as a key. */
type TextOf<Name> = `${Name & (string | number)}`

/**
 * The networks, with a message in place of anything that is not a network. The type parameter also appears by itself, since the compiler
 * infers nothing for `{}` from a mapped type alone.
 */
type CheckedTowers<Towers> = [Towers] extends [never]
  ? Towers
  : [Towers, AnyTowers, string] extends [AnyTowers, Towers, keyof Towers]
    ? AnyTowers | UnplacedFunction | readonly UnplacedFunction[]
    : RecordOr<Towers, typeof noTowers> extends typeof noTowers
      ? NoRecordFault<Towers, typeof noTowers>
      : string extends keyof Towers
        ? Towers extends Readonly<Record<string, AnyNetwork>>
          ? Towers
          : typeof noTowers
        : {
            [Name in keyof Towers]: IsReserved<TextOf<Name>> extends true
              ? Fill<typeof noName, { name: TextOf<Name> }>
              : Towers[Name] extends AnyNetwork
                ? TextOf<Name> extends FirstName<InConflict<Towers>>
                  ? Fill<typeof otherLayer, { name: FirstName<Conflicts<Towers>> }>
                  : Towers[Name]
                : NoTower<Towers[Name], Fill<typeof noNetwork, { name: TextOf<Name>; given: Described<Exclude<Towers[Name], AnyNetwork>> }>>
          }

/**
 * The message for a value that is not a network, at the end of a function's body. Before the compiler has looked into a function, it is
 * `unknown`, and functions tell it the type of `x` in `x => x.relu()`.
 */
type NoTower<Tower, Fault> = unknown extends Tower
  ? Fault | UnplacedFunction | readonly UnplacedFunction[]
  : Tower extends UnplacedFunction
    ? ReturnType<Tower> extends AnyLayer
      ? Fault
      : (x: Network<Shape, Shape, 0>) => Fault
    : Fault

/** Towers before the compiler knows any of them. */
type AnyTowers = Readonly<Record<string, AnyNetwork | UnplacedFunction | readonly UnplacedFunction[]>>

type SharedIn<Tower> = Tower extends { input: { shared: infer Shared } } ? Shared : {}

/** For each shared layer, the union of what the towers with it have shared. The compiler joins the members that have one key. */
type SharingTowers<Towers> = { [Tower in keyof Towers as keyof SharedIn<Towers[Tower]>]: SharedIn<Towers[Tower]> }

/** The names that stand for another layer in another tower. */
type Conflicts<Towers> =
  SharingTowers<Towers> extends infer All
    ? { [Name in keyof All]: true extends IsUnion<MarkOf<All[Name], Name>> ? Name : never }[keyof All]
    : never

/** What tells two shared layers apart, as text. */
type MarkOf<Shared, Name> = Shared extends {
  [Own in Name & string]: { layer: infer Digest extends number; params: infer Params extends number }
}
  ? `${Digest} ${Params}`
  : never

/** The towers with the first of these layers. The message is shown at one of them. */
type InConflict<Towers> = [Conflicts<Towers>] extends [never]
  ? never
  : { [Name in keyof Towers]: FirstName<Conflicts<Towers>> extends keyof SharedIn<Towers[Name]> ? TextOf<Name> : never }[keyof Towers]

/** The names of a tower's values: the tower's name for a single value, with a dot and the value's name for several. */
type NamesUnder<Name, Values> = Values extends Shape ? TextOf<Name> : `${TextOf<Name>}.${TextOf<keyof Values>}`

type InputNames<Towers> = { [Name in keyof Towers]: NamesUnder<Name, InputsAt<Towers[Name]>> }[keyof Towers]
type OutputNames<Towers> = { [Name in keyof Towers]: NamesUnder<Name, OutputAt<Towers[Name]>> }[keyof Towers]

/**
 * The names of the towers' kept values, and those of towers with several outputs, which no value has. Without them here they would be the
 * names of the inputs.
 */
type KeptNames<Towers> = {
  [Name in keyof Towers]:
    | `${TextOf<Name>}.${TextOf<keyof KeptAt<Towers[Name]>>}`
    | (OutputAt<Towers[Name]> extends Shape ? never : InputsAt<Towers[Name]> extends Shape ? TextOf<Name> : never)
}[keyof Towers]

type InputsAt<Tower> = 0 extends 1 & Tower ? Shape : Tower extends { input: infer Input } ? InputsOf<Input> : Shape
type OutputAt<Tower> = 0 extends 1 & Tower ? Shape : Tower extends { output: infer Output } ? Output : Shape
type KeptAt<Tower> = Tower extends { input: { kept: infer Kept } } ? Kept : {}

/** The shape of the value with this name: a tower's only value, or one of several. */
type ValueAt<Values, Key> =
  PropertyNamed<Values, Key> extends infer Value
    ? [Value] extends [never]
      ? Key extends `${infer Name}.${infer Own}`
        ? ShapeOf<PropertyNamed<PropertyNamed<Values, Name>, Own>>
        : Shape
      : ShapeOf<Value>
    : never

/** The shape of a kept value with the name of its tower before its own; `never` for the name of several values. */
type KeptValueAt<Values, Key> = Key extends `${infer Name}.${infer Own}` ? PropertyNamed<PropertyNamed<Values, Name>, Own> : never

type ShapeOf<Value> = [Value] extends [never] ? Shape : Value extends Shape ? Value : Shape

type AllInputs<Towers> = { [Name in keyof Towers]: InputsAt<Towers[Name]> }
type AllOutputs<Towers> = { [Name in keyof Towers]: OutputAt<Towers[Name]> }
type AllKept<Towers> = { [Name in keyof Towers]: KeptAt<Towers[Name]> }

/** The shared layers of all towers; `unknown` if there are none. */
type AllShared<Towers> =
  SharingTowers<Towers> extends infer All
    ? [keyof All] extends [never]
      ? unknown
      : { shared: { -readonly [Name in keyof All]: OneOf<EntryOf<All[Name], Name>> } }
    : unknown

type EntryOf<Shared, Name> = Shared extends { [Own in Name & string]: infer Entry } ? Entry : never

/** The parameters of all towers; a shared layer counts once. */
type TotalParams<Towers, Names = keyof Towers, Total extends number = 0, Known = never> = [Names] extends [never]
  ? Total
  : SomeOf<Names> extends infer Some extends readonly unknown[]
    ? ParamsOfSome<Towers, Some, Total, Known> extends [infer Sum extends number, infer KnownNow]
      ? TotalParams<Towers, Exclude<Names, Some[number]>, Sum, KnownNow>
      : number
    : never

/** A sum of parameters with some more towers, and the names of the shared layers in it. A name may stand in the list more than once. */
type ParamsOfSome<Towers, Names, Total extends number, Known, Done = never> = Names extends readonly [infer Name, ...infer Rest]
  ? Name extends Done
    ? ParamsOfSome<Towers, Rest, Total, Known, Done>
    : Name extends keyof Towers
      ? OwnParams<Towers[Name], Known> extends infer Own extends number
        ? Add<Total, Own> extends infer Sum extends number
          ? ParamsOfSome<Towers, Rest, Sum, Known | keyof SharedIn<Towers[Name]>, Done | Name>
          : never
        : never
      : ParamsOfSome<Towers, Rest, Total, Known, Done>
  : [Total, Known]

/** The parameters of a tower without those of known shared layers. */
type OwnParams<Tower, Known> = Tower extends { params: infer Params extends number }
  ? LessShared<Params, SharedIn<Tower>, keyof SharedIn<Tower> & Known>
  : number

/**
 * Some members of a union. It takes eight at a time, since each time costs as much as the union is long; of fewer, some stand in the
 * list more than once.
 */
type SomeOf<Names> = (Names extends unknown ? (name: () => Names) => void : never) extends (names: infer All) => void
  ? All extends {
      (): infer A
      (): infer B
      (): infer C
      (): infer D
      (): infer E
      (): infer F
      (): infer G
      (): infer H
    }
    ? [A, B, C, D, E, F, G, H]
    : never
  : never

/** Several networks as one. Each part is bound before it is passed on, or the compiler would resolve it wherever it reads the declarations. */
type Parallel<Towers> = [
  // Written out, since a hover would show the name of a type.
  { [Name in InputNames<Towers>]: ValueAt<AllInputs<Towers>, Name> } & {
    kept: {
      [Name in OutputNames<Towers> | KeptNames<Towers>]: Name extends OutputNames<Towers>
        ? ValueAt<AllOutputs<Towers>, Name>
        : KeptValueAt<AllKept<Towers>, Name>
    }
  } & AllShared<Towers>,
  { [Name in OutputNames<Towers>]: ValueAt<AllOutputs<Towers>, Name> },
  TotalParams<Towers>,
] extends [infer Input extends AnyInput, infer Output extends AnyShape, infer Params extends number]
  ? Network<Input, Output, Params>
  : never

/**
 * Puts networks side by side, each with its own input: two towers, or an image and its metadata.
 *
 * Each network is copied and has its own weights; `shared` layers stay shared. A tower's name stands for its output, its kept values
 * become `'image.c3'`, and the inputs have the towers' names. There is no current value: join the towers by name.
 *
 * @param towers the networks by name
 * @throws {ShapeError} when a value is not a network, or two networks use the same shared name for different layers
 * @example
 * const image = input(28, 28, 1).flatten().dense(16)
 * const label = input(10).dense(16)
 * parallel({ image, label }).concat('image', 'label').dense(1)
 * // Network<{ image: [28, 28, 1]; label: [10] } & { kept: { image: [16]; label: [16] } }, [1], 12769>
 */
export function parallel<const Towers extends AnyArgument = AnyTowers>(
  towers: CheckedTowers<Towers>,
): RecordOr<Towers, AnyTowers> extends infer Known ? Parallel<Known> : never
export function parallel(given: unknown, ...more: unknown[]): unknown {
  const towers = copied(given, 'parallel')
  if (!isPlain(towers) || Object.keys(towers).length === 0 || more.length > 0) throw new ShapeError(noTowers, 'parallel', 'towers')
  const entries = Object.entries(towers).map(([name, tower]): [string, AnyNetwork] => [name, requireTower(name, tower)])
  const shapes = entries.flatMap(([name, { input }]) => namedShapes(name, input))
  const start = inputsLink(Object.fromEntries(shapes))
  let scope = start.scope
  const values = new Map<string, Link>()
  // Each tower as a whole: what leads to none of its outputs is a part of it too.
  const ends: Link[] = []
  for (const [name, tower] of entries) {
    const { input, graph } = tower
    const inputs = graph.inputs.map((own): [string, Link] => [own, start.values?.get(isOneShape(input) ? name : `${name}.${own}`) as Link])
    const end = copyLayers(graph, new Map(inputs), { ...start, scope }, `${name}.`, endOf(tower))
    scope = end.scope
    ends.push(end)
    if (end.values) for (const [own, value] of end.values) values.set(own, value)
    else values.set(name, end)
    if (end.values && isOneShape(input)) scope = withName(scope, name, end)
    for (const [own, value] of allKeptAt(endOf(tower) ?? start)) if (value.values) scope = withName(scope, `${name}.${own}`, value)
  }
  for (const [name, value] of values) scope = withName(scope, name, value)
  const end = valuesLink(values)
  const all = allKeptAt({ ...end, scope: scope as Scope })
  const kept = [...values, ...[...all].filter(([name, value]) => start.values?.get(name) !== value)]
  scope = withTypeText({ ...scope, typeTexts: start.scope?.typeTexts }, () => keptTextOf(kept))
  return networkUpTo(start, { ...end, after: [start, ...ends], scope: withSharedTexts(scope, undefined, true) })
}

const requireTower = (name: string, tower: unknown): AnyNetwork => {
  if (/^(?:kept|shared|\s*)$|\./.test(name)) throw new ShapeError(fill(noName, { name }), 'parallel', 'towers')
  if (!isMade(tower)) throw new ShapeError(fill(noNetwork, { name, given: described(tower) }), 'parallel', 'towers')
  return tower
}

const namedShapes = (name: string, input: AnyInput): [string, Shape][] =>
  isOneShape(input) ? [[name, input]] : Object.entries(input).map(([own, shape]) => [`${name}.${own}`, shape as Shape])
