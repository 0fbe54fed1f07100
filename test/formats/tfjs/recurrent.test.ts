import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { toKeras } from '../../../src/formats/keras/index.js'
import { fromTfjs, toTfjs } from '../../../src/formats/tfjs/index.js'
import { type AnyNetwork, input, lstm, shared } from '../../../src/index.js'
import type { Weights } from '../../../src/weights/weights.js'
import { batch, distance, inputOf, paramsIn, weightsOf } from '../../support/same-values.js'
import { runInTensorFlow } from '../../support/tensorflow.js'
import { saved } from '../../support/tfjs/saved.js'

/** An lstm in each direction, with the values of its definition (Hochreiter and Schmidhuber 1997; Gers et al. 2000) in TensorFlow.js. */

const [length, features, units] = [5, 3, 4]

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value))

/** The states of one sequence, step by step from the beginning, with weights as PyTorch has them: gates of input, forgetting, memory, output. */
const states = (sequence: readonly (readonly number[])[], weights: Weights, end: string): number[][] => {
  const data = (name: string): ArrayLike<number> => weights.get(`lstm_1.${name}_l0${end}`)?.data ?? new Float32Array(4 * units)
  const [ofInput, ofState, one, other] = ['weight_ih', 'weight_hh', 'bias_ih', 'bias_hh'].map(data) as [
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
  ]
  const row = (matrix: ArrayLike<number>, at: number, values: readonly number[]): number =>
    values.reduce((sum, value, column) => sum + value * (matrix[at * values.length + column] as number), 0)
  let state = Array.from({ length: units }, () => 0)
  let memory = state
  return sequence.map((step) => {
    const before = state
    const gate = (which: number, unit: number): number => {
      const at = which * units + unit
      return row(ofInput, at, step) + row(ofState, at, before) + (one[at] as number) + (other[at] as number)
    }
    memory = memory.map((value, unit) => sigmoid(gate(1, unit)) * value + sigmoid(gate(0, unit)) * Math.tanh(gate(2, unit)))
    state = memory.map((value, unit) => sigmoid(gate(3, unit)) * Math.tanh(value))
    return state
  })
}

type Direction = false | 'concat' | 'sum'

/** The values of the layer, sample by sample. */
const wanted = (data: Float32Array, weights: Weights, direction: Direction, returnSequences: boolean): number[] =>
  Array.from({ length: batch }, (_, sample) => {
    const sequence = Array.from({ length }, (_, step) => {
      const from = (sample * length + step) * features
      return [...data.subarray(from, from + features)]
    })
    const forward = states(sequence, weights, '')
    const backward = direction ? states([...sequence].reverse(), weights, '_reverse').reverse() : []
    const joined = (one: readonly number[], other: readonly number[] = []): number[] =>
      direction === 'sum' ? one.map((value, unit) => value + (other[unit] as number)) : [...one, ...other]
    return returnSequences ? forward.flatMap((step, at) => joined(step, backward[at])) : joined(forward.at(-1) as number[], backward[0])
  }).flat()

const cases = ([false, 'concat', 'sum'] as const).flatMap((bidirectional) =>
  [true, false].flatMap((returnSequences) => [true, false].map((bias) => ({ bidirectional, returnSequences, bias }))),
)

describe('lstm in TensorFlow.js', () => {
  test.each(cases)('$bidirectional, all steps $returnSequences, bias $bias', async (options) => {
    const network = input(length, features).lstm(units, options)
    const weights = weightsOf(network)
    const data = inputOf(network)
    const { outputs, params } = await runInTensorFlow(network, weights, data)
    const values = wanted(data, weights, options.bidirectional, options.returnSequences)
    expect(distance(outputs[0] as Float32Array, values)).toBeLessThan(1e-5)
    expect(params).toBe(paramsIn(network))
  })

  test.each(cases)('$bidirectional, all steps $returnSequences, bias $bias: saved there and read again', async (options) => {
    await tf.setBackend('cpu')
    const network = input(length, features).lstm(units, options)
    const weights = weightsOf(network)
    const model = await toTfjs(tf, network, weights)
    const { json, data } = await saved(model)
    const again = fromTfjs(json, data)
    model.dispose()
    expect(again.network.graph.nodes.map(({ kind, settings }) => ({ kind, ...settings })).slice(1)).toEqual([
      { kind: 'lstm', units, ...options },
    ])
    const drawn = inputOf(network)
    const values = wanted(drawn, weights, options.bidirectional, options.returnSequences)
    const found = wanted(drawn, again.weights, options.bidirectional, options.returnSequences)
    expect(distance(found, values)).toBeLessThan(1e-5)
  })

  test('both directions are one layer of Keras, also where it is applied twice', async () => {
    await tf.setBackend('cpu')
    const layersOf = (network: AnyNetwork) => toKeras(network).config.layers.slice(1)
    expect(layersOf(input(5, 3).lstm(4, { bidirectional: 'concat' })).map(({ class_name: of }) => of)).toEqual(['Bidirectional'])
    const encoder = shared('encoder', lstm(4, { bidirectional: 'sum' }))
    const network = input(5, 4).apply(encoder).apply(encoder)
    const [layer, ...rest] = layersOf(network)
    expect([rest, layer?.inbound_nodes?.length]).toEqual([[], 2])
    const weights = weightsOf(network)
    const model = await toTfjs(tf, network, weights)
    expect(model.countParams()).toBe(2 * 4 * (4 * 4 + 4 * 4 + 4))
    const once = await toTfjs(tf, input(5, 4).apply(encoder), weights)
    const x = tf.tensor(inputOf(network), [batch, 5, 4])
    const [found, twice] = [model.predict(x), once.predict(once.predict(x) as tf.Tensor)].map((each) => (each as tf.Tensor).dataSync())
    expect([...(found as Float32Array)]).toEqual([...(twice as Float32Array)])
  })
})
