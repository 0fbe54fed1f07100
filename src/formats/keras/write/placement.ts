import type { GraphNode } from '../../../network/graph.js'
import { countsPadding } from '../../settings.js'
import type { Chain } from '../layer.js'
import { cropped, type Ends, padded } from './cells.js'

/*
 * Where windows stand. Keras pads by 'same' or not at all: other paddings are layers of their own. It always rounds down.
 */

/** How a window lies on each axis. */
export interface WindowPlacement {
  readonly rank: number
  readonly kernel: readonly number[]
  readonly stride: readonly number[]
  readonly dilation: readonly number[]
  /** Cells before and after, with those that the last window hangs over. */
  readonly ends: Ends
  /** Whether `padding='same'` puts the window at the same places. */
  readonly isSame: boolean
  /** Whether cells lie around the input that an average counts. */
  readonly padded: boolean
  /** Whether the last window hangs over the padding. */
  readonly over: boolean
  /** Cells at the end of each axis that no window sees. */
  readonly unseen: readonly number[]
}

export const placementOf = ({ window, output, settings }: GraphNode): WindowPlacement => {
  const { axes, fits } = window as NonNullable<GraphNode['window']>
  const over = fits.map(({ before, after, span }, index) => {
    const { size, stride } = axes[index] as (typeof axes)[number]
    return Math.max(0, ((output[index] as number) - 1) * stride + span - (size + before + after))
  })
  const unseen = fits.map(({ before, after, span }, index) => {
    const { size, stride } = axes[index] as (typeof axes)[number]
    return Math.max(0, size + before + after - (((output[index] as number) - 1) * stride + span))
  })
  // Where the first window stands, and how many there are, says where all stand.
  const isSame = axes.every(({ size, stride }, index) => {
    const { before, span } = fits[index] as (typeof fits)[number]
    const positions = Math.ceil(size / stride)
    const total = Math.max((positions - 1) * stride + span - size, 0)
    return output[index] === positions && before === Math.floor(total / 2)
  })
  return {
    rank: axes.length,
    kernel: axes.map(({ kernel }) => kernel),
    stride: axes.map(({ stride }) => stride),
    // A single cell has no gaps.
    dilation: axes.map(({ kernel, dilation }) => (kernel === 1 ? 1 : dilation)),
    ends: fits.map(({ before, after }, index) => [before, after + (over[index] as number)] as const),
    isSame,
    padded: countsPadding(settings) && fits.some(({ before, after }) => before + after > 0),
    over: over.some((cells) => cells > 0),
    unseen,
  }
}

export const isOne = (values: readonly number[]): boolean => values.every((value) => value === 1)

/** The same window at every position. */
export const withoutStride = (place: WindowPlacement): WindowPlacement => ({ ...place, stride: place.stride.map(() => 1), isSame: false })

/** The shape that a window without padding gives. */
export const positionsOf = (chain: Chain, { kernel, stride, dilation }: WindowPlacement, channels: number): readonly number[] => [
  ...kernel.map((cells, axis) => {
    const span = (cells - 1) * (dilation[axis] as number) + 1
    return Math.floor(((chain.shape[axis] as number) - span) / (stride[axis] as number)) + 1
  }),
  channels,
]

/** The sizes on the axes, and a padding in front where it is none of Keras's. */
export const withPadding = (chain: Chain, place: WindowPlacement): { chain: Chain; padding: 'same' | 'valid' } => {
  const { ends, isSame } = place
  if (ends.every(([before, after]) => before === 0 && after === 0)) return { chain, padding: 'valid' }
  return isSame && !chain.padsApart ? { chain: forSame(chain, place), padding: 'same' } : { chain: padded(chain, ends), padding: 'valid' }
}

/** Every so many positions on each axis, from the first on. */
export const everyNth = (chain: Chain, stride: readonly number[], output: readonly number[]): Chain => {
  if (isOne(stride)) return chain
  const config = { pool_size: stride.map(() => 1), strides: stride, padding: 'valid' }
  return chain.add('steps', `MaxPooling${stride.length}D`, config, output)
}

/**
 * What a window with padding 'same' works on. Over three axes TensorFlow.js takes cells that no window sees for negative padding, and begins
 * inside the input: they are cut off.
 */
export const forSame = (chain: Chain, { rank, unseen }: WindowPlacement): Chain =>
  rank === 3 && unseen.some((cells) => cells > 0)
    ? cropped(
        chain,
        unseen.map((cells) => [0, cells] as const),
      )
    : chain

/** A line as an image of one column, so that what is there for images alone can work on it. */
export const asImage = (chain: Chain): Chain =>
  chain.shape.length === 2 ? chain.reshape('image', [chain.shape[0] as number, 1, chain.shape[1] as number]) : chain

/** The hyperparameter of an image for that of a line. */
export const onImage = (values: readonly number[], other: number): readonly number[] =>
  values.length === 1 ? [values[0] as number, other] : values

export const imageShape = (shape: readonly number[]): readonly number[] =>
  shape.length === 2 ? [shape[0] as number, 1, shape[1] as number] : shape
