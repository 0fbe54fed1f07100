import { valuesIn } from '../../../../layers/kind/layer.js'
import type { OnnxNode } from '../../model.js'
import type { ConstantTensor, ScoresOperand, ViewOperand, Windows } from '../operands/operand.js'
import { type Digit, isSameParts } from '../operands/views.js'
import type { ReadWeight } from '../reader/layers.js'
import type { Reader } from '../reader/reader.js'

/** Attention in the windows of an image, as Swin Transformers have it: its operators are those of an attention on views of the image. */

/** Parts without those of one value, and parts that follow each other as one. */
const parts = (...all: readonly Digit[]): Digit[] => all.filter(({ size }) => size !== 1)

/** The axes of queries in windows: the batch and the windows, the heads, the cells, and the features of a head. */
const axesOf = (shape: readonly number[], size: number, heads: number, channels: number): readonly (readonly Digit[])[] => {
  const [height = 0, width = 0] = shape
  const each = channels / heads
  return [
    parts({ axis: 0, size: height / size, step: size }, { axis: 1, size: width / size, step: size }),
    parts({ axis: 2, size: heads, step: each }),
    parts({ axis: 0, size, step: 1 }, { axis: 1, size, step: 1 }),
    parts({ axis: 2, size: each, step: 1 }),
  ]
}

/** Whether a view has such axes, in an order. */
const hasAxes = ({ digits }: ViewOperand, wanted: readonly (readonly Digit[])[], order: readonly number[]): boolean => {
  const [lead = [], ...others] = digits
  const [batch, ...windows] = lead
  return (
    digits.length === 4 &&
    batch !== undefined &&
    batch.axis < 0 &&
    isSameParts(windows, wanted[0] ?? []) &&
    others.every((each, index) => isSameParts(each, wanted[order[index] as number] ?? []))
  )
}

const isSameRolls = (one: ViewOperand, other: ViewOperand): boolean => (one.rolls ?? []).join() === (other.rolls ?? []).join()

/** Queries times keys within windows; `undefined` where two views are no such. */
export const windowScores = (read: Reader, queries: ViewOperand, keys: ViewOperand): Omit<ScoresOperand, 'make'> | undefined => {
  const { of, digits } = queries
  const node = read.nodeOf(of)
  if (of !== keys.of || node.kind !== 'conv2d' || node.settings['kernel'] !== 1 || queries.attention || keys.attention) return undefined
  const image = node.inputs[0] as string
  const shape = read.shapeOf(image)
  const [height = 0, width = 0, channels = 0] = shape
  const heads = digits[1]?.[0]?.size ?? 1
  const size = digits[2]?.find(({ axis }) => axis === 0)?.size ?? 0
  if (size < 2 || height % size !== 0 || width % size !== 0 || channels % heads !== 0) return undefined
  const wanted = axesOf(shape, size, heads, channels)
  const isOfBoth = hasAxes(queries, wanted, [1, 2, 3]) && hasAxes(keys, wanted, [1, 3, 2]) && isSameRolls(queries, keys)
  const scale = queries.scale * keys.scale
  const isThirds = read.shapeOf(of)[2] === 3 * channels && queries.offset === 0 && keys.offset === channels
  if (!isOfBoth || !isThirds) return undefined
  const projection = { of, offset: 0, headStep: 0, step: 0 }
  return {
    is: 'scores',
    queries,
    heads: { count: heads, size: channels / heads },
    projections: [projection, projection],
    keyTokens: size * size,
    scale,
    windows: { image, projection: of, size, counts: [height / size, width / size] },
    isSoftmax: false,
  }
}

