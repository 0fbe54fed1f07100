import { valuesIn } from '../layers/layer.js'
import type { HeldExpression, HeldTensor, HeldValue } from './held.js'
import type { OnnxNode } from './model.js'
import type { Reader, Readers, ReadWeight } from './reader.js'

/** Activations, normalizations and sums: what leaves the shape as it is. */

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
    const value = read.value(node)
    const count = value.axes.length
    // Before opset 13 everything behind the axis was one row.
    const given = read.int(node, 'axis', read.model.opset < 13 ? 1 : -1)
    const axis = given < 0 ? given + count : given
    if (value.axes[axis] !== count - 2) read.fail(node, `works along axis ${given}, and ${kind} here along the channels.`)
    if (read.model.opset < 13 && axis !== count - 1) read.fail(node, `of opset ${read.model.opset} works on several axes at once.`)
    read.onValue(node, value, kind)
  }

const gelu: Read = (read, node) => {
  read.known(node, 'approximate')
  if (read.text(node, 'approximate', 'none') !== 'none') read.fail(node, 'is the approximation by tanh; gelu here is exact.')
  read.onValue(node, read.value(node), 'gelu')
}

const clip: Read = (read, node) => {
  read.known(node, 'min', 'max')
  const end = (index: number, name: string): number | undefined =>
    node.inputs[index] ? read.scalar(node, index) : name in node.attributes ? read.float(node, name, 0) : undefined
  const [low, high] = [end(1, 'min'), end(2, 'max')]
  if (node.inputs[1] && low === undefined) read.fail(node, 'its ends must stand in the file.')
  if (low === 0 && high === 6) return read.onValue(node, read.value(node), 'relu6')
  if (low === 0 && high === undefined && !node.inputs[2]) return read.onValue(node, read.value(node), 'relu')
  return read.fail(node, `keeps values from ${low} to ${high}; there are relu, from 0, and relu6, from 0 to 6.`)
}

const dropout: Read = (read, node) => {
  read.known(node, 'ratio', 'seed')
  const rate = node.inputs[1] ? read.scalar(node, 1) : read.float(node, 'ratio', 0.5)
  if (rate === undefined) return read.fail(node, 'its ratio must stand in the file.')
  read.onValue(node, read.value(node), 'dropout', { rate: Number(rate.toPrecision(7)) })
}

const identity: Read = (read, node) => {
  const held = read.take(node, 0)
  // A copy of a weight is a weight of its own: PyTorch writes equal ones once.
  read.hold(node, held.is === 'tensor' ? { ...held, name: node.outputs[0] as string } : held)
}

