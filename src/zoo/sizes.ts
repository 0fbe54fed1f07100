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
 * Sizes that a model accepts: the nearest ones at whole steps from the size of its publication, which is always among them. The step is
 * the product of the strides: 32 for nearly all models, 14 for a transformer with patches of 14. The rules check each size before it is
 * suggested.
 */

const stepsToTry = [32, 14] as const

/** What a message suggests if the body does not accept a size. */
export type SizeAdvice<Body, Size extends number, Standard extends number, Channels extends number> = Advice<
  [
    `input ${EitherOf<WithStandard<true extends IsUnion<Size> ? [] : Nearest<Body, Size, Standard, Channels, typeof stepsToTry>, Standard>>}`,
  ],
  ''
>

type WithStandard<Sizes extends readonly string[], Standard extends number> = `${Standard}` extends Sizes[number]
  ? Sizes
  : [...Sizes, `${Standard}`]

/** Those of the two nearest sizes that fit, for the first step that has any. */
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

/** The nearest sizes below and above at whole steps from the default, the nearer first. */
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

/** `Near` is at distance `Rest`, `Far` at the remainder of the step. */
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
