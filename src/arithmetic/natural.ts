import type { Reverse } from './digits.js'
import type { SubtractDigits } from './subtract.js'

/**
 * Whether a number is known at compile time and natural: a literal, not negative, whole, at most 2^53 - 1.
 *
 * `number` and `any` are not known. Over a union it gives `true`, `false`, or `boolean` when the members differ.
 */
export type Known<Value extends number> = number extends Value
  ? false
  : Value extends Value
    ? `${Value}` extends `-${string}` | `${string}.${string}` | `${string}e${string}`
      ? false
      : `${Value}` extends SixteenDigits
        ? `${ToNumber<`${Value}`>}` extends `${Value}`
          ? true
          : false
        : true
    : never

/** A decimal of sixteen digits or more, the length of 2^53. */
type SixteenDigits =
  `${number}${number}${number}${number}${number}${number}${number}${number}${number}${number}${number}${number}${number}${number}${number}${number}`

/** The literal type of a decimal; `number` beyond 2^53 - 1, where JavaScript's own numbers stop being exact. */
export type ToNumber<Decimal> = Decimal extends SixteenDigits
  ? SubtractDigits<'1990474529917009', Reverse<Decimal>> extends `-${string}`
    ? number
    : ToLiteral<Decimal>
  : ToLiteral<Decimal>

/*
 * A member of an enum has a literal type that `number` is assignable to, so `number extends Size.Small` is true and it would be
 * taken for a number that is not known. Its text tells it apart. Both types are asked only about what `number` is assignable to,
 * which costs a network of literals nothing.
 */

/** The number of a text that comes from a type `number` is assignable to: a literal for a member of an enum, else `number`. */
export type NumberOf<Text> = Text extends `${infer Value extends number}` ? (number extends Value ? number : Value) : number

/** A member of an enum as its literal, over a union each; anything else as it is. */
export type Literal<Value> = Value extends number ? NumberOf<`${Value}`> : Value

/** {@link ToNumber} of a decimal that is known to be in the range. */
export type ToLiteral<Decimal> = Decimal extends `${infer Value extends number}` ? Value : number
