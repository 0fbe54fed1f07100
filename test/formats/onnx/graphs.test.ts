import { describe, expect, test } from 'vitest'
import { fromOnnx, onnxData, toOnnx } from '../../../src/formats/onnx/index.js'
import { reachedGraph } from '../../../src/formats/reached.js'
import type { AnyNetwork } from '../../../src/index.js'
import { graphCases } from '../../support/graph-cases.js'
import { inOnnxRuntime, onnxValues, unshared } from '../../support/graph-runs.js'
import { distance, weightsOf } from '../../support/same-values.js'

/** Networks with several inputs, several outputs and shared layers: written, run, and read. */

const cases = Object.entries(graphCases).map(([id, make]) => ({ id, make }))

describe('written and run', () => {
  test.each(cases)('$id: the same numbers as with weights of its own for every layer', async ({ make }) => {
    const network = make()
    const weights = weightsOf(network)
    const found = await onnxValues(network, weights)
    const apart = unshared(network, weights)
    const wanted = await onnxValues(apart.network, apart.weights)
    expect([...found.keys()]).toEqual([...wanted.keys()])
    for (const [name, values] of wanted) expect(distance(found.get(name) as Float32Array, values), name).toBeLessThan(1e-5)
  })
})

describe('written and read', () => {
  test.each(cases)('$id: what leads to an output, and its weights', async ({ make }) => {
    const network = make()
    const weights = weightsOf(network)
    const bytes = toOnnx(network, { weights })
    const again = fromOnnx(bytes)
    const { graph } = reachedGraph(network.graph)
    expect(again.network.graph).toEqual(graph)
    expect(toOnnx(again.network as AnyNetwork, { weights: again.weights })).toEqual(bytes)
    const [one, other] = [await inOnnxRuntime(bytes, network), await onnxValues(again.network as AnyNetwork, again.weights)]
    expect(other).toEqual(one)
  })
})
void onnxData
