import type { Shape } from '../../../shape/shape.js'
import { elementTypes } from '../model.js'
import { multiHeadAttention } from './attention.js'
import type { Emitter } from './emitter.js'
import { input, linear } from './linear.js'
import type { Operators } from './operators.js'
import { patchMerging, windowAttention } from './window-attention.js'
import { reduced } from './windows.js'

/** Dense layers, tokens, embeddings and recurrences: all of them want their features last. */

type Write = Operators[string]

const dense: Write = (emit, node) => {
  const from = input(emit, node)
  const { name, settings, output } = node
  const [weight, bias] = [emit.weight(node, 'weight'), settings['bias'] ? emit.weight(node, 'bias') : undefined]
  if (output.length === 1) {
    return emit.put(node, 'last', 'Gemm', bias === undefined ? [from, weight] : [from, weight, bias], { transB: { int: 1 } })
  }
  const [tokens, features] = node.inputShapes[0] as [number, number]
  emit.hold(name, 'last', linear(emit, name, from, weight, bias, [tokens, features, output[1] as number]))
}

const embedding: Write = (emit, node) => {
  const from = node.inputs[0] as string
  const indices = emit.isWhole(from)
    ? input(emit, node)
    : emit.add('Cast', `${node.name}/indices`, {
        inputs: [input(emit, node)],
        shape: node.inputShapes[0] as Shape,
        attributes: { to: { int: elementTypes.int64 } },
        type: elementTypes.int64,
      })
  emit.put(node, 'last', 'Gather', [emit.weight(node, 'weight'), indices], { axis: { int: 0 } })
}

/** The token once for each example: of a batch of any size, however many that are. */
const classToken: Write = (emit, node) => {
  const from = input(emit, node)
  const { name } = node
  const features = node.output[1] as number
  const wanted =
    typeof emit.batch === 'number' ? emit.whole(`${name}/shape`, [emit.batch, 1, features]) : tokenShape(emit, name, from, features)
  const token = emit.add('Expand', `${name}/token`, { inputs: [emit.weight(node, 'weight'), wanted], shape: [1, features] })
  emit.put(node, 'last', 'Concat', [token, from], { axis: { int: 1 } })
}

const tokenShape = (emit: Emitter, name: string, from: string, features: number): string => {
  const whole = { batched: false, type: elementTypes.int64 }
  const count = emit.add('Shape', `${name}/count`, {
    inputs: [from],
    shape: [1],
    attributes: { start: { int: 0 }, end: { int: 1 } },
    ...whole,
  })
  const inputs = [count, emit.whole(`${name}/one`, [1, features])]
  return emit.add('Concat', `${name}/shape`, { inputs, shape: [3], attributes: { axis: { int: 0 } }, ...whole })
}

const positionEmbedding: Write = (emit, node) => emit.put(node, 'last', 'Add', [input(emit, node), emit.weight(node, 'weight')])

const selectToken: Write = (emit, node) => {
  const index = emit.whole(`${node.name}/index`, [node.settings['index'] as number], [])
  emit.put(node, 'last', 'Gather', [input(emit, node), index], { axis: { int: 1 } })
}

const meanTokens: Write = (emit, node) =>
  emit.hold(node.name, 'last', reduced(emit, 'ReduceMean', node.name, input(emit, node), [1], 0, [...node.output]))

/** The order of PyTorch's gates in ONNX's weights: LSTM i f g o as i o f g, GRU r z n as z r n. */
export const gateOrders = { lstm: [0, 3, 1, 2], gru: [1, 0, 2] } as const

const recurrent: Write = (emit, node) => {
  const { name, settings } = node
  const kind = node.kind as keyof typeof gateOrders
  const units = settings['units'] as number
  const order = gateOrders[kind]
  const [length, features] = node.inputShapes[0] as [number, number]

  /** A tensor of all gates in ONNX's order. */
  const gated = (weight: string, columns: readonly number[]): string => {
    const parts = emit.addSeveral(
      'Split',
      order.map((_, gate) => `${name}/${weight}_gate${gate}`),
      {
        inputs: [
          emit.weight(node, weight),
          emit.whole(
            `${name}/${weight}_parts`,
            order.map(() => units),
          ),
        ],
        shape: [units, ...columns],
        attributes: { axis: { int: 0 } },
        batched: false,
      },
    )
    const inputs = order.map((gate) => parts[gate] as string)
    const shape = [order.length * units, ...columns]
    return emit.add('Concat', `${name}/${weight}_ordered`, { inputs, shape, attributes: { axis: { int: 0 } }, batched: false })
  }
  /** With an axis before it for the one direction that is read in. */
  const directed = (from: string, shape: readonly number[]): string =>
    emit.add('Unsqueeze', `${from}_directed`, { inputs: [from, emit.whole(`${from}_axis`, [0])], shape: [1, ...shape], batched: false })

  const rows = order.length * units
  const once = (what: string, make: () => string): string => emit.once(`${what} of ${node.sharedWith ?? name}`, make)
  const kernel = once('kernel', () => directed(gated('weight_ih_l0', [features]), [rows, features]))
  const recurrentKernel = once('recurrent kernel', () => directed(gated('weight_hh_l0', [units]), [rows, units]))
  const concatBiases = (): string =>
    emit.add('Concat', `${name}/biases`, {
      inputs: [gated('bias_ih_l0', []), gated('bias_hh_l0', [])],
      shape: [2 * rows],
      attributes: { axis: { int: 0 } },
      batched: false,
    })
  const biases = settings['bias'] ? [once('biases', () => directed(concatBiases(), [2 * rows]))] : []
  const steps = emit.add('Transpose', `${name}/steps`, {
    inputs: [input(emit, node)],
    shape: [length, emit.batch, features],
    attributes: { perm: { ints: [1, 0, 2] } },
    batched: false,
  })
  const inputs = [steps, kernel, recurrentKernel, ...biases]
  const attributes = { hidden_size: { int: units }, ...(kind === 'gru' ? { linear_before_reset: { int: 1 } } : {}) }
  const operator = kind.toUpperCase()
  if (!settings['returnSequences']) {
    const last = emit.addSecond(operator, `${name}/last`, inputs, [1, emit.batch, units], attributes)
    return emit.put(node, 'last', 'Squeeze', [last, emit.whole(`${name}/direction`, [0])])
  }
  const all = emit.add(operator, `${name}/all`, { inputs, shape: [length, 1, emit.batch, units], attributes, batched: false })
  const squeezed = emit.add('Squeeze', `${name}/squeezed`, {
    inputs: [all, emit.whole(`${name}/direction`, [1])],
    shape: [length, emit.batch, units],
    batched: false,
  })
  emit.put(node, 'last', 'Transpose', [squeezed], { perm: { ints: [1, 0, 2] } })
}

export const tokenOperators = {
  dense,
  embedding,
  classToken,
  positionEmbedding,
  selectToken,
  meanTokens,
  multiHeadAttention,
  windowAttention,
  patchMerging,
  lstm: recurrent,
  gru: recurrent,
} satisfies Operators
