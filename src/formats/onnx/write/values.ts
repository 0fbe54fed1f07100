import { valuesIn } from '../../../layers/kind/layer.js'
import type { GraphNode } from '../../../network/graph.js'
import type { OnnxAttribute } from '../model.js'
import { arranged, broadcast, type Emitter } from './emitter.js'
import type { Operators } from './operators.js'
import { reduced } from './windows.js'

/** Layers that leave the shape as it is: activations and normalizations. */

type Write = Operators[string]

const plain =
  (operator: string, attributes: Readonly<Record<string, OnnxAttribute>> = {}): Write =>
  (emit, node) =>
    emit.keep(node, operator, attributes)

/** An activation with a number of its own. */
const withNumber =
  (operator: string, attribute: string, setting: string): Write =>
  (emit, node) =>
    emit.keep(node, operator, { [attribute]: { float: node.settings[setting] as number } })

/** A share over the channels, which are the first or the last axis. */
const overChannels =
  (operator: string): Write =>
  (emit, node) => {
    const layout = emit.layoutOf(node.inputs[0] as string)
    emit.keep(node, operator, { axis: { int: layout === 'last' ? node.output.length : 1 } })
  }

/** Steps between the input of a node and its output, each on the value before, with the layout of the input. */
const inSteps = (emit: Emitter, node: GraphNode) => {
  const input = node.inputs[0] as string
  const layout = emit.layoutOf(input)
  const from = emit.take(input, layout)
  const shape = arranged(node.output, layout)
  return {
    from,
    layout,
    step: (operator: string, what: string, ...inputs: string[]) => emit.add(operator, `${node.name}/${what}`, { inputs, shape }),
    constant: (what: string, value: number) => emit.floats(`${node.name}/${what}`, [value], []),
    end: (operator: string, ...inputs: string[]) => emit.put(node, layout, operator, inputs),
  }
}

const silu: Write = (emit, node) => {
  const { from, step, end } = inSteps(emit, node)
  end('Mul', from, step('Sigmoid', 'gate', from))
}

const mish: Write = (emit, node) => {
  if (emit.opset >= 18) return emit.keep(node, 'Mish')
  const { from, step, end } = inSteps(emit, node)
  end('Mul', from, step('Tanh', 'tanh', step('Softplus', 'softplus', from)))
}

const gelu: Write = (emit, node) => {
  if (emit.opset >= 20) return emit.keep(node, 'Gelu')
  const { from, step, constant, end } = inSteps(emit, node)
  const erf = step('Erf', 'erf', step('Div', 'scaled', from, constant('root', Math.SQRT2)))
  const chance = step('Add', 'chance', erf, constant('one', 1))
  end('Mul', step('Mul', 'product', from, chance), constant('half', 0.5))
}

const dropout: Write = (emit, node) => {
  const ratio = emit.floats(`${node.name}/ratio`, [node.settings['rate'] as number], [])
  emit.keep(node, 'Dropout', {}, [ratio])
}

const relu6: Write = (emit, node) => {
  const ends = [emit.floats(`${node.name}/min`, [0], []), emit.floats(`${node.name}/max`, [6], [])]
  emit.keep(node, 'Clip', {}, ends)
}

const prelu: Write = (emit, node) => {
  const layout = emit.layoutOf(node.inputs[0] as string)
  const weight = emit.weight(node, 'weight')
  emit.keep(node, 'PRelu', {}, [node.settings['shared'] ? weight : broadcast(emit, node, weight, layout)])
}

/** Scale and shift: the node's own, or ones and zeros. */
const scaleAndShift = (emit: Emitter, node: GraphNode, scale: boolean, shift: boolean): [string, string] => {
  const channels = node.output.at(-1) as number
  const all = (what: string, value: number) =>
    emit.floats(
      `${node.name}/${what}`,
      Array.from({ length: channels }, () => value),
    )
  return [scale ? emit.weight(node, 'weight') : all('ones', 1), shift ? emit.weight(node, 'bias') : all('zeros', 0)]
}

