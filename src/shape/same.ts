import type { Shape } from './shape.js'

/** Whether two shapes are the same. */
export const sameShape = (one: Shape, other: Shape): boolean =>
  one.length === other.length && one.every((size, index) => size === other[index])

/** Whether two shapes are the same, as far as is known at compile time. */
export type SameShape<One, Other> = [One, Other] extends [Other, One]
  ? true
  : One extends readonly unknown[]
    ? Other extends readonly unknown[]
      ? number extends One['length'] | Other['length']
        ? true
        : One['length'] extends Other['length']
          ? SameSizes<One, Other>
          : false
      : false
    : false

type SameSizes<One, Other> = One extends readonly [infer First, ...infer Rest]
  ? Other extends readonly [infer Second, ...infer Others]
    ? number extends First | Second
      ? SameSizes<Rest, Others>
      : [First, Second] extends [Second, First]
        ? SameSizes<Rest, Others>
        : false
    : false
  : true
