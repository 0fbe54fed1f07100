import { valuesIn } from '../../../layers/kind/layer.js'
import type { OnnxNode } from '../model.js'
import { listed } from '../words.js'
import { viewWithBias, withOutBias } from './dense/dense.js'
import { withBiases } from './dense/windows.js'
import { unfilled } from './fills.js'
import { difference, sum } from './joins.js'
import { broadcast, pairOf } from './operands/broadcasts.js'
import { holdView, once } from './operands/lazily.js'
import type { ConstantTensor, ExpressionOperand, Operand, ValueOperand } from './operands/operand.js'
import { flat, flatTensor, isPerChannel } from './operands/per-channel.js'
import type { ReadWeight } from './reader/layers.js'
import type { Reader, Readers } from './reader/reader.js'
import { minusOrOver, numberIn, rescaled, shifted } from './scales.js'

/** Sums and products: of branches, with weights, or steps of an activation's formula. */

type Read = Readers[string]

/** An expression over x, as text: formulas of activations are compared as texts. */
const textOf = (operand: ValueOperand | ExpressionOperand): string => (operand.is === 'value' ? 'x' : operand.text)

const step = (read: Reader, node: OnnxNode, operand: ValueOperand | ExpressionOperand, text: string, factor?: number) =>
  read.hold(node, {
    is: 'expression',
    of: operand.is === 'value' ? operand : operand.of,
    text,
    ...(factor === undefined ? {} : { factor }),
  })

/** So near that the values of the whole formula are the same to 1e-5. */
const near = (value: number, wanted: number): boolean => Math.abs(value - wanted) < 1e-5 * wanted

/** One float of the file that gives a value no further axes. */
const factorOf = (read: Reader, node: OnnxNode, index: number, operand: ValueOperand | ExpressionOperand): number | undefined =>
  read.scalar(node, index, (operand.is === 'value' ? operand : operand.of).axes.length)

const erf: Read = (read, node) => {
  const operand = read.take(node, 0)
  if (operand.is !== 'expression' || operand.text !== 'x/sqrt2') read.fail(node, 'is no part of a gelu.')
  else step(read, node, operand, 'erf')
}

/** A value or an expression times a number of the file; `divided` for one over it. */
const timesNumber = (read: Reader, node: OnnxNode, operand: ValueOperand | ExpressionOperand, factor: number) => {
  const text = textOf(operand)
  if (factor === 1) return read.hold(node, operand)
  if (text === 'x' && near(factor, Math.SQRT1_2)) return step(read, node, operand, 'x/sqrt2', factor)
  if (text === 'x' && factor === 0.5) return step(read, node, operand, 'x/2', factor)
  if (text === 'x*(erf+1)' && factor === 0.5 && operand.is === 'expression') return read.onValue(node, operand.of, 'gelu')
  if (!Number.isFinite(factor)) return read.fail(node, `multiplies by ${factor}, which no layer here does.`)
  const value =
    operand.is === 'value'
      ? operand
      : operand.factor === undefined
        ? undefined
        : rescaled(read, { ...node, name: '' }, operand.of, operand.factor, 0)
  if (!value) return read.fail(node, `multiplies ${text} by ${factor}, which no layer here does.`)
  read.hold(node, rescaled(read, node, value, factor, 0))
}

/** A view, or products of queries and keys, times a number: whether it is that. */
const scaled = (read: Reader, node: OnnxNode, index: number, invert: boolean): boolean => {
  const operand = read.take(node, index)
  if (operand.is !== 'view' && operand.is !== 'scores') return false
  const rank = operand.is === 'view' ? operand.digits.length : operand.queries.digits.length
  const number = read.scalar(node, 1 - index, rank)
  if (
    number === undefined ||
    number === 0 ||
    (operand.is === 'scores' && (operand.isSoftmax || operand.windows?.positions || operand.windows?.mask))
  )
    return false
  const factor = invert ? 1 / number : number
  const make = (): ValueOperand => rescaled(read, node, operand.make(), factor, 0)
  if (operand.is === 'view' && operand.attention) return false
  if (operand.is === 'view') holdView(read, node, operand, { scale: operand.scale * factor }, make)
  else read.hold(node, { ...operand, scale: operand.scale * factor, make: once(make) })
  return true
}

const divide: Read = (read, node) => {
  if (scaled(read, node, 0, true)) return
  const dividend = formed(read, node, 0)
  if (dividend.is !== 'value' && dividend.is !== 'expression') return read.fail(node, 'divides what no layer gives.')
  if (dividend.is === 'value') read.exact(node, dividend)
  const divisor = read.take(node, 1)
  const isEach = divisor.is === 'tensor' && divisor.data?.length !== 1
  const operand = isEach && isScaled(dividend) ? read.value(node, 0) : dividend
  const over =
    operand.is === 'value' && divisor.is === 'tensor' && divisor.data?.length !== 1 ? minusOrOver(read, node, operand, divisor) : undefined
  if (over) return read.hold(node, over)
  const by = factorOf(read, node, 1, operand)
  if (by === undefined) return read.fail(node, 'divides by something else than a number.')
  timesNumber(read, node, operand, 1 / by)
}

