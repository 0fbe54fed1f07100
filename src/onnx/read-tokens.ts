import { valuesIn } from '../layers/layer.js'
import { transpose } from '../weights/layout.js'
import type { Tensor } from '../weights/weights.js'
import { type HeldTensor, heldTensor } from './held.js'
import type { ReadWeight } from './layers.js'
import { mostAxes } from './limits.js'
import { elementTypes } from './model.js'
import { gateOrders } from './out-tokens.js'
import type { Readers } from './reader.js'
import { listed, named } from './words.js'

/** Dense layers, embeddings, tokens and recurrences, and the numbers of a file. */

type Read = Readers[string]

/** A matrix of `[inputs, outputs]` as PyTorch has it. */
const turned = (matrix: HeldTensor): Tensor | undefined =>
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
  const matrix = read.tensor(node, 1)
  const features = read.shapeOf(name).at(-1)
  if (matrix.dims.length !== 2 || matrix.dims[0] !== features || rank > 2) {
    return read.fail(node, `multiplies ${features} features by ${listed(matrix.dims)}, which no layer here does.`)
  }
  const settings = { units: matrix.dims[1], bias: false }
  const named = { ...node, name: node.name.replace(/\/product$/, '') }
  read.holdLast(node, read.add(named, 'dense', settings, [name], [{ suffix: 'weight', from: matrix, tensor: turned(matrix) }]))
}

const gather: Read = (read, node) => {
  read.known(node, 'axis')
  const axis = read.int(node, 'axis', 0)
  const held = read.take(node, 0)
  if (held.is === 'tensor') {
    const places = read.take(node, 1)
    if (places.is !== 'value' || held.repeated) return read.fail(node, 'takes parts of numbers of the file, and is no embedding.')
    const { node: name, axes } = places
    if (axis !== 0 || held.dims.length !== 2 || axes.join() !== '-1,0') return read.fail(node, 'is no embedding of a sequence.')
    const [vocabulary, features] = held.dims
    return read.holdLast(node, read.add(node, 'embedding', { vocabulary, features }, [name], [{ suffix: 'weight', from: held }]))
  }
  const index = read.take(node, 1)
  const place = index.is === 'sizes' && index.sizes.length === 1 ? index.sizes[0] : undefined
  if (index.is !== 'sizes' || place === undefined) return read.fail(node, 'takes several places, or one that is not in the file.')
  if (held.is === 'sizes') {
    const at = place < 0 ? place + held.sizes.length : place
    if (at < 0 || at >= held.sizes.length) return read.fail(node, `takes size ${place} of ${held.sizes.length}.`)
    return read.hold(node, { is: 'sizes', sizes: [held.sizes[at]], isScalar: index.isScalar })
  }
  const value = read.value(node)
  const [tokens] = read.shapeOf(value.node)
  if (value.axes.length !== 3 || value.axes[axis < 0 ? axis + 3 : axis] !== 0 || !index.isScalar || value.axes[0] !== -1) {
    return read.fail(node, 'takes a place on another axis than that of tokens.')
  }
  const name = read.add(node, 'selectToken', { index: place < 0 ? place + (tokens as number) : place }, [value.node])
  read.holdLast(node, name)
}

/** Numbers of the file once for each example, or with axes of one value before them. */
const expand: Read = (read, node) => {
  const held = read.take(node, 0)
  const wanted = read.take(node, 1)
  const fail = (): never => read.fail(node, 'repeats numbers of the file otherwise than once for each example.')
  if (held.is !== 'tensor' || wanted.is !== 'sizes' || wanted.sizes.length > mostAxes) return fail()
  // Sizes that are broadcast: where there are fewer, those of the tensor stand before them.
  const { dims } = held
  const count = Math.max(dims.length, wanted.sizes.length)
  const at = (sizes: readonly (number | undefined)[], place: number) => {
    const index = place - (count - sizes.length)
    return index < 0 ? 1 : sizes[index]
  }
  const sizes = Array.from({ length: count }, (_, place) => {
    const [have, want] = [at(dims, place), at(wanted.sizes, place)]
    return want === 1 ? have : want
  })
  const [batch, ...rest] = sizes
  if (
    valuesIn(rest.map((size) => size ?? 0)) === valuesIn(dims) &&
    (batch === undefined || (batch > 1 && batch === read.batch && at(dims, 0) === 1))
  )
    return read.hold(node, { ...held, dims: [1, ...(rest as number[])], repeated: true })
  if (sizes.includes(undefined) || valuesIn(sizes as number[]) !== valuesIn(dims)) return fail()
  read.hold(node, { ...held, dims: sizes as number[] })
}

