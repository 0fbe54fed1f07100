import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pyTorchKeys, toPyTorch } from '../../../src/formats/pytorch/index.js'
import { moduleOf } from '../../../src/formats/pytorch/module.js'
import { type AnyNetwork, dense, input, type Network } from '../../../src/index.js'
import { FormatError } from '../../../src/network/format-error.js'
import { rebuild } from '../../../src/network/rebuild.js'
import * as zoo from '../../../src/zoo/index.js'
import { casesOf, inProportion } from '../../support/effort.js'
import { everyKind } from '../../support/every-kind.js'
import { expectGolden } from '../../support/golden.js'
import { drawNetwork, runNetwork } from '../../support/networks-drawn.js'
import { seed } from '../../support/seed.js'
import { askTorch, canRunTorch, hasTorch, type TorchAnswer, type TorchCase, withoutTorch } from '../../support/torch.js'
import { torchFindings } from '../../support/torch-same.js'

/* The Python source, and what PyTorch makes of it: shapes after every layer, parameters, and the keys of its weights. */

const caseOf = (id: string, network: AnyNetwork, meta: boolean): TorchCase => {
  const source = toPyTorch(network, { name: 'Model' })
  const { places, input: tensor } = moduleOf(network, 'Model')
  const sizes = tensor.axes.map((axis) => tensor.shape[axis] as number)
  const integer = network.graph.nodes.some(({ kind }) => kind === 'embedding')
  return { id, source, name: 'Model', input: [2, ...sizes], integer, meta, paths: [...places.values()].map(({ path }) => path) }
}

/** All that PyTorch makes of a network is what is said of it. */
const expectSame = (network: AnyNetwork, answer: TorchAnswer): void => {
  const { found, wanted } = torchFindings(network, answer)
  expect(found).toEqual(wanted)
}

const torchTest = test.skipIf(!hasTorch)

test.skipIf(hasTorch)(withoutTorch, () => {})

describe('every kind of layer, run by PyTorch', () => {
  const networks = Object.entries(everyKind).map(([id, make]) => ({ id, network: make() }))
  let answers: TorchAnswer[] | undefined
  const ask = () => (answers ??= askTorch(networks.map(({ id, network }) => caseOf(id, network, false))))

  torchTest.each(networks.map(({ id }, index) => [id, index] as const))('%s', (_, index) => {
    const { network } = networks[index] as (typeof networks)[number]
    expectSame(network, ask()[index] as TorchAnswer)
  })
})

describe('every model of the zoo, in PyTorch without memory', () => {
  // LeNet of 1998 ends in a layer that is defined by hand.
  const makers = Object.entries(zoo as unknown as Record<string, () => AnyNetwork>).filter(([id]) => id !== 'lenet1998')
  let answers: TorchAnswer[] | undefined
  const networks = makers.map(([id, make]) => ({ id, make }))
  const ask = () => (answers ??= askTorch(networks.map(({ id, make }) => caseOf(id, make(), true))))

  torchTest.each(networks.map(({ id }, index) => [id, index] as const))('%s', (_, index) => {
    const { make } = networks[index] as (typeof networks)[number]
    expectSame(make(), ask()[index] as TorchAnswer)
  })
})

describe('drawn networks, in PyTorch', () => {
  test.skipIf(!canRunTorch())('shapes, parameters and keys, or a refusal by name', () => {
    const networks: AnyNetwork[] = []
    const refused = new Map<string, number>()
    for (const value of fc.sample(drawNetwork, { seed, numRuns: casesOf('PyTorch: run') })) {
      const network = runNetwork(value)
      if (!network || !isSmall(network)) continue
      try {
        toPyTorch(network)
        networks.push(network)
      } catch (error) {
        if (!(error instanceof FormatError)) throw error
        const sentence = error.message.replace(/^pytorch: \S+: /, '')
        refused.set(sentence, (refused.get(sentence) ?? 0) + 1)
      }
    }
    expect(networks.length).toBeGreaterThan(inProportion('PyTorch: run', 400))
    for (const sentence of refused.keys()) expect(sentence).toMatch(/^(embedding: |\w+: PyTorch has it for up to three)/)
    const answers = askTorch(networks.map((network, index) => caseOf(`drawn ${index}`, network, false)))
    for (const [index, network] of networks.entries()) expectSame(network, answers[index] as TorchAnswer)
  })
})

