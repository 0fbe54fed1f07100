import { expect, test } from 'vitest'
import { input } from '../../../src/index.js'
import { distance } from '../../support/same-values.js'
import { runInTensorFlow } from '../../support/tensorflow.js'

/* What TensorFlow.js computes where a layer is written as several of its own: with all digits, however large a setting is. */

const values = [-3, -0.5, 0, 0.028, 0.7, 9]

test.each([0, 0.5, 1000, 59_604_644_775_390])('elu(%d)', async (alpha) => {
  const { outputs } = await runInTensorFlow(input(values.length).elu(alpha), new Map(), Float32Array.from(values))
  const wanted = [...Float32Array.from(values)].map((x) => (x > 0 ? x : alpha * Math.expm1(x)))
  expect(distance(outputs[0] as Float32Array, wanted)).toBeLessThan(1e-6)
})
