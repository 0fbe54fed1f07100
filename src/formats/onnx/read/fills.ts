import { valuesIn } from '../../../layers/kind/layer.js'
import { elementTypes, type OnnxNode } from '../model.js'
import { mostAxes } from '../wire/limits.js'
import { isSameSize, type Size } from './folding/size.js'
import { constantTensor } from './operands/constants.js'
import type { Operand } from './operands/operand.js'
import type { Reader, Readers } from './reader/reader.js'

/** One number in a shape of its own: numbers of the file, and states of which there are as many as examples. */

type Read = Readers[string]

/** Values that are made at once, so that what takes them can look at them. Of more the number is kept, and they are made at the end. */
const fewValues = 2 ** 12

/** The number that an attribute gives, and whether it is a whole one or a truth. */
const numberOf = (read: Reader, node: OnnxNode): { value: number; type: 'float' | 'whole' | 'truth' } => {
  const attribute = node.attributes['value']
  if (!attribute) return { value: 0, type: 'float' }
  if (!('tensor' in attribute)) return read.fail(node, 'its value must be a tensor.')
  const operand = constantTensor({ ...attribute.tensor, name: '' }, read.place(node), () => undefined)
  const values = operand.is === 'sizes' ? operand.sizes : (operand.data ?? [])
  if (values.length !== 1) return read.fail(node, 'its value must be one number.')
  return { value: values[0] as number, type: operand.is === 'sizes' ? operand.type : 'float' }
}

const constantOfShape: Read = (read, node) => {
  read.known(node, 'value')
  const shape = read.take(node, 0)
  if (shape.is !== 'sizes' || shape.dims.length !== 1 || shape.sizes.length > mostAxes)
    return read.fail(node, 'its shape must be computed from sizes, or stand in the file.')
  const { value, type } = numberOf(read, node)
  const name = node.outputs[0] as string
  const dims = shape.sizes
  if (!dims.every((size): size is number => typeof size === 'number')) {
    if (type !== 'float') return read.fail(node, 'repeats a whole number once for each example.')
    return read.hold(node, { is: 'fill', value, dims })
  }
  const count = valuesIn(dims)
  if (!(Number.isSafeInteger(count) && dims.every((size) => size >= 0))) return read.fail(node, 'makes an axis of no size.')
  if (count <= fewValues) read.spend(node, count)
  if (type !== 'float') {
    if (count > fewValues) return read.fail(node, `makes ${count} whole numbers, which no layer takes.`)
    return read.hold(node, { is: 'sizes', sizes: Array.from({ length: count }, () => value), dims, type })
  }
  if (count > fewValues) return read.hold(node, { is: 'tensor', name, dims, data: undefined, filled: value })
  read.hold(node, { is: 'tensor', name, dims, data: new Float32Array(count).fill(value) })
}

/** The number that an operand has everywhere; `undefined` where it has several, or none that is known. */
export const uniform = (read: Reader, node: OnnxNode, index: number): number | undefined => {
  const operand = read.optional(node, index)
  if (operand?.is === 'fill') return operand.value
  if (operand?.is !== 'tensor') return undefined
  if (operand.filled !== undefined) return operand.filled
  const [first] = operand.data ?? []
  return operand.data?.every((value) => value === first) ? first : undefined
}

/** An operand; of one number everywhere the numbers of the file that it is, where it is such. */
export const unfilled = (operand: Operand): Operand => (operand.is === 'fill' ? (operand.tensor ?? operand) : operand)

/** The shape that one shape is broadcast to by another; `undefined` where they do not fit. */
export const broadcastSizes = (one: readonly Size[], other: readonly Size[]): Size[] | undefined => {
  const count = Math.max(one.length, other.length)
  const at = (sizes: readonly Size[], place: number): Size => (place < count - sizes.length ? 1 : sizes[place - count + sizes.length])
  const sizes: Size[] = []
  for (let place = 0; place < count; place += 1) {
    const [left, right] = [at(one, place), at(other, place)]
    if (left !== 1 && right !== 1 && !isSameSize(left, right)) return undefined
    sizes.push(left === 1 ? right : left)
  }
  return sizes
}

/** Axes that come or go, as an attribute or as an input. */
const axesAt = (read: Reader, node: OnnxNode, count: number): number[] =>
  read.axes(node, read.ints(node, 'axes') ?? read.wholes(node, 1) ?? [], count)

/** The shape that each operator makes of such a number; `undefined` where it makes something else. */
const shapes: Readonly<Record<string, (read: Reader, node: OnnxNode, dims: readonly Size[]) => readonly Size[] | undefined>> =
  Object.assign(Object.create(null), {
    Cast: (read, node, dims) => ([elementTypes.float, elementTypes.double].includes(read.int(node, 'to', 0) as 1) ? dims : undefined),
    Expand: (read, node, dims) => {
      const wanted = read.take(node, 1)
      return wanted.is === 'sizes' ? broadcastSizes(dims, wanted.sizes) : undefined
    },
    Identity: (_, __, dims) => dims,
    Slice: (read, node, dims) => {
      const [starts, ends, axes] = [1, 2, 3].map((index) => read.wholes(node, index))
      const [axis] = read.axes(node, axes ?? [0], dims.length)
      const size = dims[axis as number]
      if (starts?.length !== 1 || ends?.length !== 1 || typeof size !== 'number' || node.inputs[4]) return undefined
      const [start, end] = [starts[0], ends[0]].map((place) =>
        Math.min(Math.max((place as number) < 0 ? (place as number) + size : (place as number), 0), size),
      )
      return dims.map((each, place) => (place === axis ? Math.max(0, (end as number) - (start as number)) : each))
    },
    Squeeze: (read, node, dims) => {
      const axes = axesAt(read, node, dims.length)
      return axes.length > 0 && axes.every((axis) => dims[axis] === 1) ? dims.filter((_, axis) => !axes.includes(axis)) : undefined
    },
    Transpose: (read, node, dims) => {
      const order = read.axes(node, read.ints(node, 'perm') ?? dims.map((_, axis) => dims.length - 1 - axis), dims.length)
      return order.length === dims.length ? order.map((axis) => dims[axis]) : undefined
    },
    Unsqueeze: (read, node, dims) => {
      const said = read.ints(node, 'axes') ?? read.wholes(node, 1) ?? []
      if (dims.length + said.length > mostAxes) return undefined
      const axes = axesAt(read, node, dims.length + said.length)
      const rest = [...dims]
      return Array.from({ length: dims.length + axes.length }, (_, place) => (axes.includes(place) ? 1 : rest.shift()))
    },
  } satisfies Record<string, (read: Reader, node: OnnxNode, dims: readonly Size[]) => readonly Size[] | undefined>)

/** Gives one number everywhere another shape, where an operator does nothing else: whether it did. */
export const refill = (read: Reader, node: OnnxNode): boolean => {
  const shape = node.domain === '' ? shapes[node.operator] : undefined
  const operand = shape && node.inputs.length > 0 ? read.optional(node, 0) : undefined
  if (!shape || operand?.is !== 'fill') return false
  const dims = shape(read, node, operand.dims)
  if (!dims) return false
  read.hold(node, dims === operand.dims ? operand : { is: 'fill', value: operand.value, dims })
  return true
}

export const fillReaders: Readers = {
  ConstantOfShape: constantOfShape,
}
