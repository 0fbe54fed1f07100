import { valuesIn } from '../../../layers/kind/layer.js'
import { elementTypes, type OnnxNode } from '../model.js'
import { mostAxes } from '../wire/limits.js'
import { broadcastSizes, uniform } from './fills.js'
import type { Size } from './folding/size.js'
import { repeated } from './operands/broadcasts.js'
import { constantTensor } from './operands/constants.js'
import { someFeatures } from './operands/features.js'
import { once, viewAt } from './operands/lazily.js'
import type { ValueOperand, ViewOperand } from './operands/operand.js'
import { holdPart } from './operands/parts.js'
import { sizeOf } from './operands/views.js'
import type { Reader, Readers } from './reader/reader.js'
import { dimsOf } from './shapes.js'

/** The numbers of a file: as they stand, repeated, or cut in parts. */

type Read = Readers[string]

const constant: Read = (read, node) => {
  read.known(node, 'value', 'value_float', 'value_floats', 'value_int', 'value_ints')
  const name = node.outputs[0] as string
  const [attribute] = Object.values(node.attributes)
  if (!attribute || Object.keys(node.attributes).length !== 1) return read.fail(node, 'must have one value.')
  if ('tensor' in attribute) return read.hold(node, read.tensorOf({ ...attribute.tensor, name }, read.place(node)))
  if ('int' in attribute) return read.hold(node, { is: 'sizes', sizes: [attribute.int], dims: [], type: 'whole' })
  if ('ints' in attribute) return read.hold(node, { is: 'sizes', sizes: attribute.ints, dims: [attribute.ints.length], type: 'whole' })
  const floats =
    'float' in attribute
      ? [attribute.float]
      : 'floats' in attribute
        ? attribute.floats
        : read.fail(node, 'is of a type that no layer takes.')
  const raw = new Uint8Array(Float32Array.from(floats).buffer)
  read.hold(
    node,
    constantTensor(
      { name, dims: 'float' in attribute ? [] : [floats.length], type: elementTypes.float, raw },
      read.place(node),
      () => undefined,
    ),
  )
}

/** A value repeated along its axes of size 1. */
const expandValue = (read: Reader, node: OnnxNode, wanted: readonly Size[]) => {
  const of = read.value(node)
  const dims = dimsOf(read, of)
  const sizes = broadcastSizes(dims, wanted)
  const isKept =
    sizes?.length === dims.length && of.axes.every((axis, place) => axis >= 0 || sizes[place] === undefined || sizes[place] === read.batch)
  if (!sizes || !isKept) return read.fail(node, 'repeats a value along an axis that it does not have.')
  const shape = [...read.shapeOf(of.node)]
  for (const [place, axis] of of.axes.entries()) if (axis >= 0) shape[axis] = sizes[place] as number
  if (shape.join() === read.shapeOf(of.node).join()) return read.hold(node, of)
  const make = (): ValueOperand => ({
    ...of,
    node: repeated(read, node, of.node, shape) ?? read.fail(node, 'repeats a value of four axes along all, which upsample does not.'),
  })
  read.hold(node, { is: 'expanded', of, make: once(make) })
}

