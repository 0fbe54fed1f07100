import * as ort from 'onnxruntime-web'
import { expect, test } from 'vitest'
import { toOnnx } from '../../../src/formats/onnx/index.js'
import { type AnyNetwork, input } from '../../../src/index.js'

/*
 * Local response normalizations in ONNX Runtime, compared with the formula in 64 bits: also where its own operator takes no such numbers, or
 * loses digits because it sums squares by adding the next and taking the last away.
 */

ort.env.wasm.numThreads = 1
ort.env.logLevel = 'error'

interface Options {
  readonly alpha: number
  readonly beta: number
  readonly k: number
}

/** x / (k + alpha / size * sum of the squares around)^beta, PyTorch's: of an even size one more lies before. */
const formula = (row: readonly number[], size: number, { alpha, beta, k }: Options): number[] =>
  row.map((value, channel) => {
    const around = row.slice(Math.max(0, channel - Math.floor(size / 2)), channel + Math.floor((size - 1) / 2) + 1)
    return value / (k + (alpha / size) * around.reduce((sum, each) => sum + each * each, 0)) ** beta
  })

const run = async (network: AnyNetwork, values: readonly number[]): Promise<Float32Array> => {
  const session = await ort.InferenceSession.create(toOnnx(network), { logSeverityLevel: 3 })
  const feed = new ort.Tensor('float32', Float32Array.from(values), [1, ...(network.input as readonly number[])])
  const results = await session.run({ [session.inputNames[0] as string]: feed })
  await session.release()
  return (results[session.outputNames[0] as string] as ort.Tensor).data as Float32Array
}

// Large values next to small ones: what is left of a sum without the large ones has their rounding.
const uneven = [300, -200, 100, 0.03, -0.02, 0.01, 0.05, 0.04]
const even = [0.5, -1.25, 2, 0.75, -3, 1.5, 0.25, -2.25]

test.each<[string, readonly number[], number, Options]>([
  ['the lecture', even, 5, { alpha: 1e-4, beta: 0.75, k: 2 }],
  ['a k near 0', uneven, 3, { alpha: 1e-4, beta: 0.75, k: 1e-7 }],
  ['a k near 0 and a large beta', uneven, 3, { alpha: 0.1, beta: 3, k: 1e-7 }],
  ['a k of 0', uneven, 5, { alpha: 1, beta: 0.75, k: 0 }],
  ['an even size', even, 4, { alpha: 0.1, beta: 0.5, k: 1 }],
  ['a size of 2', even, 2, { alpha: 0.1, beta: 0.5, k: 1 }],
  ['a size beyond the channels', even, 19, { alpha: 0.1, beta: 0.5, k: 0.01 }],
  ['an alpha of 0', even, 3, { alpha: 0, beta: 0.5, k: 2 }],
  ['an alpha below 0', even, 3, { alpha: -0.01, beta: 0.5, k: 2 }],
  ['a beta below 0', even, 3, { alpha: 0.1, beta: -0.5, k: 2 }],
])('%s', async (_, row, size, options) => {
  const wanted = formula(row, size, options)
  for (const like of [input(2, 8), input(2, 3, 8), input(1, 2, 2, 8)] as const) {
    const positions = like.input.slice(0, -1).reduce<number>((product, each) => product * each, 1)
    const rows = Array.from({ length: positions }, () => row).flat()
    const found = await run(like.localResponseNorm(size, options) as AnyNetwork, rows)
    for (const [index, value] of found.entries()) {
      const want = wanted[index % 8] as number
      expect(Math.abs(value - want) / Math.abs(want)).toBeLessThan(1e-5)
    }
  }
})
