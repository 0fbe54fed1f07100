import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { toTypeScript } from '../../../src/formats/typescript/index.js'
import * as stridewise from '../../../src/index.js'
import { type AnyLayer, type AnyNetwork, input } from '../../../src/index.js'
import { rebuild } from '../../../src/network/rebuild.js'
import * as zoo from '../../../src/zoo/index.js'
import { type Checked, check } from '../../support/compiler.js'
import { casesOf, inProportion, sampled } from '../../support/effort.js'
import { evaluated } from '../../support/evaluated.js'
import { expectGolden } from '../../support/golden.js'
import { layerCases } from '../../support/layer-cases.js'
import { drawNetwork, runNetwork } from '../../support/networks-drawn.js'
import { graphSaid } from '../../support/same-graph.js'
import { seed } from '../../support/seed.js'

/** Sources of networks: run, they make the same network again; compiled, they have its shapes and parameters in the type. */

const makers = zoo as unknown as Record<string, () => AnyNetwork>

const expectSame = (network: AnyNetwork) => {
  const again = evaluated(toTypeScript(network))
  expect(again.graph).toEqual(network.graph)
  expect(`${again}`).toBe(`${network}`)
}

/** Heads may branch out in another order. */
const expectAlike = (network: AnyNetwork) => {
  const again = evaluated(toTypeScript(network))
  const layers = ({ graph }: AnyNetwork) =>
    graph.nodes.map(({ kind, settings, inputShapes }) => JSON.stringify([kind, settings, inputShapes])).sort()
  expect(layers(again)).toEqual(layers(network))
  const names = ({ graph }: AnyNetwork) => graph.nodes.map(({ name }) => name).sort()
  expect(names(again)).toEqual(names(network))
  expect(Object.keys(again.graph.outputs).sort()).toEqual(Object.keys(network.graph.outputs).sort())
  // A head at the beginning of a branch may branch out before it, where its name is known from there on.
  expect([again.input, again.output, again.params]).toEqual([network.input, network.output, network.params])
}

describe('a source that runs makes the same network', () => {
  test.each(layerCases.filter(({ network }) => network.graph.nodes[0]?.output.length))('$name', ({ network }) => expectSame(network))

  test.each(sampled(Object.entries(makers).filter(([name]) => name !== 'lenet1998')))('%s', (_, make) => expectSame(make()))

  test('for drawn networks', () => {
    let count = 0
    for (const value of fc.sample(drawNetwork, { seed, numRuns: casesOf('TypeScript: run') })) {
      const network = runNetwork(value)
      // More axes than an input takes come of a reshape; here they would have to be an input.
      if (!network || (network.input as readonly number[]).length > 4) continue
      if (Object.keys(network.graph.outputs).length === 0) expectSame(network)
      else expectAlike(network)
      count += 1
    }
    expect(count).toBeGreaterThan(inProportion('TypeScript: run', 700))
  })
})

describe('layers keep their names', () => {
  const names = (network: AnyNetwork) => network.graph.nodes.map(({ name }) => name)

  test('where a head is called like a head and a number', () => {
    const network = input(8, 8, 3)
      .branchOut('aux', (x) => x.globalAvgPool().dense(2))
      .relu()
      .branchOut('aux_2', (x) => x.globalAvgPool().dense(2).relu()) as AnyNetwork
    expect(Object.keys(network.graph.outputs)).toEqual(['aux', 'aux_2'])
    expectAlike(network)
    expect(names(evaluated(toTypeScript(network))).sort()).toContain('aux_2_dense_1')
  })

  test('where one that was given looks like a number of a kind', () => {
    const network = input(8, 8, 3)
      .conv2d(4, 1)
      .conv2d(4, 1, { name: 'stem_conv2d_7' })
      .conv2d(4, 1, { name: 'conv2d_1' })
      .conv2d(4, 1) as AnyNetwork
    expect(names(network)).toEqual(['input', 'conv2d_2', 'stem_conv2d_7', 'conv2d_1', 'conv2d_3'])
    expectSame(network)
    // No more names than are needed.
    expect(toTypeScript(network).match(/name: /g)).toHaveLength(2)
  })

  test('where numbers are left out', () => {
    const node = (name: string, from: string) => ({ name, kind: 'dense', settings: { units: 4 }, inputs: [from] })
    const nodes = [
      { name: 'input', kind: 'input', settings: {}, inputs: [], output: [4] },
      node('dense_3', 'input'),
      node('dense_1', 'dense_3'),
    ]
    expectSame(rebuild({ nodes, input: 'input', output: 'dense_1' }))
  })
})

