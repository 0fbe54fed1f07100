import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { PbfReader } from 'pbf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromOnnx, onnxData, toOnnx } from '../../../src/formats/onnx/index.js'
import type { OnnxModel, OnnxNode } from '../../../src/formats/onnx/model.js'
import { readOperators } from '../../../src/formats/onnx/read/read.js'
import { decodeModel } from '../../../src/formats/onnx/wire/decode.js'
import { readTensor } from '../../../src/formats/onnx/wire/decode-tensor.js'
import { encodeModel } from '../../../src/formats/onnx/wire/encode.js'
import { Message } from '../../../src/formats/onnx/wire/message.js'
import { onnxModel } from '../../../src/formats/onnx/write/write.js'
import { toTypeScript } from '../../../src/formats/typescript/index.js'
import { type AnyNetwork, input } from '../../../src/index.js'
import { FormatError } from '../../../src/network/format-error.js'
import { type Graph, outputsOf } from '../../../src/network/graph.js'
import { checkWeights } from '../../../src/weights/check.js'
import { initialize } from '../../../src/weights/initialize.js'
import type { Weights } from '../../../src/weights/weights.js'
import * as zoo from '../../../src/zoo/index.js'
import { check } from '../../support/compiler.js'
import { casesOf, inProportion, sampled } from '../../support/effort.js'
import { absent, ask } from '../../support/judge.js'
import { layerCases } from '../../support/layer-cases.js'
import { drawNetwork, runNetwork } from '../../support/networks-drawn.js'
import { numbers, runModel } from '../../support/onnx.js'
import { seed } from '../../support/seed.js'

/** Networks out of files: of this package, of its operators alone, and of torchvision. */

const makers = zoo as unknown as Record<string, () => AnyNetwork>

/** Weights that are not as they begin: every one of them differs, and variances are above zero. */
const drawn = (network: AnyNetwork): Weights =>
  new Map(
    [...initialize(network)].map(([name, tensor], index) => {
      const data = numbers(tensor.data.length, index + 3).map((value) => (name.endsWith('running_var') ? 1.5 + value : value / 2))
      return [name, { ...tensor, data }]
    }),
  )

const expectSame = (network: AnyNetwork, again: AnyNetwork) => {
  expect(again.graph).toEqual(network.graph)
  expect([again.input, again.output, again.params]).toEqual([network.input, network.output, network.params])
}

describe('a network written and read is the same network', () => {
  test.each(layerCases)('$name, with its weights', ({ network }) => {
    const weights = drawn(network)
    const again = fromOnnx(toOnnx(network, { weights }))
    expectSame(network, again.network)
    expect(again.weights).toEqual(weights)
  })

  test.each(sampled(Object.entries(makers).filter(([name]) => name !== 'lenet1998')))('%s', (_, make) => {
    const network = make()
    expectSame(network, fromOnnx(toOnnx(network, { weights: 'inputs' })).network)
  })

  test('for drawn networks', () => {
    let count = 0
    for (const value of fc.sample(drawNetwork, { seed, numRuns: casesOf('ONNX: written and read') })) {
      const network = runNetwork(value)
      if (!network || (network.input as readonly number[]).length > 4) continue
      // Windows are known by the numbers of their positions, which weights that are inputs do not have.
      if (network.graph.nodes.some(({ kind }) => kind === 'windowAttention')) continue
      try {
        expectSame(network, fromOnnx(toOnnx(network, { weights: 'inputs' })).network)
        count += 1
      } catch (error) {
        if (!(error instanceof FormatError)) throw error
        expect(error.message).toMatch(/takes an odd size only|above 0 only|average pool/)
      }
    }
    expect(count).toBeGreaterThan(inProportion('ONNX: written and read', 500))
  })

  test('with its weights in a file of their own', () => {
    const { network } = layerCases.find(({ name }) => name === 'flatten and dense') as { network: AnyNetwork }
    const weights = drawn(network)
    const model = toOnnx(network, { externalData: 'weights.data' })
    const data = Uint8Array.from([...onnxData(network, { weights })].flatMap((piece) => [...piece]))
    expect(fromOnnx(model, { externalData: data }).weights).toEqual(weights)
    expect(fromOnnx(model).weights.size).toBe(0)
    expect(() => fromOnnx(model, { externalData: data.subarray(4) })).toThrow(/stands at byte \d+ to the length of \d+, and the file has/)
  })

  test('but not when a number in it was changed that 32 bits do not tell from the one before', () => {
    const network = input(1, 1).maxPool1d(1, { stride: 2 ** 24, rounding: 'floor' }) as AnyNetwork
    const model = onnxModel(network)
    const nodes = model.graph.nodes.map((node) =>
      node.operator === 'MaxPool' ? { ...node, attributes: { ...node.attributes, strides: { ints: [2 ** 24 + 1] } } } : node,
    )
    const again = fromOnnx(encodeModel({ ...model, graph: { ...model.graph, nodes } }))
    expect(again.network.graph.nodes.find(({ kind }) => kind === 'maxPool1d')?.settings['stride']).toBe(2 ** 24 + 1)
  })

  test('but not when its operators were changed since', () => {
    const { network } = layerCases.find(({ name }) => name === 'conv2d, plain') as { network: AnyNetwork }
    const model = onnxModel(network)
    const nodes = model.graph.nodes.map((node) =>
      node.operator === 'Conv' ? { ...node, attributes: { ...node.attributes, pads: { ints: [1, 1, 1, 1] } } } : node,
    )
    const graph = { ...model.graph, nodes }
    const reading = () => fromOnnx(encodeModel({ ...model, graph }))
    expect(reading).toThrow("onnx: Conv 'conv2d_1': gives [N, 6, 9, 12], and the file says [N, 6, 7, 10].")
    const outputs = graph.outputs.map((value) => ({ ...value, dims: undefined }))
    const silent = fromOnnx(encodeModel({ ...model, graph: { ...graph, outputs, values: [] } }))
    expect(silent.network.output).toEqual([9, 12, 6])
  })
})

