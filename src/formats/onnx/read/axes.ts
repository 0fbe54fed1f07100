import { elementTypes, type OnnxNode } from '../model.js'
import { mostAxes } from '../wire/limits.js'
import type { Held } from './constants.js'
import type { Reader, Readers } from './reader.js'
import { dimsOf, reshapeTo } from './shapes.js'

/** Axes of one value that come and go, the sizes that shapes are computed from, and other types for the same numbers. */

type Read = Readers[string]

/** The axes that come or go, as an attribute or as an input; `undefined` where they are not said. */
const axesOf = (read: Reader, node: OnnxNode, count: (given: number) => number): number[] | undefined => {
  const given = read.ints(node, 'axes') ?? read.wholes(node, 1)
  if (given && count(given.length) > mostAxes) return read.fail(node, `is on more than ${mostAxes} axes.`)
  return given && read.axes(node, given, count(given.length))
}

/** How many axes something has in the file. */
const rankOf = (held: Held): number =>
  held.is === 'value' ? held.axes.length : held.is === 'tensor' ? held.dims.length : held.is === 'sizes' && !held.isScalar ? 1 : 0

/** Axes of size 1 that come and go are reshapes of what has them. */
const unsqueeze: Read = (read, node) => {
  read.known(node, 'axes')
  const held = read.take(node, 0)
  const axes = axesOf(read, node, (given) => rankOf(held) + given)
  if (!axes) return read.fail(node, 'does not say which axes come.')
  const count = rankOf(held) + axes.length
  if (held.is === 'sizes') {
    if (!held.isScalar || count !== 1) return read.fail(node, 'makes a table of sizes.')
    return read.hold(node, { ...held, isScalar: false })
  }
  if (held.is === 'tensor') {
    if (held.repeated && axes.includes(0)) return read.fail(node, 'puts its examples elsewhere than on the first axis.')
    return read.hold(node, { ...held, dims: withOnes(held.dims, axes, count) })
  }
  const value = read.value(node)
  const dims = withOnes(dimsOf(read, value), axes, count)
  if (dims[0] !== undefined) return read.fail(node, 'puts its examples elsewhere than on the first axis.')
  reshapeTo(read, node, value, dims.slice(1) as number[])
}

const withOnes = <Size>(dims: readonly Size[], axes: readonly number[], count: number): (Size | 1)[] => {
  const rest = [...dims]
  return Array.from({ length: count }, (_, place) => (axes.includes(place) ? 1 : (rest.shift() as Size)))
}

const squeeze: Read = (read, node) => {
  read.known(node, 'axes')
  const held = read.take(node, 0)
  // A recurrence gives a list of steps with an axis for its direction, or without the steps.
  const count = held.is === 'steps' ? 4 - (1 - held.direction) : rankOf(held)
  const axes = axesOf(read, node, () => count)
  if (!axes) return read.fail(node, 'does not say which axes go.')
  if (held.is === 'sizes') {
    if (held.sizes.length !== 1 || held.isScalar || axes.length !== 1) return read.fail(node, 'makes one size of several.')
    return read.hold(node, { ...held, isScalar: true })
  }
  if (held.is === 'steps') {
    if (axes.length === 1 && axes[0] === held.direction) return read.hold(node, held.make())
    return read.fail(node, 'takes away another axis than that of the one direction.')
  }
  if (held.is === 'tensor') {
    const goes = axes.every((axis) => held.dims[axis] === 1) && !(held.repeated && axes.includes(0))
    if (!goes) return read.fail(node, 'takes away an axis that is not of size 1.')
    return read.hold(node, { ...held, dims: held.dims.filter((_, place) => !axes.includes(place)) })
  }
  const value = read.value(node)
  const dims = dimsOf(read, value)
  if (axes.some((axis) => dims[axis] !== 1)) return read.fail(node, 'takes away an axis that is not of size 1.')
  const left = dims.filter((_, place) => !axes.includes(place))
  if (left[0] !== undefined) return read.fail(node, 'needs its examples on the first axis.')
  reshapeTo(read, node, value, left.slice(1) as number[])
}

const shape: Read = (read, node) => {
  read.known(node, 'start', 'end')
  const value = read.value(node)
  const dims = dimsOf(read, value)
  const end = read.int(node, 'end', undefined)
  read.hold(node, { is: 'sizes', sizes: dims.slice(read.int(node, 'start', 0), end), isScalar: false })
}

/** Types that hold every value of 32 bits, or of the model's own precision. */
const isWide = (read: Reader, to: number): boolean =>
  to === elementTypes.float ||
  to === elementTypes.double ||
  (to === read.precision && (to === elementTypes.float16 || to === elementTypes.bfloat16))

/** Another type for the same numbers. What rounds them, or cuts them off, is no layer. */
const cast: Read = (read, node) => {
  read.known(node, 'to', 'saturate')
  const held = read.take(node, 0)
  const to = read.int(node, 'to', 0)
  const isWhole = to === elementTypes.int64 || to === elementTypes.int32
  const fail = (): never => read.fail(node, `makes its numbers ones of the element type ${to}, which may round them.`)
  if (held.is === 'value') {
    // Places in a vocabulary: nothing else may take floats that are cut off.
    if (isWhole) return read.hold(node, { ...held, whole: held.whole ?? 'cut' })
    if (held.whole === 'cut' || !isWide(read, to)) return fail()
    const { whole: _, ...floats } = held
    return read.hold(node, floats)
  }
  const isKept =
    held.is === 'sizes' ? isWhole || to === elementTypes.float : (held.is === 'tensor' || held.is === 'expression') && isWide(read, to)
  return isKept ? read.hold(node, held) : fail()
}

export const axisReaders: Readers = {
  Unsqueeze: unsqueeze,
  Squeeze: squeeze,
  Shape: shape,
  Cast: cast,
}
