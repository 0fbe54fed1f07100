import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { pyTorchKeys, toPyTorch } from '../../../src/formats/pytorch/index.js'
import {
  type AnyNetwork,
  block,
  branch,
  conv2d,
  dense,
  flatten,
  identity,
  input,
  inputs,
  multiHeadAttention,
  permute,
  relu,
  repeat,
  residual,
  shared,
} from '../../../src/index.js'
import { valuesIn } from '../../../src/layers/kind/layer.js'
import { outputsOf } from '../../../src/network/graph.js'
import { rebuild } from '../../../src/network/rebuild.js'
import { flattenedBefore, flattenOrder } from '../../../src/weights/layout.js'
import { weightSpecs } from '../../../src/weights/names.js'
import { casesOf, isLong } from '../../support/effort.js'
import { expectGolden } from '../../support/golden.js'
import { feedsOf } from '../../support/graph-runs.js'
import { graphValues } from '../../support/graph-values.js'
import { drawGraph, runGraph } from '../../support/graphs-drawn.js'
import { inBoth, inShort as test } from '../../support/runs.js'
import { batch, weightsOf } from '../../support/same-values.js'
import { seed } from '../../support/seed.js'
import { askTorch, canRunTorch, type TorchAnswer } from '../../support/torch.js'
import { graphAnswers, graphCase } from '../../support/torch-graphs.js'

/* Networks with several inputs and outputs, kept values and shared layers, as modules of PyTorch. */

const here = canRunTorch()
const torchTest = inBoth.skipIf(isLong || !here)

/** The weights with rows of dense layers behind flattened images in this package's order. */
const rowByRow = (network: AnyNetwork) => {
  const flattened = flattenedBefore(network.graph)
  const weights = new Map(weightsOf(network))
  for (const { name, node, weight, shape } of weightSpecs(network.graph)) {
    const image = flattened.get(node)
    const tensor = weights.get(name)
    if (!image || weight !== 'kernel' || !tensor) continue
    const order = flattenOrder(image)
    const data = tensor.data.slice()
    const [units, features] = shape as [number, number]
    for (let unit = 0; unit < units; unit += 1)
      for (const [from, to] of order.entries()) data[unit * features + to] = tensor.data[unit * features + from] as number
    weights.set(name, { ...tensor, data })
  }
  return weights
}

/** PyTorch has the parameters once, the keys that are said, and at every output the shape and the numbers. */
const expectSame = (network: AnyNetwork, answer: TorchAnswer): void => {
  expect(answer.error).toBeUndefined()
  expect(answer.params).toBe(network.params)
  expect(answer.keys).toEqual(Object.values(pyTorchKeys(network)).sort())
  const outputs = graphAnswers(network, answer)
  const named = outputsOf(network.graph)
  expect(Object.keys(answer.named ?? {}).sort()).toEqual([...outputs.keys()].sort())
  const weights = rowByRow(network)
  for (let example = 0; example < batch; example += 1) {
    const given = [...feedsOf(network)].map(([name, { shape, data }]) => {
      const size = valuesIn(shape)
      return [name, Float64Array.from(data.slice(example * size, (example + 1) * size))]
    })
    const values = graphValues(network, weights, Object.fromEntries(given))
    for (const [name, found] of outputs) {
      const wanted = values.get(named.find((each) => each.name === name)?.node as string) as Float64Array
      const size = wanted.length
      expect(found.length).toBe(batch * size)
      for (const [at, value] of wanted.entries()) {
        const difference = Math.abs(value - (found[example * size + at] as number)) / Math.max(1, Math.abs(value))
        expect(difference, `${name} at ${at}`).toBeLessThan(2e-4)
      }
    }
  }
}

const encoder = shared('encoder', block(conv2d(4, 3, { padding: 'same' }), relu(), flatten(), dense(4)))