describe('nests of blocks', () => {
  const nest = (depth: number): AnyNetwork => {
    let inner = stridewise.relu() as unknown as AnyLayer
    for (let level = 0; level < depth; level += 1) inner = stridewise.residual(inner) as unknown as AnyLayer
    return (input(4) as unknown as { apply(layer: AnyLayer): AnyNetwork }).apply(inner)
  }

  test('are as deep as compilers take them', () => {
    const source = toTypeScript(nest(21), { name: 'deep' })
    expect(check(new Map([['test/formats/typescript/deep.ts', source]])).get('test/formats/typescript/deep.ts')?.complaints).toEqual([])
  })

  test.each([22, 1200])('%d have names where compilers take no more', (depth) => {
    const nodes = [
      { name: 'input', kind: 'input', settings: {}, inputs: [], output: [4] },
      ...Array.from({ length: 2 * depth }, (_, at) =>
        at < depth
          ? { name: `r${at}`, kind: 'relu', settings: {}, inputs: [at === 0 ? 'input' : `r${at - 1}`] }
          : {
              name: `a${at - depth}`,
              kind: 'add',
              settings: {},
              inputs: [at === depth ? `r${depth - 1}` : `a${at - depth - 1}`, at === 2 * depth - 1 ? 'input' : `r${2 * depth - at - 2}`],
            },
      ),
    ]
    const network = rebuild({ nodes, input: 'input', output: `a${depth - 1}` })
    const source = toTypeScript(network)
    expect(graphSaid(evaluated(source)).nodes).toEqual(graphSaid(network).nodes)
    expect(source.match(/\.keep\(/g)?.length).toBeGreaterThan(depth / 22 - 1)
  })
})

describe('a source that compiles has the network in its type', () => {
  const models = ['alexnet', 'vgg16', 'resnet18', 'resnet152', 'squeezenet1_0', 'googlenet', 'inceptionV3', 'densenet121', 'densenet201']
  const more = [
    'mobilenetV2',
    'mobilenetV3Large',
    'efficientnetB0',
    'efficientnetV2S',
    'convnextTiny',
    'regnetY400mf',
    'shufflenetV2X1_0',
    'vitB16',
    'unet',
  ]
  const names = [...models, ...more].filter((name) => makers[name])
  const some = sampled(names)
  let checked: Map<string, Checked>

  beforeAll(() => {
    checked = check(
      new Map(some.map((name) => [`test/formats/typescript/${name}.ts`, toTypeScript((makers[name] as () => AnyNetwork)(), { name })])),
    )
  })

  test('of most families', () => expect(names.length).toBeGreaterThan(15))

  test.each(some)('%s', (name) => {
    const file = checked.get(`test/formats/typescript/${name}.ts`)
    expect(file?.complaints).toEqual([])
    const at = file?.source.text.indexOf(`export const ${name}`) ?? 0
    // An editor writes what is kept in lines of its own.
    const hover = file
      ?.hover(at + 'export const '.length)
      ?.replaceAll(/\s+/g, ' ')
      .replaceAll('; }', ' }')
    expect(hover).toBe(`const ${name}: ${(makers[name] as () => AnyNetwork)()}`)
  })
})

test('how it looks', () => {
  const network = input(32, 32, 3)
    .conv2d(16, 3, { padding: 1, bias: false, name: "stem's" })
    .batchNorm()
    .residual((x) => x.conv2d(16, [3, 5], { padding: [1, 2] }).relu())
    .multiply((x) => x.globalAvgPool().dense(16).sigmoid())
    .concat(
      (x) => x.maxPool2d(3, { stride: 1, padding: 1 }),
      (x) => x,
    )
    .branchOut('aux', (x) => x.globalAvgPool().dense(10))
    .leakyRelu(0.01)
    .dropout(0.5)
    .flatten()
    .dense(10, { name: 'scores' })
  expectGolden('typescript.txt', toTypeScript(network, { name: 'small' }))
})

describe('what no source can say', () => {
  test('a layer defined by hand', () => {
    expect(() => toTypeScript(zoo.lenet1998() as AnyNetwork)).toThrow(
      "typescript: radialBasis_1: a layer of the kind 'radialBasis' was defined by hand.",
    )
  })

  test.each(['2nd', 'class', 'a-b', '', 'input'])('the name %j', (name) => {
    expect(() => toTypeScript(input(3) as AnyNetwork, { name })).toThrow(/^typescript: (name must be|'\w+' cannot be the name)/)
  })
})
