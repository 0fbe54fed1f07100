import type { OnnxNode } from '../model.js'
import { named } from '../words.js'
import { gateOrders } from '../write/tokens.js'
import { uniform } from './fills.js'
import { holdView, once, viewAt } from './operands/lazily.js'
import type { ConstantTensor, ViewOperand } from './operands/operand.js'
import { type Digit, type Digits, isSameParts } from './operands/views.js'
import type { ReadWeight } from './reader/layers.js'
import type { Reader, Readers } from './reader/reader.js'

/** Recurrences. */

type Read = Readers[string]

/** A recurrence in one direction or in both, from nothing. */
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
    const direction = read.text(node, 'direction', 'forward')
    if (direction !== 'forward' && direction !== 'bidirectional')
      return read.fail(node, `reads from the end only, and ${kind} here from the beginning, or in both directions.`)
    const directions = direction === 'forward' ? 1 : 2
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
    if (
      !fits(kernel, directions, rows, features) ||
      !fits(recurrentKernel, directions, rows, units) ||
      !fits(biases, directions, 2 * rows)
    ) {
      return read.fail(node, `its weights are not those of ${units} units on ${features} features.`)
    }
    /** A part of a tensor with PyTorch's order of gates. */
    const gated = (suffix: string, from: ConstantTensor, columns: number, start: number): ReadWeight => {
      const block = units * columns
      const data = from.data && new Float32Array(rows * columns)
      for (const [place, gate] of order.entries()) {
        data?.set((from.data as Float32Array).subarray(start + place * block, start + (place + 1) * block), gate * block)
      }
      const shape = suffix.startsWith('weight') ? [rows, columns] : [rows]
      return { suffix, from, tensor: data && { shape, dtype: 'F32', data } }
    }
    const weights: ReadWeight[] = []
    for (const [index, ending] of ['', '_reverse'].slice(0, directions).entries()) {
      weights.push(gated(`weight_ih_l0${ending}`, kernel, features, index * rows * features))
      weights.push(gated(`weight_hh_l0${ending}`, recurrentKernel, units, index * rows * units))
      if (biases) weights.push(gated(`bias_ih_l0${ending}`, biases, 1, 2 * index * rows))
      if (biases) weights.push(gated(`bias_hh_l0${ending}`, biases, 1, (2 * index + 1) * rows))
    }
    const settings = { units, bias: biases !== undefined, ...(directions === 2 ? { bidirectional: 'concat' } : {}) }
    const layer = (returnSequences: boolean) => read.add(node, kind, { ...settings, returnSequences }, [value.node], weights)
    const refuseMemory = (): never => read.fail(node, 'gives its memory, which no layer here does.')
    read.hold(node, { is: 'steps', direction: 0, make: refuseMemory }, 2)
    if (directions === 1) {
      read.hold(node, { is: 'steps', direction: 1, make: () => ({ is: 'value', node: layer(true), axes: [0, -1, 1] }) })
      read.hold(node, { is: 'steps', direction: 0, make: () => ({ is: 'value', node: layer(false), axes: [-1, 0] }) }, 1)
    } else holdBoth(read, node, units, layer)
  }

/** What both directions give: steps and states with an axis of two before the units, which stand beside each other in the layer. */
const holdBoth = (read: Reader, node: OnnxNode, units: number, layer: (returnSequences: boolean) => string) => {
  const isTaken = (index: number): boolean => {
    const name = node.outputs[index]
    return name !== undefined && name !== '' && read.isTaken(name)
  }
  const batch: Digit = { axis: -1, size: read.batch ?? 1, step: 1, ...(read.batch === undefined ? { isOpen: true } : {}) }
  const each = (axis: number): [readonly Digit[], readonly Digit[]] => [
    [{ axis, size: 2, step: units }],
    units === 1 ? [] : [{ axis, size: units, step: 1 }],
  ]
  const whole = (of: string, digits: Digits, shape: readonly number[], axes: readonly number[]): ViewOperand => ({
    is: 'view',
    of,
    digits,
    offset: 0,
    scale: 1,
    make: once(() => ({ is: 'value', node: read.add({ ...node, name: '' }, 'reshape', { shape }, [of]), axes })),
  })
  if (isTaken(0)) {
    const of = layer(true)
    const [length] = read.shapeOf(of) as [number]
    const [directions, own] = each(1)
    const steps: readonly Digit[] = length === 1 ? [] : [{ axis: 0, size: length, step: 1 }]
    read.hold(node, whole(of, [steps, directions, [batch], own], [length, 2, units], [0, 1, -1, 2]))
  }
  if (isTaken(1)) {
    const of = layer(false)
    const [directions, own] = each(0)
    read.hold(node, whole(of, [directions, [batch], own], [2, units], [0, -1, 1]), 1)
  }
}

/** What both directions give, added: those of a recurrence, which stand on an axis of their own. */
const added: Read = (read, node) => {
  read.known(node, 'axes', 'keepdims', 'noop_with_empty_axes')
  const fail = (): never =>
    read.fail(node, 'adds values along an axis, which no layer here does but lstm and gru, for their two directions.')
  const view = viewAt(read, node)
  const axes = read.ints(node, 'axes') ?? read.wholes(node, 1)
  if (!view || axes?.length !== 1 || read.flag(node, 'keepdims', true)) return fail()
  const [axis] = read.axes(node, axes, view.digits.length) as [number]
  const { kind, settings, inputs, weights } = read.nodeOf(view.of)
  const { bidirectional, units } = settings as { bidirectional?: unknown; units?: number }
  const last = read.shapeOf(view.of).length - 1
  const isBoth = bidirectional === 'concat' && isSameParts(view.digits[axis] ?? [], [{ axis: last, size: 2, step: units as number }])
  if (!isBoth || view.offset !== 0 || view.scale !== 1 || view.rolls) return fail()
  const of = read.add(node, kind, { ...settings, bidirectional: 'sum' }, inputs, weights)
  const digits = view.digits.filter((_, place) => place !== axis)
  holdView(read, node, { ...view, of }, { digits }, fail)
}

export const recurrenceReaders: Readers = {
  ReduceSum: added,
  LSTM: recurrent('lstm'),
  GRU: recurrent('gru'),
}
