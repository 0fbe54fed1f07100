import type { Shape } from '../shape/shape.js'
import { call } from './call.js'
import type { Part } from './part.js'

/*
 * Where the axes of a tensor lie. Here shapes are channels last; PyTorch's layers want the channels right behind the batch, or, for
 * tokens, last. A tensor keeps the order it has until a layer needs another.
 */

/** For each axis of a tensor in PyTorch behind the batch, which axis of the shape it is. */
export type Axes = readonly number[]

/** A tensor as PyTorch has it. */
export interface Tensor {
  /** Channels last, without the batch. */
  readonly shape: Shape
  readonly axes: Axes
}

/** `[channels, height, width]`. */
export const channelsFirst = (shape: Shape): number[] => [shape.length - 1, ...shape.slice(1).keys()]

/** `[height, width, channels]`. */
export const channelsLast = (shape: Shape): number[] => [...shape.keys()]

const sameAxes = (one: Axes, other: Axes): boolean => one.every((axis, index) => axis === other[index])

/** What brings a tensor's axes into an order: nothing, or a permutation. */
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

/** The sizes of a tensor in PyTorch, behind the batch. */
export const sizesOf = ({ shape, axes }: Tensor): number[] => axes.map((axis) => shape[axis] as number)