describe('an average pool over a volume that is smaller than its kernel', () => {
  const small = input(2, 2, 2, 1)

  test('is padded before the pool, which looks at the padded volume', () => {
    expect(toPyTorch(small.avgPool3d(4, { padding: 1 }))).toContain('nn.AvgPool3d(4)')
    expect(toPyTorch(small.avgPool3d(4, { padding: 'same' }))).toContain('CellMean')
  })

  test.skipIf(!canRunTorch())('runs', () => {
    const networks = [small.avgPool3d(4, { padding: 1 }), small.avgPool3d(4, { padding: 'same' }), small.avgPool3d(2)]
    const answers = askTorch(networks.map((network, index) => caseOf(`${index}`, network, false)))
    for (const [index, network] of networks.entries()) expectSame(network, answers[index] as TorchAnswer)
  })
})

/** Whether PyTorch computes it in no time. */
const isSmall = ({ graph, params }: AnyNetwork): boolean =>
  params < 2e6 &&
  graph.nodes.every(({ output, macs }) => macs < 1e8 && output.length < 6 && output.reduce((product, size) => product * size, 1) < 3e5)

describe('the source', () => {
  test('of a chain is an nn.Sequential', () => {
    expectGolden('pytorch/lenet5.py', toPyTorch(zoo.lenet5(), { name: 'LeNet5' }))
  })

  test('of branches that are built alike is one class', () => {
    expectGolden('pytorch/resnet50.py', toPyTorch(zoo.resnet50(), { name: 'ResNet50' }))
  })

  test('of tokens writes out what PyTorch has no module for', () => {
    expectGolden('pytorch/vit_b_16.py', toPyTorch(zoo.vitB16(), { name: 'VisionTransformer' }))
  })

  test('of heads returns every output by its name', () => {
    expectGolden('pytorch/heads.py', toPyTorch((everyKind['branchOut'] as () => AnyNetwork)()))
  })

  test('of branches that share layers has a line for each layer', () => {
    expectGolden('pytorch/shared.py', toPyTorch(shared()))
  })

  test('is the same for the same network', () => {
    expect(toPyTorch(zoo.googlenet())).toBe(toPyTorch(zoo.googlenet()))
  })
})

/** `second` takes what is inside the first branch too. */
const shared = (): AnyNetwork =>
  rebuild({
    input: 'input',
    output: 'head',
    outputs: { side: 'first' },
    nodes: [
      { name: 'input', kind: 'input', settings: {}, inputs: [], output: [6, 8, 3] },
      { name: 'first', kind: 'conv2d', settings: { filters: 4, kernel: 3, padding: 'same', stride: 2 }, inputs: ['input'] },
      { name: 'second', kind: 'relu', settings: {}, inputs: ['first'] },
      { name: 'third', kind: 'layerNorm', settings: {}, inputs: ['second'] },
      { name: 'sum', kind: 'add', settings: {}, inputs: ['third', 'first'] },
      { name: 'all', kind: 'concat', settings: {}, inputs: ['sum', 'second', 'third'] },
      { name: 'flat', kind: 'flatten', settings: { start: 0 }, inputs: ['all'] },
      { name: 'head', kind: 'dense', settings: { units: 2 }, inputs: ['flat'] },
    ],
  })

torchTest('branches that share layers, in PyTorch', () => {
  const network = shared()
  const [answer] = askTorch([caseOf('shared', network, false)])
  expectSame(network, answer as TorchAnswer)
})

