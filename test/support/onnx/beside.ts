import { fromOnnx } from '../../../src/formats/onnx/index.js'
import type { OnnxModel } from '../../../src/formats/onnx/model.js'
import { beginInputs } from '../../../src/formats/onnx/read/reader/inputs.js'
import { Reader } from '../../../src/formats/onnx/read/reader/reader.js'
import { encodeModel } from '../../../src/formats/onnx/wire/encode.js'
import { onnxModel } from '../../../src/formats/onnx/write/write.js'
import { FormatError } from '../../../src/network/format-error.js'
import { numbers, runModel } from '../onnx.js'
import { product } from './models.js'

/** A model of others beside what is read of it: both in ONNX Runtime, on the same numbers. */

/** What became of a model: refused by a sentence, not run by ONNX Runtime as it stands, or run beside ours. */
export type Outcome =
  | { readonly is: 'refused'; readonly sentence: string }
  | { readonly is: 'unrunnable'; readonly sentence: string }
  | { readonly is: 'read'; readonly kinds: string; readonly difference: number }

/** Values with their channels first in the other order, or back: `sizes` are those of `data`, without the batch. */
export const turned = (data: Float32Array, sizes: readonly number[], isFirst: boolean): Float32Array => {
  if (sizes.length < 2) return data
  const each = product(sizes)
  const channels = (isFirst ? sizes[0] : sizes.at(-1)) as number
  const positions = each / channels
  return Float32Array.from(data, (_, at) => {
    const [example, place] = [Math.floor(at / each), at % each]
    const found = isFirst
      ? (place % channels) * positions + Math.floor(place / channels)
      : (place % positions) * channels + Math.floor(place / positions)
    return data[example * each + found] as number
  })
}

/** The largest difference, relative where values are larger than one; infinite where only one of two is a number. */
export const difference = (one: ArrayLike<number>, other: ArrayLike<number>): number => {
  if (one.length !== other.length) return Number.POSITIVE_INFINITY
  return Array.from(one).reduce((most, value, at) => {
    const wanted = other[at] as number
    if (Object.is(value, wanted) || (Number.isNaN(value) && Number.isNaN(wanted)) || value === wanted) return most
    const apart = Math.abs(value - wanted) / Math.max(1, Math.abs(wanted))
    return Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(most, apart)
  }, 0)
}

const isFloat = (type: number | undefined): boolean => [1, 10, 11, 16].includes(type ?? 0)

/** Reads a model of one input and one output, writes it again with the file's weights, and runs both. */
export const beside = async (of: OnnxModel, bytes: Uint8Array = encodeModel(of), given?: Float32Array): Promise<Outcome> => {
  const [value] = of.graph.inputs
  const [batch, ...sizes] = (value?.dims ?? []) as [number | string, ...number[]]
  const examples = typeof batch === 'number' ? batch : 2
  const drawn = given ?? numbers(examples * product(sizes), 11).map((each) => each * 4)
  // Whole numbers are drawn so that each type has them.
  const x = isFloat(value?.type) ? drawn : drawn.map((each) => Math.abs(Math.trunc(each)))
  let read: ReturnType<typeof fromOnnx>
  try {
    read = fromOnnx(bytes)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return { is: 'refused', sentence: error.message }
  }
  let wanted: { readonly data: ArrayLike<number>; readonly dims: readonly number[] }
  try {
    const results = await runModel(bytes, of, examples, x)
    wanted = results[of.graph.outputs[0]?.name as string] as unknown as typeof wanted
  } catch (error) {
    return { is: 'unrunnable', sentence: `${error}` }
  }
  const { network, weights } = read
  const kinds = network.graph.nodes
    .slice(1)
    .map(({ kind }) => kind)
    .join(' ')
  const again = onnxModel(network, { weights })
  const own = new Reader(of, () => undefined)
  beginInputs(own)
  const isTurned = !own.isChannelsLast && sizes.length > 1
  const results = await runModel(encodeModel(again), again, examples, isTurned ? turned(x, sizes, true) : x)
  const found = results[again.graph.outputs[0]?.name as string] as unknown as typeof wanted
  // An image comes out with its channels last where it went in so, and everything else in the file's own order.
  const [dims, ownDims] = [wanted.dims.slice(1), found.dims.slice(1)]
  const values = Float32Array.from(found.data)
  const orders = [
    ...(dims.join() === ownDims.join() ? [values] : []),
    ...(dims.length > 1 && [...dims.slice(1), dims[0]].join() === ownDims.join() ? [turned(values, ownDims, false)] : []),
  ]
  const floats = Float32Array.from(wanted.data, Number)
  return {
    is: 'read',
    kinds,
    difference:
      wanted.dims[0] === found.dims[0]
        ? Math.min(Number.POSITIVE_INFINITY, ...orders.map((each) => difference(each, floats)))
        : Number.POSITIVE_INFINITY,
  }
}
