import { valuesIn } from '../../../layers/kind/layer.js'
import { transpose } from '../../../weights/layout.js'
import type { Tensor } from '../../../weights/weights.js'
import type { OnnxNode } from '../model.js'
import { listed } from '../words.js'
import type { ConstantTensor } from './constants.js'
import type { ReadWeight } from './layers.js'
import type { Reader, Readers } from './reader.js'

/** Dense layers, embeddings, tokens, and reductions. */

type Read = Readers[string]

/** A matrix of `[inputs, outputs]` as PyTorch has it. */
const turned = (matrix: ConstantTensor): Tensor | undefined =>
  matrix.data && { shape: [...matrix.dims].reverse(), dtype: 'F32', data: transpose(matrix.data, matrix.dims, [1, 0]) }

const gemm: Read = (read, node) => {
  read.known(node, 'alpha', 'beta', 'transA', 'transB')
  const value = read.value(node)
  const bias = read.optionalTensor(node, 2)
  if (read.float(node, 'alpha', 1) !== 1 || (bias && read.float(node, 'beta', 1) !== 1))
    return read.fail(node, 'scales its product, which dense here does not.')
  if (read.flag(node, 'transA', false) || value.axes.join() !== '-1,0') return read.fail(node, 'must take a vector for each example.')
  const matrix = read.tensor(node, 1)
  const isTorch = read.flag(node, 'transB', false)
  if (matrix.dims.length !== 2) return read.fail(node, `its matrix has ${matrix.dims.length} axes.`)
  const [units, features] = isTorch ? matrix.dims : [...matrix.dims].reverse()
  const have = read.shapeOf(value.node)[0]
  if (features !== have) return read.fail(node, `its matrix takes ${features} features, and its input has ${have}.`)
  // One value for each unit, and not one for each example.
  const isPerUnit = bias && valuesIn(bias.dims) === units && bias.dims.length <= 2 && (bias.dims.at(-1) ?? 1) === units
  if (bias && !isPerUnit) return read.fail(node, `its bias is ${listed(bias.dims)}, and there are ${units} units.`)
  const weights: ReadWeight[] = [{ suffix: 'weight', from: matrix, ...(isTorch ? {} : { tensor: turned(matrix) }) }]
  if (bias)
    weights.push({ suffix: 'bias', from: bias, tensor: bias.data && { shape: [valuesIn(bias.dims)], dtype: 'F32', data: bias.data } })
  read.onValue(node, value, 'dense', { units, bias: bias !== undefined }, weights)
}

const matMul: Read = (read, node) => {
  read.known(node)
  const { name, rank } = read.last(node)
  if (isComputed(read, node, 1)) {
    const inputs = [name, read.last(node, 1).name]
    return read.holdLast(node, read.add(node, 'matmul', {}, inputs))
  }
  const matrix = read.tensor(node, 1)
  const features = read.shapeOf(name).at(-1)
  if (matrix.dims.length !== 2 || matrix.dims[0] !== features || rank > 2) {
    return read.fail(node, `multiplies ${features} features by ${listed(matrix.dims)}, which no layer here does.`)
  }
  const settings = { units: matrix.dims[1], bias: false }
  const named = { ...node, name: node.name.replace(/\/product$/, '') }
  read.holdLast(node, read.add(named, 'dense', settings, [name], [{ suffix: 'weight', from: matrix, tensor: turned(matrix) }]))
}

/** Whether an input is the output of a layer, and no numbers of the file. */
const isComputed = (read: Reader, node: OnnxNode, index: number): boolean => ['value', 'groups'].includes(read.take(node, index).is)

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
  const value = read.value(node)
  const [tokens] = read.shapeOf(value.node)
  if (value.axes.length !== 3 || value.axes[axis < 0 ? axis + 3 : axis] !== 0 || index.dims.length > 0 || value.axes[0] !== -1) {
    return read.fail(node, 'takes a place on another axis than that of tokens.')
  }
  const name = read.add(node, 'selectToken', { index: place < 0 ? place + (tokens as number) : place }, [value.node])
  read.holdLast(node, name)
}

const reduce =
  (pool: string, global: string, mean: string | undefined): Read =>
  (read, node) => {
    read.known(node, 'axes', 'keepdims', 'noop_with_empty_axes')
    const value = read.value(node)
    const reduced = read.axes(node, read.ints(node, 'axes') ?? read.wholes(node, 1) ?? [], value.axes.length)
    const axes = reduced.map((axis) => value.axes[axis] as number)
    const rank = value.axes.length - 1
    const isSpatial = axes.length === rank - 1 && axes.every((axis) => axis >= 0 && axis < rank - 1) && rank > 1
    // Without axes it reduces all, or nothing where noop_with_empty_axes says so: neither is a pool.
    if (!isSpatial) return read.fail(node, 'reduces other axes than all of the spatial ones.')
    if (read.flag(node, 'keepdims', true)) return read.onValue(node, value, pool, { size: 1 })
    const isTokens = rank === 2 && value.axes.join() === '-1,0,1' && mean !== undefined
    const name = read.add(node, isTokens ? (mean as string) : global, {}, [value.node])
    // The examples and the channels are left, in the order in which they stood.
    read.hold(node, { is: 'value', node: name, axes: value.axes.indexOf(-1) < value.axes.indexOf(rank - 1) ? [-1, 0] : [0, -1] })
  }

export const tokenReaders: Readers = {
  Gemm: gemm,
  MatMul: matMul,
  Gather: gather,
  ReduceMean: reduce('adaptiveAvgPool', 'globalAvgPool', 'meanTokens'),
  ReduceMax: reduce('adaptiveMaxPool', 'globalMaxPool', undefined),
}
