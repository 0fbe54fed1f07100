import type { OneOf } from '../../shape/message.js'
import type { IsUnion } from '../../shape/shape.js'
import type { AnyLayer, Layer } from './value.js'

/* A layer value with unions in its arguments as a union of layer values: what it may be, with each union in one of its members. */

/** Each layer value that a layer value may be. */
export type EachLayer<Value> =
  Value extends Layer<infer Kind, infer Given>
    ? EachList<Given> extends infer Each
      ? Each extends readonly unknown[]
        ? Layer<Kind, Each>
        : never
      : never
    : Value

/** Each value that an argument may be. */
type EachValue<Value> = Value extends AnyLayer
  ? EachLayer<Value>
  : Value extends readonly unknown[]
    ? EachList<Value>
    : Value extends (...args: never[]) => unknown
      ? Value
      : Value extends object
        ? EachObject<Value, Varied<Value>>
        : Value

/** Each list that a list may be; one of unknown length stays. An element without unions is passed on in a tail call, for long lists. */
type EachList<Values, Left = Values, Passed extends unknown[] = []> = Left extends readonly [infer First, ...infer Rest]
  ? EachValue<First> extends infer Each
    ? true extends IsUnion<Each>
      ? Each extends unknown
        ? EachList<Values, Rest, [...Passed, Each]>
        : never
      : EachList<Values, Rest, [...Passed, Each]>
    : never
  : Left extends readonly []
    ? Passed
    : Values

/** The options that may have more than one value. */
type Varied<Options> = {
  [Name in keyof Options]-?: true extends IsUnion<Options[Name]> ? Name : Options[Name] extends readonly unknown[] ? Name : never
}[keyof Options]

/** Each object that options may be, name by name. */
type EachObject<Options, Names, Chosen = Omit<Options, Names & PropertyKey>> = [Names] extends [never]
  ? Chosen
  : OneOf<Names> extends infer Name extends keyof Options
    ? EachValue<Options[Name]> extends infer Each
      ? Each extends unknown
        ? EachObject<Options, Exclude<Names, Name>, Chosen & Record<Name, Each>>
        : never
      : never
    : never

/** The unions in layers, lists and options, one after the other. */
export type UnionsIn<Value, Found extends unknown[] = []> =
  true extends IsUnion<Value>
    ? [...Found, Value]
    : Value extends AnyLayer
      ? Value extends { given: infer Given }
        ? UnionsInList<Given, Found>
        : Found
      : Value extends readonly unknown[]
        ? UnionsInList<Value, Found>
        : Value extends (...args: never[]) => unknown
          ? Found
          : Value extends object
            ? UnionsInOptions<Value, Varied<Value>, Found>
            : Found

type UnionsInList<Values, Found extends unknown[]> = Values extends readonly [infer First, ...infer Rest]
  ? UnionsIn<First, Found> extends infer All extends unknown[]
    ? UnionsInList<Rest, All>
    : never
  : Found

type UnionsInOptions<Options, Names, Found extends unknown[]> = [Names] extends [never]
  ? Found
  : OneOf<Names> extends infer Name extends keyof Options
    ? UnionsIn<Options[Name], Found> extends infer All extends unknown[]
      ? UnionsInOptions<Options, Exclude<Names, Name>, All>
      : never
    : never
