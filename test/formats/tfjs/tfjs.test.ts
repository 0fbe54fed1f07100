import * as tf from '@tensorflow/tfjs'
import * as ort from 'onnxruntime-web'
import { describe, expect, test } from 'vitest'
import { kerasLayers } from '../../../src/formats/keras/write/write.js'
import { toOnnx } from '../../../src/formats/onnx/index.js'
import { toPyTorch } from '../../../src/formats/pytorch/index.js'
import { moduleOf } from '../../../src/formats/pytorch/module.js'
import { toTfjs } from '../../../src/formats/tfjs/index.js'
import { type AnyNetwork, input } from '../../../src/index.js'
import { initialize } from '../../../src/weights/initialize.js'
import type { Weights } from '../../../src/weights/weights.js'
import * as zoo from '../../../src/zoo/index.js'
import { sampled } from '../../support/effort.js'
import { everyKind } from '../../support/every-kind.js'
import { expectGolden } from '../../support/golden.js'
import { arranged, batch, distance, inputOf, paramsIn, refusalOf, torchCase, wantsIndices, weightsOf } from '../../support/same-values.js'
import { runInTensorFlow } from '../../support/tensorflow.js'
import { askTorch, hasTorch, withoutTorch } from '../../support/torch.js'

/*
 * The same weights and the same input in TensorFlow.js, in ONNX Runtime and in PyTorch: each with files that this package wrote, in its
 * own layout, and with the same outputs.
 */

ort.env.wasm.numThreads = 1
ort.env.logLevel = 'error'

const inOnnxRuntime = async (network: AnyNetwork, weights: Weights): Promise<Float32Array[]> => {
  const session = await ort.InferenceSession.create(toOnnx(network, { weights }), { logSeverityLevel: 3 })
  const data = inputOf(network)
  const dims = [batch, ...(network.input as readonly number[])]
  const tensor = wantsIndices(network)
    ? new ort.Tensor(
        'int64',
        BigInt64Array.from(data, (value) => BigInt(value)),
        dims,
      )
    : new ort.Tensor('float32', data, dims)
  const results = await session.run({ [session.inputNames[0] as string]: tensor })
  const outputs = session.outputNames.map((name) => (results[name] as ort.Tensor).data as Float32Array)
  await session.release()
  return outputs
}

describe('every kind of layer gives the same numbers everywhere', () => {
  const networks = Object.entries(everyKind).map(([id, make]) => ({ id, network: make() }))
  const refusals = networks.flatMap(({ id, network }) => {
    const sentences = [refusalOf(() => kerasLayers(network.graph)), refusalOf(() => toOnnx(network)), refusalOf(() => toPyTorch(network))]
    return sentences.filter((sentence) => sentence !== undefined).map((sentence) => `${id}\n    ${sentence}\n`)
  })

  test('except those that are refused by name', () => {
    expectGolden('formats/refusals.txt', refusals.join(''))
  })

  const inKeras = networks.filter(({ network }) => !refusalOf(() => kerasLayers(network.graph)))

  test.each(sampled(inKeras))('$id, in TensorFlow.js and ONNX Runtime', async ({ network }) => {
    const weights = weightsOf(network)
    const { shapes, outputs, params } = await runInTensorFlow(network, weights, inputOf(network))
    const { layers, nameOf } = kerasLayers(network.graph)
    for (const layer of layers) expect(shapes.get(nameOf(layer)), nameOf(layer)).toEqual(layer.output)
    for (const { name, output } of network.graph.nodes) {
      expect(layers.filter(({ node }) => node === name).at(-1)?.output, name).toEqual(output)
    }
    expect(params).toBe(paramsIn(network))
    const onnx = await inOnnxRuntime(network, weights)
    expect(onnx.length).toBe(outputs.length)
    for (const [index, values] of outputs.entries()) expect(distance(values, onnx[index] as Float32Array)).toBeLessThan(1e-4)
  })

  test.skipIf(!hasTorch)('in PyTorch and ONNX Runtime', async () => {
    const single = networks.filter(({ network }) => Object.keys(network.graph.outputs).length === 0)
    const accepted = single.filter(({ network }) => !refusalOf(() => toPyTorch(network)) && !refusalOf(() => toOnnx(network)))
    expect(accepted.length).toBeGreaterThan(120)
    const answers = askTorch(accepted.map(({ id, network }) => torchCase(id, network, weightsOf(network))))
    for (const [index, { id, network }] of accepted.entries()) {
      const answer = answers[index] as (typeof answers)[number]
      expect(answer.error, id).toBeUndefined()
      const { output } = moduleOf(network, 'Model')
      const values = arranged(Float32Array.from(answer.values as string[], Number), output.shape, output.axes, true)
      const [onnx] = await inOnnxRuntime(network, weightsOf(network))
      expect(distance(values, onnx as Float32Array), id).toBeLessThan(1e-4)
    }
  })

  test.skipIf(hasTorch)(withoutTorch, () => {})
})

