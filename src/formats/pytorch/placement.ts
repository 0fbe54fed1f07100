import type { GraphNode } from '../../network/graph.js'
import { channelsFirst, type Tensor } from './axes.js'
import { type Call, call, numberText, tuple } from './call.js'
import { type Part, part } from './part.js'

/* The position of a window. PyTorch pads both ends of an axis equally; any excess becomes a separate padding module. */

/** The position of a window on each axis, with the zeros that it needs. */
export interface PlacedWindow {
  readonly rank: number
  readonly kernel: readonly number[]
  readonly stride: readonly number[]
  readonly dilation: readonly number[]
  readonly before: readonly number[]
  readonly after: readonly number[]
  /** How far the last window reaches past the padding, in cells. */
  readonly over: readonly number[]
}

/** {@link PlacedWindow} for a node that slides a window. */
export const placedWindow = ({ window, output }: GraphNode): PlacedWindow => {
  const { axes, fits } = window as NonNullable<GraphNode['window']>
  return {
    rank: axes.length,
    kernel: axes.map(({ kernel }) => kernel),
    stride: axes.map(({ stride }) => stride),
    dilation: axes.map(({ dilation }) => dilation),
    before: fits.map(({ before }) => before),
    after: fits.map(({ after }) => after),
    over: fits.map(({ before, after, span }, index) => {
      const { size, stride } = axes[index] as (typeof axes)[number]
      return Math.max(0, ((output[index] as number) - 1) * stride + span - (size + before + after))
    }),
  }
}

export const none = (values: readonly number[]): boolean => values.every((value) => value === 0)

/** A padding module: `nn.ZeroPad2d(1)`, `nn.ConstantPad1d((0, 1), 0.0)`. */
export const padCall = (before: readonly number[], after: readonly number[], value: '0.0' | '-float("inf")'): Call => {
  // PyTorch starts with the last axis.
  const amounts = before
    .map((cells, axis) => [cells, after[axis] as number])
    .reverse()
    .flat()
  const padding = amounts.every((amount) => amount === amounts[0]) ? (amounts[0] as number) : tuple(amounts.map(numberText))
  if (before.length === 2 && value === '0.0') return call('nn.ZeroPad2d', { padding })
  return call(`nn.ConstantPad${Math.min(before.length, 3)}d`, { padding, value })
}

/** The output tensor of a padding. */
const padded = ({ shape, axes }: Tensor, before: readonly number[], after: readonly number[]): Tensor => ({
  shape: shape.map((size, axis) => size + (before[axis] ?? 0) + (after[axis] ?? 0)),
  axes,
})

/** A padding before a window, on a channels-first tensor. */
export const padding = (input: Tensor, before: readonly number[], after: readonly number[], value: '0.0' | '-float("inf")' = '0.0'): Part =>
  part(padCall(before, after, value), padded(input, before, after), {}, 'pad')

export const outputOf = ({ output }: GraphNode): Tensor => ({ shape: output, axes: channelsFirst(output) })
