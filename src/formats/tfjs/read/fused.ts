import { valuesIn } from '../../../layers/kind/layer.js'
import type { TfNode } from './graph-def.js'
import type { Operand, Value } from './operands.js'
import type { Reader } from './reader.js'
import { vectorOf, weightOf } from './weights.js'

/** What fused operators do behind their product: a bias, and an activation. */
export const fused = (read: Reader, node: TfNode, value: Value, first: number, spaced?: { readonly block: readonly number[] }): Operand => {
  const ops = node.op.startsWith('_Fused') || node.op.startsWith('Fused') ? node.texts('fused_ops') : []
  let result: Operand = value
  let next = first
  for (const [index, op] of ops.entries()) {
    const isBias = op === 'BiasAdd'
    if ((isBias && index > 0) || index > 1 || !['BiasAdd', 'Relu', 'Relu6', 'Elu', 'Sigmoid', 'Tanh', 'LeakyRelu', 'Prelu'].includes(op))
      return node.fail(`fuses ${ops.join(' and ')}, which is not known here.`)
    if (isBias) {
      const bias = vectorOf(read, node, next, value.shape.at(-1) as number)
      next += 1
      read.withBias(value.layer, weightOf(bias))
    } else if (op === 'Prelu') {
      result = read.add(node, ...slopesOf(read, node, next, value))
    } else {
      const slope = node.number('leakyrelu_alpha', 0.2)
      const name = op === 'LeakyRelu' ? 'leakyRelu' : `${op[0]?.toLowerCase()}${op.slice(1)}`
      result = read.add(node, name, op === 'LeakyRelu' ? { slope } : op === 'Elu' ? { alpha: 1 } : {}, [value])
    }
  }
  // What follows puts the positions together again.
  return spaced ? { is: 'spaced', value: result, block: spaced.block, pads: spaced.block.map(() => [0, 0]) } : result
}

const slopesOf = (
  read: Reader,
  node: TfNode,
  index: number,
  value: Value,
): Parameters<Reader['add']> extends [unknown, ...infer Rest] ? Rest : never => {
  const slopes = read.constant(node, index)
  const channels = value.shape.at(-1) as number
  const count = valuesIn(slopes.shape)
  const isShared = count === 1 && channels !== 1
  if (slopes.isWhole || (!isShared && (count !== channels || (slopes.shape.length > 0 && slopes.shape.at(-1) !== channels))))
    return node.fail(`has slopes of the shape [${slopes.shape.join(', ')}], and not one for each channel.`)
  return ['prelu', isShared ? { shared: true } : {}, [value], { alpha: weightOf(slopes) }]
}
