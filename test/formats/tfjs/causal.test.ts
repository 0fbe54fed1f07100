import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { toKeras } from '../../../src/formats/keras/index.js'
import { fromTfjs, toTfjs } from '../../../src/formats/tfjs/index.js'
import { inputs } from '../../../src/index.js'
import { graphValues } from '../../support/graph-values.js'
import { numbers } from '../../support/onnx.js'
import { distance, weightsOf } from '../../support/same-values.js'
import { saved } from '../../support/tfjs/saved.js'

/**
 * Causal attention in TensorFlow.js, which has no layer for it: what a query gives is what attention without `causal` gives on the keys up to
 * the query, as an oracle computes it from the definition.
 */

const features = 6

/** Attention of so many queries to so many keys. */
const attending = (queries: number, keys: number, heads: number, causal: boolean) =>
  inputs({ queries: [queries, features], keys: [keys, features] })
    .from('queries')
    .multiHeadAttention(heads, { keys: 'keys', causal })

const cases = [
  { queries: 5, keys: 5, heads: 1 },
  { queries: 5, keys: 5, heads: 3 },
  { queries: 7, keys: 3, heads: 2 },
  { queries: 3, keys: 7, heads: 2 },
  { queries: 2, keys: 2, heads: 2 },
  { queries: 1, keys: 4, heads: 2 },
  { queries: 4, keys: 1, heads: 2 },
  { queries: 1, keys: 1, heads: 1 },
  // Scores far larger than what Keras adds to leave a token out.
  { queries: 4, keys: 4, heads: 2, scale: 1e12 },
]

const setOf = ({ queries, keys, heads, scale = 1 }: (typeof cases)[number]) => {
  const network = attending(queries, keys, heads, true)
  const weights = weightsOf(network)
  const data = { queries: numbers(queries * features, 3).map((value) => value * scale), keys: numbers(keys * features, 5) }
  const wanted = Array.from({ length: queries }, (_, at) => {
    const seen = Math.min(at + 1, keys)
    const values = graphValues(attending(1, seen, heads, false), weights, {
      queries: Float64Array.from(data.queries.subarray(at * features, (at + 1) * features)),
      keys: Float64Array.from(data.keys.subarray(0, seen * features)),
    })
    return [...(values.get('multiHeadAttention_1') as Float64Array)]
  }).flat()
  const given = () => [tf.tensor(data.queries, [1, queries, features]), tf.tensor(data.keys, [1, keys, features])]
  return { network, weights, wanted, given }
}

describe('causal attention in TensorFlow.js', () => {
  test.each(cases)('$queries queries, $keys keys, $heads heads', async (sizes) => {
    await tf.setBackend('cpu')
    const { network, weights, wanted, given } = setOf(sizes)
    const model = await toTfjs(tf, network, weights)
    expect(distance((model.predict(given()) as tf.Tensor).dataSync() as Float32Array, wanted)).toBeLessThan(1e-5)
    // What leaves tokens out is no weight.
    expect(model.countParams()).toBe(network.params)
  })

  test.each(cases)('$queries queries, $keys keys, $heads heads: saved there and read again', async (sizes) => {
    await tf.setBackend('cpu')
    const { network, weights, wanted, given } = setOf(sizes)
    const { json, data } = await saved(await toTfjs(tf, network, weights))
    const read = fromTfjs(json, data)
    const again = await toTfjs(tf, read.network, read.weights)
    expect(distance((again.predict(given()) as tf.Tensor).dataSync() as Float32Array, wanted)).toBeLessThan(1e-5)
  })

  test('all heads leave tokens out by the same layers', () => {
    const count = (heads: number, causal: boolean) => toKeras(attending(5, 5, heads, causal)).config.layers.length
    expect([1, 2, 6].map((heads) => count(heads, true) - count(heads, false))).toEqual([9, 10, 14])
  })
})