describe('what goes in and comes out', () => {
  const caseOn = (network: AnyNetwork, input: readonly number[]): TorchCase => ({
    id: `${input}`,
    source: toPyTorch(network, { name: 'Model' }),
    name: 'Model',
    input,
  })

  test('of a sequence is (batch, length, features), also where the first layer is a convolution', () => {
    const source = toPyTorch(input(20, 3).conv1d(4, 3))
    expect(source).toContain('    input: (batch, 20, 3), that is (batch, length, features)\n')
    expect(source).toContain('    output: (batch, 18, 4), that is (batch, length, features)\n')
    expect(toPyTorch(input(8, 8).conv1d(8, 1))).toContain('    input: (batch, 8, 8), that is (batch, length, features)\n')
    expect(toPyTorch(input(9, 11, 3).conv2d(4, 3))).toContain('    input: (batch, 3, 9, 11), that is (batch, channels, height, width)\n')
    expect(toPyTorch(input(4).dense(2))).toContain('    output: (batch, 2), that is (batch, features)\n')
  })

  torchTest('another order of the axes is refused with a sentence, by every form of module', () => {
    const forms: AnyNetwork[] = [
      input(20, 3).relu(),
      input(20, 3).conv1d(4, 3),
      input(20, 3).lstm(5),
      input(20, 3)
        .branchOut('aux', (x) => x.conv1d(2, 1))
        .relu(),
      input(20, 3)
        .conv1d(4, 3)
        .add(
          (x) => x.relu(),
          (x) => x,
        ),
    ]
    const images = [caseOn(input(6, 8, 6).relu(), [2, 6, 6, 8]), caseOn(input(6, 8, 6).relu(), [2, 6, 8, 6])]
    const answers = askTorch([
      ...forms.flatMap((network) => [caseOn(network, [2, 20, 3]), caseOn(network, [2, 3, 20])]),
      ...images,
      caseOn(shared(), [2, 6, 8, 3]),
    ])
    const answer = (index: number): TorchAnswer => answers[index] as TorchAnswer
    for (const index of forms.keys()) {
      const [right, wrong] = [answer(2 * index), answer(2 * index + 1)]
      expect(right.error).toBeUndefined()
      const outputs = Array.isArray(right.output) ? [right.output] : Object.values(right.output)
      for (const output of outputs) expect(output[1]).toBeGreaterThan(output[2] as number)
      expect(wrong.error).toContain('ValueError: Model takes (batch, 20, 3), that is (batch, length, features), not (2, 3, 20).')
    }
    expect(answer(2 * forms.length).error).toBeUndefined()
    expect(answer(2 * forms.length + 1).error).toContain(
      'ValueError: Model takes (batch, 6, 6, 8), that is (batch, channels, height, width), not (2, 6, 8, 6).',
    )
    expect(answer(2 * forms.length + 2).error).toContain('ValueError: Model takes (batch, 3, 6, 8)')
  })

  torchTest('a normalization over one value gives its shift', () => {
    const networks: AnyNetwork[] = [
      input(1, 1, 3).instanceNorm(),
      input(1, 3).instanceNorm({ affine: true } as never),
      input(1, 1, 3).groupNorm(3),
      input(1, 1, 3)
        .conv2d(4, 1)
        .groupNorm(4, { affine: false } as never),
      input(7, 7, 3).adaptiveAvgPool(1).instanceNorm(),
    ]
    // Of one example too, which nn.GroupNorm refuses where a group has one value.
    const single = networks.map((network) => {
      const { input: tensor } = moduleOf(network, 'Model')
      return caseOn(network, [1, ...tensor.axes.map((axis) => tensor.shape[axis] as number)])
    })
    const answers = askTorch([...single, ...networks.map((network, index) => caseOf(`${index}`, network, false))])
    for (const [index, network] of networks.entries()) {
      expect(answers[index]?.error).toBeUndefined()
      expectSame(network, answers[networks.length + index] as TorchAnswer)
    }
  })
})

describe('keys', () => {
  test('are those of an nn.Sequential, or the names that the layers have', () => {
    expect(pyTorchKeys(input(8, 8, 3).conv2d(4, 3).batchNorm().flatten().dense(2, { bias: false }))).toEqual({
      'conv2d_1.weight': '0.weight',
      'conv2d_1.bias': '0.bias',
      'batchNorm_1.weight': '1.weight',
      'batchNorm_1.bias': '1.bias',
      'batchNorm_1.running_mean': '1.running_mean',
      'batchNorm_1.running_var': '1.running_var',
      'dense_1.weight': '3.weight',
    })
    expect(pyTorchKeys((everyKind['names'] as () => AnyNetwork)())).toEqual({
      'stem/conv 1.weight': 'stem_conv_1.weight',
      'stem/conv 1.bias': 'stem_conv_1.bias',
      'class.weight': 'add_1.body.class_.weight',
      'class.bias': 'add_1.body.class_.bias',
      'forward.weight': 'forward_.weight',
      'forward.bias': 'forward_.bias',
    })
  })
})

