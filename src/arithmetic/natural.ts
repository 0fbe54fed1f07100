/**
 * Whether a number is a natural number literal: whole, not negative, at most 2^53 - 1.
 *
 * `false` for `number` and `any`. For a union, `true`, `false`, or `boolean` if the members differ.
 */
export type Known<Value extends number> = number extends Value
  ? false
  : Value extends Value
    ? `${Value}` extends NotNatural
      ? false
      : true
    : never

/** How a number literal prints if it is not a whole number from 0 to 2^53 - 1: signed, fractional, with an exponent, or too large. */
export type NotNatural = `-${string}` | `${string}.${string}` | `${string}e${string}` | TooLarge

/** How a number literal prints if it is not a whole number from 1 to 2^53 - 1. */
export type NotPositive = '0' | NotNatural

/** A decimal above 9007199254740991, 2^53 - 1: one of its digits is higher, with equal digits before it, or it has more digits. */
type TooLarge =
  | `9${From1}${Digits14}`
  | `90${From1}${Digits13}`
  | `900${8 | 9}${Digits12}`
  | `9007${2 | From3}${Digits11}`
  | `9007199${From3}${Digits8}`
  | `90071992${6 | 7 | 8 | 9}${Digits4}${Digits3}`
  | `900719925${From5}${Digits3}${Digits3}`
  | `9007199254${8 | 9}${Digits3}${number}${number}`
  | `90071992547${From5}${Digits4}`
  | `900719925474${From1}${Digits3}`
  | `900719925474099${2 | From3}`
  | `${Digits14}${Digits3}`

type From1 = 1 | 2 | From3
type From3 = 3 | 4 | From5
type From5 = 5 | 6 | 7 | 8 | 9

type Digits3 = `${number}${number}${number}`
type Digits4 = `${Digits3}${number}`
type Digits8 = `${Digits4}${Digits4}`
type Digits11 = `${Digits8}${Digits3}`
type Digits12 = `${Digits8}${Digits4}`
type Digits13 = `${Digits12}${number}`
type Digits14 = `${Digits11}${Digits3}`

/** A decimal of at least sixteen digits, the length of 2^53. It is quicker to tell than {@link TooLarge}. */
type SixteenDigits = `${Digits13}${Digits3}`

/** The literal type of a decimal; `number` beyond 2^53 - 1, where JavaScript numbers stop being exact. */
export type ToNumber<Decimal> = Decimal extends SixteenDigits
  ? Decimal extends TooLarge
    ? number
    : ToLiteral<Decimal>
  : ToLiteral<Decimal>

/*
 * `number` is assignable to the type of an enum member, so `number extends Size.Small` is true, and a member would pass for an unknown
 * number. Its text shows the difference. The types below look at the text only if `number` is assignable to the type, so networks of
 * literals pay nothing.
 */

/** The number in the text of a type that `number` is assignable to: a literal for a member of an enum, otherwise `number`. */
export type NumberOf<Text> = Text extends `${infer Value extends number}` ? (number extends Value ? number : Value) : number

/** Converts a member of an enum to its literal, and leaves anything else unchanged. It distributes over unions. */
export type Literal<Value> = Value extends number ? NumberOf<`${Value}`> : Value

/** {@link ToNumber} for a decimal within the exact range. */
export type ToLiteral<Decimal> = Decimal extends `${infer Value extends number}` ? Value : number