const reduce =
  (pool: string, global: string, mean: string | undefined): Read =>
  (read, node) => {
    read.known(node, 'axes', 'keepdims', 'noop_with_empty_axes')
    const value = read.value(node)
    const given = read.axes(node, read.ints(node, 'axes') ?? read.wholes(node, 1) ?? [], value.axes.length)
    const axes = given.map((axis) => value.axes[axis] as number)
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

/** Weights cut along their first axis, as gates are. */
const split: Read = (read, node) => {
  read.known(node, 'axis', 'split', 'num_outputs')
  const held = read.take(node, 0)
  if (held.is !== 'tensor' || held.repeated) return read.fail(node, 'cuts a value in parts, which no layer here does.')
  const axis = read.int(node, 'axis', 0)
  if (axis !== 0 && axis !== -held.dims.length) return read.fail(node, `cuts weights along axis ${axis}, and only rows are cut.`)
  const [rows = 0, ...rest] = held.dims
  const each = valuesIn(rest)
  const count = node.outputs.length
  if (read.int(node, 'num_outputs', count) !== count) return read.fail(node, `has ${count} outputs, and says another number.`)
  // From opset 18 on the last part may be smaller.
  const most = Math.ceil(rows / count)
  const equal = node.outputs.map((_, index) => Math.min(most, rows - index * most))
  const parts = read.ints(node, 'split') ?? read.wholes(node, 1) ?? equal
  const isEven = parts !== equal || rows % count === 0 || read.model.opset >= 18
  if (!isEven || parts.length !== count || parts.some((part) => !(part >= 0)) || parts.reduce((sum, part) => sum + part, 0) !== rows)
    return read.fail(node, 'its parts are not the whole.')
  let at = 0
  for (const [index, part] of parts.entries()) {
    const data = held.data?.subarray(at * each, (at + part) * each)
    read.hold(node, { is: 'tensor', name: held.name, dims: [part, ...rest], data }, index)
    at += part
  }
}

/** A recurrence in one direction, from nothing. */
const recurrent =
  (kind: 'lstm' | 'gru'): Read =>
  (read, node) => {
    read.known(node, 'hidden_size', 'direction', 'layout', 'activations', ...(kind === 'gru' ? ['linear_before_reset'] : ['input_forget']))
    const usual = kind === 'gru' ? 'Sigmoid Tanh' : 'Sigmoid Tanh Tanh'
    const activations = read.texts(node, 'activations')?.join(' ') ?? usual
    if (activations.toLowerCase() !== usual.toLowerCase())
      return read.fail(node, `its activations are ${named(activations)}, and those here ${usual}.`)
    if (kind === 'lstm' && read.flag(node, 'input_forget', false))
      return read.fail(node, 'has one gate to take in and to forget, and lstm here two.')
    if (read.text(node, 'direction', 'forward') !== 'forward') return read.fail(node, 'reads in another direction than forward.')
    if (kind === 'gru' && !read.flag(node, 'linear_before_reset', false))
      return read.fail(node, 'resets before its product; gru here does behind it, as PyTorch.')
    if (read.int(node, 'layout', 0) !== 0 || node.inputs.slice(4).some((name) => name !== ''))
      return read.fail(node, 'begins with a state, or has another layout.')
    const value = read.value(node)
    if (value.axes.join() !== '0,-1,1') return read.fail(node, 'must take its steps first, then its examples.')
    const units = read.int(node, 'hidden_size', 0)
    const order = gateOrders[kind]
    const gates = order.length
    const rows = gates * units
    const [kernel, recurrentKernel, biases] = [read.tensor(node, 1), read.tensor(node, 2), read.optionalTensor(node, 3)]
    const features = read.shapeOf(value.node)[1] as number
    const fits = (tensor: HeldTensor | undefined, ...dims: number[]) => !tensor || tensor.dims.join() === dims.join()
    if (!fits(kernel, 1, rows, features) || !fits(recurrentKernel, 1, rows, units) || !fits(biases, 1, 2 * rows)) {
      return read.fail(node, `its weights are not those of ${units} units on ${features} features.`)
    }
    /** A part of a tensor with PyTorch's order of gates. */
    const gated = (suffix: string, from: HeldTensor, columns: number, start = 0): ReadWeight => {
      const block = units * columns
      const data = from.data && new Float32Array(rows * columns)
      for (const [place, gate] of order.entries()) {
        data?.set((from.data as Float32Array).subarray(start + place * block, start + (place + 1) * block), gate * block)
      }
      const shape = suffix.startsWith('weight') ? [rows, columns] : [rows]
      return { suffix, from, tensor: data && { shape, dtype: 'F32', data } }
    }
    const weights = [gated('weight_ih_l0', kernel, features), gated('weight_hh_l0', recurrentKernel, units)]
    if (biases) weights.push(gated('bias_ih_l0', biases, 1), gated('bias_hh_l0', biases, 1, rows))
    const settings = { units, bias: biases !== undefined }
    const layer = (returnSequences: boolean) => read.add(node, kind, { ...settings, returnSequences }, [value.node], weights)
    read.hold(node, { is: 'steps', direction: 1, make: () => ({ is: 'value', node: layer(true), axes: [0, -1, 1] }) })
    read.hold(node, { is: 'steps', direction: 0, make: () => ({ is: 'value', node: layer(false), axes: [-1, 0] }) }, 1)
    if (node.outputs[2]) read.fail(node, 'gives its memory too, which lstm here does not.')
  }

const constant: Read = (read, node) => {
  read.known(node, 'value', 'value_float', 'value_floats', 'value_int', 'value_ints')
  const name = node.outputs[0] as string
  const [attribute] = Object.values(node.attributes)
  if (!attribute || Object.keys(node.attributes).length !== 1) return read.fail(node, 'must have one value.')
  if ('tensor' in attribute) return read.hold(node, read.tensorOf({ ...attribute.tensor, name }, read.place(node)))
  if ('int' in attribute) return read.hold(node, { is: 'sizes', sizes: [attribute.int], isScalar: true })
  if ('ints' in attribute) return read.hold(node, { is: 'sizes', sizes: attribute.ints, isScalar: false })
  const floats =
    'float' in attribute
      ? [attribute.float]
      : 'floats' in attribute
        ? attribute.floats
        : read.fail(node, 'is of a type that no layer takes.')
  const raw = new Uint8Array(Float32Array.from(floats).buffer)
  read.hold(
    node,
    heldTensor(
      { name, dims: 'float' in attribute ? [] : [floats.length], type: elementTypes.float, raw },
      read.place(node),
      () => undefined,
    ),
  )
}

export const tokenReaders: Readers = {
  Gemm: gemm,
  MatMul: matMul,
  Gather: gather,
  Expand: expand,
  ReduceMean: reduce('adaptiveAvgPool', 'globalAvgPool', 'meanTokens'),
  ReduceMax: reduce('adaptiveMaxPool', 'globalMaxPool', undefined),
  Split: split,
  LSTM: recurrent('lstm'),
  GRU: recurrent('gru'),
  Constant: constant,
}
