import type { Shape } from './shape.js'

/** Whether two shapes are equal. */
export const sameShape = (first: Shape, other: Shape): boolean =>
  first.length === other.length && first.every((size, index) => size === other[index])

/** Whether two shapes are equal; `true` if that is not known at compile time. */
export type SameShape<FirstSize, Other> = [FirstSize, Other] extends [Other, FirstSize]
  ? true
  : FirstSize extends readonly unknown[]
    ? Other extends readonly unknown[]
      ? number extends FirstSize['length'] | Other['length']
        ? true
        : FirstSize['length'] extends Other['length']
          ? SameSizes<FirstSize, Other>
          : false
      : false
    : false

type SameSizes<FirstSize, Other> = FirstSize extends readonly [infer FirstSize, ...infer Rest]
  ? Other extends readonly [infer Second, ...infer Others]
    ? number extends FirstSize | Second
      ? SameSizes<Rest, Others>
      : [FirstSize, Second] extends [Second, FirstSize]
        ? SameSizes<Rest, Others>
        : false
    : false
  : true

/** The sizes that two shapes have in common, with `number` for the others: what is known after a join whose branches do not fit. */
export type CommonSizes<First, Other> = First extends readonly unknown[]
  ? Other extends { length: First['length'] }
    ? { [Axis in keyof First]: Axis extends keyof Other ? CommonSize<First[Axis], Other[Axis]> : number }
    : Shape
  : Shape

type CommonSize<First, Other> = [First, Other] extends [Other, First] ? First : number
