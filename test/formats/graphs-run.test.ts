import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromKeras, toKeras } from '../../src/formats/keras/index.js'
import { fromOnnx, toOnnx } from '../../src/formats/onnx/index.js'
import { type OnnxNetwork, readOperators } from '../../src/formats/onnx/read/read.js'
import { decodeModel } from '../../src/formats/onnx/wire/decode.js'
import type { AnyNetwork } from '../../src/index.js'
import { FormatError } from '../../src/network/format-error.js'
import { reachedGraph } from '../../src/weights/reached-graph.js'
import { casesOf } from '../support/effort.js'
import { countsOf } from '../support/graph-cases.js'
import { inOnnxRuntime, onnxValues, tfjsValues, unshared } from '../support/graph-runs.js'
import { drawGraph, runGraph } from '../support/graphs-drawn.js'
import { distance, weightsOf } from '../support/same-values.js'
import { seed } from '../support/seed.js'

/*
 * Drawn acyclic graphs of up to 20 steps, with several inputs and outputs, shared layers, and layers and inputs that reach no output: in ONNX
 * Runtime and TensorFlow.js they give the same numbers as with weights of their own for every layer, and both files are read as they were written.
 */

const far = (one: ReadonlyMap<string, Float32Array>, other: readonly Float32Array[]): number =>
  one.size === other.length
    ? Math.max(...[...one.values()].map((values, index) => distance(values, other[index] as Float32Array)))
    : Number.POSITIVE_INFINITY

/** The network of a file's operators. An image whose channels no operator shows is taken as one that has them first, and then they may not fit. */
const withoutPlan = (bytes: Uint8Array): OnnxNetwork | undefined => {
  try {
    return readOperators(decodeModel(bytes), () => undefined)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    expect(error.message).toMatch(/a gate has one value for each channel|joins along axis \d, and concat here along the channels/)
    return undefined
  }
}

test('drawn graphs', { timeout: 0 }, async () => {
  // Long enough that layers are shared.
  const wide = fc.tuple(
    drawGraph,
    fc.array(fc.tuple(fc.nat(11), fc.nat(1e6), fc.nat(1e6), fc.nat(1e6)), { minLength: 6, maxLength: 20, size: 'max' }),
  )
  const draws = fc.sample(wide, { seed, numRuns: casesOf('graphs: ONNX, Keras and TensorFlow.js') })
  let [sharing, leaving, joining, refused] = [0, 0, 0, 0]
  for (const [drawn, steps] of draws) {
    const network = runGraph({ ...drawn, steps }) as AnyNetwork
    const shown = JSON.stringify(network.graph.nodes.map(({ name, inputs, sharedWith }) => [name, inputs, sharedWith]))
    const { graph, leftOut } = reachedGraph(network.graph)
    if (graph.nodes.some(({ sharedWith }) => sharedWith)) sharing += 1
    if (leftOut.length > 0) leaving += 1
    if (graph.inputs.length > 1) joining += 1
    const weights = weightsOf(network)

    const bytes = toOnnx(network, { weights })
    const found = await inOnnxRuntime(bytes, network)
    const apart = unshared(network, weights)
    expect(far(await onnxValues(apart.network, apart.weights), [...found.values()]), shown).toBeLessThan(1e-5)
    expect(far(found, await tfjsValues(network, weights)), shown).toBeLessThan(1e-4)

    expect(fromOnnx(bytes).network.graph, shown).toEqual(graph)
    expect(fromKeras(JSON.stringify(toKeras(network))).network.graph, shown).toEqual(graph)

    const again = withoutPlan(bytes)
    if (again) {
      expect(again.network.params, shown).toBe(countsOf(graph).params)
      const inputsOf = (nodes: AnyNetwork['graph']['nodes']) => nodes.filter(({ kind }) => kind === 'input').map(({ output }) => output)
      if (JSON.stringify(inputsOf(again.network.graph.nodes)) === JSON.stringify(inputsOf(graph.nodes)))
        expect(far(found, [...(await onnxValues(again.network as AnyNetwork, again.weights)).values()]), shown).toBeLessThan(1e-4)
    } else refused += 1
    const { stridewise: _, ...plain } = toKeras(network)
    expect(countsOf(fromKeras(plain).network.graph).params, shown).toBe(countsOf(graph).params)
  }
  expect(refused).toBeLessThan(draws.length / 5)
  expect(Math.min(sharing, leaving, joining)).toBeGreaterThan(draws.length / 20)
})
