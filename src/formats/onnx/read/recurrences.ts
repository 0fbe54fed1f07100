import { named } from '../words.js'
import { gateOrders } from '../write/tokens.js'
import { uniform } from './fills.js'
import type { ConstantTensor } from './operands/operand.js'
import type { ReadWeight } from './reader/layers.js'
import type { Readers } from './reader/reader.js'

/** Recurrences. */

type Read = Readers[string]

/** A recurrence in one direction, from nothing. */
const recurrent =
  (kind: 'lstm' | 'gru'): Read =>
  (read, node) => {
    read.known(node, 'hidden_size', 'direction', 'layout', 'activations', ...(kind === 'gru' ? ['linear_before_reset'] : ['input_forget']))
    const standardActivations = kind === 'gru' ? 'Sigmoid Tanh' : 'Sigmoid Tanh Tanh'
    const activations = read.texts(node, 'activations')?.join(' ') ?? standardActivations
    if (activations.toLowerCase() !== standardActivations.toLowerCase())
      return read.fail(node, `its activations are ${named(activations)}, and those here ${standardActivations}.`)
    if (kind === 'lstm' && read.flag(node, 'input_forget', false))
      return read.fail(node, 'has one gate to take in and to forget, and lstm here two.')
    if (read.text(node, 'direction', 'forward') !== 'forward') return read.fail(node, 'reads in another direction than forward.')
    if (kind === 'gru' && !read.flag(node, 'linear_before_reset', false))
      return read.fail(node, 'resets before its product; gru here does behind it, as PyTorch.')
    if (read.int(node, 'layout', 0) !== 0 || node.inputs[4] || node.inputs[7])
      return read.fail(node, 'has sequences of several lengths, another layout, or peepholes.')
    // What it begins with is zeros where it is left out.
    for (const index of [5, 6])
      if (node.inputs[index] && uniform(read, node, index) !== 0) return read.fail(node, 'begins with a state that is not zero.')
    const value = read.value(node)
    if (value.axes.join() !== '0,-1,1') return read.fail(node, 'must take its steps first, then its examples.')
    const units = read.int(node, 'hidden_size', 0)
    const order = gateOrders[kind]
    const gates = order.length
    const rows = gates * units
    const [kernel, recurrentKernel, biases] = [read.tensor(node, 1), read.tensor(node, 2), read.optionalTensor(node, 3)]
    const features = read.shapeOf(value.node)[1] as number
    const fits = (tensor: ConstantTensor | undefined, ...dims: number[]) => !tensor || tensor.dims.join() === dims.join()
    if (!fits(kernel, 1, rows, features) || !fits(recurrentKernel, 1, rows, units) || !fits(biases, 1, 2 * rows)) {
      return read.fail(node, `its weights are not those of ${units} units on ${features} features.`)
    }
    /** A part of a tensor with PyTorch's order of gates. */
    const gated = (suffix: string, from: ConstantTensor, columns: number, start = 0): ReadWeight => {
      const block = units * columns
      const data = from.data && new Float32Array(rows * columns)
      for (const [place, gate] of order.entries()) {
        data?.set((from.data as Float32Array).subarray(start + place * block, start + (place + 1) * block), gate * block)
      }
      const shape = suffix.startsWith('weight') ? [rows, columns] : [rows]
      return { suffix, from, tensor: data && { shape, dtype: 'F32', data } }
    }
    const weights = [gated('weight_ih_l0', kernel, features), gated('weight_hh_l0', recurrentKernel, units)]
    if (biases) weights.push(gated('bias_ih_l0', biases, 1), gated('bias_hh_l0', biases, 1, rows))
    const settings = { units, bias: biases !== undefined }
    const layer = (returnSequences: boolean) => read.add(node, kind, { ...settings, returnSequences }, [value.node], weights)
    read.hold(node, { is: 'steps', direction: 1, make: () => ({ is: 'value', node: layer(true), axes: [0, -1, 1] }) })
    read.hold(node, { is: 'steps', direction: 0, make: () => ({ is: 'value', node: layer(false), axes: [-1, 0] }) }, 1)
    read.hold(node, { is: 'steps', direction: 0, make: () => read.fail(node, 'gives its memory, which no layer here does.') }, 2)
  }

export const recurrenceReaders: Readers = {
  LSTM: recurrent('lstm'),
  GRU: recurrent('gru'),
}
