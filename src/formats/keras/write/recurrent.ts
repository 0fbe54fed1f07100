import { type KerasWeight, refuse, type Writer, weight } from '../layer.js'

/** Recurrences: in both directions they are a layer within a `Bidirectional`. */

/** Keras has one bias for each gate: the sum of both. */
const sumOf = (one: string, other: string): KerasWeight['values'] => {
  return (values) => {
    const recurrent = values(other)
    return values(one).map((value, index) => value + (recurrent[index] as number))
  }
}

/** The weights of an LSTM that reads in one direction, from those of the node; in both directions with the name of the layer inside. */
const lstmWeights = (names: readonly string[], features: number, units: number, bias: boolean, inside = ''): KerasWeight[] => {
  const [kernel, recurrentKernel, one, other] = names as [string, string, string, string]
  return [
    weight(`${inside}kernel`, kernel, [features, 4 * units]),
    weight(`${inside}recurrent_kernel`, recurrentKernel, [units, 4 * units]),
    ...(bias ? [{ name: `${inside}bias`, shape: [4 * units], values: sumOf(one, other) }] : []),
  ]
}

const forward = ['kernel', 'recurrentKernel', 'bias', 'recurrentBias']
const backward = ['backwardKernel', 'backwardRecurrentKernel', 'backwardBias', 'backwardRecurrentBias']

const lstm: Writer = (chain, node) => {
  const { units, returnSequences, bidirectional, bias } = node.settings as {
    units: number
    returnSequences: boolean
    bidirectional: false | 'concat' | 'sum'
    bias: boolean
  }
  const features = chain.shape[1] as number
  const config = { units, activation: 'tanh', recurrent_activation: 'sigmoid', use_bias: bias, return_sequences: returnSequences }
  if (!bidirectional) return chain.add('lstm', 'LSTM', config, node.output, lstmWeights(forward, features, units, bias))
  // Keras 3 finds the class by its module. Keras puts the direction before the name of the layer inside.
  const layer = { module: 'keras.layers', class_name: 'LSTM', config: { name: 'lstm', ...config }, registered_name: null }
  return chain.add('both', 'Bidirectional', { layer, merge_mode: bidirectional }, node.output, [
    ...lstmWeights(forward, features, units, bias, 'forward_lstm/'),
    ...lstmWeights(backward, features, units, bias, 'backward_lstm/'),
  ])
}

export const recurrentWriters = {
  lstm,
  gru: (_, node) =>
    refuse(node, 'that of TensorFlow.js resets the state before its product, and this one behind it (reset_after). Use lstm.'),
} satisfies Readonly<Record<string, Writer>>
