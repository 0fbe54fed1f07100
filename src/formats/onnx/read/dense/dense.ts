import { valuesIn } from '../../../../layers/kind/layer.js'
import { transpose } from '../../../../weights/layout.js'
import type { Tensor } from '../../../../weights/weights.js'
import type { OnnxNode } from '../../model.js'
import { listed } from '../../words.js'
import { hasWholeFeatures } from '../attention.js'
import { holdView, shapeBehind, viewAt, viewOf } from '../operands/lazily.js'
import type { Attention, ConstantTensor, ViewOperand } from '../operands/operand.js'
import { isSameParts, wholeAxes } from '../operands/views.js'
import type { ReadWeight } from '../reader/layers.js'
import type { Reader } from '../reader/reader.js'
import { hasInBias, inProjectionWeights } from './projections.js'
import { windowAttentionOf } from './windows.js'

/** A matrix of the file on the features of a value: a dense layer, or the last projection of an attention. */

/** A matrix of `[inputs, outputs]`, or of `[outputs, inputs]` as PyTorch has it. */
export interface Matrix {
  readonly tensor: ConstantTensor
  readonly isTorch: boolean
  readonly bias?: ConstantTensor | undefined
}

const unitsOf = ({ tensor, isTorch }: Matrix): [units: number, features: number] =>
  (isTorch ? tensor.dims : [...tensor.dims].reverse()) as [number, number]

/** The matrix as PyTorch has it, in a shape. */
const torchTensor = ({ tensor, isTorch }: Matrix, shape: readonly number[]): Tensor | undefined => {
  const { data, dims } = tensor
  return data && { shape: [...shape], dtype: 'F32', data: isTorch ? data : transpose(data, dims, [1, 0]) }
}

const biasWeight = (bias: ConstantTensor, suffix: string): ReadWeight => ({
  suffix,
  from: bias,
  tensor: bias.data && { shape: [valuesIn(bias.dims)], dtype: 'F32', data: bias.data },
})

/** What a matrix is applied to: an image only with each of its axes, and a batch of one example on an axis before the last. */
const ofMatrix = (read: Reader, node: OnnxNode): ViewOperand | undefined => {
  const isGroups = read.take(node, 0).is === 'groups'
  const view = isGroups ? viewOf(read, read.value(node)) : viewAt(read, node)
  if (!view) return undefined
  const shape = shapeBehind(read, view)
  const own = view.attention ? undefined : wholeAxes(view.digits, shape)
  // Features that stand elsewhere are put last.
  if (own?.[0] === -1 && own.at(-1) !== shape.length - 1) return viewOf(read, read.lastOf(read.last(node).name))
  if (isSlice(view, shape)) return viewOf(read, read.value(node))
  // Windows of an image stay a view of it.
  const isPlaced = wholeAxes(view.digits, shape) !== undefined
  if ((view.rolls && isPlaced && !view.attention) || (shape.length > 2 && !isPlaced && !hasWholeFeatures(view, shape)))
    return viewOf(read, read.value(node))
  const lead = view.digits.slice(0, -1)
  const last = view.digits.at(-1) ?? []
  const batch = last.filter(({ axis, size, isOpen }) => axis < 0 && size === 1 && !isOpen)
  if (batch.length === 0 || lead.length === 0) return view
  const before = [...(lead.at(-1) ?? []), ...batch]
  return { ...view, digits: [...lead.slice(0, -1), before, last.filter(({ axis }) => axis >= 0)] }
}

/** Whether a view is a part of the features, which a slice takes before the matrix. */
const isSlice = (view: ViewOperand, shape: readonly number[]): boolean => {
  const [part, ...rest] = view.digits.at(-1) ?? []
  const isPart = part?.axis === shape.length - 1 && part.step === 1 && rest.length === 0 && !hasWholeFeatures(view, shape)
  return isPart && view.digits.length === shape.length + 1 && view.scale === 1 && !view.rolls && !view.attention
}

/** A matrix on the last axis of a value, however its other axes stand: whether it is that. */
export const holdDense = (read: Reader, node: OnnxNode, matrix: Matrix): boolean => {
  const view = ofMatrix(read, node)
  const shape = view && shapeBehind(read, view)
  if (!view || !shape || !hasWholeFeatures(view, shape) || view.scale !== 1) return false
  const [units, features] = unitsOf(matrix)
  if (features !== shape.at(-1)) return false
  const name = view.attention ? attentionOf(read, node, view, view.attention, matrix) : denseOf(read, node, view, matrix)
  const last = shape.length - 1
  const digits = [...view.digits.slice(0, -1), units === 1 ? [] : [{ axis: last, size: units, step: 1 }]]
  const { attention: _, ...plain } = view
  holdView(read, node, { ...plain, of: name }, { digits, offset: 0 }, () =>
    read.fail(
      node,
      `gives ${listed(digits.map((parts) => parts.map(({ size }) => size).join('x') || 1))}, whose examples are on no axis of their own.`,
    ),
  )
  return true
}

