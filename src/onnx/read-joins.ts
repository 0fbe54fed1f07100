import { valuesIn } from '../layers/layer.js'
import type { HeldTensor } from './held.js'
import type { OnnxNode } from './model.js'
import { flat } from './per-channel.js'
import type { Reader, Readers } from './reader.js'

/** What joins branches, sizes or rows of weights. */

type Read = Readers[string]

/** A sum of values in the order of the axes of the first. */
export const sum: Read = (read, node) => {
  read.known(node)
  const first = read.value(node)
  const inputs = node.inputs.map((_, index) => read.arranged(node, read.value(node, index), first.axes))
  read.hold(node, { is: 'value', node: read.add(node, 'add', {}, inputs), axes: first.axes })
}

const concat: Read = (read, node) => {
  read.known(node, 'axis')
  const given = read.int(node, 'axis', undefined)
  const first = read.take(node, 0)
  if (given === undefined) return read.fail(node, 'does not say along which axis.')
  if (first.is === 'sizes')
    return read.hold(node, { is: 'sizes', sizes: node.inputs.flatMap((_, index) => sizesAt(read, node, index)), isScalar: false })
  if (first.is === 'tensor')
    return read.take(node, node.inputs.length - 1).is === 'value' ? classToken(read, node, first, given) : concatTensors(read, node, given)
  const value = read.value(node)
  const axis = given < 0 ? given + value.axes.length : given
  const rank = value.axes.length - 1
  if (value.axes[axis] !== rank - 1) return read.fail(node, `joins along axis ${given}, and concat here along the channels.`)
  const inputs = node.inputs.map((_, index) => read.arranged(node, read.value(node, index), value.axes))
  const joined = read.joined(node, inputs)
  read.hold(node, { is: 'value', node: joined, axes: value.axes })
}

/** A token in front of the others. */
const classToken = (read: Reader, node: OnnxNode, token: HeldTensor, axis: number) => {
  const value = read.value(node, 1)
  const features = read.shapeOf(value.node).at(-1)
  const isToken = node.inputs.length === 2 && value.axes.join() === '-1,0,1' && axis === 1
  if (!isToken || valuesIn(token.dims) !== features)
    return read.fail(node, 'joins numbers of the file with a value, and is no class token.')
  read.onValue(node, value, 'classToken', {}, [flat(token, 'weight')])
}

const sizesAt = (read: Reader, node: OnnxNode, index: number): readonly (number | undefined)[] => {
  const held = read.take(node, index)
  return held.is === 'sizes' ? held.sizes : read.fail(node, 'joins sizes with something else.')
}

/** Rows of weights one after the other, as gates are put in another order. */
const concatTensors = (read: Reader, node: OnnxNode, axis: number) => {
  const parts = node.inputs.map((_, index) => read.tensor(node, index))
  const [first] = parts as [HeldTensor]
  if (axis !== 0 || parts.some(({ dims }) => dims.slice(1).join() !== first.dims.slice(1).join()))
    return read.fail(node, 'joins weights that do not fit.')
  const rows = parts.reduce((total, { dims }) => total + (dims[0] as number), 0)
  const known = parts.every(({ data }) => data)
  const data = known ? Float32Array.from(parts.flatMap((part) => [...(part.data as Float32Array)])) : undefined
  read.hold(node, { is: 'tensor', name: node.outputs[0] as string, dims: [rows, ...first.dims.slice(1)], data })
}

export const joinReaders: Readers = {
  Sum: sum,
  Concat: concat,
}
