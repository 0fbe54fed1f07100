import type { OnnxNode } from '../../model.js'
import type { ConstantTensor, Operand, SizesOperand } from '../operands/operand.js'
import type { Reader } from '../reader/reader.js'
import { arithmeticEvaluators } from './arithmetic.js'
import type { Evaluators, Known } from './known.js'
import { makingEvaluators } from './make.js'
import { rearrangingEvaluators } from './rearrange.js'

/** What computes each operator on known numbers. */
export const evaluators: Evaluators = Object.assign(Object.create(null), arithmeticEvaluators, rearrangingEvaluators, makingEvaluators)

/** Operators that leave floats of the file under their name, as weights have one: their readers do that. */
const keepsNames: ReadonlySet<string> = new Set([
  'Cast',
  'Concat',
  'Dropout',
  'Expand',
  'Identity',
  'Reshape',
  'Squeeze',
  'Transpose',
  'Unsqueeze',
])

/** Computes an operator whose inputs are known: whether it did. */
export const fold = (read: Reader, node: OnnxNode): boolean => {
  const evaluator = node.domain === '' ? evaluators[node.operator] : undefined
  if (!evaluator) return false
  const operands = node.inputs.map((_, index) => read.optional(node, index))
  const isOfFile = keepsNames.has(node.operator) && operands[0]?.is === 'tensor'
  if (isOfFile || operands.length === 0 || !operands.every((operand) => operand === undefined || isKnown(operand))) return false
  const inputs = operands.map((operand) => operand && knownOf(operand))
  const spend = (count: number): void => read.spend(node, count)
  spend(operands.reduce((sum, operand) => sum + (operand?.is === 'sizes' ? operand.sizes.length : 0), 0))
  const found = evaluator({ read, node, inputs, opset: read.model.opset, batch: read.batch, spend })
  if (!found) return false
  read.hold(node, operandOf(node, found, operands[0]))
  return true
}

const isKnown = (operand: Operand): operand is SizesOperand | (ConstantTensor & { readonly data: Float32Array }) =>
  operand.is === 'sizes' || (operand.is === 'tensor' && operand.data !== undefined && !operand.repeated)

const knownOf = (operand: SizesOperand | ConstantTensor): Known =>
  operand.is === 'sizes'
    ? { type: operand.type, dims: operand.dims, values: operand.sizes }
    : { type: 'float', dims: operand.dims, values: operand.data as Float32Array }

/** Floats are a tensor, if none is a multiple of the batch. */
const operandOf = (node: OnnxNode, { type, dims, values }: Known, first: Operand | undefined): Operand => {
  if (values instanceof Float32Array || (type === 'float' && values.every((value) => typeof value === 'number'))) {
    const name = first?.is === 'tensor' && node.operator in rearrangingEvaluators ? first.name : (node.outputs[0] as string)
    return { is: 'tensor', name, part: node.outputs[0] as string, dims, data: Float32Array.from(values as readonly number[]) }
  }
  return { is: 'sizes', sizes: values, dims, type }
}