/** Scores with positions or a mask added to them, if the numbers have such a shape. */
export const withBiases = (scores: ScoresOperand, tensor: ConstantTensor): Windows | undefined => {
  const { windows, heads, isSoftmax } = scores
  if (!windows || isSoftmax || !tensor.data || tensor.repeated) return undefined
  const cells = windows.size ** 2
  const dims = tensor.dims.join()
  const lead = windows.isApart ? '1,1,' : '1,'
  const isPositions = [`${lead}${[heads.count, cells, cells]}`, `${[heads.count, cells, cells]}`].includes(dims)
  if (isPositions && !windows.positions) return { ...windows, positions: tensor }
  const count = windows.counts[0] * windows.counts[1]
  const isMask = windows.isApart && [`1,${[count, 1, cells, cells]}`, `${[count, 1, cells, cells]}`].includes(dims)
  return isMask && !windows.mask ? { ...windows, mask: tensor } : undefined
}

/** Scores whose windows get an axis of their own, or lose it; `undefined` where the sizes say something else. */
export const apart = ({ windows, heads, isSoftmax }: ScoresOperand, sizes: readonly unknown[]): Windows | undefined => {
  if (!windows || isSoftmax) return undefined
  const cells = windows.size ** 2
  const count = windows.counts[0] * windows.counts[1]
  const [, ...rest] = sizes
  if (rest.join() === [count, heads.count, cells, cells].join()) return { ...windows, isApart: true }
  return rest.join() === [heads.count, cells, cells].join() ? { ...windows, isApart: false } : undefined
}

/** What a softmax of such scores takes of its values; `undefined` where those are others. */
export const windowsAttended = (read: Reader, scores: ScoresOperand, values: ViewOperand): Omit<ViewOperand, 'make'> | undefined => {
  const { windows, heads, queries } = scores
  if (!windows || windows.isApart || !scores.isSoftmax || values.of !== windows.projection || !isSameRolls(queries, values))
    return undefined
  const shape = read.shapeOf(windows.image)
  const channels = shape[2] as number
  const wanted = axesOf(shape, windows.size, heads.count, channels)
  if (!hasAxes(values, wanted, [1, 2, 3]) || values.offset !== 2 * channels || values.scale !== 1) return undefined
  const projection = { of: windows.projection, offset: 0, headStep: 0, step: 0 }
  return {
    is: 'view',
    of: windows.image,
    digits: values.digits,
    offset: 0,
    scale: 1,
    ...(queries.rolls ? { rolls: queries.rolls } : {}),
    attention: {
      shape: [valuesIn(shape.slice(0, 2)), channels],
      heads: heads.count,
      queries: projection,
      keys: projection,
      values: projection,
      scale: scores.scale,
      windows,
    },
  }
}

/** How far the windows were moved: the same along each side that has several. */
const shiftOf = ({ counts }: Windows, rolls: readonly number[]): number | undefined => {
  const shifts = counts.flatMap((count, axis) => (count > 1 ? [rolls[axis] ?? 0] : []))
  const isStill = counts.every((count, axis) => count > 1 || (rolls[axis] ?? 0) === 0)
  const [first = 0] = shifts
  return isStill && shifts.every((each) => each === first) ? first : undefined
}

/** In which part of the moved image a cell stands: those of two parts were no neighbours. */
const partAt = (place: number, size: number, window: number, shift: number): number =>
  shift === 0 || place < size - window ? 0 : place < size - shift ? 1 : 2

/** Whether a mask keeps exactly those cells apart that were no neighbours, by -100. */
const isMask = ({ size, counts, mask }: Windows, shift: number): boolean => {
  const cells = size * size
  const [rows, columns] = counts
  const moved = counts.map((count) => (count > 1 ? shift : 0)) as [number, number]
  if (shift === 0 || !mask?.data) return shift === 0 && !mask
  const partOf = (window: number, cell: number): number => {
    const row = Math.floor(window / columns) * size + Math.floor(cell / size)
    const column = (window % columns) * size + (cell % size)
    return 3 * partAt(row, rows * size, size, moved[0]) + partAt(column, columns * size, size, moved[1])
  }
  for (let window = 0; window < rows * columns; window += 1) {
    const own = Array.from({ length: cells }, (_, cell) => partOf(window, cell))
    for (let one = 0; one < cells; one += 1)
      for (let other = 0; other < cells; other += 1)
        if (mask.data[(window * cells + one) * cells + other] !== (own[one] === own[other] ? 0 : -100)) return false
  }
  return true
}

