import { type ListText, listText } from './list-text.js'
import { eitherOf, type Fill, fill, ShapeError, shown } from './message.js'
import { type Rank, spatialAxesOfRank } from './shape.js'
import { requireAllWhole, requireWhole, type WholeMessage } from './whole.js'
import type { Hyperparameters } from './windows.js'

/*
 * Checks of a window's hyperparameters: whole numbers, one value per axis, and known words. In TypeScript the parameter's own type
 * rejects an unknown word before any rule runs.
 */

const wrongCount = '{operation}: {name} takes one value for each of {axes}, {count} in all, not {given}.'
const wrongWord = '{operation}: {name} must be {words}, not {value}.'
const beforeAndAfter = '[before, after] per axis'
const roundings = ["'exact'", "'floor'", "'ceil'"]

/** The message for a hyperparameter that is not a whole number, or a list with the wrong number of values; `never` if it is valid. */
export type EachMessage<Operation extends string, Name extends string, R extends Rank, Value, Least extends 0 | 1> = Value extends number
  ? WholeMessage<Operation, Name, Value, Least>
  : [CountMessage<Operation, Name, R, Value>] extends [never]
    ? WholeMessage<Operation, Name, Value, Least>
    : CountMessage<Operation, Name, R, Value>

type CountMessage<Operation extends string, Name extends string, R extends Rank, Value> = Value extends readonly unknown[]
  ? number extends Value['length']
    ? never
    : Value['length'] extends R
      ? never
      : Fill<
          typeof wrongCount,
          { operation: Operation; name: Name; axes: (typeof spatialAxesOfRank)[R]; count: `${R}`; given: ListText<Value> }
        >
  : never

/** {@link EachMessage} for a padding, which may be a pair on an axis. */
export type PaddingMessage<Operation extends string, R extends Rank, Value> = Value extends number | string
  ? WholeMessage<Operation, 'padding', Value, 0>
  : [CountMessage<Operation, 'padding', R, Value>] extends [never]
    ? [PairMessage<Operation, Value, Value>] extends [never]
      ? WholeMessage<Operation, 'padding', Value, 0>
      : PairMessage<Operation, Value, Value>
    : CountMessage<Operation, 'padding', R, Value>

type PairMessage<Operation extends string, Value, Left> = Left extends readonly [infer First, ...infer Rest]
  ? First extends readonly unknown[]
    ? 2 extends First['length']
      ? PairMessage<Operation, Value, Rest>
      : Fill<typeof wrongWord, { operation: Operation; name: 'padding'; words: typeof beforeAndAfter; value: ListText<Value> }>
    : PairMessage<Operation, Value, Rest>
  : never

/**
 * Checks a window's hyperparameters: whole numbers, one value per axis, and a known rounding.
 *
 * @throws {ShapeError} for the first invalid one, in the order kernel, stride, padding, dilation, rounding
 */
export const requireHyperparameters = (operation: string, rank: Rank, hyperparameters: Hyperparameters, rounding: string): void => {
  const { kernel, stride, padding, dilation } = hyperparameters
  requireEach(operation, rank, 'kernel', kernel, 1)
  requireEach(operation, rank, 'options.stride', stride, 1)
  requirePadding(operation, rank, padding)
  requireEach(operation, rank, 'options.dilation', dilation, 1)
  if (roundings.includes(`'${rounding}'`)) return
  const values = { operation, name: 'rounding', words: eitherOf(roundings), value: shown(rounding) }
  throw new ShapeError(fill(wrongWord, values), operation, 'options.rounding')
}

const requireEach = (operation: string, rank: Rank, argument: string, value: unknown, least: 0 | 1): void => {
  if (Array.isArray(value)) requireCount(operation, rank, argument, value)
  requireAllWhole(operation, argument, value, least)
}

const requireCount = (operation: string, rank: Rank, argument: string, value: readonly unknown[]): void => {
  if (value.length === rank) return
  const name = argument.replace('options.', '')
  const message = fill(wrongCount, { operation, name, axes: spatialAxesOfRank[rank], count: `${rank}`, given: listText(value) })
  throw new ShapeError(message, operation, argument)
}

const requirePadding = (operation: string, rank: Rank, padding: unknown): void => {
  if (padding === 'same' || padding === 'valid') return
  const argument = 'options.padding'
  if (typeof padding === 'string') {
    const words = "a number, one per axis, [before, after] per axis, 'same' or 'valid'"
    const message = fill(wrongWord, { operation, name: 'padding', words, value: shown(padding) })
    throw new ShapeError(message, operation, argument)
  }
  if (!Array.isArray(padding)) {
    requireWhole(operation, argument, padding, 0)
    return
  }
  requireCount(operation, rank, argument, padding)
  for (const sides of padding) {
    if (Array.isArray(sides) && sides.length !== 2) {
      const values = { operation, name: 'padding', words: beforeAndAfter, value: listText(padding) }
      throw new ShapeError(fill(wrongWord, values), operation, argument)
    }
  }
  for (const sides of padding) requireAllWhole(operation, argument, sides, 0)
}
