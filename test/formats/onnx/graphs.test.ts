import * as ort from 'onnxruntime-web'
import { describe, expect, test } from 'vitest'
import { fromOnnx, onnxData, toOnnx } from '../../../src/formats/onnx/index.js'
import type { OnnxModel, OnnxNode, OnnxTensor } from '../../../src/formats/onnx/model.js'
import { readOperators } from '../../../src/formats/onnx/read/read.js'
import { decodeModel } from '../../../src/formats/onnx/wire/decode.js'
import { encodeModel } from '../../../src/formats/onnx/wire/encode.js'
import { onnxModel } from '../../../src/formats/onnx/write/write.js'
import { type AnyNetwork, type Graph, type GraphNode, input, inputs } from '../../../src/index.js'
import { valuesIn } from '../../../src/layers/kind/layer.js'
import { initialize } from '../../../src/weights/initialize.js'
import { transpose } from '../../../src/weights/layout.js'
import { reachedGraph } from '../../../src/weights/reached-graph.js'
import { graphCases } from '../../support/graph-cases.js'
import { inOnnxRuntime, onnxValues, unshared } from '../../support/graph-runs.js'
import { floats, int, ints, model, op, valued } from '../../support/onnx/models.js'
import { numbers } from '../../support/onnx.js'
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

test('an output has its name in the file, though a layer of that name gives another value', async () => {
  const scores = input(8).dense(4, { name: 'scores' }).softmax().keep('scores').relu().keep('relu_1').outputs('relu_1', 'scores')
  const found = await onnxValues(scores as AnyNetwork, weightsOf(scores as AnyNetwork))
  expect([...found.keys()]).toEqual(['relu_1', 'scores'])
})

