import { describe, expect, test } from 'vitest'
import { graphCases } from '../../support/graph-cases.js'
import { onnxValues, tfjsValues, unshared } from '../../support/graph-runs.js'
import { distance, weightsOf } from '../../support/same-values.js'

/** Networks with several inputs, several outputs and shared layers in TensorFlow.js. */

describe('the same numbers', () => {
  test.each(Object.entries(graphCases).map(([id, make]) => ({ id, make })))(
    '$id: as in ONNX Runtime, and as with weights of its own for every layer',
    async ({ make }) => {
      const network = make()
      const weights = weightsOf(network)
      const found = await tfjsValues(network, weights)
      const apart = unshared(network, weights)
      const [onnx, other] = [[...(await onnxValues(network, weights)).values()], await tfjsValues(apart.network, apart.weights)]
      expect(found.length).toBe(onnx.length)
      expect(other.length).toBe(onnx.length)
      for (const [index, values] of found.entries()) {
        expect(distance(values, onnx[index] as Float32Array)).toBeLessThan(1e-4)
        expect(distance(values, other[index] as Float32Array)).toBeLessThan(1e-5)
      }
    },
  )
})
