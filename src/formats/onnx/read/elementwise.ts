import type { OnnxNode } from '../model.js'
import type { ValueOperand } from './operands/operand.js'
import type { Reader, Readers } from './reader/reader.js'
import { rescaled } from './scales.js'

/** Functions of each value that are no layer themselves, but several layers. */

type Read = Readers[string]

/** |x| is the larger of x and -x. */
const absolute: Read = (read, node) => {
  read.known(node)
  const value = read.value(node)
  joinedWith(read, node, value, rescaled(read, { ...node, name: '' }, value, -1, 0), 'maximum')
}

/** A square is a value times itself. */
const power: Read = (read, node) => {
  read.known(node)
  const value = read.value(node)
  const exponent = read.scalar(node, 1, value.axes.length)
  if (exponent === 1) return read.hold(node, value)
  if (exponent !== 2)
    return read.fail(node, `raises values to the power of ${exponent ?? 'another value'}, which no layer here does. ${wayOut}`)
  joinedWith(read, node, value, value, 'multiply')
}

/** Celu is elu on a scale: alpha * elu(x / alpha). */
const celu: Read = (read, node) => {
  read.known(node, 'alpha')
  const alpha = read.float(node, 'alpha', 1)
  if (!(alpha > 0 && Number.isFinite(alpha))) return read.fail(node, `its alpha is ${alpha}, and must be above 0.`)
  const inner = { ...node, name: '' }
  const value = read.value(node)
  if (alpha === 1) return read.onValue(node, value, 'elu', { alpha: 1 })
  const { axes } = value
  const small = rescaled(read, inner, value, 1 / alpha, 0)
  read.hold(node, rescaled(read, node, { is: 'value', node: read.add(inner, 'elu', { alpha: 1 }, [small.node]), axes }, alpha, 0))
}

const joinedWith = (read: Reader, node: OnnxNode, { node: one, axes }: ValueOperand, other: ValueOperand, kind: string): void =>
  read.hold(node, { is: 'value', node: read.add(node, kind, {}, [one, other.node]), axes })

const wayOut = 'onnx.utils.extract_model writes the part of the file before it; compute the rest in your program.'

/** Functions of each value that no layers here compute. */
const unknownFunctions = new Set(
  (
    'Acos Acosh Asin Asinh Atan Atanh Ceil Cos Cosh Exp Floor Log Reciprocal Round Shrink Sign Sin Sinh Softsign Sqrt Tan ' +
    'ThresholdedRelu'
  ).split(' '),
)

/** The message for an operator that is not read. */
export const unknownOperator = ({ operator, domain }: OnnxNode): string =>
  domain === '' && unknownFunctions.has(operator)
    ? `is a function of each value that no layer here stands for. ${wayOut}`
    : 'is an operator that no layer here stands for.'

export const elementwiseReaders: Readers = { Abs: absolute, Celu: celu, Pow: power }
