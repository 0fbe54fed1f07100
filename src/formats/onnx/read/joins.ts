import { valuesIn } from '../../../layers/kind/layer.js'
import type { OnnxNode } from '../model.js'
import { unfilled } from './fills.js'
import { broadcast, pairOf } from './operands/broadcasts.js'
import { viewAt } from './operands/lazily.js'
import type { ConstantTensor, ValueOperand } from './operands/operand.js'
import { joinedParts } from './operands/parts.js'
import { flat } from './operands/per-channel.js'
import { wholeAxes } from './operands/views.js'
import type { Reader, Readers } from './reader/reader.js'

/** What joins branches, sizes or rows of weights. */

type Read = Readers[string]

/** A join value by value, in the order of the axes of the first; of one value it is that value. */
const elementwise =
  (kind: string): Read =>
  (read, node) => {
    read.known(node)
    if (node.inputs.length === 2) {
      const [left, right] = inOrder(read, kind, pairOf(read, node))
      const inputs = broadcast(read, node, left, right)
      return read.hold(node, { is: 'value', node: read.add(node, kind, {}, inputs), axes: left.axes })
    }
    const first = read.value(node)
    if (node.inputs.length === 1) return read.hold(node, first)
    const inputs = node.inputs.map((_, index) => read.arranged(node, read.value(node, index), first.axes))
    read.hold(node, { is: 'value', node: read.add(node, kind, {}, inputs), axes: first.axes })
  }

/** How far back a branch is followed to where it began. */
const longestBranch = 64

/** The sum of a value and of a branch that began at it: the branch first, as `residual` has it. */
const inOrder = (read: Reader, kind: string, [left, right]: [ValueOperand, ValueOperand]): [ValueOperand, ValueOperand] => {
  if (kind !== 'add' || left.axes.join() !== right.axes.join()) return [left, right]
  let at: string | undefined = right.node
  for (let steps = 0; at !== undefined && steps < longestBranch; steps += 1) {
    at = read.nodeOf(at).inputs[0]
    if (at === left.node) return [right, left]
  }
  return [left, right]
}

export const sum = elementwise('add')
export const difference = elementwise('subtract')

const concat: Read = (read, node) => {
  read.known(node, 'axis')
  const axisAttribute = read.int(node, 'axis', undefined)
  const first = unfilled(read.take(node, 0))
  if (axisAttribute === undefined) return read.fail(node, 'does not say along which axis.')
  if (first.is === 'tensor')
    return read.take(node, node.inputs.length - 1).is === 'value'
      ? classToken(read, node, first, axisAttribute)
      : concatTensors(read, node, axisAttribute)
  if (first.is === 'view') {
    const views = node.inputs.map((_, index) => viewAt(read, node, index))
    const joined = joinedParts(read, views, axisAttribute < 0 ? axisAttribute + first.digits.length : axisAttribute)
    const axes = joined?.offset === 0 ? wholeAxes(joined.digits, read.shapeOf(joined.of)) : undefined
    if (joined && axes) return read.hold(node, { is: 'value', node: joined.of, axes })
  }
  const value = read.value(node)
  if (node.inputs.length === 1) return read.hold(node, value)
  const axis = axisAttribute < 0 ? axisAttribute + value.axes.length : axisAttribute
  const rank = value.axes.length - 1
  const along = value.axes[axis]
  if (along === undefined || along < 0) return read.fail(node, `joins along axis ${axisAttribute}, and concat here along the channels.`)
  if (along === rank - 1) {
    const inputs = node.inputs.map((_, index) => read.arranged(node, read.value(node, index), value.axes))
    return read.hold(node, { is: 'value', node: read.joined(node, inputs), axes: value.axes })
  }
  // Along another axis: that one stands where channels do.
  const others = value.axes.flatMap((_, place) => (place === axis ? [] : [place]))
  const turned = node.inputs.map((_, index) => {
    const operand = read.value(node, index)
    if (operand.axes.length !== value.axes.length) return read.fail(node, `joins ${operand.axes.length} axes with ${value.axes.length}.`)
    const axes = [...others, axis].map((place) => operand.axes[place] as number)
    const examples = axes.indexOf(-1)
    // The examples stay where they are, and count as no axis of the layer.
    const wanted = axes.map((each, place) => (each < 0 ? -1 : place - (place > examples ? 1 : 0)))
    return { node: read.arranged(node, { ...operand, axes }, wanted), wanted }
  })
  const joined = read.joined(
    node,
    turned.map((each) => each.node),
  )
  const wanted = (turned[0] as (typeof turned)[number]).wanted
  read.hold(node, {
    is: 'value',
    node: joined,
    axes: value.axes.map((_, place) => wanted[place === axis ? others.length : others.indexOf(place)] as number),
  })
}

/** A token in front of the others. */
const classToken = (read: Reader, node: OnnxNode, token: ConstantTensor, axis: number) => {
  const value = read.value(node, 1)
  const features = read.shapeOf(value.node).at(-1)
  const isToken = node.inputs.length === 2 && value.axes.join() === '-1,0,1' && (axis === 1 || axis === -2)
  if (!isToken || token.dims.join() !== `1,1,${features}`)
    return read.fail(node, 'joins numbers of the file with a value, and is no class token.')
  read.onValue(node, value, 'classToken', {}, [flat(token, 'weight')])
}

/** Rows of weights one after the other, as gates are put in another order. */
const concatTensors = (read: Reader, node: OnnxNode, axisAttribute: number) => {
  const parts = node.inputs.map((_, index) => read.tensor(node, index))
  const [first] = parts as [ConstantTensor]
  const rest = first.dims.slice(1)
  const axis = axisAttribute < 0 ? axisAttribute + first.dims.length : axisAttribute
  if (axis !== 0 || parts.some(({ dims }) => dims.length === 0 || dims.slice(1).join() !== rest.join()))
    return read.fail(node, 'joins weights that do not fit.')
  const rows = parts.reduce((total, { dims }) => total + (dims[0] as number), 0)
  const dims = [rows, ...rest]
  if (!parts.every(({ data }) => data)) return read.hold(node, { is: 'tensor', name: node.outputs[0] as string, dims, data: undefined })
  read.spend(node, valuesIn(dims))
  const data = new Float32Array(valuesIn(dims))
  let at = 0
  for (const part of parts as { data: Float32Array }[]) {
    data.set(part.data, at)
    at += part.data.length
  }
  read.hold(node, { is: 'tensor', name: node.outputs[0] as string, dims, data })
}

export const joinReaders: Readers = {
  Sum: sum,
  Mean: elementwise('average'),
  Max: elementwise('maximum'),
  Min: elementwise('minimum'),
  Concat: concat,
}
