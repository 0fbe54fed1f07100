import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { AnyNetwork, GraphNode } from '../../src/index.js'
import { report } from '../../src/report/index.js'
import * as zoo from '../../src/zoo/index.js'

/*
 * The tables of the papers, line by line, as far as the figures in them are right: papers.json has them, each table with its source
 * and with what has to be known of it.
 */

interface Table {
  readonly rows: readonly Row[]
}

/** A line of a table; which columns it has is the table's. */
interface Row {
  readonly layer?: string
  readonly type?: string
  readonly config?: string
  readonly model?: string
  readonly depth?: number
  readonly output?: readonly number[]
  readonly kernel?: readonly number[]
  readonly [column: string]: unknown
}

const tables = JSON.parse(readFileSync(new URL('papers.json', import.meta.url), 'utf8')) as Record<string, Table>
const rowsOf = (table: string): readonly Row[] => tables[table]?.rows ?? []
const rowOf = (table: string, column: string, value: unknown): Row => {
  const found = rowsOf(table).find((row) => row[column] === value)
  if (!found) throw new Error(`There is no such line in ${table}.`)
  return found
}

const product = (shape: readonly number[]): number => shape.reduce((so, size) => so * size, 1)
const paramsOf = ({ weights }: GraphNode): number =>
  weights.reduce((sum, { shape, trainable }) => sum + (trainable ? product(shape) : 0), 0)
const ofKind = (network: AnyNetwork, ...kinds: string[]): GraphNode[] => network.graph.nodes.filter(({ kind }) => kinds.includes(kind))
const total = <One>(all: readonly One[], of: (one: One) => number): number => all.reduce((sum, one) => sum + of(one), 0)
const sizesOf = (nodes: readonly GraphNode[], sizes: readonly number[]): number[] =>
  sizes.map((size) => nodes.filter(({ output }) => output[0] === size).length)

/** The nodes of a network in groups, each up to a node where one ends. */
const stagesOf = (network: AnyNetwork, ends: (node: GraphNode) => boolean): GraphNode[][] => {
  const stages: GraphNode[][] = [[]]
  for (const node of network.graph.nodes) {
    stages.at(-1)?.push(node)
    if (ends(node)) stages.push([])
  }
  return stages.slice(0, -1)
}
const outputOf = (stage: readonly GraphNode[]) => stage.at(-1)?.output

test('LeNet-5: shapes, parameters and connections', () => {
  const network = zoo.lenet1998()
  const c3 = ({ kind, output }: GraphNode) => kind === 'concat' && output.at(-1) === 16
  const stages = stagesOf(network, (node) => /^([CSF]\d|input|radialBasis_1)$/.test(node.name) || c3(node))
  /** Uses of weights and of biases; a coefficient counts with its pool, which has one for four values. */
  const connections = ({ kind, output, macs, settings }: GraphNode): number => {
    if (kind === 'avgPool2d') return product(output) * (settings['kernel'] as number) ** 2
    if (kind === 'depthwiseConv2d') return product(output)
    return kind === 'conv2d' || kind === 'dense' ? macs + product(output) : macs
  }
  expect(
    stages.map((stage, index) => ({
      ...{ layer: rowsOf('lenet')[index]?.layer, output: outputOf(stage) },
      ...(index === 0 ? {} : { params: total(stage, paramsOf), connections: total(stage, connections) }),
    })),
  ).toEqual(rowsOf('lenet'))
  expect([network.params, total(network.graph.nodes, connections)]).toEqual([60_000, 340_908])
})

test('AlexNet of 2012: kernels, neurons and multiply-adds', () => {
  const network = zoo.alexnet2012()
  expect(
    ofKind(network, 'conv2d', 'dense').map(({ kind, weights, output }, index) => ({
      layer: rowsOf('alexnet')[index]?.layer,
      ...(kind === 'conv2d' ? { kernel: weights[0]?.shape } : {}),
      neurons: product(output),
    })),
  ).toEqual(rowsOf('alexnet'))
  expect(Math.round(report(network).totals.macs / 1e7)).toBe(72)
})

describe('VGG: the columns of table 1, the parameters of table 2', () => {
  const spelled = ({ kind, settings }: GraphNode): string => {
    if (kind === 'maxPool2d') return `maxpool${settings['kernel']}/${settings['stride']}`
    return kind === 'dense' ? `FC-${settings['units']}` : `conv${settings['kernel']}-${settings['filters']}`
  }
  const configs = { A: zoo.vgg11, B: zoo.vgg13, C: zoo.vgg16C, D: zoo.vgg16, E: zoo.vgg19 }
  test.each(Object.entries(configs))('%s', (config, make) => {
    const network = make()
    const layers = ofKind(network, 'conv2d', 'maxPool2d', 'dense').map(spelled).join(' ')
    expect({ config, layers, millions: Math.round(network.params / 1e6) }).toEqual(rowOf('vgg', 'config', config))
  })

  test('D in the lecture: values, weights and MACs of every line', () => {
    const lines = report(zoo.vgg16(), { biases: false }).layers.filter(({ kind }) => /input|conv|maxPool|dense/.test(kind))
    const found = lines.map(({ activations, params, macs }) => ({ values: activations, weights: params, macs }))
    expect(found).toEqual(rowsOf('lecture').map(({ values, weights, macs }) => ({ values, weights, macs })))
    const values = ({ output = [] }: Row) => product(output)
    expect(lines.map(({ output }) => product(output))).toEqual(rowsOf('lecture').map(values))
    expect(total(found, (line) => line.values)).toBe(15_237_608)
  })
})