const batchNorm: Write = (emit, node) => {
  const { epsilon, scale = true, shift = true } = node.settings as { epsilon: number; scale?: boolean; shift?: boolean }
  const from = emit.take(node.inputs[0] as string, 'first')
  const statistics = ['running_mean', 'running_var'].map((name) => emit.weight(node, name))
  const inputs = [from, ...scaleAndShift(emit, node, scale, shift), ...statistics]
  emit.put(node, 'first', 'BatchNormalization', inputs, { epsilon: { float: epsilon } })
}

const affine = (emit: Emitter, node: GraphNode): [string, string] => {
  const both = node.settings['affine'] as boolean
  return scaleAndShift(emit, node, both, both)
}

const layerNorm: Write = (emit, node) => {
  const from = emit.take(node.inputs[0] as string, 'last')
  const attributes = { axis: { int: -1 }, epsilon: { float: node.settings['epsilon'] as number } }
  emit.put(node, 'last', 'LayerNormalization', [from, ...affine(emit, node)], attributes)
}

/** x / sqrt(mean(x^2) + epsilon), times a scale: ONNX has an operator of its own from opset 23 on only. */
const rmsNorm: Write = (emit, node) => {
  const { name, output, settings } = node
  const from = emit.take(node.inputs[0] as string, 'last')
  const narrow = [...output.slice(0, -1), 1]
  const step = (operator: string, what: string, inputs: readonly string[], shape: readonly number[]): string =>
    emit.add(operator, `${name}/${what}`, { inputs, shape })
  const squares = step('Mul', 'squares', [from, from], output)
  const mean = reduced(emit, 'ReduceMean', `${name}/mean`, squares, [output.length], 1, narrow)
  const sum = step('Add', 'sum', [mean, emit.floats(`${name}/epsilon`, [settings['epsilon'] as number], [])], narrow)
  const root = step('Sqrt', 'root', [sum], narrow)
  if (!settings['affine']) return emit.put(node, 'last', 'Div', [from, root])
  emit.put(node, 'last', 'Mul', [step('Div', 'normal', [from, root], output), emit.weight(node, 'weight')])
}

const instanceNorm: Write = (emit, node) => {
  const from = emit.take(node.inputs[0] as string, 'first')
  const attributes = { epsilon: { float: node.settings['epsilon'] as number } }
  emit.put(node, 'first', 'InstanceNormalization', [from, ...affine(emit, node)], attributes)
}

/** Each group as one channel of an instance normalization, as PyTorch exports it; ONNX has an operator of its own from opset 21 on only. */
const groupNorm: Write = (emit, node) => {
  const from = emit.take(node.inputs[0] as string, 'first')
  const groups = node.settings['groups'] as number
  const shape = arranged(node.output, 'first')
  const each = valuesIn(shape) / groups
  const grouped = emit.reshape(`${node.name}/grouped`, from, [groups, each])
  const ones = emit.floats(
    `${node.name}/group_scale`,
    Array.from({ length: groups }, () => 1),
  )
  const zeros = emit.floats(
    `${node.name}/group_shift`,
    Array.from({ length: groups }, () => 0),
  )
  const attributes = { epsilon: { float: node.settings['epsilon'] as number } }
  const normal = emit.add('InstanceNormalization', `${node.name}/normal`, {
    inputs: [grouped, ones, zeros],
    shape: [groups, each],
    attributes,
  })
  if (!node.settings['affine']) {
    return emit.put(node, 'first', 'Reshape', [normal, emit.whole(`${node.name}/shape`, [0, ...shape])])
  }
  const back = emit.reshape(`${node.name}/ungrouped`, normal, [...shape])
  const wish = `${node.name}/scaled`
  const scaled = emit.add('Mul', wish, { inputs: [back, broadcast(emit, node, emit.weight(node, 'weight'), 'first')], shape })
  emit.put(node, 'first', 'Add', [scaled, broadcast(emit, node, emit.weight(node, 'bias'), 'first')])
}

