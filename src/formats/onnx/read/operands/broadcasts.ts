import type { OnnxNode } from '../../model.js'
import type { Reader } from '../reader/reader.js'
import type { ValueOperand } from './operand.js'

/** A value of size 1 along some axes beside another that has more there: it is repeated, by an upsample. */

/** The axes of a layer's output that another shape has more of; `undefined` where the shapes do not fit, or are equal. */
const repeatedAxes = (shape: readonly number[], wanted: readonly number[]): number[] | undefined => {
  if (shape.length !== wanted.length) return undefined
  const axes = shape.flatMap((size, axis) => (size === wanted[axis] ? [] : [axis]))
  return axes.length > 0 && axes.every((axis) => shape[axis] === 1) ? axes : undefined
}

/** A layer whose output has another shape, by repeating it along its axes of size 1; `undefined` where that gives another shape. */
export const repeated = (read: Reader, node: OnnxNode, name: string, wanted: readonly number[]): string | undefined => {
  const inner = { ...node, name: '' }
  const shape = read.shapeOf(name)
  const axes = repeatedAxes(shape, wanted)
  if (!axes || wanted.length > 4) return undefined
  const last = shape.length - 1
  const upsample = (of: string, sizes: readonly number[]): string => {
    const scale = sizes.every((size) => size === sizes[0]) ? sizes[0] : sizes
    return read.add(inner, 'upsample', { scale, method: 'nearest' }, [of])
  }
  const factors = wanted.map((size, axis) => (axes.includes(axis) ? size : 1))
  if (!axes.includes(last)) return upsample(name, factors.slice(0, -1))
  // An upsample leaves the last axis as it is: so one that is not repeated stands there.
  const kept = shape.findIndex((_, axis) => !axes.includes(axis))
  if (kept < 0) {
    if (last > 2) return undefined
    const line = read.add(inner, 'reshape', { shape: [...shape, 1] }, [name])
    return read.add(inner, 'reshape', { shape: wanted }, [upsample(line, factors)])
  }
  const order = [...shape.map((_, axis) => axis).filter((axis) => axis !== kept), kept]
  const turned = read.add(inner, 'permute', { axes: order }, [name])
  const large = upsample(
    turned,
    order.slice(0, -1).map((axis) => factors[axis] as number),
  )
  return read.add(inner, 'permute', { axes: order.map((_, axis) => order.indexOf(axis)) }, [large])
}

/** Two inputs that are values: of one that was repeated, what it was before, as the join of both repeats it. */
export const pairOf = (read: Reader, node: OnnxNode): [ValueOperand, ValueOperand] => {
  const [left, right] = [read.take(node, 0), read.take(node, 1)]
  if (left.is === 'expanded' && right.is !== 'expanded') return [left.of, read.value(node, 1)]
  if (right.is === 'expanded' && left.is !== 'expanded') return [read.value(node, 0), right.of]
  return [read.value(node, 0), read.value(node, 1)]
}

/** Two values in one shape, with their axes in the order of the first: as they are where they have one, or where none is repeated. */
export const broadcast = (read: Reader, node: OnnxNode, one: ValueOperand, other: ValueOperand): [one: string, other: string] => {
  const right = read.arranged(node, other, one.axes)
  const [have, want] = [read.shapeOf(one.node), read.shapeOf(right)]
  const both = have.map((size, axis) => Math.max(size, want[axis] ?? 0))
  return [repeated(read, node, one.node, both) ?? one.node, repeated(read, node, right, both) ?? right]
}