test('GoogLeNet: output sizes and the filters of every branch', () => {
  const network = zoo.googlenet()
  const outputs: (readonly number[])[] = []
  for (const { kind, settings, inputShapes, output } of network.graph.nodes) {
    if (kind === 'maxPool2d' && settings['stride'] === 2 && product(outputs.at(-1) ?? []) !== product(inputShapes[0] ?? [])) {
      outputs.push(inputShapes[0] ?? [])
    }
    if (/concat|global|dense/.test(kind) || (kind === 'maxPool2d' && settings['stride'] === 2)) outputs.push(output)
  }
  // A vector is 1x1 with channels in the table.
  const volume = (shape: readonly number[]) => (shape.length === 1 ? [1, 1, ...shape] : shape)
  expect(outputs.map(volume)).toEqual(rowsOf('googlenet').map(({ output }) => output))

  const modules = stagesOf(network, ({ kind }) => kind === 'concat').map((stage) => stage.filter(({ kind }) => kind === 'conv2d').slice(-6))
  const filters = modules.map((convolutions) => convolutions.map(({ output }) => output.at(-1)))
  expect(filters).toEqual(rowsOf('googlenet').flatMap(({ branches }) => (branches ? [branches] : [])))
})

describe('ResNet: blocks, sizes and multiply-adds', () => {
  const version = 1 as const
  const depths = [
    [18, zoo.resnet18()],
    [34, zoo.resnet34()],
    [50, zoo.resnet50({ version })],
    [101, zoo.resnet101({ version })],
    [152, zoo.resnet152({ version })],
  ] as const
  test.each(depths)('%i', (depth, network) => {
    const row = rowOf('resnet', 'depth', depth)
    const { nodes } = network.graph
    expect(nodes.find(({ kind }) => kind === 'conv2d')?.output).toEqual([112, 112, 64])
    expect(sizesOf(ofKind(network, 'add'), [56, 28, 14, 7])).toEqual(row['blocks'])
    // Two or three digits are printed, of some depths cut off rather than rounded.
    expect(Math.abs(report(network).totals.macs - (row['multiplyAdds'] as number))).toBeLessThan(1e8)
  })
})

test('SqueezeNet 1.0: shapes and parameters', () => {
  const network = zoo.squeezenet1_0({ input: 227 })
  const ends = ({ kind, settings }: GraphNode) =>
    /input|maxPool|concat|global/.test(kind) || settings['filters'] === 96 || settings['filters'] === 1000
  // The ReLU after a convolution begins the next group, and a vector is 1x1 with channels in the table.
  expect(
    stagesOf(network, ends).map((stage, index) => {
      const output = outputOf(stage) ?? []
      return {
        layer: rowsOf('squeezenet')[index]?.layer,
        output: output.length === 1 ? [1, 1, ...output] : output,
        params: total(stage, paramsOf),
      }
    }),
  ).toEqual(rowsOf('squeezenet'))
})

describe('DenseNet: layers of the dense blocks, and the sizes between', () => {
  test.each([
    [121, zoo.densenet121()],
    [169, zoo.densenet169()],
    [201, zoo.densenet201()],
  ] as const)('%i', (depth, network) => {
    expect({ depth, layers: sizesOf(ofKind(network, 'concat'), [56, 28, 14, 7]) }).toEqual(rowOf('densenet', 'depth', depth))
    expect(ofKind(network, 'avgPool2d').map(({ output }) => output[0])).toEqual([28, 14, 7])
  })
})

describe('Vision Transformer: the variants', () => {
  const variants = { 'ViT-Base': zoo.vitB16(), 'ViT-Large': zoo.vitL16(), 'ViT-Huge': zoo.vitH14() }
  test.each(Object.entries(variants))('%s', (model, network) => {
    const attention = ofKind(network, 'multiHeadAttention')
    const row = rowOf('vit', 'model', model)
    expect({
      model,
      layers: attention.length,
      hidden: attention[0]?.output[1],
      mlp: ofKind(network, 'dense')[0]?.settings['units'],
      heads: attention[0]?.settings['heads'],
    }).toEqual({ model, layers: row['layers'], hidden: row['hidden'], mlp: row['mlp'], heads: row['heads'] })
    // Base is 86.6 million with a thousand classes, and printed as 86; Large is 304.3 million, and printed as 307.
    expect(Math.abs(network.params / 1e6 - (row['millions'] as number))).toBeLessThan(3)
  })
})

test('U-Net: every size of figure 1 (arXiv:1505.04597)', () => {
  const widths = zoo.unet().graph.nodes.filter(({ kind }) => /input|conv|maxPool/.test(kind))
  const down = [572, 570, 568, 284, 282, 280, 140, 138, 136, 68, 66, 64, 32, 30, 28]
  const up = [56, 54, 52, 104, 102, 100, 200, 198, 196, 392, 390, 388, 388]
  expect(widths.map(({ output }) => output[0])).toEqual([...down, ...up])
})
