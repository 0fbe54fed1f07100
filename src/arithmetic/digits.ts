import type { Successor } from './tables.js'

/**
 * Natural numbers as strings, in two notations.
 *
 * - A **decimal** is the usual notation, `'227'`: what a template literal makes of a number literal.
 * - **Little-endian digits** start with the units, `'722'`: the order of written arithmetic, in which carries move on.
 *
 * Neither has leading zeros at its high end. Zero is `'0'`.
 */

/**
 * Converts a decimal to little-endian digits, or back.
 *
 * A pattern with n placeholders costs slightly more than n, and a step of recursion costs a lot, so the length selects a suitable
 * pattern. A placeholder of type `number` costs nothing, and n of them match n digits or more. The last placeholder takes the rest: one
 * digit, or none.
 */
export type Reverse<Text> = `${Reversed<Text, ''>}`

/**
 * {@link Reverse}. The template around its use shows the compiler that the result is a string, so it need not work that out at every
 * use.
 */
type Reversed<Text, Done extends string> = Text extends `${number}${number}${number}${number}${number}`
  ? ReverseLong<Text, Done>
  : Text extends `${number}${number}${number}`
    ? Text extends `${infer A}${infer B}${infer C}${infer Rest}`
      ? `${Rest}${C}${B}${A}${Done}`
      : never
    : Text extends `${infer A}${infer Rest}`
      ? `${Rest}${A}${Done}`
      : Done

/** {@link Reversed} for five or more digits; beyond eight, it takes seven digits per step. */
type ReverseLong<Text, Done extends string> = Text extends `${number}${number}${number}${number}${number}${number}${number}`
  ? Text extends `${infer A}${infer B}${infer C}${infer D}${infer E}${infer F}${infer G}${infer Rest}`
    ? Rest extends `${number}${number}`
      ? Reversed<Rest, `${G}${F}${E}${D}${C}${B}${A}${Done}`>
      : `${Rest}${G}${F}${E}${D}${C}${B}${A}${Done}`
    : never
  : Text extends `${infer A}${infer B}${infer C}${infer D}${infer E}${infer Rest}`
    ? `${Rest}${E}${D}${C}${B}${A}${Done}`
    : never

/** Adds one to little-endian digits. No digits give `'1'`, so it also writes the last carry. */
export type Increment<Digits, Done extends string = ''> = Digits extends `9${infer Rest}`
  ? Increment<Rest, `${Done}0`>
  : Digits extends `${infer Units}${infer Rest}`
    ? `${Done}${Successor[Units]}${Rest}`
    : `${Done}1`

/** Removes the leading zeros of a decimal, except a last one: `'007'` becomes `'7'`, `'000'` becomes `'0'`. */
export type StripZeros<Decimal> = Decimal extends `0${infer Rest}` ? (Rest extends '' ? '0' : StripZeros<Rest>) : Decimal
