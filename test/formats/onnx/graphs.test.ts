import { describe, expect, test } from 'vitest'
import { fromOnnx, toOnnx } from '../../../src/formats/onnx/index.js'
import { readOperators } from '../../../src/formats/onnx/read/read.js'
import { decodeModel } from '../../../src/formats/onnx/wire/decode.js'
import { encodeModel } from '../../../src/formats/onnx/wire/encode.js'
import { onnxModel } from '../../../src/formats/onnx/write/write.js'
import { reachedGraph } from '../../../src/formats/reached.js'
import type { AnyNetwork, Graph, GraphNode } from '../../../src/index.js'
import { valuesIn } from '../../../src/layers/kind/layer.js'
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

describe('the operators alone, without what the file says of its network', () => {
  test.each(cases)('$id: as many parameters and MACs, and the same numbers', async ({ make }) => {
    const network = make()
    const weights = weightsOf(network)
    const model = onnxModel(network, { weights })
    const again = readOperators(decodeModel(encodeModel(model)), () => undefined)
    const { graph } = reachedGraph(network.graph)
    expect(again.network.params).toBe(paramsOf(graph))
    expect(macsOf(again.network.graph)).toBe(macsOf(graph))
    expect(again.network.graph.inputs).toEqual(graph.inputs)
    const sharers = (nodes: readonly GraphNode[]) => nodes.filter(({ sharedWith }) => sharedWith !== undefined).map(({ kind }) => kind)
    expect(sharers(again.network.graph.nodes)).toEqual(sharers(graph.nodes))
    const [one, other] = [await inOnnxRuntime(encodeModel(model), network), await onnxValues(again.network as AnyNetwork, again.weights)]
    const [wanted, found] = [[...one.values()], [...other.values()]]
    expect(found.length).toBe(wanted.length)
    for (const [index, values] of wanted.entries()) expect(distance(found[index] as Float32Array, values)).toBeLessThan(1e-5)
  })
})

const paramsOf = ({ nodes }: Graph): number =>
  nodes.flatMap(({ weights }) => weights).reduce((sum, { shape, trainable }) => sum + (trainable ? valuesIn(shape) : 0), 0)

const macsOf = ({ nodes }: Graph): number => nodes.reduce((sum, { macs }) => sum + macs, 0)
