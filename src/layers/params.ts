import type { AddDigits } from '../arithmetic/add.js'
import type { Reverse } from '../arithmetic/digits.js'
import type { ToNumber } from '../arithmetic/natural.js'

/**
 * A network's parameters after a layer that adds some.
 *
 * A layer's count is little-endian digits, or `'?'` when it is not known at compile time.
 */
export type AddCount<Params extends number, Added> = Added extends '?'
  ? number
  : number extends Params
    ? number
    : Added extends string
      ? ToNumber<AddDigits<Reverse<`${Params}`>, Added>>
      : never
