import type { AddDigits } from '../../arithmetic/add.js'
import type { Reverse } from '../../arithmetic/digits.js'
import type { ToNumber } from '../../arithmetic/natural.js'

/**
 * A network's parameters after a layer that adds some.
 *
 * A layer's count is little-endian digits, or `'?'` when it is not known at compile time.
 *
 * The sum stands in a condition of its own so that the compiler does not look into it where a network is passed on: it would
 * work through the arithmetic for every count that there could be.
 */
export type AddCount<Params extends number, Added> = Total<Params, Added> extends infer Sum extends number ? Sum : never

type Total<Params extends number, Added> = Added extends '?'
  ? number
  : number extends Params
    ? number
    : Added extends string
      ? ToNumber<AddDigits<Reverse<`${Params}`>, Added>>
      : never
