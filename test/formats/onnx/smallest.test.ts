import { describe, expect, test } from 'vitest'
import { fromOnnx, toOnnx } from '../../../src/formats/onnx/index.js'
import { type AnyNetwork, input, inputs, ShapeError } from '../../../src/index.js'
import { weightsOf } from '../../support/same-values.js'

/*
 * Layers of the smallest sizes, written and read again. A file is held against what its network is written as only if it has room for the
 * constants of that: of few channels these are most of the file, and without weights they are all of it.
 */

const expectItself = (network: AnyNetwork, text: string): void => {
  const weights = weightsOf(network)
  const again = fromOnnx(toOnnx(network, { weights }))
  expect(again.network.graph, text).toEqual(network.graph)
  expect(again.weights, text).toEqual(weights)
  expect(fromOnnx(toOnnx(network, { weights: 'inputs' })).network.graph, text).toEqual(network.graph)
}

/** The networks of all combinations that can be, with what they are. */
const networks = (build: (...values: never[]) => AnyNetwork, ...axes: readonly (readonly unknown[])[]): [string, AnyNetwork][] =>
  axes
    .reduce<unknown[][]>((rows, axis) => rows.flatMap((row) => axis.map((value) => [...row, value])), [[]])
    .flatMap((values) => {
      try {
        return [[JSON.stringify(values), build(...(values as never[]))]]
      } catch (error) {
        if (error instanceof ShapeError) return []
        throw error
      }
    })

const flags = [true, false]
const images = [
  [5, 20],
  [1, 1],
  [1, 4],
  [4, 1],
  [4, 4],
]

describe('layers of the smallest sizes are read from ONNX as themselves', () => {
  test('windowAttention: one head, windows of one cell, one channel, one window along an axis', () => {
    const all = networks(
      ([height, width]: [number, number], channels: number, heads: number, window: number, shift: number, version: 1 | 2, bias: boolean) =>
        input(height, width, channels).windowAttention(heads, window, { shift, version, bias }),
      images,
      [1, 2],
      [1, 2],
      [1, 2, 4, 5],
      [0, 1],
      [1, 2],
      flags,
    )
    expect(all.length).toBe(132)
    for (const [text, network] of all) expectItself(network, text)
  })

  test('multiHeadAttention: one token, one key, one head of width 1', () => {
    const all = networks(
      (tokens: number, keys: number, features: number, heads: number, causal: boolean, bias: boolean) =>
        inputs({ x: [tokens, features], memory: [keys, 1] })
          .from('x')
          .multiHeadAttention(heads, { keys: 'memory', causal, bias }),
      [1, 2, 50],
      [1, 2, 50],
      [1, 2],
      [1, 2],
      flags,
      flags,
    )
    expect(all.length).toBeGreaterThan(100)
    for (const [text, network] of all) expectItself(network, text)
  })

  test('scales and normalizations, with and without weights', () => {
    const sizes = [1, 6, 300]
    for (const shape of sizes.flatMap((channels) => [[channels], [1, channels], [2, 2, channels]])) {
      const begin = input as unknown as (...shape: number[]) => ReturnType<typeof input<4, 4, 4>>
      const one = begin(...shape)
      const made = [
        ...flags.flatMap((scale) =>
          flags.flatMap((shift) => [
            ...(scale || shift ? [() => one.affine({ scale, shift })] : []),
            () => one.batchNorm({ scale, shift } as { scale: boolean }),
          ]),
        ),
        ...flags.flatMap((affine) => [
          () => one.layerNorm({ affine }),
          () => one.rmsNorm({ affine }),
          () => one.instanceNorm({ affine }),
          () => one.groupNorm(shape.at(-1) as 1, { affine }),
        ]),
        () => one.layerScale(),
      ]
      for (const [index, make] of made.entries())
        for (const [text, network] of networks(make as () => AnyNetwork)) expectItself(network, `${shape} ${index} ${text}`)
    }
  })
})
