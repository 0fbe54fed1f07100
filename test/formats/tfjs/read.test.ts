import { describe, expect, test } from 'vitest'
import { graphCases, type Make, scalar, two } from '../../support/tfjs/graph-cases.js'
import { comparedGraph, GraphModel } from '../../support/tfjs/graph-model.js'

/** Graph models of TensorFlow.js, run there and read here: the same numbers. */

describe('operators', () => {
  test.each(Object.entries(graphCases))('%s', async (_, { shape, make, kinds }) => {
    const model = new GraphModel()
    make(model, model.input('x', shape))
    const { network, difference } = await comparedGraph(model, shape)
    expect(network.graph.nodes.slice(1).map(({ kind }) => kind)).toEqual(kinds)
    expect(difference).toBeLessThan(1e-5)
  })
})

describe('formulas that exporters write', () => {
  const formulas: Readonly<Record<string, readonly [make: Make, kind: string]>> = {
    'x * relu6(x + 3) / 6': [
      (m, x) =>
        m.op('y', 'Mul', [
          m.op('m', 'Mul', [x, scalar(m, 'sixth', 1 / 6)]),
          two(m, m.op('a', 'AddV2', [x, scalar(m, 'three', 3)]), 'Relu6'),
        ]),
      'hardSwish',
    ],
    'relu6(x + 3) / 6': [
      (m, x) => m.op('y', 'RealDiv', [two(m, m.op('a', 'AddV2', [x, scalar(m, 'three', 3)]), 'Relu6'), scalar(m, 'six', 6)]),
      'hardSigmoid',
    ],
    'x * sigmoid(x)': [(m, x) => m.op('y', 'Mul', [x, two(m, x, 'Sigmoid')]), 'silu'],
    'x * tanh(softplus(x))': [(m, x) => m.op('y', 'Mul', [x, two(m, two(m, x, 'Softplus'), 'Tanh')]), 'mish'],
    'x / 2 * (1 + erf(x / sqrt(2)))': [
      (m, x) =>
        m.op('y', 'Mul', [
          m.op('half', 'Mul', [x, scalar(m, 'h', 0.5)]),
          m.op('one', 'AddV2', [two(m, m.op('s', 'Mul', [x, scalar(m, 'r', Math.SQRT1_2)]), 'Erf'), scalar(m, '1', 1)]),
        ]),
      'gelu',
    ],
    'min(max(x, 0), 6)': [(m, x) => m.op('y', 'Minimum', [m.op('a', 'Maximum', [x, scalar(m, 'zero', 0)]), scalar(m, 'six', 6)]), 'relu6'],
    'clip by value': [(m, x) => m.op('y', 'ClipByValue', [x, scalar(m, 'zero', 0), scalar(m, 'six', 6)]), 'relu6'],
    'max(x, 0.1 x)': [(m, x) => m.op('y', 'Maximum', [x, m.op('a', 'Mul', [x, scalar(m, 'tenth', 0.1)])]), 'leakyRelu'],
    'relu(x) - slopes * relu(-x)': [
      (m, x) =>
        m.op('y', 'Sub', [
          two(m, x, 'Relu', 'plus'),
          m.op('a', 'Mul', [m.weights('slopes', [4]), two(m, two(m, x, 'Neg'), 'Relu', 'minus')]),
        ]),
      'prelu',
    ],
    elu: [(m, x) => two(m, x, 'Elu'), 'elu'],
    selu: [(m, x) => two(m, x, 'Selu'), 'selu'],
    softplus: [(m, x) => two(m, x, 'Softplus'), 'softplus'],
    'exp(x) / sum': [
      (m, x) => {
        const exp = two(m, m.op('less', 'Sub', [x, m.op('max', 'Max', [x, m.wholes('a', -1)], { keep_dims: true })]), 'Exp')
        return m.op('y', 'RealDiv', [exp, m.op('sum', 'Sum', [exp, m.wholes('b', -1)], { keep_dims: true })])
      },
      'softmax',
    ],
    'a layer normalization': [
      (m, x) => {
        const mean = m.op('mean', 'Mean', [x, m.wholes('a', [-1])], { keep_dims: true })
        const variance = m.op(
          'variance',
          'Mean',
          [m.op('sd', 'SquaredDifference', [x, m.op('stop', 'StopGradient', [mean])]), m.wholes('b', [-1])],
          { keep_dims: true },
        )
        const scale = m.op('scale', 'Mul', [
          two(m, m.op('eps', 'AddV2', [variance, scalar(m, 'e', 1e-3)]), 'Rsqrt'),
          m.weights('gamma', [4]),
        ])
        const shift = m.op('shift', 'Sub', [m.weights('beta', [4]), m.op('ms', 'Mul', [mean, scale])])
        return m.op('y', 'AddV2', [m.op('xs', 'Mul', [x, scale]), shift])
      },
      'layerNorm',
    ],
  }

  test.each(Object.entries(formulas))('%s', async (_, [make, kind]) => {
    const model = new GraphModel(7)
    make(model, model.input('x', [6, 4]))
    const { network, difference } = await comparedGraph(model, [6, 4], {}, 8)
    expect(network.graph.nodes.slice(1).map((node) => node.kind)).toEqual([kind])
    expect(difference).toBeLessThan(1e-5)
  })

  test('an instance normalization', async () => {
    const m = new GraphModel(7)
    const x = m.input('x', [6, 5, 4])
    const mean = m.op('mean', 'Mean', [x, m.wholes('a', [1, 2])], { keep_dims: true })
    const variance = m.op('variance', 'Mean', [m.op('sd', 'SquaredDifference', [x, mean]), m.wholes('b', [1, 2])], { keep_dims: true })
    const normal = m.op('n', 'RealDiv', [
      m.op('c', 'Sub', [x, mean]),
      two(m, m.op('eps', 'AddV2', [variance, scalar(m, 'e', 1e-3)]), 'Sqrt'),
    ])
    m.op('y', 'AddV2', [m.op('xs', 'Mul', [normal, m.weights('gamma', [4])]), m.weights('beta', [4])])
    const { network, difference } = await comparedGraph(m, [6, 5, 4])
    expect(network.graph.nodes.slice(1).map((node) => node.kind)).toEqual(['instanceNorm'])
    expect(difference).toBeLessThan(1e-5)
  })
})