const networks: Readonly<Record<string, () => unknown>> = {
  siamese: () =>
    inputs({ left: [4, 4, 1], right: [4, 4, 1] })
      .from('left')
      .apply(encoder)
      .keep('a')
      .from('right')
      .apply(encoder)
      .keep('b')
      .subtract('a', 'b')
      .dense(1),
  pyramid: () =>
    input(8, 8, 3)
      .conv2d(4, 1)
      .relu()
      .keep('c3')
      .conv2d(6, 1)
      .relu()
      .keep('c4')
      .conv2d(8, 1)
      .conv2d(5, 1)
      .keep('p5')
      .add(branch('c4', conv2d(5, 1)), identity())
      .keep('p4')
      .add(branch('c3', conv2d(5, 1)), identity())
      .keep('p3')
      .outputs('p3', 'p4', 'p5'),
  unet: () =>
    input(4, 4, 1)
      .conv2d(4, 3, { padding: 'same' })
      .relu()
      .keep('level1')
      .conv2d(6, 3, { padding: 'same' })
      .relu()
      .keep('level2')
      .conv2d(6, 1)
      .relu()
      .concat('level2', identity())
      .conv2d(4, 1)
      .concat('level1', identity())
      .conv2d(2, 1),
  towers: () =>
    inputs({ image: [4, 4, 3], sensors: [5] })
      .from('image')
      .conv2d(4, 3, { padding: 'same' })
      .globalAvgPool()
      .keep('seen')
      .from('sensors')
      .dense(4)
      .tanh()
      .concat('seen', identity())
      .dense(1),
  cells: () => {
    // Each cell joins the two before it, as in NASNet.
    let network = input(4, 4, 3).conv2d(4, 1).keep('cell 0').conv2d(4, 1).keep('cell 1') as unknown as {
      add(...branches: unknown[]): { relu(): { keep(name: string): typeof network } }
    }
    for (let cell = 2; cell < 6; cell += 1)
      network = network
        .add(branch(`cell ${cell - 2}`, conv2d(4, 1)), conv2d(4, 1))
        .relu()
        .keep(`cell ${cell}`)
    return network
  },
  'a dead layer and an unused input': () =>
    inputs({ used: [6], unused: [3] })
      .from('used')
      .dense(4)
      .keep('here')
      .dense(5, { name: 'dead' })
      .relu()
      .from('here')
      .tanh(),
  'heads and kept values': () =>
    input(4, 4, 3)
      .conv2d(4, 1)
      .keep('stem')
      .branchOut('aux', (x) => x.globalAvgPool().dense(2))
      .relu()
      .add('stem', identity())
      .globalAvgPool()
      .dense(3),
  'one input that has a name': () =>
    inputs({ photo: [4, 4, 3] })
      .from('photo')
      .conv2d(2, 3)
      .relu()
      .flatten()
      .dense(3),
  'hostile names': () =>
    inputs({ class: [4], self: [4], '"""': [4], 'a b': [4], __init__: [4], '\u0000': [4] })
      .from('class')
      .dense(4, { name: 'torch' })
      .keep('tuple')
      .from('self')
      .dense(4, { name: '__x' })
      .keep('lambda')
      .add('tuple', 'lambda', '"""', 'a b', '__init__', '\u0000')
      .keep('ValueError\n# x')
      .dense(4, { name: '*/ """' })
      .outputs('tuple', 'lambda', 'ValueError\n# x'),
  'every join': () =>
    inputs({ a: [2, 3, 4], b: [2, 3, 4], c: [4] })
      .subtract('a', 'b')
      .keep('d')
      .average('a', 'b', 'd')
      .keep('e')
      .maximum('a', 'b', 'e')
      .keep('f')
      .maximum('f', 'a')
      .multiply('c')
      .keep('g')
      .multiply('g', 'b')
      .concat('a', 'f', identity()),
  'a shared layer on sizes that need other paddings': () =>
    inputs({ even: [4, 4, 3], odd: [5, 5, 3] })
      .from('even')
      .apply(shared('layer', conv2d(4, 3, { stride: 2, padding: 'same' })))
      .globalAvgPool()
      .keep('a')
      .from('odd')
      .apply(shared('layer', conv2d(4, 3, { stride: 2, padding: 'same' })))
      .globalAvgPool()
      .keep('b')
      .multiply('a', 'b'),
  'a decoder that attends to its encoder': () =>
    inputs({ source: [5, 6], target: [4, 8] })
      .from('source')
      .residual(multiHeadAttention(2))
      .keep('memory')
      .from('target')
      .apply(repeat(2, block(residual(multiHeadAttention(2)), residual(multiHeadAttention(4, { keys: 'memory' })), relu()))),
  'attention with as many features, without biases, shared': () =>
    inputs({ memory: [5, 8], target: [4, 8] })
      .from('target')
      .apply(shared('look', multiHeadAttention(2, { keys: 'memory', bias: false })))
      .keep('once')
      .apply(shared('look', multiHeadAttention(2, { keys: 'memory', bias: false })))
      .keep('twice')
      .multiHeadAttention(1, { keys: 'twice', bias: false })
      .multiHeadAttention(8, { keys: 'once' }),
  'products of matrices': () =>
    inputs({ queries: [4, 6], keys: [5, 6], values: [5, 3], image: [4, 5, 3] })
      .matmul('queries', branch('keys', permute(1, 0)))
      .keep('scores')
      .matmul(identity(), 'values')
      .keep('mixed')
      .from('image')
      .conv2d(4, 1)
      .matmul(permute(0, 2, 1), identity())
      .keep('maps')
      .outputs('scores', 'mixed', 'maps'),
  'a shared layer behind a convolution and behind a flattening': () =>
    inputs({ image: [2, 3, 4], vector: [24] })
      .from('image')
      .flatten()
      .apply(shared('scores', dense(3)))
      .keep('a')
      .from('vector')
      .apply(shared('scores', dense(3)))
      .subtract('a', identity()),
}

