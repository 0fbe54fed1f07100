import type { Successor } from './tables.js'

/**
 * Natural numbers as strings, in two spellings.
 *
 * - A **decimal** is written as people write it, `'227'`: what a template literal makes of a number literal.
 * - **Little-endian digits** begin with the units, `'722'`: the order in which written arithmetic works, carries moving on.
 *
 * Neither has idle zeros: zero is `'0'`, and no other number has a zero at its high end.
 */

/**
 * Turns a decimal into little-endian digits, or back.
 *
 * A pattern with n holes costs a little more than n, a step of recursion a lot, so the length picks a pattern that fits
 * (a hole typed `number` costs nothing, and n of them match n digits or more). The last hole takes what is left: one digit, or
 * none.
 */
export type Reverse<Text> = `${Reversed<Text, ''>}`

/** {@link Reverse}. The template around it says that it gives text, so that the compiler need not work that out wherever it is passed on. */
type Reversed<Text, Done extends string> = Text extends `${number}${number}${number}${number}${number}`
  ? ReverseLong<Text, Done>
  : Text extends `${number}${number}${number}`
    ? Text extends `${infer A}${infer B}${infer C}${infer Rest}`
      ? `${Rest}${C}${B}${A}${Done}`
      : never
    : Text extends `${infer A}${infer Rest}`
      ? `${Rest}${A}${Done}`
      : Done

/** {@link Reversed} for five digits and more; beyond eight, seven digits a step. */
type ReverseLong<Text, Done extends string> = Text extends `${number}${number}${number}${number}${number}${number}${number}`
  ? Text extends `${infer A}${infer B}${infer C}${infer D}${infer E}${infer F}${infer G}${infer Rest}`
    ? Rest extends `${number}${number}`
      ? Reversed<Rest, `${G}${F}${E}${D}${C}${B}${A}${Done}`>
      : `${Rest}${G}${F}${E}${D}${C}${B}${A}${Done}`
    : never
  : Text extends `${infer A}${infer B}${infer C}${infer D}${infer E}${infer Rest}`
    ? `${Rest}${E}${D}${C}${B}${A}${Done}`
    : never

/** Adds one to little-endian digits; of no digits it makes `'1'`, so it also writes a carry that is left over. */
export type Increment<Digits, Done extends string = ''> = Digits extends `9${infer Rest}`
  ? Increment<Rest, `${Done}0`>
  : Digits extends `${infer Units}${infer Rest}`
    ? `${Done}${Successor[Units]}${Rest}`
    : `${Done}1`

/** Drops the zeros at the high end of a decimal, all but a last one: `'007'` is `'7'`, `'000'` is `'0'`. */
export type StripZeros<Decimal> = Decimal extends `0${infer Rest}` ? (Rest extends '' ? '0' : StripZeros<Rest>) : Decimal
