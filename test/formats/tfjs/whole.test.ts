import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { FormatError, fromTfjs } from '../../../src/formats/tfjs/index.js'
import { toTypeScript } from '../../../src/formats/typescript/index.js'
import type { AnyNetwork } from '../../../src/index.js'
import { runInTensorFlow } from '../../support/tensorflow.js'
import { comparedGraph, GraphModel, runGraphModel } from '../../support/tfjs/graph-model.js'

/** Whole graph models: names, several outputs, shared weights, and what is refused. */

const conv = { strides: [1, 1, 1, 1], dilations: [1, 1, 1, 1], padding: 'SAME', data_format: 'NHWC' }

/** An inverted residual as MobileNet v3 has it, exported from Keras and optimized. */
const mobile = (): GraphModel => {
  const m = new GraphModel(11)
  const at = (name: string) => `StatefulPartitionedCall/mobilenet/${name}`
  const scalar = (name: string, value: number) => m.weights(at(name), [], [value])
  const fused = (name: string, x: string, shape: number[], ops: string[], more: Record<string, unknown> = {}) =>
    m.op(at(name), '_FusedConv2D', [x, m.weights(`${at(name)}/kernel`, shape), m.weights(`${at(name)}/bias`, [shape.at(-1) as number])], {
      ...conv,
      fused_ops: ops,
      num_args: 1,
      ...more,
    })
  const swish = (name: string, x: string) =>
    m.op(at(`${name}/mul`), 'Mul', [
      x,
      m.op(at(`${name}/sixth`), 'Mul', [
        m.op(at(`${name}/Relu6`), 'Relu6', [m.op(at(`${name}/add`), 'AddV2', [x, scalar(`${name}/three`, 3)])]),
        scalar(`${name}/one_sixth`, 1 / 6),
      ]),
    ])
  const image = m.input('image', [12, 10, 3])
  const range = m.op(at('rescaling/add'), 'AddV2', [
    m.op(at('rescaling/mul'), 'Mul', [image, scalar('rescaling/scale', 1 / 127.5)]),
    scalar('rescaling/offset', -1),
  ])
  const padded = m.op(at('pad/Pad'), 'Pad', [
    range,
    m.op(at('pad/shape'), 'Reshape', [m.wholes(at('pad/flat'), [0, 0, 0, 1, 0, 1, 0, 0]), m.wholes(at('pad/four'), [4, 2])]),
  ])
  const stem = swish(
    'stem/swish',
    fused('stem/conv/BiasAdd', padded, [3, 3, 3, 4], ['BiasAdd'], { strides: [1, 2, 2, 1], padding: 'VALID' }),
  )
  const expand = fused('block/expand/Relu', stem, [1, 1, 4, 8], ['BiasAdd', 'Relu'])
  const depth = m.op(
    at('block/depthwise/Relu'),
    'FusedDepthwiseConv2dNative',
    [expand, m.weights(at('block/depthwise/kernel'), [3, 3, 8, 1]), m.weights(at('block/depthwise/bias'), [8])],
    { ...conv, fused_ops: ['BiasAdd', 'Relu'], num_args: 1 },
  )
  const project = fused('block/project/BiasAdd', depth, [1, 1, 8, 4], ['BiasAdd'])
  const sum = m.op(at('block/add/add'), 'AddV2', [stem, project])
  const mean = m.op(at('pool/Mean'), 'Mean', [sum, m.wholes(at('pool/axes'), [1, 2])], { keep_dims: false })
  const scores = m.op(at('head/BiasAdd'), 'BiasAdd', [
    m.op(at('head/MatMul'), 'MatMul', [mean, m.weights(at('head/kernel'), [4, 6])]),
    m.weights(at('head/bias'), [6]),
  ])
  m.op('Identity', 'Identity', [m.op(at('head/Softmax'), 'Softmax', [scores])])
  m.outputs.push('Identity')
  return m
}

test('a network comes in with its names, and gives the same numbers', async () => {
  const { network, difference } = await comparedGraph(mobile(), [12, 10, 3], {}, 100)
  expect(difference).toBeLessThan(1e-5)
  expect(toTypeScript(network, { name: 'mobile' })).toMatchInlineSnapshot(`
    "import { block, conv2d, depthwiseConv2d, identity, input, relu } from 'stridewise'

    /** Network<[12, 10, 3], [6], 298> */
    export const mobile = input(12, 10, 3)
      .rescale(0.007843138, -1)
      .zeroPad([[0, 1], [0, 1]])
      .conv2d(4, 3, { stride: 2, name: 'stem/conv' })
      .hardSwish()
      .add(
        identity(),
        block(
          conv2d(8, 1, { padding: 'same', name: 'block/expand' }),
          relu(),
          depthwiseConv2d(3, { padding: 'same', name: 'block/depthwise' }),
          relu(),
          conv2d(4, 1, { padding: 'same', name: 'block/project' }),
        ),
      )
      .globalAvgPool()
      .dense(6, { name: 'head' })
      .softmax()
    "
  `)
})

