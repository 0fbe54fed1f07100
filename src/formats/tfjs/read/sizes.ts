import { valuesIn } from '../../../layers/kind/layer.js'
import { isBatch } from './operands.js'
import { type OperatorReader, sizesOperand } from './reader.js'

/** Sizes that graphs compute of shapes, and operators that change no number. */

const shape: OperatorReader = (read, node) => {
  const part = read.part(node, 0)
  if (part.is === 'constant') return sizesOperand(node, true, part.shape)
  const before = valuesIn(part.shape.slice(0, part.merged))
  return sizesOperand(node, true, [{ batch: before }, ...part.shape.slice(part.merged)])
}

/** The product of a list of sizes. */
const product: OperatorReader = (read, node) => {
  const sizes = read.sizes(node, 0)
  const batch = sizes.filter(isBatch)
  const rest = sizes.reduce<number>((all, size) => all * (isBatch(size) ? size.batch : size), 1)
  if (batch.length > 1) return node.fail('multiplies the size of the batch by itself.')
  return sizesOperand(node, node.boolean('keep_dims'), [batch.length === 1 ? { batch: rest } : rest])
}

const passedOn: OperatorReader = (read, node) => read.operand(node, 0)

/** Another type of numbers: whole numbers of the network stay what they are. */
const cast: OperatorReader = (read, node) => {
  const operand = read.operand(node, 0)
  const isWhole = /INT|BOOL/.test(node.type('DstT'))
  const isFromFloat = /FLOAT|HALF|DOUBLE/.test(node.type('SrcT'))
  if (operand.is === 'constant') return { ...operand, isWhole }
  if (isWhole && isFromFloat && operand.is !== 'sizes' && !(operand.is === 'value' && read.nodes.get(operand.layer)?.kind === 'input'))
    return node.fail('cuts floats off to whole numbers, which no layer here does.')
  return operand
}

export const sizeReaders: Readonly<Record<string, OperatorReader>> = {
  Shape: shape,
  Prod: product,
  Cast: cast,
  ...Object.fromEntries(
    ['Identity', 'StopGradient', 'PreventGradient', 'Snapshot', 'CheckNumerics', 'PlaceholderWithDefault'].map((op) => [op, passedOn]),
  ),
}
