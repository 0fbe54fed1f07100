import type { OneOf } from './message.js'
import { named } from './printable.js'

/**
 * The size of one sample, channels last and without a batch axis: `[length, channels]`, `[height, width, channels]`, `[depth, height,
 * width, channels]`, or `[features]` for a vector.
 */
export type Shape = readonly number[]

/** Several shapes by name: the inputs of a network, or its outputs. */
export type Shapes = { readonly [name: string]: Shape }

/**
 * The shapes of several inputs in a network's type, together with the values that the network keeps and the layers that it shares. No
 * run-time value has these two members. With an index signature alone they would count as inputs, so they are members of their own.
 */
type ShapesWithKept =
  // biome-ignore lint/suspicious/noExplicitAny: code that reads the shapes need not tell them apart.
  | { readonly [name: string]: any; readonly kept: any }
  // biome-ignore lint/suspicious/noExplicitAny: see above.
  | { readonly [name: string]: any; readonly shared: any }

/** One shape, or several by name. */
export type AnyShape = Shape | Shapes | ShapesWithKept

/**
 * The shapes of a network's inputs in its type: `kept` and `shared` hold what the network keeps and shares. At run time they are {@link
 * AnyShape}.
 */
export type AnyInput = Shape | { readonly [name: string]: Shape | { readonly [name: string]: unknown } }

/** How many axes a window slides over: 1 for `[length, channels]`, 2 for `[height, width, channels]`, 3 with a depth. */
export type Rank = 1 | 2 | 3

/** The input shape that a window of each rank requires: spatial axes, then channels. */
export interface ShapeOfRank {
  1: readonly [number, number]
  2: readonly [number, number, number]
  3: readonly [number, number, number, number]
}

/** The axes of {@link ShapeOfRank}, as messages show them. */
export const axesOfRank = {
  1: '[length, channels]',
  2: '[height, width, channels]',
  3: '[depth, height, width, channels]',
} as const

/** The spatial axes of {@link axesOfRank}. */
export const spatialAxesOfRank = { 1: '[length]', 2: '[height, width]', 3: '[depth, height, width]' } as const

/** The names of the spatial axes, as messages show them. */
export const axisNames = { 1: ['length'], 2: ['height', 'width'], 3: ['depth', 'height', 'width'] } as const

/** `true` for a union; `never` for `never`. */
export type IsUnion<Type, All = Type> = Type extends Type ? ([All] extends [Type] ? false : true) : never

/** Whether a dimension of a shape is a union. */
export type HasUnion<Dimensions> = Dimensions extends readonly [infer First, ...infer Rest]
  ? true extends IsUnion<First>
    ? true
    : HasUnion<Rest>
  : false

/** A shape whose dimensions are unions as a union of shapes: a product belongs to its factors. */
export type EachShape<Given, Passed extends unknown[] = []> = Given extends readonly [infer First, ...infer Rest]
  ? First extends unknown
    ? EachShape<Rest, [...Passed, First]>
    : never
  : Passed

/** {@link EachShape} of an input; one of unknown length stays. */
export type EachInput<Input> = Input extends readonly unknown[] ? (number extends Input['length'] ? Input : EachShape<Input>) : Input

/** Shapes of one rank as one with a union for each axis; others stay as they are. */
export type MergedShape<Shapes> = [Shapes] extends [readonly unknown[]]
  ? true extends IsUnion<Shapes['length']>
    ? Shapes
    : OneOf<Shapes> extends infer First
      ? { [Index in keyof First]: Shapes[Index & keyof Shapes] }
      : never
  : Shapes

/** {@link MergedShape} if only one axis differs. Otherwise sizes that belong together stay together. */
export type AsOneShape<Shapes> =
  MergedShape<Shapes> extends infer Merged
    ? true extends IsUnion<{ [Index in keyof Merged]: true extends IsUnion<Merged[Index]> ? Index : never }[number & keyof Merged]>
      ? Shapes
      : Merged
    : never

/** Whether each element of a list is that of one of other lists, at the same place. */
export type Among<List, Lists> = [
  { [Index in keyof List]: List[Index] extends Lists[Index & keyof Lists] ? never : Index }[number & keyof List],
] extends [never]
  ? true
  : false

/** A dimension as text; `?` if it is not a single number at compile time, since a message for each member of a union would be wrong. */
export type DimensionText<Dimension> = number extends Dimension
  ? '?'
  : true extends IsUnion<Dimension>
    ? '?'
    : Dimension extends number
      ? `${Dimension}`
      : Dimension extends string
        ? `"${Dimension}"`
        : '?'

/** Dimensions joined by `x`: `7x7x512`. The text so far is a parameter, so that a list may be long. */
export type SizeText<Dimensions, Before extends string = ''> = Dimensions extends readonly [infer First, ...infer Rest]
  ? Rest extends readonly []
    ? `${Before}${DimensionText<First>}`
    : SizeText<Rest, `${Before}${DimensionText<First>}x`>
  : `${Before}?`

/** {@link SizeText} at run time. */
export const sizeText = (dimensions: readonly unknown[]): string => dimensions.join('x')

/** A shape as messages show it: `7x7x512`, `a vector of 10 features`, or `a vector of 1 feature`. */
export type ShapeText<Dimensions> = Dimensions extends readonly [infer Features]
  ? `a vector of ${DimensionText<Features>} feature${[Features] extends [1] ? '' : 's'}`
  : SizeText<Dimensions>

/** {@link ShapeText} at run time. */
export const shapeText = (shape: readonly unknown[]): string =>
  shape.length === 0
    ? 'nothing'
    : shape.length === 1
      ? `a vector of ${shape[0]} feature${`${shape[0]}` === '1' ? '' : 's'}`
      : sizeText(shape)

/** How many shapes a message lists. */
const maxShapes = 20

/** One shape, or several by name: `image 224x224x3, sensors 12`. Of many, the first ones and how many more there are. */
export const anyShapeText = (shape: AnyInput, separator = 'x'): string => {
  if (isOneShape(shape)) return shape.join(separator)
  const entries = Object.entries(shape)
  const listed = entries.length <= maxShapes ? entries : entries.slice(0, maxShapes - 1)
  const texts = listed.map(([name, size]) => `${named(name)} ${(size as Shape).join(separator)}`)
  return [...texts, ...(listed.length < entries.length ? [`${entries.length - listed.length} more`] : [])].join(', ')
}

/** Whether it is a single shape, not several by name. */
export const isOneShape = (shape: AnyInput): shape is Shape => Array.isArray(shape)
