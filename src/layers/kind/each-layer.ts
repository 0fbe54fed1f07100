import type { OneOf } from '../../shape/message.js'
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
        ? EachObject<Value, keyof Value>
        : Value

/** Each list that a list may be; one of unknown length stays. */
type EachList<Values, Left = Values, Passed extends unknown[] = []> = Left extends readonly [infer First, ...infer Rest]
  ? EachValue<First> extends infer Each
    ? Each extends unknown
      ? EachList<Values, Rest, [...Passed, Each]>
      : never
    : never
  : Left extends readonly []
    ? Passed
    : Values

/** Each object that options may be, name by name. */
type EachObject<Options, Names> = [Names] extends [never]
  ? Options
  : OneOf<Names> extends infer Name
    ? Name extends keyof Options
      ? EachValue<Options[Name]> extends infer Each
        ? Each extends unknown
          ? EachObject<{ [Key in keyof Options as Exclude<Key, Name>]: Options[Key] } & { [Key in Name]: Each }, Exclude<Names, Name>>
          : never
        : never
      : never
    : never
