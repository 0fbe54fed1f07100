import { describe, expect, test } from 'vitest'
import { input } from '../../src/index.js'
import type { Link } from '../../src/layers/kind/layer.js'
import { graphOf, inputLink } from '../../src/network/link.js'
import { refusal } from '../support/check.js'
import { alexnet, vgg16 } from '../support/networks.js'

/** The graph: names, inputs, shapes, weights, and the order of the nodes. */

const namesOf = ({ graph }: { graph: { nodes: readonly { name: string }[] } }) => graph.nodes.map(({ name }) => name)

describe('names', () => {
  test('a kind and a number, counted for each kind', () => {
    const net = input(8, 8, 3).conv2d(8, 3).relu().conv2d(8, 3).relu().flatten()
    expect(namesOf(net)).toEqual(['input', 'conv2d_1', 'relu_1', 'conv2d_2', 'relu_2', 'flatten_1'])
  })

  test('given names stand as they are', () => {
    expect(namesOf(input(8, 8, 3).conv2d(8, 3, { name: 'stem' }).conv2d(8, 3))).toEqual(['input', 'stem', 'conv2d_1'])
  })

  test('a name that was given twice gets a number', () => {
    const net = input(4).dense(4, { name: 'fc' }).dense(4, { name: 'fc' }).dense(4, { name: 'fc' })
    expect(namesOf(net)).toEqual(['input', 'fc', 'fc_2', 'fc_3'])
  })

  test('a given name is never taken by a number', () => {
    const net = input(4).dense(4).dense(4, { name: 'dense_1' }).dense(4)
    expect(namesOf(net)).toEqual(['input', 'dense_2', 'dense_1', 'dense_3'])
    const twice = input(4).dense(4, { name: 'fc' }).dense(4, { name: 'fc' }).dense(4, { name: 'fc_2' })
    expect(namesOf(twice)).toEqual(['input', 'fc', 'fc_3', 'fc_2'])
  })

  test("a layer called 'input' leaves the input its name", () => {
    const { graph } = input(4).dense(4, { name: 'input' })
    expect(graph.nodes.map(({ name }) => name)).toEqual(['input', 'input_2'])
    expect(graph).toMatchObject({ input: 'input', output: 'input_2' })
    expect(graph.nodes[1]?.inputs).toEqual(['input'])
  })

  test('an empty name is refused', () => {
    for (const name of ['', ' ']) {
      const { message, argument } = refusal(() => input(4).dense(4, { name }))
      expect([message, argument]).toEqual([`dense: name must be a string that is not empty, not "${name}".`, 'options.name'])
    }
  })

  test.each([
    ['VGG-16', vgg16],
    ['AlexNet', alexnet],
  ])('are unique in %s', (_, net) => {
    const names = namesOf(net)
    expect(new Set(names).size).toBe(names.length)
  })

  test('are not in the settings', () => {
    expect(input(4).dense(4, { name: 'fc' }).graph.nodes[1]?.settings).not.toHaveProperty('name')
  })
})

describe('nodes', () => {
  test('each has its inputs, their shapes and its output', () => {
    const { nodes, input: first, output } = input(8, 8, 3).conv2d(8, 3).maxPool2d(2).graph
    expect([first, output]).toEqual(['input', 'maxPool2d_1'])
    expect(nodes[1]).toMatchObject({ inputs: ['input'], inputShapes: [[8, 8, 3]], output: [6, 6, 8] })
    expect(nodes[2]).toMatchObject({ inputs: ['conv2d_1'], inputShapes: [[6, 6, 8]], output: [3, 3, 8] })
  })

  test('VGG-16 has 38, each with the output of the one before as its input', () => {
    const { nodes } = vgg16.graph
    expect(nodes).toHaveLength(38)
    for (const [index, node] of nodes.entries()) {
      expect(node.inputs).toEqual(index === 0 ? [] : [nodes[index - 1]?.name])
      if (index > 0) expect(node.inputShapes).toEqual([nodes[index - 1]?.output])
    }
  })

  test('a graph is made once', () => {
    const net = input(4).dense(4)
    expect(net.graph).toBe(net.graph)
  })
})

describe('links that branch', () => {
  const on = (kind: string, ...inputs: Link[]): Link => ({
    kind,
    inputs,
    applied: { output: [4], settings: {}, weights: [], macs: 0, memory: 'own' },
  })

  test('every input comes before its use, the first branch first, and a shared one once', () => {
    const begin = inputLink([4])
    const shared = on('shared', begin)
    const left = on('left', shared)
    const right = on('right', shared)
    const { nodes } = graphOf(on('join', left, right))
    expect(nodes.map(({ name }) => name)).toEqual(['input', 'shared_1', 'left_1', 'right_1', 'join_1'])
    expect(nodes.at(-1)?.inputs).toEqual(['left_1', 'right_1'])
  })

  test('a link that is joined with what comes after it', () => {
    const begin = inputLink([4])
    const body = on('body', begin)
    const { nodes } = graphOf(on('join', body, begin))
    expect(nodes.map(({ name }) => name)).toEqual(['input', 'body_1', 'join_1'])
    expect(nodes.at(-1)?.inputs).toEqual(['body_1', 'input'])
  })

  test('depth is no matter', () => {
    let last = inputLink([4])
    for (let index = 0; index < 20_000; index += 1) last = on('layer', last)
    expect(graphOf(last).nodes).toHaveLength(20_001)
  })
})
