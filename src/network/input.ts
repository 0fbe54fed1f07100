import type { NumberOf } from '../arithmetic/natural.js'
import { fill, ShapeError } from '../shape/message.js'
import type { Shape } from '../shape/shape.js'
import { type MayBePositive, requireWhole, type WholeMessage } from '../shape/whole.js'
import type { Positive } from '../shape/windows.js'
import { inputLink } from './link.js'
import { type Network, networkOn } from './network.js'

const inList = 'input: takes the dimensions one by one, such as input(224, 224, 3), not in a list.'

const wrongAxes = 'input: takes one to four dimensions, such as (height, width, channels), not {count}.'

/** A dimension of an input, or the sentence that refuses it. */
type DimensionOrUseABlock<Name extends string, Size> =
  WholeMessage<'input', Name, Size, 1> extends infer Fault extends string ? ([Fault] extends [never] ? Size : Fault) : never

/** The features of a vector; a list of dimensions is refused, and the network goes on as if they had been written one by one. */
type FeaturesOrUseABlock<Given> = [Given] extends [number]
  ? DimensionOrUseABlock<'features', Given>
  : [Given] extends [Shape]
    ? typeof inList
    : number

type Begin<Given> = [Given] extends [number] ? [Size<Given>] : Given extends Shape ? InputSizes<Given> : never

/** The dimensions of an input as the network goes on with them. */
export type InputSizes<Given extends Shape> = { -readonly [Index in keyof Given]: Size<Given[Index]> }

/** A dimension as the network goes on with it: `number` where it is not known, or none. */
type Size<Given extends number> = [Given] extends [never]
  ? number
  : MayBePositive<Given> extends true
    ? number extends Given
      ? NumberOf<`${Given}`>
      : Given
    : number

/**
 * Begins a network with the shape of one example, channels last and without a batch axis.
 *
 * @param features size of a vector
 * @throws {ShapeError} when a dimension is no whole number of at least 1
 * @example
 * input(784) // Network<[784], [784], 0>
 */
export function input<Given extends Positive | Shape>(features: FeaturesOrUseABlock<Given>): Network<Begin<Given>, Begin<Given>, 0>
/**
 * Begins a network with the shape of one example, channels last and without a batch axis.
 *
 * @param length positions of a sequence or a signal
 * @param channels values at each position
 * @throws {ShapeError} when a dimension is no whole number of at least 1
 * @example
 * input(100, 8) // Network<[100, 8], [100, 8], 0>
 */
export function input<Length extends number, Channels extends number>(
  length: DimensionOrUseABlock<'length', Length>,
  channels: DimensionOrUseABlock<'channels', Channels>,
): Network<[Size<Length>, Size<Channels>], [Size<Length>, Size<Channels>], 0>
/**
 * Begins a network with the shape of one example, channels last and without a batch axis.
 *
 * @param height rows of an image
 * @param width columns of an image
 * @param channels values at each pixel: 3 for red, green and blue
 * @throws {ShapeError} when a dimension is no whole number of at least 1
 * @example
 * input(227, 227, 3) // Network<[227, 227, 3], [227, 227, 3], 0>
 */
export function input<Height extends number, Width extends number, Channels extends number>(
  height: DimensionOrUseABlock<'height', Height>,
  width: DimensionOrUseABlock<'width', Width>,
  channels: DimensionOrUseABlock<'channels', Channels>,
): Network<[Size<Height>, Size<Width>, Size<Channels>], [Size<Height>, Size<Width>, Size<Channels>], 0>
/**
 * Begins a network with the shape of one example, channels last and without a batch axis.
 *
 * @param depth slices of a scan, or frames of a video
 * @param height rows of a slice
 * @param width columns of a slice
 * @param channels values at each cell
 * @throws {ShapeError} when a dimension is no whole number of at least 1
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
  if (shape.some((each) => Array.isArray(each))) throw new ShapeError(inList, 'input', 'shape')
  const names = axes[shape.length - 1]
  if (!names) throw new ShapeError(fill(wrongAxes, { count: `${shape.length}` }), 'input', 'shape')
  for (const [index, name] of names.entries()) requireWhole('input', name, shape[index], 1)
  return networkOn(inputLink(shape as number[]))
}

/** The parameters, by how many there are. */
const axes = [['features'], ['length', 'channels'], ['height', 'width', 'channels'], ['depth', 'height', 'width', 'channels']]
