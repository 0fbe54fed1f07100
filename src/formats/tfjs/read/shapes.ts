import { valuesIn } from '../../../layers/kind/layer.js'
import type { Shape } from '../../../shape/shape.js'
import { known, mostKept } from './elementwise.js'
import type { TfNode } from './graph-def.js'
import { type Constant, isBatch, type Value } from './operands.js'
import type { OperatorReader, Reader } from './reader.js'

/** Operators that give the same numbers another shape, or their axes another order. */

/** What a reshape says, for one example: its sizes, with -1 for one that is left open. */
const targetOf = (read: Reader, node: TfNode, value: Value): { readonly shape: number[]; readonly merged: number } => {
  const sizes = read.sizes(node, 1)
  const [first, ...others] = sizes
  if (first === undefined || others.length === 0 || others.length > 8) return node.fail('must give the batch an axis, and keep others.')
  const rest = others.map((size) => (isBatch(size) ? node.fail('puts the batch on another axis than the first.') : size))
  const total = valuesIn(value.shape)
  const open = rest.filter((size) => size === -1).length
  if (open > 1 || rest.some((size) => size < -1 || size === 0 || !Number.isSafeInteger(size)))
    return node.fail(`gives the sizes ${rest.join(', ')}.`)
  const known = valuesIn(rest.filter((size) => size !== -1))
  // How many rows there are for each example.
  const rows = isBatch(first) ? first.batch : first === -1 && open === 0 ? total / known : 1
  const each = total / rows
  const shape = rest.map((size) => (size === -1 ? each / known : size))
  if (!Number.isSafeInteger(rows) || rows < 1 || !shape.every(Number.isSafeInteger) || valuesIn(shape) !== each)
    return node.fail(
      `makes ${sizes.map((size) => (isBatch(size) ? 'N' : size)).join('x')} of Nx${value.shape.join('x')}, which does not fit.`,
    )
  if (rows === 1) return { shape, merged: 0 }
  // The first axes as they are, where what is left is the same.
  const kept = value.shape.length - shape.length
  const isSame = kept > 0 && shape.every((size, axis) => size === value.shape[axis + kept])
  return isSame ? { shape: [...value.shape], merged: kept } : { shape: [rows, ...shape], merged: 1 }
}

export const reshaped = (read: Reader, node: TfNode, value: Value, shape: Shape): Value => {
  if (shape.join() === value.shape.join()) return { ...value, merged: 0 }
  return shape.length === 1 ? read.add(node, 'flatten', { start: 0 }, [value]) : read.add(node, 'reshape', { shape }, [value])
}

/** Numbers of the file in another shape. */
const constantIn = (node: TfNode, constant: Constant, shape: readonly number[]): Constant => {
  const [count, wanted] = [constant.shape, shape].map(valuesIn)
  return count === wanted
    ? { ...constant, shape }
    : node.fail(`makes ${shape.join('x')} of numbers of the shape ${constant.shape.join('x')}.`)
}

const reshape: OperatorReader = (read, node) => {
  const operand = read.part(node, 0)
  if (operand.is === 'constant') {
    const sizes = read.wholes(node, 1)
    const known = valuesIn(sizes.filter((size) => size !== -1))
    const total = valuesIn(operand.shape)
    return constantIn(
      node,
      operand,
      sizes.map((size) => (size === -1 ? total / known : size)),
    )
  }
  const value = read.rows(node)
  const { shape, merged } = targetOf(read, node, value)
  return { ...reshaped(read, node, value, shape), merged }
}

const squeeze: OperatorReader = (read, node) => {
  const part = read.part(node, 0)
  const stated = [...node.wholes('squeeze_dims'), ...node.wholes('axis')]
  if (part.is === 'constant') {
    const rank = part.shape.length
    const axes = stated.map((axis) => (axis < 0 ? axis + rank : axis))
    return constantIn(
      node,
      part,
      part.shape.filter((size, axis) => (axes.length === 0 ? size !== 1 : !axes.includes(axis))),
    )
  }
  const value = read.value(node)
  const axes = stated.length > 0 ? read.axes(node, value, stated) : value.shape.flatMap((size, axis) => (size === 1 ? [axis] : []))
  if (axes.some((axis) => value.shape[axis] !== 1)) node.fail('leaves out an axis of more than one position.')
  const shape = value.shape.filter((_, axis) => !axes.includes(axis))
  return shape.length === 0 ? node.fail('leaves out all axes of an example.') : reshaped(read, node, value, shape)
}

const expandDims: OperatorReader = (read, node) => {
  const part = read.part(node, 0)
  const axis = read.whole(node, 1)
  const rank = part.shape.length + (part.is === 'constant' ? 1 : 2)
  const at = axis < 0 ? axis + rank : axis
  if (at < 0 || at >= rank) return node.fail(`has no axis ${axis} here.`)
  if (part.is === 'constant') return constantIn(node, part, [...part.shape.slice(0, at), 1, ...part.shape.slice(at)])
  if (at === 0) return node.fail('puts another axis before the batch.')
  const value = read.value(node)
  return reshaped(read, node, value, [...value.shape.slice(0, at - 1), 1, ...value.shape.slice(at - 1)])
}

const transpose: OperatorReader = (read, node) => {
  const part = read.part(node, 0)
  const order = read.wholes(node, 1)
  const rank = part.shape.length + (part.is === 'constant' ? 0 : 1)
  if (order.length !== rank || new Set(order).size !== rank || order.some((axis) => axis < 0 || axis >= rank))
    return node.fail(`must have each of ${rank} axes once.`)
  if (part.is === 'constant') return transposedConstant(read, node, part, order)
  if (order[0] !== 0) return node.fail('moves the axis of the batch.')
  const axes = order.slice(1).map((axis) => axis - 1)
  const value = read.value(node)
  return axes.every((axis, place) => axis === place) ? value : read.add(node, 'permute', { axes }, [value])
}

const transposedConstant = (read: Reader, node: TfNode, constant: Constant, order: readonly number[]): Constant => {
  const shape = order.map((axis) => constant.shape[axis] as number)
  const count = valuesIn(shape)
  // Large ones are put in order once they are needed, and only once.
  if (count > mostKept && constant.key.startsWith('turned ')) return node.fail('turns numbers that were turned before.')
  const steps = constant.shape.map((_, axis) => valuesIn(constant.shape.slice(axis + 1)))
  const numbers = () => {
    const data = constant.numbers()
    return (
      data &&
      Float32Array.from({ length: count }, (_, at) => {
        let [left, from] = [at, 0]
        for (let axis = order.length - 1; axis >= 0; axis -= 1) {
          const size = shape[axis] as number
          from += (left % size) * (steps[order[axis] as number] as number)
          left = Math.floor(left / size)
        }
        return data[from] as number
      })
    )
  }
  const kept = count <= mostKept ? numbers() : undefined
  if (kept) read.turn(node, count)
  return {
    ...constant,
    key: count > mostKept ? `turned ${node.name}` : node.name,
    shape,
    numbers: count <= mostKept ? known(kept) : numbers,
  }
}

export const shapeReaders: Readonly<Record<string, OperatorReader>> = {
  Reshape: reshape,
  Squeeze: squeeze,
  ExpandDims: expandDims,
  Transpose: transpose,
}
