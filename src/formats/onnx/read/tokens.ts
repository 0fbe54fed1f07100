import { valuesIn } from '../../../layers/kind/layer.js'
import type { OnnxNode } from '../model.js'
import { listed } from '../words.js'
import { attended, scoresAt, scoresOf } from './attention.js'
import { holdDense } from './dense/dense.js'
import { sizeText } from './folding/size.js'
import { viewAt } from './operands/lazily.js'
import type { ValueOperand } from './operands/operand.js'
import { holdPlace } from './operands/parts.js'
import { sizeOf } from './operands/views.js'
import type { Reader, Readers } from './reader/reader.js'
import { withoutOne } from './shapes.js'

/** Dense layers, embeddings and tokens. */

type Read = Readers[string]

const gemm: Read = (read, node) => {
  read.known(node, 'alpha', 'beta', 'transA', 'transB')
  const bias = read.optionalTensor(node, 2)
  if (read.float(node, 'alpha', 1) !== 1 || (bias && read.float(node, 'beta', 1) !== 1))
    return read.fail(node, 'scales its product, which dense here does not.')
  const shape = viewAt(read, node)?.digits
  if (read.flag(node, 'transA', false) || shape?.length !== 2) return read.fail(node, 'must take a vector for each example.')
  const matrix = read.tensor(node, 1)
  const isTorch = read.flag(node, 'transB', false)
  if (matrix.dims.length !== 2) return read.fail(node, `its matrix has ${matrix.dims.length} axes.`)
  const [units, features] = isTorch ? matrix.dims : [...matrix.dims].reverse()
  const have = sizeOf(shape[1] ?? [])
  if (features !== have) return read.fail(node, `its matrix takes ${features} features, and its input has ${sizeText(have)}.`)
  // One value for each unit, and not one for each example.
  const isPerUnit = bias && valuesIn(bias.dims) === units && bias.dims.length <= 2 && (bias.dims.at(-1) ?? 1) === units
  if (bias && !isPerUnit) return read.fail(node, `its bias is ${listed(bias.dims)}, and there are ${units} units.`)
  if (!holdDense(read, node, { tensor: matrix, isTorch, bias })) read.fail(node, 'must take a vector for each example.')
}

const matMul: Read = (read, node) => {
  read.known(node)
  if (isComputed(read, node, 1)) return productOf(read, node)
  const matrix = read.tensor(node, 1)
  const named = { ...node, name: node.name.replace(/\/product$/, '') }
  if (matrix.dims.length === 2 && holdDense(read, named, { tensor: matrix, isTorch: false })) return
  const { name } = read.last(node)
  read.fail(node, `multiplies ${read.shapeOf(name).at(-1)} features by ${listed(matrix.dims)}, which no layer here does.`)
}

/** A product of two values: of queries and keys, of a softmax of those and values, or any other. */
const productOf = (read: Reader, node: OnnxNode) => {
  const make = (): ValueOperand => {
    const inputs = [read.last(node).name, read.last(node, 1).name]
    return read.lastOf(read.add(node, 'matmul', {}, inputs))
  }
  const scores = scoresAt(read, node)
  const [one, other] = [viewAt(read, node), viewAt(read, node, 1)]
  const view = scores && other && attended(read, scores, other, make)
  if (view) return read.hold(node, view)
  const found = !scores && one && other ? scoresOf(read, one, other, make) : undefined
  read.hold(node, found ?? make())
}

/** Whether an input is the output of a layer, and no numbers of the file. */
const isComputed = (read: Reader, node: OnnxNode, index: number): boolean =>
  ['value', 'groups', 'view', 'scores'].includes(read.take(node, index).is)

const gather: Read = (read, node) => {
  read.known(node, 'axis')
  const axis = read.int(node, 'axis', 0)
  const operand = read.take(node, 0)
  if (operand.is === 'tensor') {
    const places = read.take(node, 1)
    if (places.is !== 'value' || operand.repeated) return read.fail(node, 'takes parts of numbers of the file, and is no embedding.')
    const { node: name, axes } = places
    if (axis !== 0 || operand.dims.length !== 2 || axes.join() !== '-1,0') return read.fail(node, 'is no embedding of a sequence.')
    const [vocabulary, features] = operand.dims
    return read.holdLast(node, read.add(node, 'embedding', { vocabulary, features }, [name], [{ suffix: 'weight', from: operand }]))
  }
  const index = read.take(node, 1)
  const place = index.is === 'sizes' && index.sizes.length === 1 ? index.sizes[0] : undefined
  if (index.is !== 'sizes' || typeof place !== 'number') return read.fail(node, 'takes several places, or one that is not in the file.')
  if (operand.is === 'steps') {
    // The last step of the one direction.
    const isOne = operand.direction === 0 && (axis === 0 || axis === -3) && (place === 0 || place === -1) && index.dims.length === 0
    return isOne ? read.hold(node, operand.make()) : read.fail(node, 'takes another place than that of the one direction.')
  }
  const view = index.dims.length === 0 ? viewAt(read, node) : undefined
  const count = view?.digits.length ?? 0
  const along = axis < 0 ? axis + count : axis
  const size = sizeOf(view?.digits[along] ?? [])
  if (view && along < count && typeof size === 'number') {
    const at = place < 0 ? place + size : place
    const goes = (): ValueOperand => withoutOne(read, node, along)
    const make = size === 1 ? goes : (): ValueOperand => read.fail(node, 'takes one feature of each example.')
    if (at >= 0 && at < size && holdPlace(read, node, view, along, at, make)) return
  }
  read.hold(node, selected(read, node, axis, place, index.dims.length === 0))
}

/** A token of a sequence. */
const selected = (read: Reader, node: OnnxNode, axis: number, place: number, isOne: boolean): ValueOperand => {
  const value = read.value(node)
  const [tokens] = read.shapeOf(value.node)
  if (value.axes.length !== 3 || value.axes[axis < 0 ? axis + 3 : axis] !== 0 || !isOne) {
    return read.fail(node, 'takes a place on another axis than that of tokens.')
  }
  const name = read.add(node, 'selectToken', { index: place < 0 ? place + (tokens as number) : place }, [value.node])
  return { is: 'value', node: name, axes: value.axes.indexOf(-1) < value.axes.indexOf(1) ? [-1, 0] : [0, -1] }
}

export const tokenReaders: Readers = {
  Gemm: gemm,
  MatMul: matMul,
  Gather: gather,
}