/** Kinds whose operators are read as others, or refused: what ONNX says of them is less than what this package does. */
const refused: Readonly<Record<string, string>> = {
  'maxPool2d, dilation with more padding than kernel': 'pads with -Infinity, and zeroPad with zeros.',
  zeroPad: 'changes another axis than a spatial one.',
  'pad, constant': 'changes another axis than a spatial one.',
  'pad, reflect': 'changes another axis than a spatial one.',
  'pad, symmetric': 'takes cells in steps, and crop all in a row.',
  'multiHeadAttention, causal': 'is an operator that no layer here stands for.',
  'multiHeadAttention, one head of keys': 'all axes before the last two must be equal.',
  'multiHeadAttention, groups of heads of a width of their own, causal': 'all axes before the last two must be equal.',
  'multiHeadAttention, groups with keys of a kept value, causal': 'all axes before the last two must be equal.',
  'multiHeadAttention, wide heads': 'is an attention that multiHeadAttention does not compute',
  windowAttention: 'adds numbers of the shape [2, 9, 9], which no layer here does.',
  'windowAttention, moved': 'takes several places, or one that is not in the file.',
  'windowAttention, as high as the image, no bias': 'takes several places, or one that is not in the file.',
  'windowAttention, as wide as the image': 'takes several places, or one that is not in the file.',
  'windowAttention of version 2': 'is an operator that no layer here stands for.',
  'windowAttention of version 2, moved, no bias': 'takes several places, or one that is not in the file.',
}

/** Numbers for each channel that are constants here: a file does not say so, and these are read as weights. */
const readAsWeights: Readonly<Record<string, number>> = { 'rescale, channels first': 3 + 3, 'rescale, a number and a list': 3 }

/** Images that no operator wants with their channels first. */
const turned = ['flatten, from the second axis', 'layerNorm, image', 'pad, circular', 'patchMerging', 'prelu, shared', 'rescale, image']

/** The shapes of all outputs, each once: an operator that only copies one is no layer. */
const shapesOf = (graph: Graph): string[] => {
  const ends = new Set(outputsOf(graph).map(({ node }) => node))
  return graph.nodes.filter(({ name }) => ends.has(name)).map(({ output }) => output.join())
}

describe('the operators alone, without what the file says of its network', () => {
  test.each(layerCases)('$name', async ({ name, network }) => {
    const weights = drawn(network)
    const model = onnxModel(network, { weights })
    const read = () => readOperators(decodeModel(encodeModel(model)), () => undefined)
    const reason = refused[name]
    if (reason !== undefined) {
      expect(read).toThrow(FormatError)
      expect(read).toThrow(reason)
      return
    }
    const again = read()
    checkWeights(again.network, again.weights)
    expect(again.network.params).toBe(network.params + (readAsWeights[name] ?? 0))
    // An image that no operator wants with its channels first is taken as one that has them so, as usual in ONNX: its layout is then another.
    const isTurned = String(again.network.input) !== String(network.input)
    expect(isTurned).toBe(turned.includes(name))
    if (isTurned) return
    expect(shapesOf(again.network.graph)).toEqual(shapesOf(network.graph))
    const rewritten = onnxModel(again.network, { weights: again.weights })
    const [one, other] = [await runModel(encodeModel(model), model), await runModel(encodeModel(rewritten), rewritten)]
    const first = (results: typeof one, of: OnnxModel) => results[of.graph.outputs[0]?.name as string]?.data as Float32Array
    const [wanted, found] = [first(one, model), first(other, rewritten)]
    expect(found.length).toBe(wanted.length)
    expect(Math.max(...found.map((value, at) => Math.abs(value - (wanted[at] as number))))).toBeLessThan(1e-4)
  })
})

