import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { operators } from '../../../src/formats/onnx/write/operators.js'
import { type AnyLayer, type AnyNetwork, input } from '../../../src/index.js'
import { valuesIn } from '../../../src/layers/kind/layer.js'
import { FormatError } from '../../../src/network/format-error.js'
import { kinds } from '../../../src/network/kinds.js'
import type { Weights } from '../../../src/weights/weights.js'
import * as zoo from '../../../src/zoo/index.js'
import { type Drawn, shapeFor } from '../../support/draw-numbers.js'
import { vocabularyMethods } from '../../support/draw-vocabulary.js'
import { windowMethods } from '../../support/draw-windows.js'
import { casesOf, inProportion, isLong } from '../../support/effort.js'
import { layerCases } from '../../support/layer-cases.js'
import { drawNetwork, runNetwork } from '../../support/networks-drawn.js'
import { computed, inferred, numbers } from '../../support/onnx.js'
import { inBoth, inShort as test } from '../../support/runs.js'
import { seed } from '../../support/seed.js'
import { Value } from '../../support/value.js'

/** Exported networks in ONNX Runtime: every value has the shape that this package computes, by inference and by computation. */

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
    const structural = ['block', 'repeat', 'residual', 'identity', 'branchOut', 'branch', 'from', 'keep', 'chunk', 'split', 'shared']
    const refused = ['radialBasis']
    expect(
      [...kinds.keys()].filter((kind) => !Object.hasOwn(operators, kind) && ![...structural, ...refused, 'flatten'].includes(kind)),
    ).toEqual([])
  })

  inBoth('in drawn networks', async () => {
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
        expect(error.message).toMatch(/takes an odd size only|above 0 only|average pool/)
      }
    }
    expect(count).toBeGreaterThan(inProportion('ONNX: run', 300))
  })
})

describe('every setting of a kind', () => {
  const methods = [...windowMethods, ...vocabularyMethods]
  const drawnOf = ({ method, rank, args, shape }: Drawn, index: number): AnyNetwork[] =>
    fc
      .sample(fc.tuple(shape ?? shapeFor(rank), args), { seed: seed + index, numRuns: casesOf('ONNX: drawn settings of a kind') })
      .map(([on, given]) => runNetwork(new Value('on', [on, new Value(method, given)])))
      .filter((network): network is AnyNetwork => network !== undefined && isSmall(network))

  inBoth('that can be written runs, and gives the shapes that the file says', async () => {
    let count = 0
    for (const [index, drawn] of methods.entries()) {
      for (const network of drawnOf(drawn, index)) {
        const shown = JSON.stringify([drawn.method, network.input, network.graph.nodes.at(-1)?.settings])
        try {
          const { said, found } = await computed(network)
          expect(found, shown).toEqual(said)
          count += 1
        } catch (error) {
          if (!(error instanceof FormatError)) throw new Error(shown, { cause: error })
          expect(error.message).toMatch(/takes an odd size only|above 0 only|average pool/)
        }
      }
    }
    expect(count).toBeGreaterThan(inProportion('ONNX: drawn settings of a kind', 2000))
  })

  /** PyTorch's formula: each value is spread over the cells that its window reaches; those that none reaches have the bias. */
  const spread = (
    data: Float32Array,
    weight: Float32Array,
    bias: number,
    size: number,
    [stride, dilation, before]: readonly [number, number, number],
  ) => {
    const result = new Float32Array(size).fill(bias)
    for (const [at, value] of data.entries()) {
      for (const [cell, factor] of weight.entries()) {
        const place = at * stride + cell * dilation - before
        if (place >= 0 && place < size) result[place] = (result[place] as number) + value * factor
      }
    }
    return result
  }

  test.each<[stride: number, dilation: number, padding: number | [number, number], outputPadding: number]>([
    [1, 3, 0, 2],
    [1, 4, 1, 2],
    [1, 4, [0, 3], 2],
    [2, 5, [1, 2], 4],
    [2, 3, 0, 1],
    [3, 1, 1, 2],
  ])('convTranspose1d, stride %d, dilation %d, padding %j, output padding %d', async (stride, dilation, padding, outputPadding) => {
    for (const bias of [true, false]) {
      const options = { stride, dilation, padding: Array.isArray(padding) ? [padding] : padding, outputPadding, bias, name: 'up' } as const
      const network = input(5, 1).convTranspose1d(1, 3, options as object) as AnyNetwork
      const weights: Weights = new Map([
        ['up.weight', { shape: [1, 1, 3], dtype: 'F32', data: Float32Array.of(0.5, -1, 2) }],
        ...(bias ? [['up.bias', { shape: [1], dtype: 'F32', data: Float32Array.of(0.25) }] as const] : []),
      ])
      const { results } = await computed(network, { weights }, 1)
      const data = numbers(5)
      const before = Array.isArray(padding) ? padding[0] : padding
      const wanted = spread(data, Float32Array.of(0.5, -1, 2), bias ? 0.25 : 0, (network.output as readonly number[])[0] as number, [
        stride,
        dilation,
        before,
      ])
      const found = [...((Object.values(results).at(-1)?.data ?? []) as Float32Array)]
      expect(found.length).toBe(wanted.length)
      expect(Math.max(...found.map((value, at) => Math.abs(value - (wanted[at] as number))))).toBeLessThan(1e-5)
    }
  })
})

describe('every ready architecture, or in a short run every tenth', () => {
  const all = Object.entries(zoo as unknown as Record<string, () => AnyNetwork>).filter(([name]) => name !== 'lenet1998')
  const models = all.filter((_, index) => isLong || index % 10 === 0)

  inBoth.each(models)('%s', async (_, make) => {
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
