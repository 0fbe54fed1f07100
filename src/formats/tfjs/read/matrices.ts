import { fused } from './fused.js'
import type { TfNode } from './graph-def.js'
import type { ReadWeight } from './layers.js'
import type { Constant, Size, Value } from './operands.js'
import { type OperatorReader, type Reader, sizesOperand } from './reader.js'
import { weightOf } from './weights.js'

/** Products with a matrix, and rows of one. */

/** A product with a matrix of the file, or of two values. */
const matmul: OperatorReader = (read, node) => {
  const isBatched = node.op.startsWith('BatchMatMul')
  const [first, second] = isBatched ? ['adj_x', 'adj_y'] : ['transpose_a', 'transpose_b']
  const [turnsFirst, turnsSecond] = [node.boolean(first as string), node.boolean(second as string)]
  const other = read.part(node, 1)
  if (other.is !== 'constant') {
    if (!isBatched) return node.fail('multiplies two values of the network along their batches.')
    const [one, two] = [turned(read, node, read.value(node), turnsFirst), turned(read, node, read.value(node, 1), turnsSecond)]
    return read.add(node, 'matmul', {}, [one, two])
  }
  const value = read.rows(node)
  if (turnsFirst || other.shape.length !== 2 || other.isWhole)
    return node.fail(`multiplies by numbers of the shape [${other.shape.join(', ')}], which no layer here does.`)
  const [rows, columns] = (turnsSecond ? [...other.shape].reverse() : other.shape) as [number, number]
  if (rows !== value.shape.at(-1)) return node.fail(`its matrix is for ${rows} features, and there are ${value.shape.at(-1)}.`)
  const kernel: ReadWeight = turnsSecond ? turnedMatrix(other) : weightOf(other)
  const rank = value.shape.length - 1
  if (rank > 3) return node.fail(`takes ${rank + 2} axes, and a dense layer here at most 5.`)
  const dense =
    rank > 1
      ? read.add(node, `conv${rank}d`, { filters: columns, kernel: 1, bias: false }, [value], { kernel })
      : read.add(node, 'dense', { units: columns, bias: false }, [value], { kernel })
  return fused(read, node, { ...dense, merged: value.merged }, 2)
}

const turnedMatrix = ({ key, shape, numbers }: Constant): ReadWeight => ({
  key: `turned ${key}`,
  numbers: () => {
    const [rows, columns] = shape as [number, number]
    const data = numbers()
    return data && Float32Array.from({ length: data.length }, (_, at) => data[(at % rows) * columns + Math.floor(at / rows)] as number)
  },
})

/** A value with its last two axes exchanged. */
const turned = (read: Reader, node: TfNode, value: Value, isTurned: boolean): Value => {
  const rank = value.shape.length
  if (!isTurned) return value
  if (rank < 2) return node.fail('needs matrices.')
  const axes = [...Array.from({ length: rank - 2 }, (_, axis) => axis), rank - 1, rank - 2]
  return read.add(node, 'permute', { axes }, [value])
}

const embedding: OperatorReader = (read, node) => {
  const [table, words] = [read.constant(node, 0), read.value(node, 1)]
  if (table.shape.length !== 2 || table.isWhole || words.shape.length !== 1)
    return node.fail('is no layer here but as an embedding: rows of a matrix of the file, at the words of a sequence.')
  const [vocabulary, features] = table.shape as [number, number]
  return read.add(node, 'embedding', { vocabulary, features }, [words], { embedding: weightOf(table) })
}

/** Rows of a table, or entries of a list of sizes. */
const gather: OperatorReader = (read, node) => {
  const table = read.operand(node, 0)
  if (table.is !== 'sizes') return embedding(read, node)
  const indices = read.constant(node, 1)
  const places = read.wholes(node, 1)
  const sizes = places.map((place): Size => table.sizes[place] ?? node.fail(`takes size ${place}, and there are ${table.sizes.length}.`))
  return sizesOperand(node, indices.shape.length > 0, sizes)
}

export const matrixReaders: Readonly<Record<string, OperatorReader>> = {
  MatMul: matmul,
  _FusedMatMul: matmul,
  BatchMatMul: matmul,
  BatchMatMulV2: matmul,
  GatherV2: gather,
  Gather: gather,
}
