import type { Reverse } from './digits.js'
import type { SubtractDigits } from './subtract.js'

/**
 * Whether a number is a natural number literal: whole, not negative, at most 2^53 - 1.
 *
 * `false` for `number` and `any`. For a union, `true`, `false`, or `boolean` if the members differ.
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

/** A decimal of at least sixteen digits, the length of 2^53. Only such a decimal may be too large. */
export type SixteenDigits =
  `${number}${number}${number}${number}${number}${number}${number}${number}${number}${number}${number}${number}${number}${number}${number}${number}`

/** The literal type of a decimal; `number` beyond 2^53 - 1, where JavaScript numbers stop being exact. */
export type ToNumber<Decimal> = Decimal extends SixteenDigits
  ? SubtractDigits<'1990474529917009', Reverse<Decimal>> extends `-${string}`
    ? number
    : ToLiteral<Decimal>
  : ToLiteral<Decimal>

/*
 * `number` is assignable to the type of an enum member, so `number extends Size.Small` is true, and a member would pass for an unknown
 * number. Its text shows the difference. The types below look at the text only if `number` is assignable to the type, so networks of
 * literals pay nothing.
 *
 * A number with a brand, `number & { __brand: 'Size' }`, is an unknown number too. Of all types of numbers only these and `never` extend
 * `object`, so rules ask for that.
 */

/** What a mapped type makes of a number with a brand: an object with the methods of a number. */
export type MappedBrand = object & { readonly toFixed: unknown }

/** A value, or a list, with each {@link MappedBrand} as the unknown number that it stands for. */
export type Unbranded<Value> = Value extends MappedBrand
  ? number
  : Value extends readonly unknown[]
    ? { [Index in keyof Value]: Unbranded<Value[Index]> }
    : Value

/** The number in the text of a type that `number` is assignable to: a literal for a member of an enum, otherwise `number`. */
export type NumberOf<Text> = Text extends `${infer Value extends number}`
  ? number extends Value
    ? number
    : Value extends object
      ? number
      : Value
  : number

/** Converts a member of an enum to its literal, and leaves anything else unchanged. It distributes over unions. */
export type Literal<Value> = Value extends number ? NumberOf<`${Value}`> : Value

/** {@link ToNumber} for a decimal within the exact range. */
export type ToLiteral<Decimal> = Decimal extends `${infer Value extends number}` ? Value : number
