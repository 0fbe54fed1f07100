import type { MultiplySizes } from '../arithmetic/multiply.js'
import type { IsUnion } from '../shape/shape.js'
import type { unset } from '../shape/windows.js'

/*
 * What a rule may rely on at compile time, where values are only partly known.
 */

/** A number that is one literal; `number` for everything less certain: wide numbers, unions, `any` and `never`. */
export type Settled<Value> = number extends Value
  ? number
  : [Value] extends [never]
    ? number
    : true extends IsUnion<Value>
      ? number
      : Value & number

/** The product of two sizes as a rule counts parameters: little-endian digits, or `'?'` when one is not settled. */
export type CountOf<Left, Right> = number extends Settled<Left> | Settled<Right> ? '?' : MultiplySizes<Left & number, Right & number>

/** Options as a rule reads them: none given are `{}`, and `any` may be all of them with values that are not known. */
export type Read<Options, All> = 0 extends 1 & Options ? All : typeof unset extends keyof Options ? {} : Options