/** The table of biases by relative position, if the numbers are those of one. */
const tableOf = ({ size, positions }: Windows, heads: number): Float32Array | undefined => {
  const data = positions?.data
  if (!data) return undefined
  const side = 2 * size - 1
  const cells = size * size
  const table = new Float32Array(side * side * heads).fill(Number.NaN)
  for (let head = 0; head < heads; head += 1)
    for (let one = 0; one < cells; one += 1)
      for (let other = 0; other < cells; other += 1) {
        const down = Math.floor(one / size) - Math.floor(other / size) + size - 1
        const right = (one % size) - (other % size) + size - 1
        const at = (down * side + right) * heads + head
        const value = data[(head * cells + one) * cells + other] as number
        if (Number.isNaN(table[at])) table[at] = value
        else if (table[at] !== value) return undefined
      }
  return table
}

/** The layer of an attention in windows, with the matrix that comes last. */
export const windowAttentionOf = (
  read: Reader,
  node: OnnxNode,
  { attention, rolls = [] }: ViewOperand,
  last: readonly [weight: ReadWeight, bias: ReadWeight | undefined],
): string => {
  const { windows, heads, shape, scale } = attention as NonNullable<typeof attention> & { readonly windows: Windows }
  const channels = shape[1]
  const near = 'is an attention in windows that windowAttention does not compute:'
  if (Math.abs(scale * Math.sqrt(channels / heads) - 1) > 1e-6)
    return read.fail(node, `${near} it multiplies its products by ${scale}, and windowAttention by 1 over the root of ${channels / heads}.`)
  const shift = shiftOf(windows, rolls)
  if (shift === undefined) return read.fail(node, `${near} it moves the image by ${rolls.slice(0, 2).join(' and ')} cells.`)
  if (!isMask(windows, shift)) return read.fail(node, `${near} its mask keeps other cells apart.`)
  const table = tableOf(windows, heads)
  if (!table) return read.fail(node, `${near} its biases are not one for each relative position.`)
  const projection = read.nodeOf(windows.projection)
  const inner = (suffix: string): ReadWeight | undefined => projection.weights.find((each) => each.suffix === suffix)
  const [weight, bias] = [inner('weight') as ReadWeight, inner('bias')]
  const hasBias = bias !== undefined || last[1] !== undefined
  const zeros = (suffix: string, count: number): ReadWeight => {
    const data = new Float32Array(count)
    const from: ConstantTensor = { is: 'tensor', name: `${node.outputs[0]}/${suffix}`, dims: [count], data }
    return { suffix, from, tensor: { shape: [count], dtype: 'F32', data } }
  }
  const numbers = weight.tensor?.data ?? weight.from.data
  const all: ReadWeight[] = [
    {
      suffix: 'qkv.weight',
      from: weight.from,
      tensor: numbers && { shape: [3 * channels, channels], dtype: 'F32', data: numbers },
    },
    ...(hasBias ? [bias ? { ...bias, suffix: 'qkv.bias' } : zeros('qkv.bias', 3 * channels)] : []),
    { ...last[0], suffix: 'proj.weight' },
    ...(hasBias ? [last[1] ? { ...last[1], suffix: 'proj.bias' } : zeros('proj.bias', channels)] : []),
    {
      suffix: 'relative_position_bias_table',
      from: windows.positions as ConstantTensor,
      tensor: { shape: [table.length / heads, heads], dtype: 'F32', data: table },
    },
  ]
  return read.add(node, 'windowAttention', { heads, window: windows.size, shift, bias: hasBias }, [windows.image], all)
}
