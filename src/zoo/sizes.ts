import type { AddDigits } from '../arithmetic/add.js'
import type { CompareDecimals } from '../arithmetic/compare.js'
import type { Reverse } from '../arithmetic/digits.js'
import type { DivideDecimals } from '../arithmetic/divide.js'
import type { ToNumber } from '../arithmetic/natural.js'
import type { SubtractDigits } from '../arithmetic/subtract.js'
import { ShapeError } from '../index.js'
import type { LayerOn } from '../layers/kind/rule-of.js'
import { type Advice, advice, type EitherOf, eitherOf } from '../shape/message.js'
import type { IsUnion } from '../shape/shape.js'

/*
 * Sizes that a model takes: the nearest that are whole steps away from the one of its publication, which is always among them. A
 * step is what the strides make together: 32 for nearly all, 14 for a transformer with patches of 14. They are tried before they
 * are named.
 */

const stepsToTry = [32, 14] as const

/** What a sentence suggests where a body does not fit a size. */
export type SizeAdvice<Body, Size extends number, Standard extends number, Channels extends number> = Advice<
  [
    `input ${EitherOf<WithStandard<true extends IsUnion<Size> ? [] : Nearest<Body, Size, Standard, Channels, typeof stepsToTry>, Standard>>}`,
  ],
  ''
>

type WithStandard<Sizes extends readonly string[], Standard extends number> = `${Standard}` extends Sizes[number]
  ? Sizes
  : [...Sizes, `${Standard}`]

/** Those of the two nearest sizes that fit, for the first step where there are any. */
type Nearest<Body, Size extends number, Standard extends number, Channels extends number, Try> = Try extends readonly [
  infer Step extends number,
  ...infer Rest,
]
  ? Fitting<Body, Channels, Around<Size, Standard, Step>> extends infer Found extends readonly string[]
    ? Found extends readonly []
      ? Nearest<Body, Size, Standard, Channels, Rest>
      : Found
    : never
  : []

type Fitting<Body, Channels extends number, Sizes> = Sizes extends readonly [infer Size extends number, ...infer Rest]
  ? number extends Size
    ? Fitting<Body, Channels, Rest>
    : `${Size}` extends '0' | `-${string}`
      ? Fitting<Body, Channels, Rest>
      : LayerOn<[Size, Size, Channels], Body> extends string
        ? Fitting<Body, Channels, Rest>
        : [`${Size}`, ...Fitting<Body, Channels, Rest>]
  : []

/** The sizes below and above that are steps away from the standard, the nearer first. */
type Around<Size extends number, Standard extends number, Step extends number> =
  SubtractDigits<Reverse<`${Size}`>, Reverse<`${Standard}`>> extends infer Difference extends string
    ? Difference extends `-${infer Less}`
      ? DivideDecimals<Less, `${Step}`> extends [string, infer Rest extends string]
        ? Ordered<Plus<Size, Rest>, Minus<Plus<Size, Rest>, `${Step}`>, Rest, Step>
        : never
      : DivideDecimals<Difference, `${Step}`> extends [string, infer Rest extends string]
        ? Ordered<Minus<Size, Rest>, Plus<Minus<Size, Rest>, `${Step}`>, Rest, Step>
        : never
    : never

/** `Near` is `Rest` away, and `Far` what is left of a step. */
type Ordered<Near extends number, Far extends number, Rest extends string, Step extends number> =
  CompareDecimals<AddDigits<Reverse<Rest>, Reverse<Rest>>, `${Step}`> extends 'greater' ? [Far, Near] : [Near, Far]

type Plus<Left extends number, Right extends string> = ToNumber<AddDigits<Reverse<`${Left}`>, Reverse<Right>>>

type Minus<Left extends number, Right extends string> = ToNumber<SubtractDigits<Reverse<`${Left}`>, Reverse<Right>>>

/** {@link SizeAdvice} at run time. */
export const sizeAdvice = (build: (size: number) => unknown, size: number, standard: number): string => {
  const fits = (each: number) => each > 0 && Number.isSafeInteger(each) && isBuilt(() => build(each))
  const nearest = stepsToTry.map((step) => around(size, standard, step).filter(fits)).find((found) => found.length > 0) ?? []
  return advice([`input ${eitherOf([...new Set([...nearest, standard])].map(String))}`], '')
}

const isBuilt = (build: () => unknown): boolean => {
  try {
    build()
    return true
  } catch (error) {
    if (error instanceof ShapeError) return false
    throw error
  }
}

const around = (size: number, standard: number, step: number): number[] => {
  const away = Math.abs(size - standard) % step
  const [near, far] = size < standard ? [size + away, size + away - step] : [size - away, size - away + step]
  return 2 * away > step ? [far, near] : [near, far]
}
