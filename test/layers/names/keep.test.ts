import { describe, expect, test } from 'vitest'
import {
  type AnyNetwork,
  add,
  block,
  concat,
  conv2d,
  dense,
  identity,
  input,
  keep,
  maxPool2d,
  relu,
  repeat,
  residual,
} from '../../../src/index.js'
import { unet } from '../../../src/zoo/index.js'
import { refusal } from '../../support/check.js'
import { formulasOf } from '../../support/formulas.js'
import { acceptedGraphs } from '../../support/halves.js'
import { runLine } from '../../support/lines.js'
import { unetBlocks, unetByNames, unetByNamesInBlock, unetNested, unetNestedInChain } from '../../support/unet.js'

/** Values with a name. */

acceptedGraphs([
  ["input(8, 8, 3).keep('image')", 'Network<[8, 8, 3] & { kept: { image: [8, 8, 3]; }; }, [8, 8, 3], 0>'],
  [
    "input(8, 8, 3).conv2d(16, 1).keep('skip').conv2d(16, 1).add('skip', identity())",
    'Network<[8, 8, 3] & { kept: { skip: [8, 8, 16]; }; }, [8, 8, 16], 336>',
  ],
  ["input(8).dense(4).add('input', 'input')", 'Network<[8], [8], 36>'],
  ["input(8).dense(4).concat('input', identity())", 'Network<[8], [12], 36>'],
  // In a block the name is known behind it.
  [
    "input(8, 8, 3).apply(block(conv2d(4, 1), keep('c2'), maxPool2d(2), keep('c3'))).upsample(2).concat('c2', identity())",
    'Network<[8, 8, 3] & { kept: { c2: [8, 8, 4]; }; } & { kept: { c3: [4, 4, 4]; }; }, [8, 8, 8], 16>',
  ],
  ["input(8).apply(repeat(1, block(dense(4), keep('once')))).from('once')", 'Network<[8] & { kept: { once: [4]; }; }, [4], 36>'],
  // In a branch it is known there alone, so that the name is free outside.
  [
    "input(8).residual(block(dense(8), keep('h'), dense(8), add('h', identity()))).keep('h')",
    'Network<[8] & { kept: { h: [8]; }; }, [8], 144>',
  ],
  ["input(8).concat(block(keep('h'), dense(2)), block(keep('h'), dense(3)))", 'Network<[8], [5], 45>'],
  ["input(8).residual((x) => x.dense(8).keep('h').dense(8).add('h', identity()))", 'Network<[8], [8], 144>'],
  [
    "input(8).keep('outside').residual((x) => x.dense(8).add('outside', identity()))",
    'Network<[8] & { kept: { outside: [8]; }; }, [8], 72>',
  ],
  // What is applied keeps its names: a function, a block, a network.
  ["input(8).apply((x) => x.dense(4).keep('h').dense(2)).from('h')", 'Network<[8] & { kept: { h: [4]; }; }, [4], 46>'],
  ["input(8).apply(block(dense(4), keep('h'), dense(2))).from('h')", 'Network<[8] & { kept: { h: [4]; }; }, [4], 46>'],
  ["input(8).apply(input(8).dense(4).keep('h').dense(2)).from('h')", 'Network<[8] & { kept: { h: [4]; }; }, [4], 46>'],
  [
    "input(8).keep('a').apply(input(8).dense(4).keep('h').dense(8)).add('a', identity()).concat('h', identity())",
    'Network<[8] & { kept: { a: [8]; }; } & { kept: { h: [4]; }; }, [12], 76>',
  ],
  // The type grows by what is new: names from outside of a function stand in it once.
  [
    "input(8).keep('a').apply((x) => x.dense(4).keep('b')).apply((x) => x.add('b', identity()))",
    'Network<[8] & { kept: { a: [8]; }; } & { kept: { b: [4]; }; }, [4], 36>',
  ],
  [
    "inputs({ l: [8], r: [8] }).from('l').apply((x) => x.dense(4).keep('b'))",
    'Network<{ l: [8]; r: [8]; } & { kept: { b: [4]; }; }, [4], 36>',
  ],
  ["inputs({ l: [8], r: [4] }).from('l').concat((x) => x.dense(4).add('r', identity()), 'r')", 'Network<{ l: [8]; r: [4]; }, [8], 36>'],
  // In a function, 'input' is its argument, whatever the inputs are called.
  [
    "inputs({ input: [8], r: [4] }).from('r').apply((x) => x.dense(3).concat('input', identity()))",
    'Network<{ input: [8]; r: [4]; }, [7], 15>',
  ],
  // In a function, 'input' is the value that it takes.
  ["input(8).dense(4).apply((x) => x.dense(3).concat('input', identity()))", 'Network<[8], [7], 51>'],
  // Heads are kept values.
  ["input(8).branchOut('aux', dense(2)).dense(2).add('aux', identity())", 'Network<[8] & { kept: { aux: [2]; }; }, [2], 36>'],
  ["input(8).keep('a b').keep('c-d').add('a b', 'c-d')", 'Network<[8] & { kept: { "a b": [8]; }; } & { kept: { "c-d": [8]; }; }, [8], 0>'],
])

