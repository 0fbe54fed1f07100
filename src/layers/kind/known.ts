import type { Reverse } from '../../arithmetic/digits.js'
import type { MultiplySizes } from '../../arithmetic/multiply.js'
import type { IsUnion } from '../../shape/shape.js'
import type { unset } from '../../shape/windows.js'

/*
 * What a rule may rely on at compile time, where values are only partly known.
 */

/** A number that is one literal; `number` for everything less certain: wide numbers, unions, `any` and `never`. */
export type KnownNumber<Value> = number extends Value
  ? number
  : [Value] extends [never]
    ? number
    : true extends IsUnion<Value>
      ? number
      : Value & number

/** Whether nothing is known of one of some values: a wide number, `any` or `never`. */
export type IsOpen<Left, Right = Left> = [number] extends [Left | Right]
  ? true
  : [Left] extends [never]
    ? true
    : [Right] extends [never]
      ? true
      : false

/** A size as a rule counts parameters: little-endian digits, of a union those of each, or `'?'` when it is not known. */
export type CountOfOne<Size> = IsOpen<Size> extends true ? '?' : Reverse<`${Size & number}`>

/** The product of two sizes as a rule counts parameters; see {@link CountOfOne}. */
export type CountOf<Left, Right> = IsOpen<Left, Right> extends true ? '?' : MultiplySizes<Left & number, Right & number>

/** Options as a rule reads them: none given are `{}`, and `any` may be all of them with values that are not known. */
export type Read<Options, All> = 0 extends 1 & Options ? All : typeof unset extends keyof Options ? {} : Options
