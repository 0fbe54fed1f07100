import type { NumberOf } from '../arithmetic/natural.js'
import { copied } from '../layers/kind/value.js'
import { fill, ShapeError } from '../shape/message.js'
import type { Shape } from '../shape/shape.js'
import { type MayBePositive, requireWhole, type WholeMessage } from '../shape/whole.js'
import type { Positive } from '../shape/windows.js'
import { inputLink } from './link.js'
import { networkOn } from './linked-network.js'
import type { Network } from './network.js'

const inList = 'input: takes the dimensions one by one, such as input(224, 224, 3), not in a list.'

const wrongAxes = 'input: takes one to four dimensions, such as (height, width, channels), not {count}.'

/** A dimension of an input, or the message that rejects it. */
type DimensionOrUseABlock<Name extends string, Size> =
  WholeMessage<'input', Name, Size, 1> extends infer Fault extends string ? ([Fault] extends [never] ? Size : Fault) : never

/** The features of a vector. A list of dimensions is rejected, but the network continues as if they had been separate arguments. */
type FeaturesOrUseABlock<Features> = [Features] extends [number]
  ? DimensionOrUseABlock<'features', Features>
  : [Features] extends [Shape]
    ? typeof inList
    : number

type ShapeOf<Features> = [Features] extends [number] ? [Size<Features>] : Features extends Shape ? InputSizes<Features> : never

/** The dimensions of an input as later layers see them. */
export type InputSizes<Sizes extends Shape> = { -readonly [Index in keyof Sizes]: Size<Sizes[Index]> }

/** A dimension as later layers see it; `number` if it is unknown or invalid. */
type Size<Dimension extends number> = [Dimension] extends [object]
  ? number
  : MayBePositive<Dimension> extends true
    ? number extends Dimension
      ? NumberOf<`${Dimension}`>
      : Dimension
    : number

/**
 * Starts a network from the shape of one sample, channels last and without a batch axis.
 *
 * @param features size of a vector
 * @throws {ShapeError} when a dimension is not a whole number of at least 1
 * @example
 * input(784) // Network<[784], [784], 0>
 */
export function input<Features extends Positive | Shape>(
  features: FeaturesOrUseABlock<Features>,
): Network<ShapeOf<Features>, ShapeOf<Features>, 0>
/**
 * Starts a network from the shape of one sample, channels last and without a batch axis.
 *
 * @param length positions of a sequence or a signal
 * @param channels values at each position
 * @throws {ShapeError} when a dimension is not a whole number of at least 1
 * @example
 * input(100, 8) // Network<[100, 8], [100, 8], 0>
 */
export function input<Length extends number, Channels extends number>(
  length: DimensionOrUseABlock<'length', Length>,
  channels: DimensionOrUseABlock<'channels', Channels>,
): Network<[Size<Length>, Size<Channels>], [Size<Length>, Size<Channels>], 0>
/**
 * Starts a network from the shape of one sample, channels last and without a batch axis.
 *
 * @param height rows of an image
 * @param width columns of an image
 * @param channels values at each pixel: 3 for red, green and blue
 * @throws {ShapeError} when a dimension is not a whole number of at least 1
 * @example
 * input(227, 227, 3) // Network<[227, 227, 3], [227, 227, 3], 0>
 */
export function input<Height extends number, Width extends number, Channels extends number>(
  height: DimensionOrUseABlock<'height', Height>,
  width: DimensionOrUseABlock<'width', Width>,
  channels: DimensionOrUseABlock<'channels', Channels>,
): Network<[Size<Height>, Size<Width>, Size<Channels>], [Size<Height>, Size<Width>, Size<Channels>], 0>
/**
 * Starts a network from the shape of one sample, channels last and without a batch axis.
 *
 * @param depth slices of a scan, or frames of a video
 * @param height rows of a slice
 * @param width columns of a slice
 * @param channels values at each cell
 * @throws {ShapeError} when a dimension is not a whole number of at least 1
 * @example
 * input(16, 112, 112, 3) // Network<[16, 112, 112, 3], [16, 112, 112, 3], 0>
 */
export function input<Depth extends number, Height extends number, Width extends number, Channels extends number>(
  depth: DimensionOrUseABlock<'depth', Depth>,
  height: DimensionOrUseABlock<'height', Height>,
  width: DimensionOrUseABlock<'width', Width>,
  channels: DimensionOrUseABlock<'channels', Channels>,
): Network<[Size<Depth>, Size<Height>, Size<Width>, Size<Channels>], [Size<Depth>, Size<Height>, Size<Width>, Size<Channels>], 0>
export function input(...shape: unknown[]): unknown {
  if (copied(shape, 'input').some((size) => Array.isArray(size))) throw new ShapeError(inList, 'input', 'shape')
  const names = axes[shape.length - 1]
  if (!names) throw new ShapeError(fill(wrongAxes, { count: `${shape.length}` }), 'input', 'shape')
  for (const [index, name] of names.entries()) requireWhole('input', name, shape[index], 1)
  return networkOn(inputLink(shape as number[]))
}

/** The names of the dimensions, indexed by their number minus one. */
const axes = [['features'], ['length', 'channels'], ['height', 'width', 'channels'], ['depth', 'height', 'width', 'channels']]