describe('the operators alone, without what the file says of its network', () => {
  test.each(cases)('$id: as many parameters and MACs, and the same numbers', async ({ make }) => {
    const network = make()
    const weights = weightsOf(network)
    const model = onnxModel(network, { weights })
    const read = () => readOperators(decodeModel(encodeModel(model)), () => undefined)
    const again = read()
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

describe('files of others', () => {
  const from = (name: string, ...dims: (number | string)[]) => ({ name, type: 1, dims })
  const given = (
    inputs: readonly object[],
    lines: readonly OnnxNode[],
    weights: readonly OnnxTensor[],
    ...outputs: string[]
  ): OnnxModel => {
    const plain = model([1], lines, weights)
    const values = outputs.map((name) => ({ name, type: 1, dims: undefined }))
    return { ...plain, graph: { ...plain.graph, inputs: inputs as OnnxModel['graph']['inputs'], outputs: values } }
  }
  const read = (of: OnnxModel) => fromOnnx(encodeModel(of))
  const kindsOf = (network: { readonly graph: Graph }) =>
    network.graph.nodes.map(({ kind, sharedWith }) => (sharedWith ? `${kind} again` : kind))

  test('two inputs, and a network applied to both', async () => {
    const of = given(
      [from('left', 'N', 3, 6, 6), from('right', 'N', 3, 6, 6)],
      [
        ...['left', 'right'].flatMap((side) => [
          op(`Conv ${side} w b -> ${side}c`, { strides: ints(2, 2) }),
          op(`Relu ${side}c -> ${side}r`),
          op(`Flatten ${side}r -> ${side}f`),
          op(`Gemm ${side}f v -> ${side}y`, { transB: int(1) }),
        ]),
        op('Sub lefty righty -> y'),
      ],
      [floats('w', 4, 3, 3, 3), floats('b', 4), floats('v', 2, 16)],
      'y',
    )
    const { network, weights } = read(of)
    expect(network.input).toEqual({ left: [6, 6, 3], right: [6, 6, 3] })
    expect(network.params).toBe(4 * 27 + 4 + 2 * 16)
    expect(kindsOf(network)).toEqual([
      'input',
      'input',
      'conv2d',
      'relu',
      'flatten',
      'dense',
      'conv2d again',
      'relu',
      'flatten',
      'dense again',
      'subtract',
    ])
    const [left, right] = [numbers(108, 1), numbers(108, 2)]
    const first = (data: Float32Array) => transpose(data, [1, 6, 6, 3], [0, 3, 1, 2])
    const run = async (bytes: Uint8Array, data: readonly Float32Array[], dims: readonly number[]) => {
      const session = await ort.InferenceSession.create(bytes)
      const feeds = session.inputNames.map((name, index) => [name, new ort.Tensor('float32', data[index] as Float32Array, dims)])
      const results = await session.run(Object.fromEntries(feeds))
      await session.release()
      return Object.values(results)[0]?.data as Float32Array
    }
    const wanted = await run(encodeModel(of), [first(left), first(right)], [1, 3, 6, 6])
    const found = await run(toOnnx(network as AnyNetwork, { weights }), [left, right], [1, 6, 6, 3])
    expect(distance(found, wanted)).toBeLessThan(1e-5)
  })

  test('one layer at two sizes rounds down at both', () => {
    const of = given(
      [from('x', 'N', 2, 9, 9)],
      [op('Conv x w -> a', { strides: ints(2, 2) }), op('Conv a w -> b', { strides: ints(2, 2) })],
      [floats('w', 2, 2, 3, 3)],
      'a',
      'b',
    )
    const { network } = read(of)
    expect(network.graph.nodes.slice(1).map(({ settings }) => settings['rounding'])).toEqual(['floor', 'floor'])
    expect(network.output).toEqual({ a: [4, 4, 2], b: [1, 1, 2] })
    expect(network.params).toBe(36)
  })

  test('a weight of two layers that differ', () => {
    const two = (attributes: object) =>
      given(
        [from('x', 'N', 2, 6, 6)],
        [op('Conv x w -> a', { pads: ints(1, 1, 1, 1) }), op('Conv a w -> y', attributes as never)],
        [floats('w', 2, 2, 3, 3)],
        'y',
      )
    expect(kindsOf(read(two({ pads: ints(1, 1, 1, 1) })).network)).toEqual(['input', 'conv2d', 'conv2d again'])
    expect(() => read(two({}))).toThrow(
      "onnx: w: is a weight of 'conv2d_1' and of 'conv2d_2', which differ: only one layer, applied again, can share its weights.",
    )
  })

  test('a kernel that the exporter wrote for each use, with one bias, is that of one layer', () => {
    const two = (kernels: readonly OnnxTensor[]) =>
      given(
        [from('x', 'N', 5, 4)],
        [op('MatMul x k1 -> m'), op('Add b m -> a'), op('Relu a -> r'), op('MatMul r k2 -> n'), op('Add b n -> y')],
        [...kernels, floats('b', 4)],
        'y',
      )
    const numbersOf = (values: Float32Array) => [...values]
    const kernel = numbersOf(numbers(16, 1))
    const same = two([valued('k1', kernel, [4, 4]), valued('k2', kernel, [4, 4])])
    const { network, weights } = read(same)
    expect(kindsOf(network)).toEqual(['input', 'dense', 'relu', 'dense again'])
    expect([network.params, weights.size]).toEqual([20, 2])
    const other = two([valued('k1', kernel, [4, 4]), valued('k2', numbersOf(numbers(16, 2)), [4, 4])])
    expect(() => read(other)).toThrow('which differ: only one layer, applied again')
  })

  test('the same matrix the other way round is another layer', () => {
    const of = given([from('x', 'N', 4)], [op('Gemm x w -> a', { transB: int(1) }), op('Gemm a w -> y')], [floats('w', 4, 4)], 'y')
    expect(() => read(of)).toThrow('which differ: only one layer, applied again')
  })

  test('two parts of one tensor are two layers', () => {
    const of = given(
      [from('x', 'N', 2)],
      [op('Split w -> p q'), op('Gemm x p -> a', { transB: int(1) }), op('Gemm a q -> y', { transB: int(1) })],
      [valued('w', [1, 1, 1, 1, 1, 1, 1, 1], [4, 2])],
      'y',
    )
    expect(() => read(of)).toThrow('which differ: only one layer, applied again')
  })

  test('joins of one value are that value', () => {
    for (const line of ['Sum x -> z', 'Mean x -> z', 'Max x -> z', 'Concat x -> z']) {
      const of = given([from('x', 'N', 4)], [op(line, line.startsWith('Concat') ? { axis: int(1) } : {}), op('Relu z -> y')], [], 'y')
      expect(kindsOf(read(of).network), line).toEqual(['input', 'relu'])
    }
  })

  test('examples and weights among the inputs', () => {
    const lines = [
      op('Conv image w -> c'),
      op('GlobalAveragePool c -> g'),
      op('Flatten g -> f'),
      op('Concat f sensors -> y', { axis: int(1) }),
    ]
    const open = given([from('image', 'N', 2, 5, 5), from('sensors', 'N', 3), from('w', 4, 2, 3, 3)], lines, [], 'y')
    expect(read(open).network.input).toEqual({ image: [5, 5, 2], sensors: [3] })
    const fixed = given([from('image', 1, 2, 5, 5), from('w', 1, 2, 3, 3), from('sensors', 1, 3)], lines, [], 'y')
    const { network, weights } = read(fixed)
    expect(network.input).toEqual({ image: [5, 5, 2], sensors: [3] })
    expect([network.params, weights.size]).toEqual([18, 0])
  })

  test('names of inputs that mean something else', () => {
    const of = given(
      [from('kept', 'N', 3), from('input_1', 'N', 3), from('__proto__', 'N', 3)],
      [op('Sum kept input_1 __proto__ -> y')],
      [],
      'y',
    )
    expect(read(of).network.graph.inputs).toEqual(['input_1_', 'input_1', '__proto__'])
  })
})

describe('what is left out', () => {
  test('is said, and its weights are not in the file', () => {
    const network = inputs({ image: [4, 4, 2], unused: [3] })
      .from('image')
      .conv2d(2, 1, { name: 'dead' })
      .from('image')
      .conv2d(3, 1, { name: 'alive' })
    const said: (readonly string[])[] = []
    const options = { onLeftOut: (layers: readonly string[]) => said.push(layers) }
    const file = onnxModel(network as unknown as AnyNetwork, options)
    toOnnx(input(4).dense(2) as AnyNetwork, options)
    expect(said).toEqual([['dead']])
    expect(file.graph.initializers.map(({ name }) => name)).toEqual(['alive.weight', 'alive.bias'])
    expect(file.graph.inputs.map(({ name }) => name)).toEqual(['image', 'unused'])
    expect([...onnxData(network as unknown as AnyNetwork)].reduce((sum, { length }) => sum + length, 0)).toBe(4 * 9)
  })

  test('may own the weights of what is there: they have the same numbers', () => {
    const network = graphCases['a shared layer whose first use is dead']?.() as AnyNetwork
    const weights = weightsOf(network)
    const again = fromOnnx(toOnnx(network, { weights }))
    expect([...again.weights.values()]).toEqual([...weights.values()])
    const first = initialize(network, { seed: 3 })
    expect([...fromOnnx(toOnnx(network, { seed: 3 })).weights.values()]).toEqual([...first.values()])
  })
})

test('the weights of a shared layer stand in the file once', () => {
  const file = onnxModel(graphCases['shared batch normalizations']?.() as AnyNetwork)
  const uses = file.graph.nodes.filter(({ operator }) => operator === 'BatchNormalization').map(({ inputs }) => inputs.slice(1))
  expect(uses).toEqual(
    Array.from({ length: 3 }, () =>
      ['weight', 'bias', 'running_mean', 'running_var'].map((name) => `${uses[0]?.[0]?.split('.')[0]}.${name}`),
    ),
  )
  expect(file.graph.initializers.filter(({ name }) => name.endsWith('.running_mean')).length).toBe(1)
})
