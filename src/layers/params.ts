import type { AddDigits } from '../arithmetic/add.js'
import type { Reverse } from '../arithmetic/digits.js'
import type { ToNumber } from '../arithmetic/natural.js'

/** A count of parameters while it is being summed up: little-endian digits, or `'?'` when it is not known at compile time. */
export type Count = string

/** A network's parameters after a layer that adds some. */
export type AddCount<Params extends number, Added> = Added extends '?'
  ? number
  : number extends Params
    ? number
    : Added extends string
      ? ToNumber<AddDigits<Reverse<`${Params}`>, Added>>
      : never
