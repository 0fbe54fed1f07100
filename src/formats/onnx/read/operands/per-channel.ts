import { valuesIn } from '../../../../layers/kind/layer.js'
import type { ReadWeight } from '../reader/layers.js'
import type { Reader } from '../reader/reader.js'
import type { ConstantTensor, ValueOperand } from './operand.js'

/** Whether a tensor has one value for each channel of a value, in a shape that is broadcast to it. */
export const isPerChannel = (read: Reader, value: ValueOperand, { dims }: ConstantTensor): boolean => {
  const shape = read.shapeOf(value.node)
  const last = shape.length - 1
  const place = dims.findIndex((size) => size !== 1)
  if (dims.length > value.axes.length) return false
  if (shape[last] === 1) return dims.every((size) => size === 1)
  return (
    place >= 0 &&
    valuesIn(dims) === dims[place] &&
    dims[place] === shape[last] &&
    value.axes[value.axes.length - dims.length + place] === last
  )
}

export const flat = (tensor: ConstantTensor, suffix: string): ReadWeight => ({
  suffix,
  from: tensor,
  tensor: tensor.data && { shape: [valuesIn(tensor.dims)], dtype: 'F32', data: tensor.data },
})

/** The same values as a list. */
export const flatTensor = (tensor: ConstantTensor): ConstantTensor => ({ ...tensor, dims: [valuesIn(tensor.dims)] })
