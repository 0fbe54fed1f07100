import { type SizeText, sizeText } from './shape.js'

/* Windows as messages show them: each in types, then at run time. */

/** The size of a window: `3x3`, or `length-3` on one axis. */
export type WindowText<Size> = Size extends readonly [infer Length] ? `length-${SizeText<[Length]>}` : SizeText<Size>

/** {@link WindowText} at run time. */
export const windowText = (size: readonly number[]): string => (size.length === 1 ? `length-${size[0]}` : sizeText(size))

/** A hyperparameter: `3` for all axes, or `3x5` if they differ. */
export type AxesText<Value> = Value extends readonly unknown[] ? SizeText<Value> : SizeText<[Value]>

/** {@link AxesText} at run time. */
export const axesText = (value: number | readonly number[]): string => (typeof value === 'number' ? `${value}` : sizeText(value))

/** `a 3x3`, but `an 8x8` and `an 11x11`. */
export type Article<Text> = Text extends `8${string}` | '11' | `11x${string}` | '18' | `18x${string}` ? 'an' : 'a'

/** {@link Article} at run time. */
export const article = (text: string): string => (/^(8|11(x|$)|18(x|$))/.test(text) ? 'an' : 'a')

/** A hyperparameter as an argument: `2` if it is the same on every axis, otherwise `[2, 3]`. */
export type EachAxisText<Values> = Values extends readonly [infer First extends number, ...infer Rest]
  ? Rest extends readonly First[]
    ? `${First}`
    : `[${ListedText<Values>}]`
  : '?'

/** Numbers joined by commas: `2, 3`. */
export type ListedText<Values> = Values extends readonly [infer First extends number, ...infer Rest]
  ? Rest extends readonly []
    ? `${First}`
    : `${First}, ${ListedText<Rest>}`
  : '?'

/** {@link EachAxisText} at run time. */
export const eachAxisText = (values: readonly number[]): string =>
  values.every((value) => value === values[0]) ? `${values[0]}` : `[${values.join(', ')}]`