/** Whether something is a layer's output, or that times a number. An activation's formula may begin so, and then it is none. */
const isScaled = (operand: Operand): operand is ValueOperand | ExpressionOperand =>
  operand.is === 'value' || (operand.is === 'expression' && operand.factor !== undefined)

/** An input; a view of a value as that value. */
const formed = (read: Reader, node: OnnxNode, index: number): Operand => {
  const operand = unfilled(read.take(node, index))
  return operand.is === 'view' || operand.is === 'scores' ? read.value(node, index) : operand
}

const multiply: Read = (read, node) => {
  if (scaled(read, node, 0, false) || scaled(read, node, 1, false)) return
  const pair = [formed(read, node, 0), formed(read, node, 1)] as const
  for (const [index, operand] of pair.entries()) {
    const number = operand.is === 'value' || operand.is === 'expression' ? factorOf(read, node, 1 - index, operand) : undefined
    const tensor = pair[1 - index]
    if (operand.is === 'value') read.exact(node, operand)
    if (tensor?.is === 'tensor' && isScaled(operand) && isPerChannel(read, operand.is === 'value' ? operand : operand.of, tensor)) {
      if (operand.is === 'value' || number === undefined)
        return read.onValue(node, read.value(node, index), 'layerScale', {}, [flat(tensor, 'weight')])
    }
    if ((operand.is === 'value' || operand.is === 'expression') && number !== undefined) return timesNumber(read, node, operand, number)
  }
  const [one, other] = pair
  if (one.is === 'expression' || other.is === 'expression') return product(read, node, one as ValueOperand, other as ValueOperand)
  const [left, right] = pairOf(read, node)
  for (const [x, gate] of [
    [left, right],
    [right, left],
  ] as const) {
    const gatedKind = gated(read, x, gate)
    if (gatedKind) return read.onValue(node, x, gatedKind)
  }
  const isBroad = (value: ValueOperand): boolean =>
    read
      .shapeOf(value.node)
      .slice(0, -1)
      .every((size) => size === 1)
  const [x, gate] = isBroad(left) && !isBroad(right) ? [right, left] : [left, right]
  const isGate = isBroad(gate) && read.shapeOf(gate.node).at(-1) === read.shapeOf(x.node).at(-1)
  const inputs = isGate ? [x.node, read.arranged(node, gate, x.axes)] : broadcast(read, node, x, gate)
  read.hold(node, { is: 'value', node: read.add(node, 'multiply', {}, inputs), axes: x.axes })
}

/** x times a formula of x, which is an activation or a step to one. */
const product = (read: Reader, node: OnnxNode, one: ValueOperand | ExpressionOperand, other: ValueOperand | ExpressionOperand) => {
  const [x, expression] = one.is === 'value' ? [one, other] : [other, one]
  const texts = [textOf(x), textOf(expression)].sort().join(' ')
  const of = (operand: ValueOperand | ExpressionOperand): ValueOperand => (operand.is === 'value' ? operand : operand.of)
  if (!isValue(x) || !isValue(expression) || !isSame(of(x), of(expression))) return read.fail(node, 'multiplies what no layer here does.')
  if (texts === 'erf+1 x') return step(read, node, x, 'x*(erf+1)')
  if (texts === 'erf+1 x/2') return read.onValue(node, of(x), 'gelu')
  return read.fail(node, `multiplies ${textOf(one)} by ${textOf(other)}, which no layer here does.`)
}

const isValue = (operand: { readonly is: string }): boolean => operand.is === 'value' || operand.is === 'expression'

/** Whether two values are those of one layer, with their axes in one order. */
const isSame = (one: ValueOperand, other: ValueOperand): boolean => one.node === other.node && one.axes.join() === other.axes.join()

/** The activation that x times a function of x is; `undefined` where it is none. */
const gated = (read: Reader, x: ValueOperand, gate: ValueOperand): string | undefined => {
  const before = (name: string): string | undefined => read.nodeOf(name).inputs[0]
  const kind = read.kindOf(gate.node)
  const from = before(gate.node)
  // The gate of a turned x is another gate.
  if (from === undefined || gate.axes.join() !== x.axes.join()) return undefined
  if (from === x.node) return { sigmoid: 'silu', hardSigmoid: 'hardSwish' }[kind]
  return kind === 'tanh' && read.kindOf(from) === 'softplus' && before(from) === x.node ? 'mish' : undefined
}