describe('refusals', () => {
  const sentence = (run: () => unknown): string => {
    try {
      run()
    } catch (error) {
      if (error instanceof FormatError) return error.message
      throw error
    }
    return 'nothing'
  }

  test('of a layer that PyTorch has not', () => {
    expect(sentence(() => toPyTorch(zoo.lenet1998()))).toBe(
      'pytorch: radialBasis_1: radialBasis: PyTorch has no such layer. Write it with the layers that are there.',
    )
    expect(sentence(() => toPyTorch(input(2, 2, 2, 8).unflatten(3, 2, 4).batchNorm()))).toBe(
      'pytorch: batchNorm_1: batchNorm: PyTorch has it for up to three spatial axes, not for 2x2x2x2x4. Flatten some of them first.',
    )
    expect(sentence(() => toPyTorch(input(7).relu().embedding(5, 2)))).toBe(
      'pytorch: embedding_1: embedding: its indices must be the input, which PyTorch takes as whole numbers, not what relu makes of it.',
    )
  })

  test('of a nearest upsample whose size PyTorch takes for its own', () => {
    const network = input(6, 2, 3).upsample(1.3, { rounding: 'floor' })
    expect(() => toPyTorch(network)).toThrow('upsample: PyTorch copies other cells. Use another size.')
    expect(toPyTorch(input(6, 4, 3).upsample(1.5))).toContain('nn.Upsample(scale_factor=1.5)')
  })

  test('not of an upsample whose size PyTorch rounds: a number next to the factor gives it', () => {
    const network = input(100, 3, 2).upsample([0.29, 1.3333334], { method: 'bilinear', rounding: 'floor' })
    expect(network.output).toEqual([29, 4, 2])
    expect(Math.floor(100 * 0.29)).toBe(28)
    const factors = /scale_factor=\((\S+), (\S+)\)/.exec(toPyTorch(network))?.slice(1).map(Number) as [number, number]
    expect([100, 3].map((cells, axis) => Math.floor(cells * (factors[axis] as number)))).toEqual([29, 4])
    expect(Math.abs(factors[0] - 0.29)).toBeLessThan(1e-15)
    expect(factors[1]).toBe(1.3333334)
  })

  test('of a name that no class can have', () => {
    for (const name of ['', '2d', 'a b', 7 as unknown as string]) {
      expect(sentence(() => toPyTorch(input(6), { name }))).toBe(
        `pytorch: name: the name of a class is letters, digits and _, and no name of the file, such as 'AlexNet', not ${JSON.stringify(name)}.`,
      )
    }
    for (const name of ['class', 'torch', 'Permute']) {
      expect(sentence(() => toPyTorch(input(6), { name }))).toBe(
        `pytorch: name: '${name}' cannot be the name of the class: Python or the file uses it for something else.`,
      )
    }
  })

  test('of what is no network', () => {
    for (const value of [undefined, 3, {}, { graph: {} }])
      expect(sentence(() => toPyTorch(value as never))).toMatch(/^pytorch: needs a network, not /)
    expect(sentence(() => toPyTorch(input(6), { nam: 'x' } as never))).toBe("pytorch: there is no option 'nam'. The options are name.")
  })
})

test('names that are no Python, and names that are the same in Python', () => {
  const odd = input(4, 4, 2)
    .conv2d(2, 1, { name: 'a.b' })
    .conv2d(2, 1, { name: 'a b' })
    .conv2d(2, 1, { name: '1' })
    .conv2d(2, 1, { name: '__init__' })
    .relu()
    .conv2d(2, 1, { name: '"""' })
  expect(Object.values(pyTorchKeys(odd)).filter((key) => key.endsWith('bias'))).toEqual([
    'a_b.bias',
    'a_b_2.bias',
    'layer_1.bias',
    '__init___.bias',
    '____.bias',
  ])
  if (hasTorch) expectSame(odd, askTorch([caseOf('odd', odd, false)])[0] as TorchAnswer)
})

test('names that every module of PyTorch has for itself, also inside a class', () => {
  const names = ['_modules', '_parameters', '_buffers', '_forward_hooks', '_call_impl', '_apply', 'set_submodule', 'mtia', '_version']
  const chain = names.reduce((network, name) => network.dense(4, { name }), input(4) as Network<[4], [4], number>)
  const heads = input(4)
    .dense(4)
    .branchOut('_modules', dense(2))
    .branchOut('_call_impl', dense(2))
    .branchOut('set_submodule', dense(2))
    .dense(3)
  expect(Object.values(pyTorchKeys(chain)).filter((key) => key.endsWith('bias'))).toEqual(names.map((name) => `${name}_.bias`))
  // A name that is only like them stays, such as those of EfficientNet.
  expect(Object.keys(pyTorchKeys(input(4).dense(4, { name: '_conv_stem' })))).toEqual(['_conv_stem.weight', '_conv_stem.bias'])
  if (!hasTorch) return
  const networks = { chain, heads }
  const answers = askTorch(Object.entries(networks).map(([id, network]) => caseOf(id, network, false)))
  for (const [index, network] of Object.values(networks).entries()) expectSame(network, answers[index] as TorchAnswer)
})

test('the name of a class that Python assigns to nothing', () => {
  expect(() => toPyTorch(input(4).dense(2), { name: '__debug__' })).toThrow(FormatError)
})
