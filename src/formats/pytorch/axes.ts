import type { Shape } from '../../shape/shape.js'
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

/** The order of what goes into a module and comes out: channels first, but sequences stay (batch, length, features). */
export const outerAxes = (shape: Shape): number[] => (shape.length === 2 ? channelsLast(shape) : channelsFirst(shape))

const spatialNames: Readonly<Record<number, readonly string[]>> = { 2: ['length'], 3: ['height', 'width'], 4: ['depth', 'height', 'width'] }

/** What the axes of a tensor are called behind the batch; `undefined` where there are more than have names. */
export const axisNamesOf = ({ shape, axes }: Tensor): readonly string[] | undefined => {
  const last = shape.length - 1
  const channels = shape.length < 3 ? 'features' : 'channels'
  const spatial = last === 0 ? [] : spatialNames[shape.length]
  return spatial && axes.map((axis) => (axis === last ? channels : (spatial[axis] as string)))
}

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