/** A dense layer; on an image a convolution of one cell. */
const denseOf = (read: Reader, node: OnnxNode, { of }: ViewOperand, matrix: Matrix): string => {
  const { tensor, isTorch, bias } = matrix
  const [units, features] = unitsOf(matrix)
  const rank = read.shapeOf(of).length
  const isImage = rank > 2
  const shape = [units, features, ...(isImage ? Array.from({ length: rank - 1 }, () => 1) : [])]
  const weight: ReadWeight = { suffix: 'weight', from: tensor, ...(isTorch && !isImage ? {} : { tensor: torchTensor(matrix, shape) }) }
  const weights = [weight, ...(bias ? [biasWeight(bias, 'bias')] : [])]
  const settings = { bias: bias !== undefined }
  return isImage
    ? read.add(node, `conv${rank - 1}d`, { filters: units, kernel: 1, ...settings }, [of], weights)
    : read.add(node, 'dense', { units, ...settings }, [of], weights)
}

/** An attention with its last projection. */
const attentionOf = (read: Reader, node: OnnxNode, view: ViewOperand, attention: Attention, matrix: Matrix): string => {
  const [units] = unitsOf(matrix)
  if (attention.windows) return inWindows(read, node, view, attention, matrix)
  const [source, memory, other] = [attention.queries, attention.keys, attention.values].map(({ of }) => read.nodeOf(of).inputs[0] as string)
  const [, features] = read.shapeOf(source as string)
  const near = 'is an attention that multiHeadAttention does not compute:'
  if (memory !== other) return read.fail(node, `${near} its keys and values come of two layers.`)
  if (units !== attention.shape[1] || features !== units)
    return read.fail(
      node,
      `${near} it takes ${features} features, has ${attention.shape[1]} in all heads and gives ${units}, and those must be equal.`,
    )
  const bias = matrix.bias !== undefined || hasInBias(read, attention)
  const weights = [
    ...inProjectionWeights(read, node, attention, bias),
    { suffix: 'out_proj.weight', from: matrix.tensor, tensor: torchTensor(matrix, [units, units]) },
    ...(bias ? [matrix.bias ? biasWeight(matrix.bias, 'out_proj.bias') : zeros(node, units)] : []),
  ]
  const inputs = source === memory ? [source as string] : [source as string, memory as string]
  const name = read.add(node, 'multiHeadAttention', { heads: attention.heads, bias }, inputs, weights)
  if (!matrix.bias) read.openAttentions.set(name, { node, view, attention, matrix })
  return name
}

/** An attention in windows with its last projection. */
const inWindows = (read: Reader, node: OnnxNode, view: ViewOperand, { shape }: Attention, matrix: Matrix): string => {
  const [units] = unitsOf(matrix)
  if (units !== shape[1]) return read.fail(node, `gives ${units} features for ${shape[1]}, and windowAttention as many as it takes.`)
  const weight: ReadWeight = { suffix: 'weight', from: matrix.tensor, tensor: torchTensor(matrix, [units, units]) }
  const name = windowAttentionOf(read, node, view, [weight, matrix.bias && biasWeight(matrix.bias, 'bias')])
  if (!matrix.bias) read.openAttentions.set(name, { node, view, attention: view.attention as Attention, matrix })
  return name
}

/** Biases that the file does not have. */
const zeros = (node: OnnxNode, count: number): ReadWeight => {
  const data = new Float32Array(count)
  return { suffix: 'out_proj.bias', from: { is: 'tensor', name: `${node.outputs[0]}/out_proj.bias`, dims: [count], data } }
}

/** A view of a product whose biases are added behind it; `undefined` where it is no such, or has some. */
export const viewWithBias = (read: Reader, node: OnnxNode, view: ViewOperand, bias: ConstantTensor): ViewOperand | undefined => {
  const before = read.nodeOf(view.of)
  const units = read.shapeOf(view.of).at(-1) as number
  const isOfUnits = isSameParts(view.digits.at(-1) ?? [], [{ axis: read.shapeOf(view.of).length - 1, size: units, step: 1 }])
  const isVector = bias.dims.at(-1) === units && valuesIn(bias.dims) === units && bias.dims.length <= view.digits.length
  if (!isOfUnits || !isVector || view.attention || view.offset !== 0 || view.scale !== 1) return undefined
  const flat: ConstantTensor = { ...bias, dims: [units] }
  const isProduct = (before.kind === 'conv2d' || before.kind === 'dense') && before.settings['bias'] === false
  const name = isProduct
    ? read.add(node, before.kind, { ...before.settings, bias: true }, before.inputs, [...before.weights, biasWeight(flat, 'bias')])
    : withOutBias(read, view.of, flat)
  return name === undefined ? undefined : { ...view, of: name }
}

/** The layer of an attention again, with the biases that are added to it behind its last projection; `undefined` where it has some. */
export const withOutBias = (read: Reader, name: string, bias: ConstantTensor): string | undefined => {
  const open = read.openAttentions.get(name)
  return open && attentionOf(read, open.node, open.view, open.attention, { ...open.matrix, bias })
}