/** Whether a tensor has one value for each channel of a value, in a shape that is broadcast to it. */
const isPerChannel = (read: Reader, value: HeldValue, { dims }: HeldTensor): boolean => {
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

const flat = (tensor: HeldTensor, suffix: string): ReadWeight => ({
  suffix,
  from: tensor,
  tensor: tensor.data && { shape: [valuesIn(tensor.dims)], dtype: 'F32', data: tensor.data },
})

const prelu: Read = (read, node) => {
  read.known(node)
  const value = read.value(node)
  const slope = read.tensor(node, 1)
  const shared = valuesIn(slope.dims) === 1 && read.shapeOf(value.node).at(-1) !== 1
  if (!shared && !isPerChannel(read, value, slope))
    read.fail(node, `has slopes of the shape [${slope.dims.join(', ')}], and not one for each channel.`)
  read.onValue(node, value, 'prelu', { shared }, [flat(slope, 'weight')])
}

/** Refuses a weight that is no list with one value for each channel. */
const channelWeights = (read: Reader, node: OnnxNode, name: string, suffixes: readonly string[]): ReadWeight[] => {
  const channels = read.shapeOf(name).at(-1)
  return suffixes.map((suffix, index) => {
    const from = read.tensor(node, index + 1)
    if (from.dims.length !== 1 || from.dims[0] !== channels)
      read.fail(node, `its ${suffix} is [${from.dims.join(', ')}], and there are ${channels} channels.`)
    return { suffix, from }
  })
}

const batchNorm: Read = (read, node) => {
  read.known(node, 'epsilon', 'momentum', 'training_mode', 'spatial')
  if (read.int(node, 'spatial', 1) !== 1) read.fail(node, 'normalizes each position by itself.')
  const { name } = read.first(node)
  const weights = channelWeights(read, node, name, ['weight', 'bias', 'running_mean', 'running_var'])
  read.holdFirst(node, read.add(node, 'batchNorm', { epsilon: read.float(node, 'epsilon', 1e-5) }, [name], weights))
}

/** Settings and weights of a scale and a shift that may be nothing but ones and zeros. */
const affineOf = (weights: ReadWeight[]): { affine: boolean; weights: ReadWeight[] } => {
  const [scale, shift] = weights.map(({ from }) => from.data)
  const isPlain = scale?.every((value) => value === 1) && shift?.every((value) => value === 0)
  // Weights that only happen to be ones and zeros have a name of a weight.
  const isNamed = weights.some(({ from, suffix }) => from.name.endsWith(`.${suffix}`))
  return isPlain && !isNamed ? { affine: false, weights: [] } : { affine: true, weights }
}

const instanceNorm: Read = (read, node) => {
  read.known(node, 'epsilon')
  const epsilon = read.float(node, 'epsilon', 1e-5)
  const held = read.take(node, 0)
  if (held.is === 'groups') {
    const ends = [read.tensor(node, 1), read.tensor(node, 2)].map(({ data }) => data)
    const isPlain = ends[0]?.every((value) => value === 1) && ends[1]?.every((value) => value === 0)
    if (!isPlain) return read.fail(node, 'scales whole groups, which groupNorm here does not.')
    return read.hold(node, { ...held, epsilon })
  }
  const { name } = read.first(node)
  const { affine, weights } = affineOf(channelWeights(read, node, name, ['weight', 'bias']))
  read.holdFirst(node, read.add(node, 'instanceNorm', { affine, epsilon }, [name], weights))
}

const layerNorm: Read = (read, node) => {
  read.known(node, 'axis', 'epsilon', 'stash_type')
  if (node.outputs.slice(1).some((name) => name !== '')) read.fail(node, 'gives its mean or its deviation too, which no layer here does.')
  const { name, rank } = read.last(node)
  const axis = read.int(node, 'axis', -1)
  if (axis !== -1 && axis !== rank) read.fail(node, `normalizes from axis ${axis} on, and layerNorm here the last axis only.`)
  const hasShift = node.inputs[2] !== undefined && node.inputs[2] !== ''
  if (!hasShift) read.fail(node, 'has a scale without a shift, and layerNorm here both or neither.')
  const { affine, weights } = affineOf(channelWeights(read, node, name, ['weight', 'bias']))
  read.holdLast(node, read.add(node, 'layerNorm', { affine, epsilon: read.float(node, 'epsilon', 1e-5) }, [name], weights))
}

const localResponseNorm: Read = (read, node) => {
  read.known(node, 'size', 'alpha', 'beta', 'bias')
  const { name } = read.first(node)
  const settings = {
    size: read.int(node, 'size', undefined),
    alpha: read.float(node, 'alpha', 1e-4),
    beta: read.float(node, 'beta', 0.75),
    k: read.float(node, 'bias', 1),
  }
  read.holdFirst(node, read.add(node, 'localResponseNorm', settings, [name]))
}

/** An expression over x, as text: formulas of activations are compared as texts. */
const textOf = (held: HeldValue | HeldExpression): string => (held.is === 'value' ? 'x' : held.text)

const step = (read: Reader, node: OnnxNode, held: HeldValue | HeldExpression, text: string) =>
  read.hold(node, { is: 'expression', of: held.is === 'value' ? held : held.of, text })

const near = (value: number, wanted: number): boolean => Math.abs(value - wanted) < 1e-4 * wanted

const erf: Read = (read, node) => {
  const held = read.take(node, 0)
  if (held.is !== 'expression' || held.text !== 'x/sqrt2') read.fail(node, 'is no part of a gelu.')
  else step(read, node, held, 'erf')
}

/** A value or an expression times a number of the file; `divided` for one over it. */
const timesNumber = (read: Reader, node: OnnxNode, held: HeldValue | HeldExpression, factor: number) => {
  const text = textOf(held)
  if (text === 'x' && near(factor, Math.SQRT1_2)) return step(read, node, held, 'x/sqrt2')
  if (text === 'x' && factor === 0.5) return step(read, node, held, 'x/2')
  if (text === 'x*(erf+1)' && factor === 0.5 && held.is === 'expression') return read.onValue(node, held.of, 'gelu')
  return read.fail(node, `multiplies by ${factor}, which no layer here does.`)
}

const divide: Read = (read, node) => {
  const held = read.take(node, 0)
  const by = read.scalar(node, 1)
  if ((held.is !== 'value' && held.is !== 'expression') || by === undefined)
    return read.fail(node, 'divides by something else than a number.')
  timesNumber(read, node, held, 1 / by)
}

const multiply: Read = (read, node) => {
  const pair = [read.take(node, 0), read.take(node, 1)] as const
  for (const [index, held] of pair.entries()) {
    const number = read.scalar(node, 1 - index)
    const tensor = pair[1 - index]
    if (held.is === 'value' && tensor?.is === 'tensor' && isPerChannel(read, held, tensor)) {
      return read.onValue(node, held, 'layerScale', {}, [flat(tensor, 'weight')])
    }
    if ((held.is === 'value' || held.is === 'expression') && number !== undefined) return timesNumber(read, node, held, number)
  }
  const [one, other] = pair
  if (one.is === 'expression' || other.is === 'expression') return product(read, node, one as HeldValue, other as HeldValue)
  const [left, right] = [read.value(node, 0), read.value(node, 1)]
  for (const [x, gate] of [
    [left, right],
    [right, left],
  ] as const) {
    const made = gated(read, x, gate)
    if (made) return read.onValue(node, x, made)
  }
  const isBroad = (value: HeldValue): boolean =>
    read
      .shapeOf(value.node)
      .slice(0, -1)
      .every((size) => size === 1)
  const [x, gate] = isBroad(left) && !isBroad(right) ? [right, left] : [left, right]
  const name = read.add(node, 'multiply', {}, [x.node, read.arranged(node, gate, x.axes)])
  read.hold(node, { is: 'value', node: name, axes: x.axes })
}

/** x times a formula of x, which is an activation or a step to one. */
const product = (read: Reader, node: OnnxNode, one: HeldValue | HeldExpression, other: HeldValue | HeldExpression) => {
  const [x, expression] = one.is === 'value' ? [one, other] : [other, one]
  const texts = [textOf(x), textOf(expression)].sort().join(' ')
  const of = (held: HeldValue | HeldExpression): HeldValue => (held.is === 'value' ? held : held.of)
  if (of(x)?.node !== of(expression)?.node) return read.fail(node, 'multiplies what no layer here does.')
  if (texts === 'erf+1 x') return step(read, node, x, 'x*(erf+1)')
  if (texts === 'erf+1 x/2') return read.onValue(node, of(x), 'gelu')
  return read.fail(node, `multiplies ${textOf(one)} by ${textOf(other)}, which no layer here does.`)
}

/** The activation that x times a function of x is; `undefined` where it is none. */
const gated = (read: Reader, x: HeldValue, gate: HeldValue): string | undefined => {
  const before = (name: string): string | undefined => read.nodeOf(name).inputs[0]
  const kind = read.kindOf(gate.node)
  const from = before(gate.node)
  if (from === undefined) return undefined
  if (from === x.node) return { sigmoid: 'silu', hardSigmoid: 'hardSwish' }[kind]
  return kind === 'tanh' && read.kindOf(from) === 'softplus' && before(from) === x.node ? 'mish' : undefined
}

const add: Read = (read, node) => {
  const pair = [read.take(node, 0), read.take(node, 1)] as const
  for (const [index, held] of pair.entries()) {
    const other = pair[1 - index]
    if (held.is === 'expression' && held.text === 'erf' && read.scalar(node, 1 - index) === 1) return step(read, node, held, 'erf+1')
    if (held.is === 'value' && other?.is === 'tensor') return addTensor(read, node, held, other)
  }
  sum(read, node)
}

/** A bias behind a product, a shift behind a scaled group normalization, or a vector for each token. */
const addTensor = (read: Reader, node: OnnxNode, value: HeldValue, tensor: HeldTensor) => {
  const before = read.nodeOf(value.node)
  const shape = read.shapeOf(value.node)
  if (before.kind === 'dense' && before.settings['bias'] === false && isPerChannel(read, value, tensor)) {
    const again = { ...node, name: node.name.replace(/\/product$/, '') }
    return read.hold(node, {
      is: 'value',
      node: read.add(again, 'dense', { ...before.settings, bias: true }, before.inputs, [...before.weights, flat(tensor, 'bias')]),
      axes: value.axes,
    })
  }
  const normal = before.kind === 'layerScale' ? read.nodeOf(before.inputs[0] as string) : undefined
  if (normal?.kind === 'groupNorm' && normal.settings['affine'] === false && isPerChannel(read, value, tensor)) {
    const weights = [...before.weights, flat(tensor, 'bias')]
    return read.hold(node, {
      is: 'value',
      node: read.add(node, 'groupNorm', { ...normal.settings, affine: true }, normal.inputs, weights),
      axes: value.axes,
    })
  }
  const places = tensor.dims.slice(-2)
  const isWhole =
    shape.length === 2 && valuesIn(tensor.dims) === valuesIn(places) && places.join() === shape.join() && value.axes.join() === '-1,0,1'
  if (!isWhole) return read.fail(node, `adds numbers of the shape [${tensor.dims.join(', ')}], which no layer here does.`)
  const data = tensor.data
  const weights: ReadWeight[] = [{ suffix: 'weight', from: tensor, tensor: data && { shape: places, dtype: 'F32', data } }]
  read.onValue(node, value, 'positionEmbedding', {}, weights)
}

/** A sum of values in the order of the axes of the first. */
const sum: Read = (read, node) => {
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

export const valueReaders: Readers = {
  Relu: plain('relu'),
  Clip: clip,
  LeakyRelu: withNumber('leakyRelu', 'alpha', 'slope', 0.01),
  Elu: withNumber('elu', 'alpha', 'alpha', 1),
  Selu: withNumbers('selu', { alpha: [1.6732632, 1.6732632], gamma: [1.050701, 1.050701] }),
  PRelu: prelu,
  Gelu: gelu,
  Mish: plain('mish'),
  Sigmoid: plain('sigmoid'),
  HardSigmoid: withNumbers('hardSigmoid', { alpha: [0.2, 1 / 6], beta: [0.5, 0.5] }),
  HardSwish: plain('hardSwish'),
  Tanh: plain('tanh'),
  Softplus: plain('softplus'),
  Softmax: overChannels('softmax'),
  LogSoftmax: overChannels('logSoftmax'),
  Dropout: dropout,
  Identity: identity,
  BatchNormalization: batchNorm,
  InstanceNormalization: instanceNorm,
  LayerNormalization: layerNorm,
  LRN: localResponseNorm,
  Erf: erf,
  Div: divide,
  Mul: multiply,
  Add: add,
  Sum: sum,
  Concat: concat,
}
