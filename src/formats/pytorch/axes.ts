import type { Shape } from '../../shape/shape.js'
import { call } from './call.js'
import type { Part } from './part.js'

/*
 * The order of a tensor's axes. In this package shapes are channels last. PyTorch's layers expect the channels right after the batch
 * axis, or last for tokens. A tensor keeps its order until a layer needs another.
 */

/** For each axis of a PyTorch tensor after the batch, the corresponding axis of the shape. */
export type Axes = readonly number[]

/** A tensor as PyTorch stores it. */
export interface Tensor {
  /** Channels last, without the batch. */
  readonly shape: Shape
  readonly axes: Axes
}

/** The order `[channels, height, width]`. */
export const channelsFirst = (shape: Shape): number[] => [shape.length - 1, ...shape.slice(1).keys()]

/** The order `[height, width, channels]`. */
export const channelsLast = (shape: Shape): number[] => [...shape.keys()]

/** The order of a module's inputs and outputs: channels first, except sequences, which are (batch, length, features). */
export const outerAxes = (shape: Shape): number[] => (shape.length === 2 ? channelsLast(shape) : channelsFirst(shape))

const spatialNames: Readonly<Record<number, readonly string[]>> = { 2: ['length'], 3: ['height', 'width'], 4: ['depth', 'height', 'width'] }

/** The names of a tensor's axes after the batch; `undefined` if there are too many to name. */
export const axisNamesOf = ({ shape, axes }: Tensor): readonly string[] | undefined => {
  const last = shape.length - 1
  const channels = shape.length < 3 ? 'features' : 'channels'
  const spatial = last === 0 ? [] : spatialNames[shape.length]
  return spatial && axes.map((axis) => (axis === last ? channels : (spatial[axis] as string)))
}

const sameAxes = (first: Axes, second: Axes): boolean => first.every((axis, index) => axis === second[index])

/** The permutation that brings a tensor's axes into an order; empty if they already are. */
export const ordered = ({ shape, axes }: Tensor, wanted: Axes): Part[] => {
  if (sameAxes(axes, wanted)) return []
  const dims = [0, ...wanted.map((axis) => axes.indexOf(axis) + 1)]
  return [
    {
      role: 'permute',
      call: call('Permute', Object.fromEntries(dims.map((dim, index) => [`dim_${index}`, dim]))),
      tensor: { shape, axes: wanted },
    },
  ]
}

/** The sizes of a tensor in PyTorch, without the batch. */
export const sizesOf = ({ shape, axes }: Tensor): number[] => axes.map((axis) => shape[axis] as number)
