import { valuesIn } from '../../../layers/kind/layer.js'
import type { OnnxNode } from '../model.js'
import { listed } from '../words.js'
import { scoresAt } from './attention.js'
import { withAxisLast } from './operands/axis-last.js'
import { once } from './operands/lazily.js'
import type { ValueOperand } from './operands/operand.js'
import { flat, isPerChannel } from './operands/per-channel.js'
import type { Reader, Readers } from './reader/reader.js'

/** Activations: what works on each value alone, or on the channels of a position. */

type Read = Readers[string]

const plain =
  (kind: string): Read =>
  (read, node) => {
    read.known(node)
    read.onValue(node, read.value(node), kind)
  }

const withNumber =
  (kind: string, attribute: string, setting: string, standard: number): Read =>
  (read, node) => {
    read.known(node, attribute)
    read.onValue(node, read.value(node), kind, { [setting]: read.float(node, attribute, standard) })
  }

/** An operator whose numbers have to be those of the layer. */
const withNumbers =
  (kind: string, numbers: Readonly<Record<string, readonly [standard: number, wanted: number]>>): Read =>
  (read, node) => {
    read.known(node, ...Object.keys(numbers))
    for (const [name, [standard, wanted]] of Object.entries(numbers)) {
      const value = read.float(node, name, standard)
      if (Math.abs(value - wanted) > 1e-6) read.fail(node, `its ${name} is ${value}, and that of ${kind} ${wanted}.`)
    }
    read.onValue(node, read.value(node), kind)
  }

const overChannels =
  (kind: string): Read =>
  (read, node) => {
    read.known(node, 'axis')
    const axisAttribute = read.int(node, 'axis', read.model.opset < 13 ? 1 : -1)
    const scores = kind === 'softmax' ? scoresAt(read, node) : undefined
    // Over the keys of each query.
    if (scores && !scores.isSoftmax && (axisAttribute === -1 || axisAttribute === scores.queries.digits.length - 1))
      return read.hold(node, { ...scores, isSoftmax: true, make: once(() => softmaxOf(read, node, scores.make(), axisAttribute)) })
    read.hold(node, alongChannels(read, node, kind, read.value(node), axisAttribute))
  }

const softmaxOf = (read: Reader, node: OnnxNode, value: ValueOperand, axis: number): ValueOperand =>
  alongChannels(read, node, 'softmax', value, axis)

const alongChannels = (read: Reader, node: OnnxNode, kind: string, value: ValueOperand, axisAttribute: number): ValueOperand => {
  const count = value.axes.length
  const axis = axisAttribute < 0 ? axisAttribute + count : axisAttribute
  // Before opset 13 everything from the axis on was one row: axes of one value each make no difference.
  const row = read.model.opset < 13 ? value.axes.slice(axis).filter((each) => read.shapeOf(value.node)[each] !== 1) : []
  if (row.length > 1) read.fail(node, `of opset ${read.model.opset} works on several axes at once.`)
  const along = row.length === 1 ? row[0] : value.axes[axis]
  if (along === undefined || along < 0) return read.fail(node, `works along axis ${axisAttribute}, and ${kind} here along the channels.`)
  const { turned, back } = withAxisLast(read, node, value, value.axes.indexOf(along))
  return back(read.add(node, kind, {}, [turned.node]))
}

const gelu: Read = (read, node) => {
  read.known(node, 'approximate')
  if (read.text(node, 'approximate', 'none') !== 'none') read.fail(node, 'is the approximation by tanh; gelu here is exact.')
  read.onValue(node, read.value(node), 'gelu')
}

const dropout: Read = (read, node) => {
  read.known(node, 'ratio', 'seed')
  const training = read.optional(node, 2)
  const rate = node.inputs[1] ? read.scalar(node, 1) : read.float(node, 'ratio', 0.5)
  // In training form, and it drops none.
  if (rate === 0 && training) return read.hold(node, read.take(node, 0))
  if (training && !(training.is === 'sizes' && training.type === 'truth' && training.sizes.length === 1 && training.sizes[0] === 0))
    read.fail(node, 'drops values at every run, as in training; dropout here only trains.')
  if (rate === undefined) return read.fail(node, 'its ratio must stand in the file.')
  const operand = read.take(node, 0)
  if (operand.is === 'scores') return read.hold(node, operand)
  read.onValue(node, read.value(node), 'dropout', { rate: Number(rate.toPrecision(7)) })
}

const identity: Read = (read, node) => {
  const operand = read.take(node, 0)
  // A copy of a weight is a weight of its own: PyTorch writes equal ones once.
  read.hold(node, operand.is === 'tensor' ? { ...operand, name: node.outputs[0] as string } : operand)
}

const prelu: Read = (read, node) => {
  read.known(node)
  const value = read.value(node)
  const slope = read.tensor(node, 1)
  const shared = valuesIn(slope.dims) === 1 && slope.dims.length <= value.axes.length && read.shapeOf(value.node).at(-1) !== 1
  if (!shared && !isPerChannel(read, value, slope))
    read.fail(node, `has slopes of the shape ${listed(slope.dims)}, and not one for each channel.`)
  read.onValue(node, value, 'prelu', { shared }, [flat(slope, 'weight')])
}

export const activationReaders: Readers = {
  Relu: plain('relu'),
  LeakyRelu: withNumber('leakyRelu', 'alpha', 'slope', 0.01),
  Elu: withNumber('elu', 'alpha', 'alpha', 1),
  Selu: withNumbers('selu', { alpha: [1.6732632, 1.6732632], gamma: [1.050701, 1.050701] }),
  PRelu: prelu,
  Gelu: gelu,
  Mish: plain('mish'),
  Sigmoid: plain('sigmoid'),
  HardSwish: plain('hardSwish'),
  Tanh: plain('tanh'),
  Softplus: plain('softplus'),
  Softmax: overChannels('softmax'),
  LogSoftmax: overChannels('logSoftmax'),
  Dropout: dropout,
  Identity: identity,
}