describe('the same numbers as the definition of each layer', () => {
  let answers: TorchAnswer[] | undefined
  const made = Object.entries(networks).map(([id, make]) => [id, make() as AnyNetwork] as const)
  const ask = () => (answers ??= askTorch(made.map(([id, network]) => graphCase(id, network))))

  torchTest.each(made.map(([id], index) => [id, index] as const))('%s', (_, index) =>
    expectSame(made[index]?.[1] as AnyNetwork, ask()[index] as TorchAnswer),
  )

  inBoth.skipIf(!here)('of drawn graphs', () => {
    const drawn = fc.sample(drawGraph, { seed, numRuns: casesOf('PyTorch: graphs') }).map(runGraph)
    const answers = askTorch(drawn.map((network, index) => graphCase(`drawn ${index}`, network)))
    for (const [index, network] of drawn.entries()) expectSame(network, answers[index] as TorchAnswer)
  })
})

describe('the source', () => {
  test('of two inputs and a shared layer has named parameters, and the layer once', () => {
    expectGolden('pytorch/siamese.py', toPyTorch(networks['siamese']?.() as AnyNetwork, { name: 'Siamese' }))
  })

  test('of several outputs returns each by its name', () => {
    expectGolden('pytorch/pyramid.py', toPyTorch(networks['pyramid']?.() as AnyNetwork, { name: 'Pyramid' }))
  })

  test('says which layers no output needs, and counts their parameters', () => {
    const source = toPyTorch(networks['a dead layer and an unused input']?.() as AnyNetwork)
    expect(source).toContain('    parameters: 53, of which 25 are in layers that no output needs\n')
    expect(source).toContain('        # No output needs these layers, so they are not computed:\n        # dead, relu_1.\n')
    expect(source).toContain('        self.dead = nn.Linear(4, 5)\n')
    expect(source).not.toContain('self.dead(')
    expect(source).toContain('    def forward(self, used: torch.Tensor, unused: torch.Tensor) -> torch.Tensor:\n')
  })

  test('has kept values as variables, with names that Python takes', () => {
    const source = toPyTorch(networks['hostile names']?.() as AnyNetwork)
    expect(source).toContain('        tuple_ = self.torch_(class_)\n')
    expect(source).toContain('        lambda_ = self.layer__x_(self_)\n')
    expect(source).toContain('"ValueError\\n# x": ValueError___x}\n')
  })

  test('of a network without names is what it was: layers after each other, and branches as classes', () => {
    const nested = toPyTorch(input(4, 4, 3).concat(conv2d(2, 1), identity()).relu())
    expect(nested).toContain('class Network(nn.Sequential):')
    expect(nested).toContain('class Concat(nn.Module):')
  })

  test('of joins value by value is a class where nothing has a name', () => {
    const source = toPyTorch(input(6).average(dense(4), dense(4), dense(4)).maximum(relu(), dense(4)).subtract(dense(2), dense(2)))
    expect(source).toContain('return (self.branch_1(x) + self.branch_2(x) + self.branch_3(x)) / 3')
    expect(source).toContain('return torch.maximum(self.branch_1(x), self.branch_2(x))')
    expect(source).toContain('return self.branch_1(x) - self.branch_2(x)')
  })

  torchTest('of thousands of layers with long skips, and of thousands of summands', () => {
    const count = 3000
    const node = (name: string, kind: string, from: readonly string[]) => ({ name, kind, settings: {}, inputs: from })
    const start = { ...node('input', 'input', []), output: [3] }
    const long = Array.from({ length: count }, (_, at) =>
      at < 2 ? node(`n${at}`, 'relu', [at === 0 ? 'input' : 'n0']) : node(`n${at}`, 'average', [`n${at - 1}`, `n${Math.floor(at / 2)}`]),
    )
    const wide = Array.from({ length: count }, (_, at) => node(`n${at}`, 'relu', ['input']))
    const all = wide.map(({ name }) => name)
    const made = [
      rebuild({ nodes: [start, ...long], input: 'input', output: `n${count - 1}`, kept: { a: 'n7' } }),
      rebuild({ nodes: [start, ...wide, node('sum', 'add', all)], input: 'input', output: 'sum', kept: { a: 'n7' } }),
      rebuild({ nodes: [start, ...wide, node('mean', 'average', all)], input: 'input', output: 'mean', kept: { a: 'n7' } }),
    ]
    for (const [index, answer] of askTorch(made.map((network, index) => graphCase(`${index}`, network))).entries())
      expectSame(made[index] as AnyNetwork, answer)
  })
})
