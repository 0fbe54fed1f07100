import { valuesIn } from '../../../layers/kind/layer.js'
import { broadcast } from '../read/folding/known.js'
import { type Answer, type Question, type ShapeRules, sizesAt } from './value.js'

/** Shape rules of products and recurrences. */

const gemm = (question: Question): Answer | undefined => {
  const { read, node } = question
  const [left, right] = [sizesAt(question, 0), sizesAt(question, 1)]
  if (left?.length !== 2 || right?.length !== 2) return undefined
  const [rows, inner] = read.flag(node, 'transA', false) ? [...left].reverse() : left
  const [own, columns] = read.flag(node, 'transB', false) ? [...right].reverse() : right
  if (inner !== own) return undefined
  const output = [rows as number, columns as number]
  return { outputs: [output], macs: valuesIn(output) * (inner as number) }
}

const matMul = (question: Question): Answer | undefined => {
  const [left, right] = [sizesAt(question, 0), sizesAt(question, 1)]
  if (!left || !right || left.length === 0 || right.length === 0) return undefined
  const [one, other] = [left.length === 1 ? [1, ...left] : left, right.length === 1 ? [...right, 1] : right]
  const inner = one.at(-1) as number
  const lead = broadcast([one.slice(0, -2), other.slice(0, -2)])
  if (!lead || inner !== other.at(-2)) return undefined
  const [rows, columns] = [one.at(-2) as number, other.at(-1) as number]
  const output = [...lead, ...(left.length === 1 ? [] : [rows]), ...(right.length === 1 ? [] : [columns])]
  return { outputs: [output], macs: valuesIn(lead) * rows * columns * inner }
}

/** A product over named axes: as many multiplications as all of them have places. */
const einsum = (question: Question): Answer | undefined => {
  const equation = question.read.text(question.node, 'equation', '').replaceAll(' ', '')
  const [left = '', right] = equation.split('->')
  const terms = left.split(',')
  if (right === undefined || equation.includes('.') || terms.length !== question.inputs.length || equation.length > 200) return undefined
  const sizes = new Map<string, number>()
  for (const [index, term] of terms.entries()) {
    const shape = sizesAt(question, index)
    if (shape?.length !== term.length) return undefined
    for (const [axis, letter] of [...term].entries()) {
      const size = shape[axis] as number
      if ((sizes.get(letter) ?? size) !== size) return undefined
      sizes.set(letter, size)
    }
  }
  const output = [...right].map((letter) => sizes.get(letter) ?? -1)
  if (output.includes(-1)) return undefined
  return { outputs: [output], macs: terms.length < 2 ? 0 : (terms.length - 1) * valuesIn([...sizes.values()]) }
}

/** @param gates of each unit */
const recurrence =
  (gates: number) =>
  (question: Question): Answer | undefined => {
    const [input, kernel] = [sizesAt(question, 0), sizesAt(question, 1)]
    if (input?.length !== 3 || kernel?.length !== 3 || question.read.int(question.node, 'layout', 0) !== 0) return undefined
    const [steps, batch, features] = input as [number, number, number]
    const [directions, rows] = kernel as [number, number, number]
    const units = rows / gates
    if (!Number.isInteger(units) || kernel[2] !== features) return undefined
    const state = [directions, batch, units]
    return { outputs: [[steps, directions, batch, units], state, state], macs: steps * batch * directions * rows * (features + units) }
  }

export const matrixRules: ShapeRules = {
  Gemm: gemm,
  MatMul: matMul,
  MatMulInteger: matMul,
  Einsum: einsum,
  RNN: recurrence(1),
  GRU: recurrence(3),
  LSTM: recurrence(4),
}
