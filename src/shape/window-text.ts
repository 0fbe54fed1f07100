import { type SizeText, sizeText } from './shape.js'

/*
 * Windows as messages name them: each in types, then the same at run time.
 */

/** `3x3`; on one axis `length-3`. */
export type WindowText<Size> = Size extends readonly [infer Length] ? `length-${SizeText<[Length]>}` : SizeText<Size>

/** {@link WindowText} at run time. */
export const windowText = (size: readonly number[]): string => (size.length === 1 ? `length-${size[0]}` : sizeText(size))

/** A hyperparameter for all axes, `3`, or of each, `3x5`. */
export type AxesText<Value> = Value extends readonly unknown[] ? SizeText<Value> : SizeText<[Value]>

/** {@link AxesText} at run time. */
export const axesText = (value: number | readonly number[]): string => (typeof value === 'number' ? `${value}` : sizeText(value))

/** `a 3x3`, but `an 8x8` and `an 11x11`. */
export type Article<Text> = Text extends `8${string}` | '11' | `11x${string}` | '18' | `18x${string}` ? 'an' : 'a'

/** {@link Article} at run time. */
export const article = (text: string): string => (/^(8|11(x|$)|18(x|$))/.test(text) ? 'an' : 'a')

/** A value of each axis as it is given to a layer: `2` where all are the same, else `[2, 3]`. */
export type EachAxisText<Values> = Values extends readonly [infer First extends number, ...infer Rest]
  ? Rest extends readonly First[]
    ? `${First}`
    : `[${ListedText<Values>}]`
  : '?'

/** Numbers one after the other: `2, 3`. */
export type ListedText<Values> = Values extends readonly [infer First extends number, ...infer Rest]
  ? Rest extends readonly []
    ? `${First}`
    : `${First}, ${ListedText<Rest>}`
  : '?'

/** {@link EachAxisText} at run time. */
export const eachAxisText = (values: readonly number[]): string =>
  values.every((value) => value === values[0]) ? `${values[0]}` : `[${values.join(', ')}]`