/** Numbers of the file once for each example, or with axes of one value before them. */
const expand: Read = (read, node) => {
  const operand = read.take(node, 0)
  const wanted = read.take(node, 1)
  const value = uniform(read, node, 0)
  if (operand.is === 'tensor' && value !== undefined && wanted.is === 'sizes' && !operand.repeated) {
    const sizes = broadcastSizes(operand.dims, wanted.sizes)
    if (sizes?.some((size) => typeof size !== 'number')) {
      const [batch, ...rest] = sizes
      const dims = [1, ...(rest as number[])]
      const isOnceEach = batch === undefined && rest.every((size) => typeof size === 'number') && valuesIn(dims) === valuesIn(operand.dims)
      return read.hold(node, { is: 'fill', value, dims: sizes, ...(isOnceEach ? { tensor: { ...operand, dims, repeated: true } } : {}) })
    }
  }
  if (wanted.is === 'sizes' && (operand.is === 'value' || operand.is === 'view')) return expandValue(read, node, wanted.sizes)
  const fail = (): never => read.fail(node, 'repeats numbers of the file otherwise than once for each example.')
  if (operand.is !== 'tensor' || wanted.is !== 'sizes' || wanted.sizes.length > mostAxes) return fail()
  // Sizes that are broadcast: where there are fewer, those of the tensor stand before them.
  const { dims } = operand
  const count = Math.max(dims.length, wanted.sizes.length)
  const at = (sizes: readonly Size[], place: number) => {
    const index = place - (count - sizes.length)
    return index < 0 ? 1 : sizes[index]
  }
  const sizes = Array.from({ length: count }, (_, place) => {
    const [have, want] = [at(dims, place), at(wanted.sizes, place)]
    return want === 1 ? have : want
  })
  const [batch, ...rest] = sizes
  if (
    valuesIn(rest.map((size) => (typeof size === 'number' ? size : 0))) === valuesIn(dims) &&
    (batch === undefined || (typeof batch === 'number' && batch > 1 && batch === read.batch && at(dims, 0) === 1))
  )
    return read.hold(node, { ...operand, dims: [1, ...(rest as number[])], repeated: true })
  if (sizes.some((size) => typeof size !== 'number') || valuesIn(sizes as number[]) !== valuesIn(dims)) return fail()
  read.hold(node, { ...operand, dims: sizes as number[] })
}

/** How large each part is. */
const partsOf = (read: Reader, node: OnnxNode, whole: number): readonly number[] => {
  const count = node.outputs.length
  if (read.int(node, 'num_outputs', count) !== count) return read.fail(node, `has ${count} outputs, and says another number.`)
  // From opset 18 on the last part may be smaller.
  const most = Math.ceil(whole / count)
  const equal = node.outputs.map((_, index) => Math.min(most, whole - index * most))
  const parts = read.ints(node, 'split') ?? read.wholes(node, 1) ?? equal
  const isEven = parts !== equal || whole % count === 0 || read.model.opset >= 18
  if (!isEven || parts.length !== count || parts.some((part) => !(part >= 0)) || parts.reduce((sum, part) => sum + part, 0) !== whole)
    return read.fail(node, 'its parts are not the whole.')
  // ONNX Runtime refuses it too.
  if (parts === equal && parts.at(-1) === 0) return read.fail(node, `cuts ${whole} in ${count} parts, which leaves the last one empty.`)
  return parts
}

/** The features of a value in parts. */
const splitValue = (read: Reader, node: OnnxNode, view: ViewOperand, axis: number) => {
  const whole = sizeOf(view.digits[axis] ?? [])
  const fail = (): never => read.fail(node, 'cuts a value in parts, which no layer here does.')
  if (typeof whole !== 'number' || axis >= view.digits.length) return fail()
  let at = 0
  for (const [index, part] of partsOf(read, node, whole).entries()) {
    const start = at
    const make = (): ValueOperand => {
      const value = read.value(node)
      return value.axes[axis] === value.axes.length - 2 && part > 0 ? someFeatures(read, node, value, start, part) : fail()
    }
    if (!holdPart(read, node, view, [axis, at, part], make, index)) return fail()
    at += part
  }
}

/** Weights cut along their first axis, as gates are. */
const split: Read = (read, node) => {
  read.known(node, 'axis', 'split', 'num_outputs')
  const operand = read.take(node, 0)
  const axis = read.int(node, 'axis', 0)
  const view = viewAt(read, node)
  if (view) return splitValue(read, node, view, axis < 0 ? axis + view.digits.length : axis)
  if (operand.is !== 'tensor' || operand.repeated) return read.fail(node, 'cuts a value in parts, which no layer here does.')
  if (axis !== 0 && axis !== -operand.dims.length) return read.fail(node, `cuts weights along axis ${axis}, and only rows are cut.`)
  const [rows = 0, ...rest] = operand.dims
  const each = valuesIn(rest)
  const parts = partsOf(read, node, rows)
  let at = 0
  for (const [index, part] of parts.entries()) {
    const data = operand.data?.subarray(at * each, (at + part) * each)
    const place = `${operand.part ?? ''}/${at}`
    read.hold(node, { is: 'tensor', name: operand.name, part: place, dims: [part, ...rest], data }, index)
    at += part
  }
}

export const constantReaders: Readers = {
  Constant: constant,
  Expand: expand,
  Split: split,
}