test('several outputs have their names, and layers with the same weights are one', async () => {
  const m = new GraphModel(5)
  const [left, right] = [m.input('left', [6, 6, 3]), m.input('right', [6, 6, 3])]
  const [kernel, bias] = [m.weights('encoder/kernel', [3, 3, 3, 2]), m.weights('encoder/bias', [2])]
  for (const [name, x] of [
    ['a', left],
    ['b', right],
  ] as const)
    m.op(name, '_FusedConv2D', [x, kernel, bias], { ...conv, fused_ops: ['BiasAdd', 'Relu'], num_args: 1 })
  m.op('difference', 'Sub', ['a', 'b'])
  m.op('product', 'Mul', ['a', 'b'])
  m.outputs.push('difference', 'product')
  const { network, weights } = fromTfjs(m.json, m.data)
  expect(`${network}`).toBe(
    'Network<{ left: [6, 6, 3]; right: [6, 6, 3] } & { shared: { b: { input: [6, 6, 3]; layer: number; params: 56 } } }, { difference: [6, 6, 2]; product: [6, 6, 2] }, 56>',
  )
  expect(network.graph.nodes.filter(({ sharedWith }) => sharedWith !== undefined).map(({ kind }) => kind)).toEqual(['conv2d'])
  expect(weights.size).toBe(2)
  const data = m.drawn(2 * 108)
  const inputs = { left: tf.tensor(data.subarray(0, 108), [1, 6, 6, 3]), right: tf.tensor(data.subarray(108), [1, 6, 6, 3]) }
  const wanted = await runGraphModel(m, inputs)
  tf.dispose(inputs)
  expect(wanted.map(({ length }) => length)).toEqual([72, 72])
})

const refusal = (build: (m: GraphModel, x: string) => string, shape = [6, 5, 4]): string => {
  const m = new GraphModel(3)
  build(m, m.input('x', shape))
  try {
    fromTfjs(m.json, m.data)
  } catch (error) {
    if (error instanceof FormatError) return error.message
    throw error
  }
  return 'nothing'
}

describe('what is refused, with the operator and the reason', () => {
  test.each<[string, (m: GraphModel, x: string) => string]>([
    ['tfjs: y: NonMaxSuppressionV5: is an operator that no layer here stands for.', (m, x) => m.op('y', 'NonMaxSuppressionV5', [x])],
    [
      'tfjs: y: Conv2D: has its channels on another axis: data_format is NCHW. TensorFlow.js runs NHWC.',
      (m, x) => m.op('y', 'Conv2D', [x, m.weights('k', [3, 3, 4, 2])], { ...conv, data_format: 'NCHW' }),
    ],
    [
      'tfjs: y: Conv2D: its filter is for 3 channels, and there are 4.',
      (m, x) => m.op('y', 'Conv2D', [x, m.weights('k', [3, 3, 3, 2])], conv),
    ],
    [
      'tfjs: y: Conv2D: padding must be SAME, VALID or EXPLICIT, not nothing.',
      (m, x) => m.op('y', 'Conv2D', [x, m.weights('k', [3, 3, 4, 2])], { ...conv, padding: '' }),
    ],
    [
      'tfjs: y: FusedBatchNormV3: is in training mode: it would normalize by the numbers of the batch.',
      (m, x) => m.op('y', 'FusedBatchNormV3', [x, ...['a', 'b', 'c', 'd'].map((name) => m.weights(name, [4]))], { is_training: true }),
    ],
    [
      'tfjs: y: ResizeBilinear: places its cells at their corners, and upsample at their centres (half_pixel_centers).',
      (m, x) => m.op('y', 'ResizeBilinear', [x, m.wholes('s', [12, 10])]),
    ],
    [
      'tfjs: y: ResizeBilinear: resizes to 0x10.',
      (m, x) => m.op('y', 'ResizeBilinear', [x, m.wholes('s', [0, 10])], { half_pixel_centers: true }),
    ],
    [
      'tfjs: y: ResizeNearestNeighbor: copies the cell at the centre of a new one (half_pixel_centers), and upsample that at its first edge.',
      (m, x) => m.op('y', 'ResizeNearestNeighbor', [x, m.wholes('s', [9, 10])], { half_pixel_centers: true }),
    ],
    ['tfjs: y: Transpose: moves the axis of the batch.', (m, x) => m.op('y', 'Transpose', [x, m.wholes('o', [1, 0, 2, 3])])],
    [
      'tfjs: y: Mean: works along the axes 1: here it does along all positions, or along the channels.',
      (m, x) => m.op('y', 'Mean', [x, m.wholes('a', [1])]),
    ],
    ['tfjs: y: Reshape: makes -1x7 of Nx6x5x4, which does not fit.', (m, x) => m.op('y', 'Reshape', [x, m.wholes('s', [-1, 7])])],
    [
      'tfjs: y: Erf: is no layer here, where it stands: of a gelu it would be the part that is the error function.',
      (m, x) => m.op('y', 'Erf', [x]),
    ],
    [
      'tfjs: y: AddV2: computes with numbers of the shape [6, 5, 4], which no layer here does.',
      (m, x) => m.op('y', 'AddV2', [x, m.weights('w', [6, 5, 4])]),
    ],
    [
      'tfjs: y: Reshape: is an output, and has other axes in that of the batch.',
      (m, x) => m.op('y', 'Reshape', [x, m.wholes('s', [-1, 4])]),
    ],
    ['tfjs: gone: there is no operator of this name.', (m) => m.op('y', 'Relu', ['gone'])],
  ])('%s', (sentence, build) => expect(refusal(build)).toBe(sentence))

  test('a file that is no model', () => {
    const of = (json: unknown) => {
      try {
        fromTfjs(json)
        return ''
      } catch (error) {
        return (error as FormatError).message
      }
    }
    expect(of({ weightsManifest: [] })).toBe('tfjs: needs the content of a model.json: it must have a modelTopology.')
    expect(of('model.json')).toMatch(/It needs the text of the file, not its path: readFileSync\("model\.json", 'utf8'\)\.$/)
    expect(of({ format: 'graph-model', modelTopology: {} })).toBe('tfjs: modelTopology must have a list of operators, node.')
  })
})

