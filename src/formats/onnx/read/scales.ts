import { valuesIn } from '../../../layers/kind/layer.js'
import { decimal } from '../../settings.js'
import type { OnnxNode } from '../model.js'
import type { ConstantTensor, ValueOperand } from './operands/operand.js'
import { flat, isPerChannel } from './operands/per-channel.js'
import type { Reader } from './reader/reader.js'

/** Numbers of the file that a value is multiplied by, or that are added to it: one for all, or one for each channel. */

/** Channels that get their numbers as constants, as pixels do; of more they are weights. */
const mostConstants = 16

type EachChannel = number | readonly number[]

const combined = (one: EachChannel, other: EachChannel, join: (left: number, right: number) => number): EachChannel => {
  if (typeof one === 'number' && typeof other === 'number') return decimal(join(one, other))
  const count = typeof one === 'number' ? (other as readonly number[]).length : one.length
  const at = (value: EachChannel, index: number): number => (typeof value === 'number' ? value : (value[index] as number))
  return Array.from({ length: count }, (_, index) => decimal(join(at(one, index), at(other, index))))
}

/** A value times a number and plus another, together with a rescale before it. */
export const rescaled = (read: Reader, node: OnnxNode, value: ValueOperand, scale: EachChannel, offset: EachChannel): ValueOperand => {
  const before = read.nodeOf(value.node)
  const isNone = (number: EachChannel, none: number): boolean => number === none
  if (isNone(scale, 1) && isNone(offset, 0)) return value
  const own = before.kind === 'rescale' ? before.settings : { scale: 1, offset: 0 }
  const settings = {
    scale: combined(own['scale'] as EachChannel, scale, (left, right) => left * right),
    offset: combined(
      combined(own['offset'] as EachChannel, scale, (left, right) => left * right),
      offset,
      (left, right) => left + right,
    ),
  }
  const from = before.kind === 'rescale' ? (before.inputs[0] as string) : value.node
  return { ...value, node: read.add(node, 'rescale', settings, [from]) }
}

/** The one number that a tensor is, in a shape that gives a value no further axes. */
export const numberIn = (value: ValueOperand, tensor: ConstantTensor): number | undefined => {
  const number = tensor.data?.length === 1 && tensor.dims.length <= value.axes.length ? tensor.data[0] : undefined
  return number === undefined || !Number.isFinite(number) ? undefined : number
}

/** The numbers of few channels; `undefined` where there are many, or a tensor is something else. */
const fewNumbers = (read: Reader, value: ValueOperand, tensor: ConstantTensor): number[] | undefined => {
  const isFew = valuesIn(tensor.dims) <= mostConstants && isPerChannel(read, value, tensor)
  const numbers = isFew && tensor.data ? [...tensor.data] : undefined
  return numbers?.every(Number.isFinite) ? numbers : undefined
}

/** A value minus numbers, or divided by them; `undefined` where they are neither one nor one for each of a few channels. */
export const minusOrOver = (read: Reader, node: OnnxNode, value: ValueOperand, tensor: ConstantTensor): ValueOperand | undefined => {
  const numbers = numberIn(value, tensor) ?? fewNumbers(read, value, tensor)
  if (numbers === undefined || (node.operator === 'Div' && [numbers].flat().includes(0))) return undefined
  return node.operator === 'Sub'
    ? rescaled(
        read,
        node,
        value,
        1,
        combined(numbers, 1, (number) => -number),
      )
    : rescaled(
        read,
        node,
        value,
        combined(numbers, 1, (number) => 1 / number),
        0,
      )
}

/** A shift for each channel: that of a scale before it, or one alone; `undefined` where a tensor is something else. */
export const shifted = (read: Reader, node: OnnxNode, value: ValueOperand, tensor: ConstantTensor): ValueOperand | undefined => {
  if (!isPerChannel(read, value, tensor)) return undefined
  const before = read.nodeOf(value.node)
  const isScale = before.kind === 'layerScale'
  const weights = [...(isScale ? before.weights : []), flat(tensor, 'bias')]
  const from = isScale ? (before.inputs[0] as string) : value.node
  return { ...value, node: read.add(node, 'affine', isScale ? {} : { scale: false }, [from], weights) }
}
