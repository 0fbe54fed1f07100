import { describe, expect, test } from 'vitest'
import { input } from '../../src/index.js'
import type { Graph, GraphNode } from '../../src/network/graph.js'
import { report } from '../../src/report/index.js'
import { buffersOf, peakOf } from '../../src/report/memory.js'
import { vgg16 } from '../support/networks.js'

/** Which outputs are in memory together. */

const node = (name: string, inputs: string[], values: number, memory: GraphNode['memory'] = 'own'): GraphNode => ({
  name,
  kind: name,
  settings: {},
  inputs,
  inputShapes: [],
  output: [values],
  weights: [],
  macs: 0,
  memory,
})

const graph = (...nodes: GraphNode[]): Graph => ({
  nodes,
  input: nodes[0]?.name as string,
  inputs: [nodes[0]?.name as string],
  output: nodes.at(-1)?.name as string,
  outputs: {},
  kept: {},
})

const peak = (of: Graph) => {
  const { size, ...rest } = peakOf(of, buffersOf(of))
  expect(size).toBe(rest.values)
  return rest
}

describe('buffers', () => {
  test('an activation overwrites its input, a flatten looks at it', () => {
    const { graph } = input(7, 7, 3).conv2d(4, 3).relu().flatten().dense(2)
    expect(Object.fromEntries(buffersOf(graph))).toEqual({
      input: 'input',
      conv2d_1: 'conv2d_1',
      relu_1: 'conv2d_1',
      flatten_1: 'conv2d_1',
      dense_1: 'dense_1',
    })
  })

  test('an activation whose input is read again has memory of its own', () => {
    const branched = graph(
      node('begin', [], 4),
      node('conv', ['begin'], 4),
      node('relu', ['conv'], 4, 'overwrites'),
      node('join', ['relu', 'conv'], 4),
    )
    expect(buffersOf(branched).get('relu')).toBe('relu')
  })
})

describe('peak', () => {
  test('VGG-16: the input and the output of conv1_2, not the sum of all', () => {
    expect(peak(vgg16.graph)).toEqual({ values: 6_422_528, layer: 'conv1_2' })
  })

  test('the largest pair of neighbours in a chain; of equal ones the first', () => {
    expect(peak(graph(node('a', [], 1), node('b', ['a'], 5), node('c', ['b'], 5), node('d', ['c'], 5)))).toEqual({ values: 10, layer: 'c' })
  })

  test('what a later layer still reads stays', () => {
    const long = graph(node('a', [], 10), node('b', ['a'], 1), node('c', ['b'], 1), node('join', ['c', 'a'], 10))
    // At the join: its inputs c (1) and a (10) and its own 10.
    expect(peak(long)).toEqual({ values: 21, layer: 'join' })
  })

  test('a buffer lives as long as the last that looks at it', () => {
    const viewed = graph(node('a', [], 10), node('view', ['a'], 10, 'view'), node('b', ['view'], 3), node('c', ['b'], 3))
    expect(peak(viewed)).toEqual({ values: 13, layer: 'b' })
  })

  test('an input alone', () => expect(peak(graph(node('a', [], 10)))).toEqual({ values: 10, layer: 'a' }))
})

test('the peak is where the most bytes are: values with more bytes than others count once each', () => {
  // At the embedding 10 indices and 10 values, behind it 10 and 30 values.
  const words = input(10).embedding(5, 1).dense(3)
  const peakIn = (dtype: 'f32' | 'f16') => {
    const { peak, bytes } = report(words, { dtype }).totals
    return [peak.layer, peak.values, bytes.inference - bytes.params]
  }
  expect(peakIn('f32')).toEqual(['dense_1', 40, 40 * 4])
  expect(peakIn('f16')).toEqual(['embedding_1', 20, 10 * 8 + 10 * 2])
})
