import type { AddToDecimal, TotalOf } from '../../arithmetic/add.js'

/**
 * A network's parameters after a layer that adds some.
 *
 * The count of a layer is in little-endian digits, or `'?'` if it is unknown at compile time.
 *
 * The separate condition stops the compiler from resolving the sum when a network is passed on. Otherwise it would compute it for every
 * possible count.
 */
export type AddCount<Params extends number, Added> = number extends Params
  ? number
  : SumOfParams<Params, Added> extends infer Sum extends number
    ? Sum
    : never

/** {@link AddCount} for the result of a rule. If a method read `Rule['params']`, the compiler would resolve every possible rule. */
export type CountAfter<Params extends number, Rule> = number extends Params
  ? number
  : Rule extends { params: infer Added }
    ? SumOfParams<Params, Added> extends infer Sum extends number
      ? Sum
      : never
    : never

/**
 * {@link CountAfter} for methods with layers as arguments. The rule comes first here: it is unknown until the call, so that completions show
 * this name and not its conditions. In other methods, the compiler would work the rule out for every possible count.
 */
export type ParamsAfter<Params extends number, Rule> = Rule extends { params: infer Added }
  ? number extends Params
    ? number
    : SumOfParams<Params, Added> extends infer Sum extends number
      ? Sum
      : never
  : never

type SumOfParams<Params extends number, Added> = Added extends '?' ? number : AddToDecimal<`${Params}`, Added & string>

/** {@link AddCounts} of a count and that of a rule. If a rule passed its own count on, the compiler would work out what it may be. */
export type SumWith<Params extends string, Rule> = Rule extends { params: infer Added extends string } ? AddCounts<Params, Added> : '?'

/** The sum of two counts, as little-endian digits; `'?'` if one is unknown. */
export type AddCounts<Left extends string, Right extends string> = Right extends '0' | '?'
  ? Right extends '0'
    ? Left
    : '?'
  : Left extends '0' | '?'
    ? Left extends '0'
      ? Right
      : '?'
    : TotalOf<Left, Right>