describe('what is refused', () => {
  const { network } = layerCases.find(({ name }) => name === 'conv2d, plain') as { network: AnyNetwork }
  const model = onnxModel(network)

  const changed = (change: (node: OnnxNode) => object) => (): unknown => {
    const nodes = model.graph.nodes.map((node) => (node.operator === 'Conv' ? { ...node, ...change(node) } : node))
    return fromOnnx(encodeModel({ ...model, metadata: {}, graph: { ...model.graph, nodes } as OnnxModel['graph'] }))
  }

  test.each<[string, () => unknown, string]>([
    ['an operator', changed(() => ({ operator: 'Einsum' })), "onnx: Einsum 'conv2d_1': is an operator that no layer here stands for."],
    [
      'an operator of others',
      changed(() => ({ domain: 'com.microsoft' })),
      "onnx: Conv 'conv2d_1': is an operator that no layer here stands for.",
    ],
    ['an operator from Object', changed(() => ({ operator: 'constructor' })), "onnx: constructor 'conv2d_1': is an operator that no layer"],
    [
      'an attribute',
      changed(({ attributes }) => ({ attributes: { ...attributes, mode: { int: 1 } } })),
      "has the attribute 'mode', which no layer here has.",
    ],
    [
      'an attribute of another type',
      changed(({ attributes }) => ({ attributes: { ...attributes, group: { float: 1 } } })),
      "its attribute 'group' must be of the type int.",
    ],
    [
      'groups that do not fit',
      changed(({ attributes }) => ({ attributes: { ...attributes, group: { int: 3 } } })),
      'its kernel sees 4 channels in each of 3 groups, and the input has 4.',
    ],
    [
      'a cycle',
      changed(({ inputs, outputs }) => ({ inputs: [outputs[0], ...inputs.slice(1)] })),
      "takes 'conv2d_1', which nothing before it gives.",
    ],
    [
      'a kernel that is computed',
      changed(({ inputs }) => ({ inputs: [inputs[0], inputs[0]] })),
      "takes 'input/channels_first', which must stand in the file as floats.",
    ],
    ['no weights', changed(({ inputs }) => ({ inputs: [inputs[0]] })), 'has no input 2.'],
    ['no bytes', () => fromOnnx('model.onnx' as never), 'onnx: needs the bytes of a file, a Uint8Array, not "model.onnx".'],
    ['nothing', () => fromOnnx(new Uint8Array(0)), 'onnx: has no graph: it is no ONNX model, or is cut off.'],
    [
      'an option',
      () => fromOnnx(encodeModel(model), { data: 1 } as never),
      "onnx: there is no option 'data'. The options are externalData and input.",
    ],
    [
      'an old file',
      () => fromOnnx(encodeModel({ ...model, metadata: {}, opset: 6 })),
      'onnx: is of opset 6; those from 9 to 26 can be read.',
    ],
  ])('%s', (_, read, sentence) => {
    expect(read).toThrow(FormatError)
    expect(read).toThrow(sentence)
  })

  test('but not the largest number of 64 bits, which a slice to the end has', () => {
    // A tensor of one whole number (fields 1, 2 and 7 of TensorProto): 2^63 - 1, which floats round to 2^63.
    const bytes = Uint8Array.of(0x0a, 1, 1, 0x10, 7, 0x3a, 9, ...Array.from({ length: 8 }, () => 0xff), 0x7f)
    const { raw } = readTensor(new Message(new PbfReader(bytes), 0, bytes.length))
    expect(new BigInt64Array((raw as Uint8Array).slice().buffer)[0]).toBe(2n ** 63n - 1n)
  })

  test('a weight of two layers', () => {
    const two = layerCases.find(({ name }) => name === 'flatten and dense') as { network: AnyNetwork }
    const shared = onnxModel(two.network)
    const nodes = shared.graph.nodes.map((node) => ({
      ...node,
      inputs: node.inputs.map((name) => (name === 'batchNorm_1.running_mean' ? 'batchNorm_1.bias' : name)),
    }))
    const once = fromOnnx(encodeModel({ ...shared, metadata: {}, graph: { ...shared.graph, nodes } }))
    expect(once.network.params).toBe(two.network.params)
    const twice = shared.graph.nodes.map((node) =>
      node.name === 'dense_2' ? { ...node, inputs: [node.inputs[0] as string, 'dense_1.weight', 'dense_1.bias'] } : node,
    )
    const again = () => fromOnnx(encodeModel({ ...shared, metadata: {}, graph: { ...shared.graph, nodes: twice } }))
    expect(again).toThrow("onnx: Gemm 'dense_2': its matrix takes 210 features, and its input has 7.")
  })
})

