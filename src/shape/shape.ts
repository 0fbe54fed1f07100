import { named } from './printable.js'

/**
 * The size of one example, channels last and without a batch axis: `[length, channels]`, `[height, width, channels]`,
 * `[depth, height, width, channels]`, or `[features]` for a vector.
 */
export type Shape = readonly number[]

/** The shapes of several values by their names: the inputs of a network, or its outputs. */
export type Shapes = { readonly [name: string]: Shape }

/**
 * What travels with the shapes of several inputs in a network's type: what the network keeps and shares. No value has it. To an index
 * signature these would be inputs that have no shape, so they are members of their own.
 */
type Marked =
  // biome-ignore lint/suspicious/noExplicitAny: so code that reads the shapes needs not tell them apart.
  | { readonly [name: string]: any; readonly kept: any }
  // biome-ignore lint/suspicious/noExplicitAny: see above.
  | { readonly [name: string]: any; readonly shared: any }

/** One shape, or several by their names. */
export type AnyShape = Shape | Shapes | Marked

/**
 * The shapes of a network's inputs as its type has them: what the network keeps stands beside them, under `kept` and `shared`. At run time they are
 * {@link AnyShape}.
 */
export type AnyInput = Shape | { readonly [name: string]: Shape | { readonly [name: string]: unknown } }

/** How many axes a window slides over: 1 for `[length, channels]`, 2 for `[height, width, channels]`, 3 with a depth. */
export type Rank = 1 | 2 | 3

/** The shape that each rank of window needs: its spatial axes and the channels. */
export interface ShapeOfRank {
  1: readonly [number, number]
  2: readonly [number, number, number]
  3: readonly [number, number, number, number]
}

/** The axes of {@link ShapeOfRank}, as messages name them. */
export const axesOfRank = {
  1: '[length, channels]',
  2: '[height, width, channels]',
  3: '[depth, height, width, channels]',
} as const

/** The spatial ones of {@link axesOfRank}. */
export const spatialAxesOfRank = { 1: '[length]', 2: '[height, width]', 3: '[depth, height, width]' } as const

/** The names of the spatial axes, as messages say which one is meant. */
export const axisNames = { 1: ['length'], 2: ['height', 'width'], 3: ['depth', 'height', 'width'] } as const

/** `true` for a union; `never` for `never`. */
export type IsUnion<Type, All = Type> = Type extends Type ? ([All] extends [Type] ? false : true) : never

/** A dimension as text; `?` when it is not one number at compile time: a sentence for each member of a union would be false. */
export type DimensionText<Dimension> = number extends Dimension
  ? '?'
  : true extends IsUnion<Dimension>
    ? '?'
    : Dimension extends number
      ? `${Dimension}`
      : '?'

/** Dimensions joined by `x`: `7x7x512`. */
export type SizeText<Dimensions> = Dimensions extends readonly [infer First, ...infer Rest]
  ? Rest extends readonly []
    ? DimensionText<First>
    : `${DimensionText<First>}x${SizeText<Rest>}`
  : '?'

/** Dimensions joined by `x`: `7x7x512`. */
export const sizeText = (dimensions: readonly unknown[]): string => dimensions.join('x')

/** A shape as messages say it: `7x7x512`, or `a vector of 10 features`. */
export type ShapeText<Dimensions> = Dimensions extends readonly [infer Features]
  ? `a vector of ${DimensionText<Features>} features`
  : SizeText<Dimensions>

/** A shape as messages say it: `7x7x512`, or `a vector of 10 features`. */
export const shapeText = (shape: readonly unknown[]): string =>
  shape.length === 0 ? 'nothing' : shape.length === 1 ? `a vector of ${shape[0]} features` : sizeText(shape)

/** More shapes than these are not named one by one. */
const mostShapes = 20

/** A shape, or several by their names: `image 224x224x3, sensors 12`; of many, the first and how many more there are. */
export const anyShapeText = (shape: AnyInput, by = 'x'): string => {
  if (isOneShape(shape)) return shape.join(by)
  const all = Object.entries(shape)
  const some = all.length <= mostShapes ? all : all.slice(0, mostShapes - 1)
  const texts = some.map(([name, each]) => `${named(name)} ${(each as Shape).join(by)}`)
  return [...texts, ...(some.length < all.length ? [`${all.length - some.length} more`] : [])].join(', ')
}

/** Whether it is one shape, and not several by their names. */
export const isOneShape = (shape: AnyInput): shape is Shape => Array.isArray(shape)
