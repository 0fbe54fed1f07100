import type { Tensor } from '../../../../weights/weights.js'
import type { OnnxNode } from '../../model.js'
import type { Attention, ConstantTensor, Projection } from '../operands/operand.js'
import type { ReadWeight } from '../reader/layers.js'
import type { Reader } from '../reader/reader.js'

/** The weights of an attention, from those of the dense layers that give its queries, keys and values. */

/** Rows of a dense layer's weight, as PyTorch has them: its units, or their biases. */
interface Rows {
  readonly from: ConstantTensor | undefined
  readonly data: Float32Array | undefined
  /** Values in a row. */
  readonly width: number
}

const rowsOf = (read: Reader, { of }: Projection, suffix: 'weight' | 'bias'): Rows => {
  const found = read.nodeOf(of).weights.find((weight) => weight.suffix === suffix)
  const [, features = 0] = read.shapeOf(read.nodeOf(of).inputs[0] as string)
  return { from: found?.from, data: found?.tensor?.data ?? found?.from.data, width: suffix === 'weight' ? features : 1 }
}

/** Puts the rows of all heads one after the other, times a factor. */
const gathered = (
  { data, width }: Rows,
  { offset, headStep, step }: Projection,
  { heads, shape }: Attention,
  factor: number,
  into: Float32Array,
): void => {
  const size = shape[1] / heads
  for (let head = 0; head < heads; head += 1)
    for (let each = 0; each < size; each += 1) {
      const from = (offset + head * headStep + each * step) * width
      const to = (head * size + each) * width
      for (let at = 0; at < width; at += 1) into[to + at] = ((data?.[from + at] as number | undefined) ?? 0) * factor
    }
}

const tensor = (shape: readonly number[], data: Float32Array): Tensor => ({ shape: [...shape], dtype: 'F32', data })

/**
 * The projections to queries, keys and values. What the file multiplies the products by is put into those of the queries, where it is not what the
 * layer multiplies them by; biases that the file does not have are zeros, where it has others.
 */
export const inProjectionWeights = (read: Reader, node: OnnxNode, attention: Attention, hasBias: boolean): ReadWeight[] => {
  const { shape, heads, scale, queries, keys, values } = attention
  const features = shape[1]
  const all = [queries, keys, values]
  const ratio = scale * Math.sqrt(features / heads)
  const factors = [Math.abs(ratio - 1) < 1e-6 ? 1 : ratio, 1, 1]
  const weightOf = (suffix: string, kind: 'weight' | 'bias', places: readonly number[]): ReadWeight => {
    const rows = places.map((place) => rowsOf(read, all[place] as Projection, kind))
    const [first] = rows as [Rows]
    const dims = kind === 'bias' ? [places.length * features] : [places.length * features, first.width]
    const named = rows.find(({ from }) => from)?.from
    const name = named?.name ?? `${node.outputs[0]}/${suffix}`
    const part = suffix
    // Weights that are fed at every run have no numbers.
    const isKnown = rows.every(({ data, from }) => data || (kind === 'bias' && !from))
    if (!isKnown) return { suffix, from: { is: 'tensor', name, part, dims, data: undefined } }
    const each = features * first.width
    read.spend(node, places.length * each)
    const data = new Float32Array(places.length * each)
    for (const [index, place] of places.entries())
      gathered(
        rows[index] as Rows,
        all[place] as Projection,
        attention,
        factors[place] as number,
        data.subarray(index * each, (index + 1) * each),
      )
    return { suffix, from: { is: 'tensor', name, part, dims, data }, tensor: tensor(dims, data) }
  }
  const widths = all.map((each) => rowsOf(read, each, 'weight').width)
  const isOne = widths.every((width) => width === widths[0])
  return [
    ...(isOne
      ? [weightOf('in_proj_weight', 'weight', [0, 1, 2])]
      : ['q_proj_weight', 'k_proj_weight', 'v_proj_weight'].map((suffix, place) => weightOf(suffix, 'weight', [place]))),
    ...(hasBias ? [weightOf('in_proj_bias', 'bias', [0, 1, 2])] : []),
  ]
}

/** Whether one of the projections has biases. */
export const hasInBias = (read: Reader, { queries, keys, values }: Attention): boolean =>
  [queries, keys, values].some(({ of }) => read.nodeOf(of).settings['bias'] === true)