const localResponseNorm: Write = (emit, node) => {
  const { size, alpha, beta, k } = node.settings as { size: number; alpha: number; beta: number; k: number }
  const from = emit.take(node.inputs[0] as string, 'first')
  const shape = arranged(node.output, 'first')
  const [channels, ...positions] = shape as [number, ...number[]]
  const row = valuesIn(positions)
  // ONNX Runtime takes an odd size, and an alpha and a beta above 0, as the 32 bits of the file hold them. It sums the squares by adding the
  // next and taking the last away: where k is small beside alpha, what rounding leaves over weighs as much as the sum.
  const isComputed = size % 2 === 1 && Math.fround(alpha) > 0 && Math.fround(beta) > 0 && k >= alpha
  if (!isComputed) return responses(emit, node, from, [1, channels, row])
  const attributes = { size: { int: size }, alpha: { float: alpha }, beta: { float: beta }, bias: { float: k } }
  if (shape.length === 3) return emit.put(node, 'first', 'LRN', [from], attributes)
  // ONNX Runtime takes images only; the operator looks at each position by itself, so they may lie in any shape.
  const flat = [channels, row, 1]
  const image = emit.reshape(`${node.name}/image`, from, flat)
  const normal = emit.add('LRN', `${node.name}/normal`, { inputs: [image], shape: flat, attributes })
  emit.put(node, 'first', 'Reshape', [normal, emit.whole(`${node.name}/shape`, [0, ...shape])])
}

/** x / (k + alpha * mean)^beta, with the mean of the squares by a pool along the channels. An even size has one more before. */
const responses = (emit: Emitter, node: GraphNode, from: string, image: readonly number[]): void => {
  const { size, alpha, beta, k } = node.settings as { size: number; alpha: number; beta: number; k: number }
  const shape = arranged(node.output, 'first')
  const step = (operator: string, what: string, inputs: readonly string[]): string =>
    emit.add(operator, `${node.name}/${what}`, { inputs, shape })
  const constant = (what: string, value: number): string => emit.floats(`${node.name}/${what}`, [value], [])
  const squares = emit.reshape(`${node.name}/image`, step('Mul', 'squares', [from, from]), image)
  const means = emit.add('AveragePool', `${node.name}/means`, {
    inputs: [squares],
    shape: image,
    attributes: {
      kernel_shape: { ints: [size, 1] },
      pads: { ints: [Math.floor(size / 2), 0, Math.floor((size - 1) / 2), 0] },
      count_include_pad: { int: 1 },
    },
  })
  const wide = emit.reshape(`${node.name}/mean`, means, [...shape])
  const sum = step('Add', 'sum', [step('Mul', 'share', [wide, constant('alpha', alpha)]), constant('k', k)])
  emit.put(node, 'first', 'Div', [from, step('Pow', 'divisor', [sum, constant('beta', beta)])])
}

export const valueOperators = {
  relu: plain('Relu'),
  relu6,
  leakyRelu: withNumber('LeakyRelu', 'alpha', 'slope'),
  prelu,
  elu: withNumber('Elu', 'alpha', 'alpha'),
  selu: plain('Selu'),
  gelu,
  silu,
  mish,
  sigmoid: plain('Sigmoid'),
  hardSigmoid: plain('HardSigmoid', { alpha: { float: 1 / 6 }, beta: { float: 0.5 } }),
  hardSwish: plain('HardSwish'),
  tanh: plain('Tanh'),
  softplus: plain('Softplus'),
  softmax: overChannels('Softmax'),
  logSoftmax: overChannels('LogSoftmax'),
  dropout,
  stochasticDepth: plain('Identity'),
  batchNorm,
  layerNorm,
  groupNorm,
  instanceNorm,
  localResponseNorm,
  rmsNorm,
} satisfies Operators
