import { type ListText, listText } from '../../shape/list-text.js'
import { type Fill, fill, type OneOf, ShapeError } from '../../shape/message.js'
import { axisNames, type Rank, type Shape } from '../../shape/shape.js'
import { requireAllWhole, requireWhole, type WholeMessage } from '../../shape/whole.js'
import type { EachAxis, Natural, Positive } from '../../shape/windows.js'
import { type FirstFault, type NoAxes, requireAxes } from './rule.js'

/*
 * Layers that change each spatial axis separately and accept any number of axes: padding, cropping, resizing, adaptive pools. Their
 * argument is a number for all axes, or one value per axis.
 */

/** A number for every spatial axis, or one per axis. */
export type EachSpatial = Positive | EachAxis<Positive>[Rank] | readonly Positive[]

/** Cells at the ends of axes: a number for every end, or a number or `[before, after]` per axis. */
export type AtEnds = Natural | EachAxis<Natural | readonly [Natural, Natural]>[Rank] | readonly (Natural | readonly Natural[])[]

/** The output size of one axis. Each kind adds its own rule under its name. */
// biome-ignore lint/suspicious/noEmptyInterface: the kinds add their members.
// biome-ignore lint/correctness/noUnusedVariables: the kinds use them.
export interface SizeAlong<Size, Value> {}

const wrongCount = '{operation}: {name} takes one value for each spatial axis, {count} in all, not {given}.'
const numberOrPair = 'a number or [before, after]'
const wrongEntry = '{operation}: {name} takes {entry} for each axis, not {value}.'

/** The message for a list with the wrong number of values; `never` if it is right. */
type CountMessage<Operation extends string, Name extends string, Axes extends number, Value> = Value extends readonly unknown[]
  ? number extends Value['length']
    ? never
    : Value['length'] extends Axes
      ? never
      : Fill<typeof wrongCount, { operation: Operation; name: Name; count: `${Axes}`; given: `${Value['length']}` }>
  : never

/** The message for an entry that is not a `[before, after]` pair; `never` if there is none. */
type EntryMessage<Operation extends string, Name extends string, Value, Left> = Left extends readonly [infer First, ...infer Rest]
  ? First extends readonly unknown[]
    ? 2 extends First['length']
      ? EntryMessage<Operation, Name, Value, Rest>
      : Fill<typeof wrongEntry, { operation: Operation; name: Name; entry: typeof numberOrPair; value: ListText<Value> }>
    : EntryMessage<Operation, Name, Value, Rest>
  : never

/** The mistake in a value per axis: a wrong number of values, or a value that is not a whole number. */
export type PerAxisFault<Operation extends string, Name extends string, Spatial extends Shape, Value, Least extends 0 | 1> = FirstFault<
  [
    CountMessage<Operation, Name, Spatial['length'], Value>,
    EntryMessage<Operation, Name, Value, Value>,
    WholeMessage<Operation, Name, Value, Least>,
  ]
>

/**
 * The rule of a layer that changes each spatial axis separately: {@link SizeAlong} on every axis, with the same channels.
 *
 * After a mistake the sizes are unknown.
 */
export type PerAxisRule<
  Kind extends keyof SizeAlong<1, 1>,
  Name extends string,
  Input,
  Value,
  Least extends 0 | 1,
> = Input extends readonly [number]
  ? { [Blamed in Name]: NoAxes<Kind, Input> } & { output: Input; params: '0' }
  : Input extends readonly [...infer Spatial extends readonly number[], infer Last extends number]
    ? number extends Value
      ? { output: [...Unknown<Spatial>, Last]; params: '0' }
      : [PerAxisFault<Kind, Name, Spatial, Value, Least>] extends [never]
        ? { output: [...SizesAlong<Kind, Spatial, Value>, Last]; params: '0' }
        : { [Blamed in Name]: OneOf<PerAxisFault<Kind, Name, Spatial, Value, Least>> } & {
            output: [...Unknown<Spatial>, Last]
            params: '0'
          }
    : { output: Shape; params: '0' }

type SizesAlong<Kind extends keyof SizeAlong<1, 1>, Spatial extends Shape, Value> = {
  [Index in keyof Spatial]: SizeAlong<Spatial[Index], ValueAt<Value, Index>>[Kind]
}

export type Unknown<Spatial extends Shape> = { [Index in keyof Spatial]: number }

/** The value for an axis, by its index as a string; `number` if the list is unknown at compile time. */
export type ValueAt<Value, Index> = [Value] extends [never]
  ? number
  : Value extends readonly unknown[]
    ? Index extends keyof Value
      ? [Value[Index]] extends [never]
        ? number
        : Value[Index]
      : number
    : Value

/** The name of an axis, by its index as a string. */
export type AxisName<Spatial extends Shape, Index> = Spatial['length'] extends infer Count extends Rank
  ? (typeof axisNames)[Count] extends infer Names
    ? Index extends keyof Names
      ? Names[Index]
      : never
    : never
  : `axis ${Index & string}`

/** {@link AxisName} at run time. */
export const axisName = (spatial: Shape, index: number): string => axisNames[spatial.length as Rank]?.[index] ?? `axis ${index}`

/**
 * The value for each spatial axis of an input: {@link PerAxisRule} at run time.
 *
 * @throws {ShapeError} for a vector, a list with the wrong number of values, and a value that is not a whole number
 */
export const requirePerAxis = (operation: string, argument: string, input: Shape, value: unknown, least: 0 | 1): number[] =>
  requireEachAxis(operation, argument, input, value).map((item) => {
    requireWhole(operation, argument, item, least)
    return item as number
  })

/** {@link requirePerAxis} for the cells before and after each axis. */
export const requireAtEnds = (operation: string, name: string, input: Shape, value: unknown): (readonly [number, number])[] =>
  requireList(operation, name, input, value, numberOrPair).map((item) => {
    requireAllWhole(operation, name, item, 0)
    return Array.isArray(item) ? (item as never) : [item as number, item as number]
  })

/** {@link requirePerAxis} for values that need not be whole. */
export const requireEachAxis = (operation: string, argument: string, input: Shape, value: unknown): readonly unknown[] =>
  requireList(operation, argument, input, value, 'a number').map((item) => {
    const values = entryValues(operation, lastName(argument), 'a number', value)
    if (Array.isArray(item)) throw new ShapeError(fill(wrongEntry, values), operation, argument)
    return item
  })

/** The name of an argument, or of its property: `size` of `scale.size`. */
const lastName = (argument: string): string => argument.slice(argument.lastIndexOf('.') + 1)

const requireList = (operation: string, argument: string, input: Shape, value: unknown, expected: string): readonly unknown[] => {
  requireAxes(operation, input, argument)
  const name = lastName(argument)
  const count = input.length - 1
  if (!Array.isArray(value)) return Array(count).fill(value)
  if (value.length !== count) {
    const values = { operation, name, count: `${count}`, given: `${value.length}` }
    throw new ShapeError(fill(wrongCount, values), operation, argument)
  }
  if (value.some((item) => Array.isArray(item) && item.length !== 2)) {
    throw new ShapeError(fill(wrongEntry, entryValues(operation, name, expected, value)), operation, argument)
  }
  return value
}

const entryValues = (operation: string, name: string, expected: string, value: unknown): Record<string, string> => ({
  operation,
  name,
  entry: expected,
  value: listText(value),
})
