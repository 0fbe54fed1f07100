import type { AddToDecimal, TotalOf } from '../../arithmetic/add.js'

/**
 * A network's parameters after a layer that adds some.
 *
 * A layer's count is little-endian digits, or `'?'` when it is not known at compile time.
 *
 * The sum stands in a condition of its own so that the compiler does not look into it where a network is passed on: it would
 * work through the arithmetic for every count that there could be.
 */
export type AddCount<Params extends number, Added> = number extends Params
  ? number
  : Total<Params, Added> extends infer Sum extends number
    ? Sum
    : never

/**
 * {@link AddCount} of what a rule gives. To read `Rule['params']` in a method makes the compiler work out all that the rule may be.
 */
export type CountAfter<Params extends number, Rule> = number extends Params
  ? number
  : Rule extends { params: infer Added }
    ? Total<Params, Added> extends infer Sum extends number
      ? Sum
      : never
    : never

type Total<Params extends number, Added> = Added extends '?' ? number : AddToDecimal<`${Params}`, Added & string>

/** The sum of two counts, as little-endian digits; `'?'` when one is not known. */
export type AddCounts<Left extends string, Right extends string> = Right extends '0' | '?'
  ? Right extends '0'
    ? Left
    : '?'
  : Left extends '0' | '?'
    ? Left extends '0'
      ? Right
      : '?'
    : TotalOf<Left, Right>
