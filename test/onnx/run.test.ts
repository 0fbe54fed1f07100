import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AnyLayer, type AnyNetwork, input } from '../../src/index.js'
import { valuesIn } from '../../src/layers/layer.js'
import { FormatError } from '../../src/network/format-error.js'
import { kinds } from '../../src/network/kinds.js'
import { operators } from '../../src/onnx/operators.js'
import * as zoo from '../../src/zoo/index.js'
import { casesOf, inProportion, isLong } from '../support/effort.js'
import { layerCases } from '../support/layer-cases.js'
import { drawNetwork, runNetwork } from '../support/networks-drawn.js'
import { computed, inferred } from '../support/onnx.js'
import { seed } from '../support/seed.js'

/** Exported networks in ONNX Runtime: the shape of every value is the one that this package says, inferred and computed. */

const isSmall = (network: AnyNetwork): boolean => network.params < 3e5 && network.graph.nodes.every(({ output }) => valuesIn(output) < 5e4)

describe('every kind of layer', () => {
  test.each(layerCases)('$name', async ({ network }) => {
    const { said, found, results } = await computed(network)
    expect(found).toEqual(said)
    for (const { data } of Object.values(results))
      expect([...(data as Float32Array)].every((value) => !Number.isNaN(Number(value)))).toBe(true)
  })

  test('is there', () => {
    const seen = new Set(layerCases.flatMap(({ network }) => network.graph.nodes.map(({ kind }) => kind)))
    expect(Object.keys(operators).filter((kind) => !seen.has(kind))).toEqual([])
    const structural = ['block', 'repeat', 'residual', 'identity', 'branchOut']
    const refused = ['radialBasis']
    expect(
      [...kinds.keys()].filter((kind) => !Object.hasOwn(operators, kind) && ![...structural, ...refused, 'flatten'].includes(kind)),
    ).toEqual([])
  })

  test('in drawn networks', async () => {
    let count = 0
    for (const value of fc.sample(drawNetwork, { seed, numRuns: casesOf('ONNX: run') })) {
      const network = runNetwork(value)
      if (!network || !isSmall(network)) continue
      try {
        const { said, found } = await computed(network)
        expect(found).toEqual(said)
        count += 1
      } catch (error) {
        // What ONNX Runtime cannot do is refused by name, before it sees it.
        if (!(error instanceof FormatError)) throw error
        expect(error.message).toMatch(/takes an odd size only|average pool/)
      }
    }
    expect(count).toBeGreaterThan(inProportion('ONNX: run', 300))
  })
})

describe('every ready architecture, or in a short run every tenth', () => {
  const all = Object.entries(zoo as unknown as Record<string, () => AnyNetwork>).filter(([name]) => name !== 'lenet1998')
  const models = all.filter((_, index) => isLong || index % 10 === 0)

  test.each(models)('%s', async (_, make) => {
    // A class token is there as often as there are examples: only where their number is given can its shape be inferred.
    const { said, found } = await inferred(make(), { batch: 2 })
    expect(found).toEqual(said)
  })

  test('but for one with a layer of its own', () => {
    const make = () => inferred(zoo.lenet1998() as AnyNetwork)
    return expect(make()).rejects.toThrow("onnx: radialBasis_1: ONNX has no layer of the kind 'radialBasis'.")
  })
})

describe('options', () => {
  const network = input(8, 8, 3).conv2d(4, 3).gelu().mish().globalAvgPool().dense(2) as AnyNetwork

  test.each([17, 18, 19, 20, 21, 22])('opset %d', async (opset) => {
    const { said, found, results } = await computed(network, { opset })
    expect(found).toEqual(said)
    const newest = await computed(network, { opset: 22 })
    const wanted = newest.results['dense_1']?.data as Float32Array
    expect(results['dense_1']?.data).toSatisfy((data: Float32Array) =>
      data.every((value, index) => Math.abs(value - (wanted[index] as number)) < 1e-5),
    )
  })

  test('batch', async () => {
    const { said, found } = await computed(network, { batch: 3 })
    expect(said['dense_1']).toBe('3x2')
    expect(found).toEqual(said)
  })

  test('a layer that leaves the input as it is', async () => {
    const same = input(3, 2).apply({ kind: 'identity', given: [] } as unknown as AnyLayer) as AnyNetwork
    const { results } = await computed(same)
    expect(results['input/output']?.dims).toEqual([2, 3, 2])
  })
})
