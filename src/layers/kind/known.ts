import type { Reverse } from '../../arithmetic/digits.js'
import type { MultiplySizes } from '../../arithmetic/multiply.js'
import type { IsUnion } from '../../shape/shape.js'
import type { unset } from '../../shape/windows.js'

/* Helpers for rules with values that are only partly known at compile time. */

/** A number that is a single literal; `number` for anything less certain: wide numbers, unions, `any` and `never`. */
export type KnownNumber<Value> = number extends Value
  ? number
  : [Value] extends [never]
    ? number
    : true extends IsUnion<Value>
      ? number
      : Value & number

/** Whether one of the values is unknown: a wide number, `any` or `never`. */
export type IsOpen<Left, Right = Left> = [number] extends [Left | Right]
  ? true
  : [Left] extends [never]
    ? true
    : [Right] extends [never]
      ? true
      : false

/** A size as rules count parameters: little-endian digits, for a union the union of all digits, or `'?'` if it is unknown. */
export type CountOfOne<Size> = IsOpen<Size> extends true ? '?' : Reverse<`${Size & number}`>

/** The product of two sizes as rules count parameters; see {@link CountOfOne}. */
export type CountOf<Left, Right> = IsOpen<Left, Right> extends true ? '?' : MultiplySizes<Left & number, Right & number>

/** Options as rules read them: `{}` if none are passed; for `any` and options under any names, all options with unknown values. */
export type Read<Options, All> = string extends keyof Options ? All : typeof unset extends keyof Options ? {} : Options