test('the numbers of weights are those of the file', async () => {
  const m = mobile()
  const { network, weights } = fromTfjs(m.json, m.data)
  const data = m.drawn(360, 100)
  const { outputs } = await runInTensorFlow(network as AnyNetwork, weights, data)
  expect((outputs[0] as Float32Array).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5)
})

describe('a bias that several operators take', () => {
  const channels = 3
  /** A convolution with a bias, and what several operators make of it. */
  const biased = (make: (m: GraphModel, x: string) => string): GraphModel => {
    const m = new GraphModel(5)
    const image = m.input('x', [4, 4, 2])
    const product = m.op('conv', 'Conv2D', [image, m.weights('kernel', [1, 1, 2, channels])], conv)
    m.op('Identity', 'Identity', [make(m, m.op('biased', 'Add', [product, m.weights('bias', [channels])]))])
    return m
  }

  test.each<[string, (m: GraphModel, x: string) => string]>([
    [
      // With a sixth in 16 bits it is no hardSwish.
      'x * relu6(x + 3) * 0.1666',
      (m, x) =>
        m.op('product', 'Mul', [
          m.op('scaled', 'Mul', [m.weights('sixth', [], [0.1666259765625]), x]),
          m.op('kept', 'Relu6', [m.op('three', 'AddV2', [x, m.weights('add3', [], [3])])]),
        ]),
    ],
    [
      'relu(x) * (x + c)',
      (m, x) => m.op('product', 'Mul', [m.op('relu', 'Relu', [x]), m.op('sum', 'AddV2', [x, m.weights('c', [channels])])]),
    ],
    [
      'relu(x - c) + relu(x + c)',
      (m, x) =>
        m.op('sum', 'AddV2', [
          m.op('a', 'Relu', [m.op('minus', 'Sub', [x, m.weights('c', [channels])])]),
          m.op('b', 'Relu', [m.op('plus', 'AddV2', [x, m.weights('d', [channels])])]),
        ]),
    ],
    [
      'a second bias behind the first, and the first taken too',
      (m, x) => {
        const second = m.op('second', 'BiasAdd', [x, m.weights('c', [channels])])
        return m.op('sum', 'AddV2', [m.op('a', 'Relu', [second]), m.op('b', 'Tanh', [x])])
      },
    ],
  ])('%s', async (_, make) => {
    const model = biased(make)
    const { network, difference } = await comparedGraph(model, [4, 4, 2])
    expect(difference).toBeLessThan(1e-5)
    expect(network.graph.nodes[1]).toMatchObject({ kind: 'conv2d', settings: { filters: channels } })
    expect(network.graph.nodes[1]?.weights.map(({ name }) => name)).toEqual(['kernel', 'bias'])
  })
})
