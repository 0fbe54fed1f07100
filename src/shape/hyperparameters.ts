import { eitherOf, fill, ShapeError, shown } from './message.js'
import type { Rank } from './shape.js'
import { axesOfRank } from './shape.js'
import { requireAllWhole, requireWhole } from './whole.js'
import type { Hyperparameters } from './windows.js'

/**
 * What only plain JavaScript can get wrong: the words of an option, and one value per axis when there are as many axes.
 *
 * In TypeScript the parameter's own type refuses these before any rule looks at them.
 */

const wrongCount = '{operation}: {name} takes one value for each of {axes}, {count} in all, not {given}.'
const wrongWord = '{operation}: {name} must be {words}, not {value}.'
const roundings = ["'exact'", "'floor'", "'ceil'"]

/**
 * Refuses a window's hyperparameters when one is no whole number, has the wrong count of values or is an unknown word.
 *
 * @throws {ShapeError} for the first, in the order kernel, stride, padding, dilation, rounding
 */
export const requireHyperparameters = (operation: string, rank: Rank, given: Hyperparameters, rounding: string): void => {
  const { kernel, stride, padding, dilation } = given
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
  const axes = axesOfRank[rank].replace(', channels', '')
  const name = argument.replace('options.', '')
  const message = fill(wrongCount, { operation, name, axes, count: `${rank}`, given: shown(value) })
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
  for (const each of padding) {
    if (Array.isArray(each) && each.length !== 2) {
      const values = { operation, name: 'padding', words: '[before, after] per axis', value: shown(padding) }
      throw new ShapeError(fill(wrongWord, values), operation, argument)
    }
    requireAllWhole(operation, argument, each, 0)
  }
}
