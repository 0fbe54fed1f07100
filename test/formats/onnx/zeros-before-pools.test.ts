import * as ort from 'onnxruntime-web'
import { describe, expect, test } from 'vitest'
import { toOnnx } from '../../../src/formats/onnx/index.js'
import { type AnyNetwork, input } from '../../../src/index.js'
import { numbers } from '../../support/onnx.js'

/**
 * ONNX Runtime makes a `Pad` before a pool part of the pool: the zeros are then minus infinity in a max pool, and zeros that are no smaller
 * than the kernel are refused. A file has to give the same numbers with all of its optimizations as without any.
 */

ort.env.wasm.numThreads = 1
ort.env.logLevel = 'fatal'

const values = async (bytes: Uint8Array, network: AnyNetwork, graphOptimizationLevel: 'all' | 'disabled'): Promise<readonly number[]> => {
  const session = await ort.InferenceSession.create(bytes, { graphOptimizationLevel, logSeverityLevel: 4 })
  const dims = [1, ...(network.input as readonly number[])]
  const data = numbers(dims.reduce((product, size) => product * size, 1))
  const results = await session.run({ [session.inputNames[0] as string]: new ort.Tensor('float32', data, dims) })
  await session.release()
  return [...((results[session.outputNames[0] as string] as ort.Tensor).data as Float32Array)]
}

// All values are below 0: a window with a zero in it has 0.
const image = input(5, 7, 3).conv2d(3, 1).rescale(1, -9)
const padded = image.zeroPad(1)

const networks: Record<string, AnyNetwork> = {
  'a max pool': padded.maxPool2d(3, { stride: 1 }),
  'a max pool with padding of its own': padded.maxPool2d(2, { padding: 1, rounding: 'floor' }),
  'zeros as wide as the kernel': image.zeroPad(2).maxPool2d(2, { stride: 1 }),
  'zeros wider than the kernel of an average': image.zeroPad(3).avgPool2d(2, { stride: 1 }),
  'an average that does not count its padding': padded.avgPool2d(3, { stride: 1, padding: 'same' }),
  'a dilated pool': image.zeroPad(3).maxPool2d(4, { stride: 1, dilation: 2 }),
  'a pool rounded up': image.zeroPad([[0, 2], 1]).maxPool2d(2, { stride: 3, rounding: 'ceil' }),
  'one axis': input(6, 3).conv1d(3, 1).zeroPad(1).maxPool1d(2, { stride: 1 }),
  'three axes': input(4, 3, 7, 3)
    .depthwiseConv3d(1)
    .zeroPad([
      [0, 0],
      [0, 2],
      [2, 0],
    ])
    .maxPool3d(4, { rounding: 'ceil' }),
  'an adaptive pool': input(4, 4, 3).conv2d(3, 1).zeroPad(1).adaptiveMaxPool(3),
  'an output padding': input(4, 4, 3).convTranspose2d(3, 2, { dilation: 3, outputPadding: 2, bias: false }).maxPool2d(2, { stride: 1 }),
  'a dropout between': padded.dropout(0.3).maxPool2d(3, { stride: 1 }),
  'a stochastic depth between': padded.stochasticDepth(0.3).maxPool2d(3, { stride: 1 }),
  'a scale of 1 between': padded.rescale(1, 0).maxPool2d(3, { stride: 1 }),
  'a crop of nothing between': padded.crop(0).maxPool2d(3, { stride: 1 }),
  'a permutation between': padded.permute(1, 0, 2).maxPool2d(3, { stride: 1 }),
}

describe('zeros before a pool', () => {
  test.each(Object.entries(networks))('%s', async (_, network) => {
    const bytes = toOnnx(network, { seed: 3 })
    const [plain, optimized] = [await values(bytes, network, 'disabled'), await values(bytes, network, 'all')]
    expect(optimized).toHaveLength(plain.length)
    for (const [index, value] of optimized.entries()) expect(value).toBeCloseTo(plain[index] as number, 4)
  })
})