/** Biases that are added to a view of a product, or to the products of an attention in windows: whether they are. */
const addToView = (read: Reader, node: OnnxNode, index: number): boolean => {
  const [operand, tensor] = [read.take(node, index), read.take(node, 1 - index)]
  if (tensor.is !== 'tensor' || tensor.repeated) return false
  if (operand.is === 'scores') {
    const windows = withBiases(operand, tensor)
    if (windows) read.hold(node, { ...operand, windows, make: () => read.fail(node, 'adds positions to products that no layer here has.') })
    return windows !== undefined
  }
  const view = operand.is === 'view' ? viewWithBias(read, node, operand, tensor) : undefined
  if (view) holdView(read, node, view, {}, () => read.fail(node, 'adds biases to windows that no layer here has.'))
  return view !== undefined
}

const add: Read = (read, node) => {
  if (node.inputs.length === 2 && (addToView(read, node, 0) || addToView(read, node, 1))) return
  const pair = [formed(read, node, 0), formed(read, node, 1)] as const
  for (const [index, operand] of pair.entries()) {
    const other = pair[1 - index]
    if (operand.is === 'expression' && operand.text === 'erf' && factorOf(read, node, 1 - index, operand) === 1)
      return step(read, node, operand, 'erf+1')
    if (other?.is === 'tensor' && isScaled(operand)) return addTensor(read, node, read.value(node, index), other)
  }
  sum(read, node)
}

/** A bias behind a product, a shift behind a scaled group normalization, or a vector for each token. */
const addTensor = (read: Reader, node: OnnxNode, value: ValueOperand, tensor: ConstantTensor) => {
  if (tensor.dims.length <= value.axes.length && valuesIn(tensor.dims) === 1 && tensor.data?.[0] === 0) return read.hold(node, value)
  const before = read.nodeOf(value.node)
  const shape = read.shapeOf(value.node)
  const attention =
    before.kind === 'multiHeadAttention' && isPerChannel(read, value, tensor)
      ? withOutBias(read, value.node, flatTensor(tensor))
      : undefined
  if (attention !== undefined) return read.hold(node, { ...value, node: attention })
  const isProduct = before.kind === 'dense' || /^(conv|depthwiseConv|convTranspose)\dd$/.test(before.kind)
  if (isProduct && before.settings['bias'] === false && isPerChannel(read, value, tensor)) {
    const again = { ...node, name: node.name.replace(/\/product$/, '') }
    return read.hold(node, {
      is: 'value',
      node: read.add(again, before.kind, { ...before.settings, bias: true }, before.inputs, [...before.weights, flat(tensor, 'bias')]),
      axes: value.axes,
    })
  }
  const normal = before.kind === 'layerScale' ? read.nodeOf(before.inputs[0] as string) : undefined
  if (normal?.kind === 'groupNorm' && normal.settings['affine'] === false && isPerChannel(read, value, tensor)) {
    const weights = [...before.weights, flat(tensor, 'bias')]
    return read.hold(node, {
      is: 'value',
      node: read.add(node, 'groupNorm', { ...normal.settings, affine: true }, normal.inputs, weights),
      axes: value.axes,
    })
  }
  const places = tensor.dims.slice(-2)
  const isWhole =
    shape.length === 2 &&
    tensor.dims.length <= value.axes.length &&
    valuesIn(tensor.dims) === valuesIn(places) &&
    places.join() === shape.join() &&
    value.axes.join() === '-1,0,1'
  const shift = numberIn(value, tensor)
  const made = shift === undefined ? shifted(read, node, value, tensor) : rescaled(read, node, value, 1, shift)
  if (made && !isWhole) return read.hold(node, made)
  if (!isWhole) return read.fail(node, `adds numbers of the shape ${listed(tensor.dims)}, which no layer here does.`)
  const data = tensor.data
  const weights: ReadWeight[] = [{ suffix: 'weight', from: tensor, tensor: data && { shape: places, dtype: 'F32', data } }]
  read.onValue(node, value, 'positionEmbedding', {}, weights)
}

/** A difference: of two values, of a value and numbers, or of a number and a value. */
const subtract: Read = (read, node) => {
  const [one, other] = [formed(read, node, 0), formed(read, node, 1)]
  if (isScaled(one) && other.is === 'tensor') {
    const made = minusOrOver(read, node, read.value(node), other)
    return made ? read.hold(node, made) : read.fail(node, `subtracts numbers of the shape ${listed(other.dims)}, which no layer here does.`)
  }
  if (one.is === 'tensor' && isScaled(other)) {
    const value = read.value(node, 1)
    const number = numberIn(value, one)
    if (number === undefined) return read.fail(node, `subtracts from numbers of the shape ${listed(one.dims)}, which no layer here does.`)
    return read.hold(node, rescaled(read, node, value, -1, number))
  }
  difference(read, node)
}

const negate: Read = (read, node) => {
  read.known(node)
  read.hold(node, rescaled(read, node, read.value(node), -1, 0))
}

export const formulaReaders: Readers = {
  Neg: negate,
  Sub: subtract,
  Erf: erf,
  Div: divide,
  Mul: multiply,
  Add: add,
}
