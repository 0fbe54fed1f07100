import { valuesIn } from '../../../../layers/kind/layer.js'
import type { OnnxNode } from '../../model.js'
import { longestList, mostAxes } from '../../wire/limits.js'
import type { Attributes } from '../reader/attributes.js'
import type { Size } from './size.js'

/*
 * What operators compute of numbers that are known without an example: of the sizes of values, and of numbers of the file.
 */

/** Numbers that are known, with a shape. What is true or false is 1 or 0. */
export interface Known {
  readonly type: 'whole' | 'float' | 'truth'
  readonly dims: readonly number[]
  readonly values: readonly Size[] | Float32Array
}

/** An operator on its way through an evaluator. */
export interface Step {
  readonly read: Attributes
  readonly node: OnnxNode
  /** The inputs; `undefined` for those that are left out. */
  readonly inputs: readonly (Known | undefined)[]
  readonly opset: number
  /** How many examples there are, where the file says it. */
  readonly batch: number | undefined
  /** Counts values that are computed. */
  readonly spend: (count: number) => void
}

/** What computes an operator; `undefined` where it cannot be said, or makes no sense. */
export type Evaluator = (step: Step) => Known | undefined

export type Evaluators = Readonly<Record<string, Evaluator>>

/** Whether a shape is one that a result may have. */
export const isSmall = (dims: readonly number[], most: number = longestList): boolean =>
  dims.length <= mostAxes && dims.every((size) => Number.isSafeInteger(size) && size >= 0) && valuesIn(dims) <= most

/** A list of whole numbers, none of them a multiple of the batch; `undefined` where it is none. */
export const numbersIn = (known: Known | undefined): number[] | undefined => {
  if (!known || known.dims.length > 1) return undefined
  const values = Array.from(known.values as ArrayLike<Size>)
  return values.every((value) => typeof value === 'number' && Number.isInteger(value)) ? (values as number[]) : undefined
}

/** An axis from 0; `undefined` where there is none such. */
export const axisIn = (axis: number, count: number): number | undefined => {
  const found = axis < 0 ? axis + count : axis
  return Number.isInteger(found) && found >= 0 && found < count ? found : undefined
}

/** How many values stand between neighbours along each axis. */
export const stridesOf = (dims: readonly number[]): number[] => {
  const strides: number[] = []
  let stride = 1
  for (const size of [...dims].reverse()) {
    strides.unshift(stride)
    stride *= size
  }
  return strides
}

/** Values of the same kind, chosen by their places. */
export const chosen = (known: Known, dims: readonly number[], places: (at: number) => number): Known => {
  const count = valuesIn(dims)
  const { values } = known
  if (values instanceof Float32Array) {
    const found = new Float32Array(count)
    for (let at = 0; at < count; at += 1) found[at] = values[places(at)] as number
    return { ...known, dims, values: found }
  }
  return { ...known, dims, values: Array.from({ length: count }, (_, at) => values[places(at)]) }
}

/** For each value of a shape, counted row by row, where it stands: `offset`, and a stride for each axis. */
export const placesOf = (dims: readonly number[], strides: readonly number[], offset = 0): ((at: number) => number) => {
  const own = stridesOf(dims)
  return (at) => {
    let place = offset
    for (let axis = 0; axis < dims.length; axis += 1)
      place += (Math.floor(at / (own[axis] as number)) % (dims[axis] as number)) * (strides[axis] as number)
    return place
  }
}

/** The shape that shapes are broadcast to; `undefined` where they do not fit. */
export const broadcast = (shapes: readonly (readonly number[])[]): number[] | undefined => {
  const rank = shapes.reduce((most, { length }) => Math.max(most, length), 0)
  const dims = Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1).filter((size) => size !== 1)
    return sizes.every((size) => size === sizes[0]) ? (sizes[0] ?? 1) : -1
  })
  return dims.includes(-1) ? undefined : dims
}

/** The strides of a shape in the one that it is broadcast to. */
export const broadcastStrides = (dims: readonly number[], to: readonly number[]): number[] => {
  const own = stridesOf(dims)
  return to.map((_, axis) => {
    const place = axis - to.length + dims.length
    return place < 0 || dims[place] === 1 ? 0 : (own[place] as number)
  })
}
