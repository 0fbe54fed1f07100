import { describe, expect, test } from 'vitest'
import { identity, input, inputs } from '../../../src/index.js'
import { graphCases } from '../../support/graph-cases.js'
import { onnxValues, tfjsValues, unshared } from '../../support/graph-runs.js'
import { distance, weightsOf } from '../../support/same-values.js'

/** Networks with several inputs, several outputs and shared layers in TensorFlow.js. */

/** Names that are properties of every object, and names with a NUL, which ends a C string. */
const namedToStumbleOver = () =>
  inputs({ constructor: [4], 'x\0y': [4], x_y: [4] })
    .from('constructor')
    .dense(4, { name: 'toString' })
    .keep('x\0z')
    .from('x\0y')
    .dense(4, { name: 'hasOwnProperty' })
    .add('x\0z', 'x_y', identity())
    .dense(3, { name: 'end\0' })
    .keep('valueOf')
    .outputs('valueOf', 'x\0z')

const cases = {
  ...graphCases,
  'names that a runtime could stumble over': namedToStumbleOver,
  'an output called __proto__': () => input(4).dense(3).keep('__proto__').outputs('__proto__', 'input'),
  'a name with a NUL for the output': () => input(4).dense(3, { name: 'end\0' }),
}

describe('the same numbers', () => {
  test.each(Object.entries(cases).map(([id, make]) => ({ id, make })))(
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