describe('the graph', () => {
  test('a name is no node: it is that of the layer whose output it is', () => {
    const { graph } = input(8).dense(4).keep('a').keep('b').relu()
    expect(graph.nodes.map(({ name }) => name)).toEqual(['input', 'dense_1', 'relu_1'])
    expect(graph.kept).toEqual({ a: 'dense_1', b: 'dense_1' })
    expect(graph.output).toBe('relu_1')
  })

  test('the input may have a second name', () => {
    expect(input(8).keep('x').dense(2).graph.kept).toEqual({ x: 'input' })
  })

  test('a name that is kept in a branch is not in the graph', () => {
    expect(input(8).residual(block(keep('h'), dense(8))).graph.kept).toEqual({})
    expect(input(8).apply(concat(block(dense(2), keep('h')), identity())).graph.kept).toEqual({})
  })

  test('what is not used again is there and counts', () => {
    const net = input(8).keep('x').dense(100).keep('dead').from('x').dense(2)
    expect(net.params).toBe(900 + 18)
    expect(net.graph.nodes.map(({ name }) => name)).toEqual(['input', 'dense_1', 'dense_2'])
    expect(net.graph.output).toBe('dense_2')
  })

  test.each(['constructor', '__proto__', 'toString', 'kept', 'shared', 'length', '0'])('a value called %s', (name) => {
    const net = input(8).dense(4).keep(name).dense(4).add(name, identity())
    expect(net.graph.kept).toEqual(Object.fromEntries([[name, 'dense_1']]))
    expect(net.graph.nodes.at(-1)?.inputs).toEqual(['dense_1', 'dense_2'])
    expect(refusal(() => net.keep(name as never)).argument).toBe('name')
  })

  test.each(['constructor', '__proto__', 'toString', 'length', '0', 'nodes'])('nothing is kept as %s', (name) => {
    expect(refusal(() => input(8).from(name as never)).message).toBe(
      `from: nothing is kept as '${name}' here. Check the name, or write .keep('${name}') after the layer whose output it is, outside of branches.`,
    )
  })
})

test('networks are never changed: a prefix goes on twice, each time with names of its own', () => {
  const stem = input(8).dense(4).keep('stem')
  const left = stem.dense(3).keep('own')
  const right = stem.relu().keep('own')
  expect(stem.graph.kept).toEqual({ stem: 'dense_1' })
  expect(left.from('own').output).toEqual([3])
  expect(right.from('own').output).toEqual([4])
  expect(refusal(() => stem.from('own' as never)).operation).toBe('from')
  expect(left.keep('more').graph.kept).toEqual({ stem: 'dense_1', own: 'dense_2', more: 'dense_2' })
  expect(left.graph.kept).toEqual({ stem: 'dense_1', own: 'dense_2' })
})

test('a block with a name stands in several networks, and once in each', () => {
  const backbone = block(conv2d(4, 1), keep('c2'), maxPool2d(2), relu())
  for (const size of [8, 16] as const) {
    const net = input(size, size, 3).apply(backbone)
    expect(net.graph.kept).toEqual({ c2: 'conv2d_1' })
  }
  expect(refusal(() => input(8, 8, 3).apply(repeat(2, backbone) as never)).message).toMatch(
    /^time 2 of 2: layer 2 of 4: keep: there is a value called 'c2' already/,
  )
})

test('10,000 names', () => {
  interface Keeps extends AnyNetwork {
    keep(name: string): Keeps
    from(name: string): Keeps
  }
  let net = input(4) as unknown as Keeps
  for (let index = 0; index < 10_000; index += 1) net = net.keep(`n${index}`)
  expect(Object.keys(net.graph.kept)).toHaveLength(10_000)
  expect(net.from('n0').output).toEqual([4])
})

test('a long skip is the same graph as the nested one', () => {
  const byNames = input(8, 8, 4).keep('skip').conv2d(4, 1).relu().add(identity(), 'skip')
  const nested = input(8, 8, 4).apply(residual(block(conv2d(4, 1), relu())))
  expect(byNames.graph.nodes).toEqual(nested.graph.nodes)
  const sum = input(8, 8, 4).apply(add(block(conv2d(4, 1), relu()), identity()))
  expect(byNames.graph.nodes).toEqual(sum.graph.nodes)
})

test('U-Net by names is the same graph as the nested one', () => {
  const network = runLine(unetByNames, unetBlocks) as AnyNetwork
  expect(network.params).toBe(31_030_658)
  expect(network.output).toEqual([388, 388, 2])
  expect(Object.keys(network.graph.kept)).toEqual(['level1', 'level2', 'level3', 'level4'])
  expect(formulasOf(network.graph)).toEqual(formulasOf(unet().graph))
  for (const other of [unetNested, unetNestedInChain, unetByNamesInBlock])
    expect(formulasOf((runLine(other, unetBlocks) as AnyNetwork).graph)).toEqual(formulasOf(network.graph))
})
