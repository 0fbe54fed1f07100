import type { Known, Literal, SixteenDigits, ToNumber } from '../arithmetic/natural.js'
import type { ListText } from './list-text.js'
import { type Fill, fill, ShapeError, type Shown, shown } from './message.js'

/** Hyperparameters are whole numbers: at least 1 for kernel, stride, dilation, groups, filters and units, at least 0 for padding. */

const notWhole = '{operation}: {name} must be a whole number of at least {least}, not {value}.'
const tooLarge = '{operation}: {name} must be at most 9007199254740991 (2^53 - 1), not {value}.'

/** How a number literal prints if it is not a whole number of at least 1: zero, signed, fractional, or with an exponent. */
export type NotPositive = '0' | NotNatural

/** How a number literal prints if it is not a whole number of at least 0. */
export type NotNatural = `-${string}` | `${string}.${string}` | `${string}e${string}`

/**
 * The message for a hyperparameter, or a list, with a value that is not a whole number; `never` if all are, or are unknown at compile
 * time.
 */
export type WholeMessage<Operation extends string, Name extends string, Value, Least extends 0 | 1> = number extends Value
  ? number extends Literal<Value>
    ? never
    : EachWholeMessage<Operation, Name, Literal<Value>, Least>
  : EachWholeMessage<Operation, Name, Value, Least>

type EachWholeMessage<Operation extends string, Name extends string, Value, Least extends 0 | 1> = Value extends readonly [
  infer First,
  ...infer Rest,
]
  ? [WholeMessage<Operation, Name, First, Least>] extends [never]
    ? EachWholeMessage<Operation, Name, Rest, Least>
    : WholeMessage<Operation, Name, First, Least>
  : Value extends number
    ? `${Value}` extends (Least extends 0 ? NotNatural : NotPositive)
      ? NotWhole<Operation, Name, Value, Least>
      : Known<Value> extends true
        ? never
        : NotWhole<Operation, Name, Value, Least>
    : never

type NotWhole<Operation extends string, Name extends string, Value extends number, Least extends 0 | 1> = Fill<
  IsTooLarge<`${Value}`> extends true ? typeof tooLarge : typeof notWhole,
  { operation: Operation; name: Name; least: `${Least}`; value: `${Value}` }
>

/** The message for a value that is not even a number. */
export type NoNumberText<Operation extends string, Name extends string, Value> = Fill<
  typeof notWhole,
  {
    operation: Operation
    name: Name
    least: '1'
    value: Value extends bigint ? `${Value}n` : Value extends readonly unknown[] ? ListText<Value> : Shown<Value>
  }
>

/** Whether a rejected number is whole but beyond 2^53 - 1. From 10^21 it prints with an exponent. */
type IsTooLarge<Text extends string> = Text extends '0' | 'Infinity' | 'NaN' | `-${string}` | `${string}e-${string}`
  ? false
  : Text extends `${string}e+${string}`
    ? true
    : Text extends `${string}.${string}`
      ? false
      : true

/** Whether a number may be a whole number of at least 1; for a union, whether all members may. A cheap check for valid calls. */
export type MayBePositive<Value extends number> = [NotPositiveIn<`${Value}`>] extends [never] ? true : false

/** The printed numbers that are not whole numbers of at least 1, or too large; `never` for those that are unknown. */
export type NotPositiveIn<Text> = Text extends NotPositive ? Text : Text extends SixteenDigits ? TooLargeIn<Text> : never

/** {@link NotPositiveIn} for whole numbers of at least 0. */
export type NotNaturalIn<Text> = Text extends NotNatural ? Text : Text extends SixteenDigits ? TooLargeIn<Text> : never

type TooLargeIn<Text> = number extends ToNumber<Text> ? Text : never

/** Whether a value is a whole number beyond 2^53 - 1, where numbers are no longer exact. */
export const isTooLarge = (value: unknown): boolean => Number.isInteger(value) && (value as number) > Number.MAX_SAFE_INTEGER

/**
 * Checks that a hyperparameter is a whole number of at least `least`.
 *
 * @throws {ShapeError} with the text of {@link WholeMessage} if it is not
 */
export const requireWhole = (operation: string, argument: string, value: unknown, least: 0 | 1): void => {
  if (Number.isSafeInteger(value) && (value as number) >= least) return
  const name = argument.replace(/^\w+\./, '')
  throw new ShapeError(
    fill(isTooLarge(value) ? tooLarge : notWhole, { operation, name, least: `${least}`, value: shown(value) }),
    operation,
    argument,
  )
}

/**
 * Checks that a hyperparameter, or every value of a list, is a whole number of at least `least`.
 *
 * @throws {ShapeError} with the text of {@link WholeMessage}, for the first value that is not
 */
export const requireAllWhole = (operation: string, argument: string, values: unknown, least: 0 | 1): void => {
  for (const value of Array.isArray(values) ? values : [values]) requireWhole(operation, argument, value, least)
}
