import { describe, expect, test } from 'vitest'
import { kerasLayers } from '../../src/formats/keras/write/write.js'
import { toOnnx } from '../../src/formats/onnx/index.js'
import { toPyTorch } from '../../src/formats/pytorch/index.js'
import { type AnyNetwork, input } from '../../src/index.js'
import { computed } from '../support/onnx.js'
import { batch, distance, inputOf, refusalOf, weightsOf } from '../support/same-values.js'
import { runInTensorFlow } from '../support/tensorflow.js'

/*
 * An upsample by a factor that keeps the size: 4 cells times 1.2 are 4 again, but each new cell is 1 / 1.2 old ones apart. ONNX Runtime copies
 * a map that keeps all its sizes, and PyTorch an axis that keeps its size, except for bicubic.
 */

const places = [0, 1, 2, 3]

/** The share of each old cell in each new one: the cell before it, or the two around its centre. */
const shares = (factor: number, method: 'nearest' | 'bilinear'): number[][] =>
  places.map((place) => {
    if (method === 'nearest') return places.map((cell) => Number(cell === Math.floor(place / factor)))
    const at = Math.max(0, (place + 0.5) / factor - 0.5)
    return places.map((cell) => Math.max(0, 1 - Math.abs(cell - at)))
  })

/** The values of a map of 4x4 cells. */
const wanted = (data: Float32Array, [down, across]: readonly [number, number], method: 'nearest' | 'bilinear'): number[] => {
  const [rows, columns] = [shares(down, method), shares(across, method)]
  return Array.from({ length: batch }, (_, sample) =>
    rows.flatMap((row) =>
      columns.map((column) =>
        row.reduce(
          (sum, share, y) => sum + share * column.reduce((of, part, x) => of + part * (data[sample * 16 + y * 4 + x] as number), 0),
          0,
        ),
      ),
    ),
  ).flat()
}

const inOnnx = async (network: AnyNetwork): Promise<Float32Array> =>
  (await computed(network, { weights: weightsOf(network) }, batch, inputOf(network))).outputs[0]?.data as Float32Array

const cases = (
  [
    [1.2, 1],
    [1.2, 1.2],
    [1, 1.24],
    [1.0001, 1],
  ] as const
).flatMap((factors) => (['nearest', 'bilinear'] as const).map((method) => ({ factors, method })))

describe('upsample by a factor that keeps the size', () => {
  test.each(cases)('$factors, $method', async ({ factors, method }) => {
    const network = input(4, 4, 1).upsample([...factors], { method, rounding: 'floor' }) as AnyNetwork
    const data = inputOf(network)
    const values = wanted(data, factors, method)
    expect(distance(values, data)).toBeGreaterThan(1e-5)
    const { outputs } = await runInTensorFlow(network, weightsOf(network), data)
    expect(distance(outputs[0] as Float32Array, values)).toBeLessThan(1e-5)
    if (method === 'nearest') expect(distance(await inOnnx(network), values)).toBe(0)
    else
      expect(refusalOf(() => toOnnx(network))).toBe(
        'onnx: upsample_1: upsample: ONNX Runtime copies a map that keeps its size. Use another factor.',
      )
    expect(refusalOf(() => toPyTorch(network))).toMatch(
      method === 'nearest' ? /PyTorch copies other cells\./ : /PyTorch copies an axis that keeps its size\. Use another factor\.$/,
    )
  })

  test('beside an axis that grows ONNX Runtime copies nothing', async () => {
    for (const method of ['nearest', 'bilinear'] as const) {
      const network = input(4, 4, 1).upsample([1.2, 2], { method, rounding: 'floor' })
      const { outputs } = await runInTensorFlow(network, weightsOf(network), inputOf(network))
      expect(distance(await inOnnx(network), outputs[0] as Float32Array)).toBeLessThan(1e-5)
      expect(refusalOf(() => toPyTorch(network))).toContain('PyTorch copies')
    }
  })

  test('what is copied in truth is written: factors of 1, sizes, one cell, aligned corners', () => {
    for (const network of [
      input(4, 4, 1).upsample(1, { method: 'bilinear' }),
      input(4, 4, 1).upsample({ size: 4 }, { method: 'bilinear' }),
      input(1, 1, 3).upsample(1.2, { method: 'bilinear', rounding: 'floor' }),
      input(4, 4, 1).upsample(1.2, { method: 'bilinear', rounding: 'floor', alignCorners: true }),
    ] as AnyNetwork[]) {
      expect([refusalOf(() => toOnnx(network)), refusalOf(() => toPyTorch(network)), refusalOf(() => kerasLayers(network.graph))]).toEqual([
        undefined,
        undefined,
        undefined,
      ])
    }
  })
})
