import { elementTypes, type OnnxNode } from '../model.js'
import { mostAxes } from '../wire/limits.js'
import { holdView, sizesOf, viewAt } from './operands/lazily.js'
import type { Operand } from './operands/operand.js'
import { holdPlace } from './operands/parts.js'
import type { Digits } from './operands/views.js'
import type { Reader, Readers } from './reader/reader.js'
import { dimsOf, reshapeTo, withoutOne } from './shapes.js'

/** Axes of one value that come and go, the sizes that shapes are computed from, and other types for the same numbers. */

type Read = Readers[string]

/** The axes that come or go, as an attribute or as an input; `undefined` where they are not said. */
const axesOf = (read: Reader, node: OnnxNode, count: (axes: number) => number): number[] | undefined => {
  const axes = read.ints(node, 'axes') ?? read.wholes(node, 1)
  if (axes && count(axes.length) > mostAxes) return read.fail(node, `is on more than ${mostAxes} axes.`)
  return axes && read.axes(node, axes, count(axes.length))
}

/** How many axes something has in the file. */
const rankOf = (operand: Operand): number =>
  operand.is === 'value'
    ? operand.axes.length
    : operand.is === 'view'
      ? operand.digits.length
      : operand.is === 'tensor' || operand.is === 'sizes' || operand.is === 'fill'
        ? operand.dims.length
        : 0

/** Axes of size 1 that come and go are reshapes of what has them. */
const unsqueeze: Read = (read, node) => {
  read.known(node, 'axes')
  const operand = read.take(node, 0)
  const axes = axesOf(read, node, (added) => rankOf(operand) + added)
  if (!axes) return read.fail(node, 'does not say which axes come.')
  const count = rankOf(operand) + axes.length
  if (operand.is === 'tensor') {
    if (operand.repeated && axes.includes(0)) return read.fail(node, 'puts its examples elsewhere than on the first axis.')
    return read.hold(node, { ...operand, dims: withOnes(operand.dims, axes, count) })
  }
  if (operand.is === 'view') {
    const digits = withOnes<Digits[number]>(operand.digits, axes, count).map((parts) => (parts === 1 ? [] : parts))
    const dims = withOnes(sizesOf(operand), axes, count)
    return holdView(read, node, operand, { digits }, () => {
      const made = operand.make()
      if (dims[0] !== undefined || made.axes[0] !== -1) return read.fail(node, 'puts its examples elsewhere than on the first axis.')
      const value = reshapeTo(read, node, made, dims.slice(1) as number[])
      return value.is === 'value' ? value : read.ungrouped(node, value)
    })
  }
  const value = read.value(node)
  const dims = withOnes(dimsOf(read, value), axes, count)
  if (dims[0] !== undefined) return read.fail(node, 'puts its examples elsewhere than on the first axis.')
  read.hold(node, reshapeTo(read, node, value, dims.slice(1) as number[]))
}

const withOnes = <Size>(dims: readonly Size[], axes: readonly number[], count: number): (Size | 1)[] => {
  const rest = [...dims]
  return Array.from({ length: count }, (_, place) => (axes.includes(place) ? 1 : (rest.shift() as Size)))
}

const squeeze: Read = (read, node) => {
  read.known(node, 'axes')
  const operand = read.take(node, 0)
  // A recurrence gives a list of steps with an axis for its direction, or without the steps.
  const count = operand.is === 'steps' ? 4 - (1 - operand.direction) : rankOf(operand)
  const axes = axesOf(read, node, () => count)
  if (!axes) return read.fail(node, 'does not say which axes go.')
  if (operand.is === 'steps') {
    if (axes.length === 1 && axes[0] === operand.direction) return read.hold(node, operand.make())
    return read.fail(node, 'takes away another axis than that of the one direction.')
  }
  if (operand.is === 'tensor') {
    const goes = axes.every((axis) => operand.dims[axis] === 1) && !(operand.repeated && axes.includes(0))
    if (!goes) return read.fail(node, 'takes away an axis that is not of size 1.')
    return read.hold(node, { ...operand, dims: operand.dims.filter((_, place) => !axes.includes(place)) })
  }
  const view = axes.length === 1 ? viewAt(read, node) : undefined
  const [gone] = axes
  if (
    view &&
    gone !== undefined &&
    view.digits[gone]?.length === 0 &&
    holdPlace(read, node, view, gone, 0, () => withoutOne(read, node, gone))
  )
    return
  const value = read.value(node)
  const dims = dimsOf(read, value)
  if (axes.some((axis) => dims[axis] !== 1)) return read.fail(node, 'takes away an axis that is not of size 1.')
  const left = dims.filter((_, place) => !axes.includes(place))
  if (left[0] !== undefined) return read.fail(node, 'needs its examples on the first axis.')
  read.hold(node, reshapeTo(read, node, value, left.slice(1) as number[]))
}

const shape: Read = (read, node) => {
  read.known(node, 'start', 'end')
  const operand = read.take(node, 0)
  const dims =
    operand.is === 'tensor' || operand.is === 'fill'
      ? operand.dims
      : operand.is === 'view'
        ? sizesOf(operand)
        : dimsOf(read, read.value(node))
  const sizes = dims.slice(read.int(node, 'start', 0), read.int(node, 'end', undefined))
  read.hold(node, { is: 'sizes', sizes, dims: [sizes.length], type: 'whole' })
}

/** Types that hold every value of 32 bits, or of the model's own precision. */
const isWide = (read: Reader, to: number): boolean =>
  to === elementTypes.float ||
  to === elementTypes.double ||
  (to === read.precision && (to === elementTypes.float16 || to === elementTypes.bfloat16))

/** Another type for the same numbers. What rounds them, or cuts them off, is no layer. */
const cast: Read = (read, node) => {
  read.known(node, 'to', 'saturate')
  const operand = read.take(node, 0)
  const to = read.int(node, 'to', 0)
  const isWhole = to === elementTypes.int64 || to === elementTypes.int32
  const fail = (): never => read.fail(node, `makes its numbers ones of the element type ${to}, which may round them.`)
  if ((operand.is === 'view' || operand.is === 'scores') && isWide(read, to)) return read.hold(node, operand)
  if (operand.is === 'value') {
    // Places in a vocabulary: nothing else may take floats that are cut off.
    if (isWhole) return read.hold(node, { ...operand, whole: operand.whole ?? 'cut' })
    if (operand.whole === 'cut' || !isWide(read, to)) return fail()
    const { whole: _, ...floats } = operand
    return read.hold(node, floats)
  }
  const isKept = (operand.is === 'tensor' || operand.is === 'expression' || operand.is === 'fill') && isWide(read, to)
  return isKept ? read.hold(node, operand) : fail()
}

export const axisReaders: Readers = {
  Unsqueeze: unsqueeze,
  Squeeze: squeeze,
  Shape: shape,
  Cast: cast,
}
