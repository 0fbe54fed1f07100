import { describe, expect, test } from 'vitest'
import { toTypeScript } from '../../src/formats/typescript/index.js'
import {
  type AnyNetwork,
  block,
  identity,
  input,
  inputs,
  multiHeadAttention,
  networkFrom,
  parallel,
  relu,
  shared,
} from '../../src/index.js'
import { report, table } from '../../src/report/index.js'

/** Layers that take a kept value beside their input, as data, in reports and as sources. */

const decoder = inputs({ source: [7, 6], target: [5, 8] })
  .from('source')
  .dense(4)
  .keep('memory')
  .from('target')
  .multiHeadAttention(2, { keys: 'memory', name: 'look' })
  .matmul(identity(), (x) => x.permute(1, 0))

describe('as data', () => {
  test('the second value stands in from, and the network is made again', () => {
    const data = decoder.toJSON()
    expect(data.layers.find(({ name }) => name === 'look')).toEqual({
      name: 'look',
      kind: 'multiHeadAttention',
      settings: { heads: 2 },
      from: ['target', 'dense_1'],
    })
    expect(networkFrom(JSON.parse(JSON.stringify(data))).graph).toEqual(decoder.graph)
    expect(networkFrom(structuredClone({ ...decoder })).graph).toEqual(decoder.graph)
  })

  test('one name in the settings does not make two inputs', () => {
    const data = input(5, 8).multiHeadAttention(2).toJSON()
    const layers = [{ name: 'a', kind: 'multiHeadAttention', settings: { heads: 2, keys: 'input' } }]
    expect(() => networkFrom({ ...data, layers })).toThrow("a: a layer of the kind 'multiHeadAttention' cannot be made from its settings.")
    const both = [{ ...layers[0], from: ['input', 'input'] }]
    expect(() => networkFrom({ ...data, layers: both })).toThrow('cannot be made from its settings.')
  })

  test('attention to itself does not share its weights with attention to another value', () => {
    const layer = shared('s', multiHeadAttention(2))
    const data = inputs({ m: [5, 8], x: [5, 8] })
      .from('x')
      .apply(layer)
      .apply(layer)
      .toJSON()
    const layers = data.layers.map((each, index) => (index === 1 ? { ...each, from: ['s_multiHeadAttention_1', 'm'] } : each))
    expect(() => networkFrom({ ...data, layers })).toThrow("is another layer than 's_multiHeadAttention_1', whose weights it has.")
  })

  test('keys that are no tokens', () => {
    const data = inputs({ m: [5, 8, 3], x: [5, 8] })
      .from('x')
      .multiHeadAttention(2)
      .toJSON()
    const layers = data.layers.map((each) => ({ ...each, from: ['x', 'm'] }))
    expect(() => networkFrom({ ...data, layers })).toThrow(
      'multiHeadAttention: keys need a value of [tokens, features], not 5x8x3. Use toTokens() before it is kept: that gives 40x3.',
    )
  })
})

describe('in a report', () => {
  test('the row says where both values come from', () => {
    const { layers, totals } = report(decoder)
    const row = layers.find(({ name }) => name === 'look')
    expect(row).toMatchObject({
      from: ['target', 'dense_1'],
      input: [
        [5, 8],
        [7, 4],
      ],
      params: 2 * 64 + 2 * 32 + 32,
    })
    expect(row?.macs).toBe(2 * 5 * 64 + 2 * 7 * 4 * 8 + 2 * 5 * 7 * 8)
    expect(totals.macs).toBe(7 * 6 * 4 + (row?.macs as number) + 5 * 8 * 5)
    expect(table(report(decoder), { width: Number.POSITIVE_INFINITY })).toMatch(
      /^look +multiHeadAttention, 2 heads, keys 7x4 +5x8 .* <- target, memory$/m,
    )
  })

  test('queries, and keys and values of the other value, are written on the way', () => {
    const [alone, across] = [input(5, 8).multiHeadAttention(2), input(5, 8).keep('m').multiHeadAttention(2, { keys: 'm' })]
    expect(report(across as never).totals.activations).toEqual(report(alone).totals.activations)
    const row = report(decoder).layers.find(({ name }) => name === 'look')
    // 5 * 8 queries, 7 * 8 keys and values each, 5 * 8 weighted sums, and the output.
    expect(row?.activations).toBe(40 + 2 * 56 + 40 + 40)
  })

  test('the receptive field: all keys, and of a product the whole axis that is summed up', () => {
    const images = inputs({ left: [9, 9, 4], right: [9, 9, 4] })
    const across = images.from('left').conv2d(4, 3).toTokens().keep('m').from('right').toTokens().multiHeadAttention(1, { keys: 'm' })
    expect(report(across as never).layers.at(-1)?.receptiveFields).toEqual({ left: [9, 9], right: [9, 9] })
    const rows = input(9, 4)
      .conv1d(4, 3, { padding: 1 })
      .matmul(identity(), (x) => x.permute(1, 0))
    expect(report(rows as never).layers.at(-1)?.receptiveField).toEqual([11])
    const own = input(9, 6, 4)
      .conv2d(4, 3, { padding: 1 })
      .matmul(identity(), (x) => x.permute(0, 2, 1).conv2d(4, 1))
    expect(report(own as never).layers.at(-1)?.receptiveField[0]).toBe(3)
  })
})

describe('as a source', () => {
  test('the value that is taken gets a name where it has none', () => {
    const plain = networkFrom({ ...decoder.toJSON(), kept: {} })
    expect(toTypeScript(plain)).toContain(".multiHeadAttention(2, { keys: 'dense_1', name: 'look' })")
    expect(toTypeScript(decoder)).toContain(".multiHeadAttention(2, { keys: 'memory', name: 'look' })")
  })

  test('in a head that branches out before the value has its name', () => {
    const net = inputs({ x: [5, 8], m: [7, 8] })
      .from('m')
      .dense(8)
      .keep('memory')
      .from('x')
      .dense(8)
      .branchOut('head', block(multiHeadAttention(2, { keys: 'memory' }), relu()))
      .relu() as unknown as AnyNetwork
    expect(toTypeScript(net)).toContain("keys: 'memory'")
  })

  test('one shared layer that takes other keys in each tower has no source', () => {
    const tower = input(5, 8)
      .keep('m')
      .dense(8)
      .apply(shared('look', multiHeadAttention(2, { keys: 'm' })))
    const both = parallel({ a: tower, b: tower }).add('a', 'b') as unknown as AnyNetwork
    expect(both.graph.nodes.filter(({ sharedWith }) => sharedWith !== undefined)).toHaveLength(1)
    expect(() => toTypeScript(both)).toThrow("the shared layer 'look' takes keys from another value here, and its source has one name.")
  })
})