/** torchvision's models as torch exports them, and the parameters that torchvision publishes. */
const exports = [
  ['alexnet', 61_100_840],
  ['resnet18', 11_689_512],
  ['resnet50', 25_557_032],
  ['squeezenet1_0', 1_248_424],
  ['mobilenet_v2', 3_504_872],
  ['googlenet', 6_624_904],
  ['densenet121', 7_978_856],
  ['efficientnet_b0', 5_288_548],
  ['vgg16', 138_357_544],
] as const

describe.skipIf(absent)('files of torchvision', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stridewise-torchvision-'))
  const unfolded = { name: 'unfolded', unfolded: true }
  const folded = { name: 'folded', unfolded: false, dynamic: true }
  const fed = { name: 'fed', unfolded: true, fed: true }
  const some = ['alexnet', 'resnet18', 'googlenet']

  beforeAll(() => {
    const requests = exports.map(([name]) => [name, 224, name === 'vgg16' ? fed : unfolded])
    ask('export', [...requests, ...some.map((name) => [name, 224, folded])], folder)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each(exports)('%s has its %d published parameters', (name, params) => {
    const way = name === 'vgg16' ? 'fed' : 'unfolded'
    const { network, weights } = fromOnnx(readFileSync(join(folder, `${name}-${way}.onnx`)))
    expect([network.input, network.output, network.params]).toEqual([[224, 224, 3], [1000], params])
    if (name === 'vgg16') expect(weights.size).toBe(0)
    else checkWeights(network, weights)
  })

  test.each(some)('%s, its normalizations folded into the convolutions: written again it computes the same', async (name) => {
    const bytes = readFileSync(join(folder, `${name}-folded.onnx`))
    const { network, weights } = fromOnnx(bytes)
    checkWeights(network, weights)
    const [original, again] = [decodeModel(new Uint8Array(bytes)), onnxModel(network, { weights })]
    const image = numbers(224 * 224 * 3, 5)
    const last = await runModel(encodeModel(again), again, 1, image)
    const first = await runModel(bytes, original, 1, channelsFirst(image))
    const [wanted, found] = [Object.values(first)[0]?.data as Float32Array, Object.values(last)[0]?.data as Float32Array]
    expect(Math.max(...found.map((value, at) => Math.abs(value - (wanted[at] as number))))).toBeLessThan(1e-4)
    expect(Math.max(...wanted) - Math.min(...wanted)).toBeGreaterThan(0.01)
  })

  test('as sources they have their published parameters in the type', () => {
    const files = new Map<string, string>()
    for (const [name] of exports) {
      const { network } = fromOnnx(readFileSync(join(folder, `${name}-${name === 'vgg16' ? 'fed' : 'unfolded'}.onnx`)))
      files.set(`test/formats/onnx/${name}.ts`, toTypeScript(network, { name }))
    }
    const checked = check(files)
    for (const [name, params] of exports) {
      const file = checked.get(`test/formats/onnx/${name}.ts`)
      expect([name, file?.complaints]).toEqual([name, []])
      const at = file?.source.text.indexOf(`export const ${name}`) ?? 0
      expect(file?.hover(at + 'export const '.length)).toBe(`const ${name}: Network<[224, 224, 3], [1000], ${params}>`)
    }
  })

  test('layers are called what their weights are', () => {
    const { network, weights } = fromOnnx(readFileSync(join(folder, 'resnet18-unfolded.onnx')))
    expect(network.graph.nodes.map(({ name }) => name).slice(1, 6)).toEqual(['conv1', 'bn1', 'relu_1', 'maxPool2d_1', 'layer1.0.conv1'])
    expect(weights.get('layer1.0.conv1.weight')?.shape).toEqual([64, 64, 3, 3])
    expect(weights.get('fc.weight')?.shape).toEqual([1000, 512])
  })
})

/** An image of 224 by 224 pixels with its channels first. */
const channelsFirst = (image: Float32Array): Float32Array => {
  const pixels = image.length / 3
  return Float32Array.from(image, (_, at) => image[(at % pixels) * 3 + Math.floor(at / pixels)] as number)
}
