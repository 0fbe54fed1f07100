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
  const bidirectional = settings['bidirectional'] as false | 'concat' | 'sum'
  const endings = bidirectional ? ['', '_reverse'] : ['']
  const once = (what: string, make: () => string): string => emit.once(`${what} of ${node.sharedWith ?? name}`, make)
  /** What is made of the weights of each direction. */
  const inDirections = (what: string, make: (ending: string) => string, shape: readonly number[]): string =>
    once(what, () => {
      const each = endings.map((ending) => directed(make(ending), shape))
      if (each.length === 1) return each[0] as string
      const attributes = { axis: { int: 0 } }
      return emit.add('Concat', `${name}/both_${what}`, { inputs: each, shape: [2, ...shape], attributes, batched: false })
    })
  const kernel = inDirections('kernel', (ending) => gated(`weight_ih_l0${ending}`, [features]), [rows, features])
  const recurrentKernel = inDirections('recurrent kernel', (ending) => gated(`weight_hh_l0${ending}`, [units]), [rows, units])
  const concatBiases = (ending: string): string =>
    emit.add('Concat', `${name}/biases${ending}`, {
      inputs: [gated(`bias_ih_l0${ending}`, []), gated(`bias_hh_l0${ending}`, [])],
      shape: [2 * rows],
      attributes: { axis: { int: 0 } },
      batched: false,
    })
  const biases = settings['bias'] ? [inDirections('biases', concatBiases, [2 * rows])] : []
  const steps = emit.add('Transpose', `${name}/steps`, {
    inputs: [input(emit, node)],
    shape: [length, emit.batch, features],
    attributes: { perm: { ints: [1, 0, 2] } },
    batched: false,
  })
  const inputs = [steps, kernel, recurrentKernel, ...biases]
  const attributes = {
    hidden_size: { int: units },
    ...(bidirectional ? { direction: { text: 'bidirectional' } } : {}),
    ...(kind === 'gru' ? { linear_before_reset: { int: 1 } } : {}),
  }
  const operator = kind.toUpperCase()
  const directions = endings.length
  /** Both directions, which stand on an axis before the units, beside each other or added. */
  const merged = (from: string, axis: number): void =>
    bidirectional === 'sum'
      ? emit.put(node, 'last', 'ReduceSum', [from, emit.whole(`${name}/directions`, [axis])], { keepdims: { int: 0 } })
      : emit.put(node, 'last', 'Reshape', [from, emit.whole(`${name}/shape`, [0, ...node.output])])
  if (!settings['returnSequences']) {
    const last = emit.addSecond(operator, `${name}/last`, inputs, [directions, emit.batch, units], attributes)
    if (!bidirectional) return emit.put(node, 'last', 'Squeeze', [last, emit.whole(`${name}/direction`, [0])])
    const turned = { inputs: [last], shape: [2, units], attributes: { perm: { ints: [1, 0, 2] } } }
    return merged(emit.add('Transpose', `${name}/both`, turned), 1)
  }
  const all = emit.add(operator, `${name}/all`, { inputs, shape: [length, directions, emit.batch, units], attributes, batched: false })
  if (bidirectional) {
    const turned = { inputs: [all], shape: [length, 2, units], attributes: { perm: { ints: [2, 0, 1, 3] } } }
    return merged(emit.add('Transpose', `${name}/both`, turned), 2)
  }
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