describe('models of the zoo give the same numbers in TensorFlow.js and ONNX Runtime', () => {
  const small: Readonly<Record<string, () => AnyNetwork>> = {
    lenet5: () => zoo.lenet5(),
    squeezenet1_1: () => zoo.squeezenet1_1({ input: 63, classes: 7 }),
    resnet18: () => zoo.resnet18({ input: 33, classes: 5 }),
    mobilenetV2: () => zoo.mobilenetV2({ input: 32, classes: 5 }),
    mobilenetV3Small: () => zoo.mobilenetV3Small({ input: 32, classes: 5 }),
    shufflenetV2X0_5: () => zoo.shufflenetV2X0_5({ input: 32, classes: 5 }),
    efficientnetB0: () => zoo.efficientnetB0({ input: 32, classes: 5 }),
    googlenet: () => zoo.googlenet({ input: 63, classes: 5 }),
  }

  test.each(sampled(Object.entries(small)))('%s', async (_, make) => {
    const network = make()
    const weights = initialize(network, { seed: 3 })
    const { shapes, outputs, params } = await runInTensorFlow(network, weights, inputOf(network))
    const { layers, nameOf } = kerasLayers(network.graph)
    for (const layer of layers) expect(shapes.get(nameOf(layer)), nameOf(layer)).toEqual(layer.output)
    expect(params).toBe(paramsIn(network))
    const [onnx] = await inOnnxRuntime(network, weights)
    expect(distance(outputs[0] as Float32Array, onnx as Float32Array)).toBeLessThan(1e-4)
  })

  test('or are refused by name', () => {
    const sentences = Object.entries(zoo as unknown as Record<string, () => AnyNetwork>).map(([id, make]) => [
      id,
      refusalOf(() => kerasLayers(make().graph)),
    ])
    expectGolden(
      'keras/zoo-refusals.txt',
      sentences
        .filter(([, sentence]) => sentence !== undefined)
        .map(([id, sentence]) => `${id}\n    ${sentence}\n`)
        .join(''),
    )
  })
})

describe('mistakes', () => {
  test('no TensorFlow.js, no network, other weights', async () => {
    const network = input(4).dense(2)
    await expect(toTfjs({} as never, network)).rejects.toThrow(
      "tfjs: needs TensorFlow.js: import * as tf from '@tensorflow/tfjs', then toTfjs(tf, network).",
    )
    await expect(toTfjs(network as never, undefined as never)).rejects.toThrow('tfjs: needs TensorFlow.js: import')
    await expect(toTfjs(tf, 3 as never)).rejects.toThrow('tfjs: needs a network, not 3.')
    await expect(toTfjs(tf, network, new Map())).rejects.toThrow('weights: dense_1.weight: is missing: the network has it, [2, 4].')
  })

  test('without weights TensorFlow.js begins with its own', async () => {
    const model = await toTfjs(tf, input(4).dense(2))
    expect(model.countParams()).toBe(10)
    expect(model.outputs[0]?.shape).toEqual([null, 2])
  })
})
