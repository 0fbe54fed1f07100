import { describe, expect, test } from 'vitest'
import { branchOut, dense, input, inputs, networkFrom, parallel, residual } from '../../src/index.js'
import { acceptedGraphs } from '../support/halves.js'

/** A network inside another: what its names mean where it is applied. */

const declarations = `const inner = input(8).apply(residual(block(branchOut('aux', dense(3)), relu()))).dense(8)
const pair = parallel({ a: input(8).dense(4), b: input(8).dense(4).keep('k') })
const sum = pair.add('a', 'b')
const renamed = pair.from('a').keep('x').from('b').keep('y').outputs('x', 'y')
`

acceptedGraphs(
  [
    // The name of a head inside a branch is known in that branch only.
    ['input(8).apply(inner).apply(inner)', 'Network<[8], [8], 198>'],
    ["input(8).apply(inner).keep('aux')", 'Network<[8] & { kept: { aux: [8]; }; }, [8], 99>'],
    ["input(8).keep('aux').apply(inner)", 'Network<[8] & { kept: { aux: [8]; }; }, [8], 99>'],
    [
      "input(8).apply(shared('s', inner)).apply(shared('s', inner))",
      'Network<[8] & { shared: { s: { input: [8]; layer: 1428; params: 99; }; }; }, [8], 99>',
    ],
    [
      'parallel({ one: inner, other: inner })',
      'Network<{ one: [8]; other: [8]; } & { kept: { one: [8]; other: [8]; }; }, { one: [8]; other: [8]; }, 198>',
    ],
    // The names of towers are those of their inputs.
    ['inputs({ a: [8], b: [8] }).apply(sum)', 'Network<{ a: [8]; b: [8]; } & { kept: { "b.k": [4]; }; }, [4], 72>'],
    ["inputs({ a: [8], b: [8] }).apply(sum).from('a').dense(2)", 'Network<{ a: [8]; b: [8]; } & { kept: { "b.k": [4]; }; }, [2], 90>'],
    [
      "input(8).keep('a').dense(8).keep('b').apply(sum)",
      'Network<[8] & { kept: { a: [8]; }; } & { kept: { b: [8]; }; } & { kept: { "b.k": [4]; }; }, [4], 144>',
    ],
    [
      "inputs({ a: [8], b: [8] }).apply(renamed).add('x', 'y')",
      'Network<{ a: [8]; b: [8]; } & { kept: { x: [4]; y: [4]; "b.k": [4]; }; }, [4], 72>',
    ],
  ],
  declarations,
)

describe('a head inside a branch', () => {
  const inner = input(8)
    .apply(residual(branchOut('aux', dense(3))))
    .dense(8)

  test('is an output each time that the network is applied, with a number', () => {
    const { graph, params } = input(8).apply(inner).apply(inner)
    expect(graph.outputs).toEqual({ aux: 'aux_dense_1', aux_2: 'aux_dense_2' })
    expect(graph.kept).toEqual({})
    expect(params).toBe(198)
  })

  test('stays what it is as data', () => {
    const twice = input(8).apply(inner).apply(inner)
    expect(networkFrom(JSON.parse(JSON.stringify(twice))).graph).toEqual(twice.graph)
  })
})

describe('towers inside a network', () => {
  const sum = parallel({ a: input(8).dense(4), b: input(8).dense(4) }).add('a', 'b')

  test('take the values of their names, which keep their meaning', () => {
    const { graph } = inputs({ a: [8], b: [8] })
      .apply(sum)
      .from('a')
      .dense(2)
    expect(graph.nodes.map(({ name, inputs: from }) => [name, ...from])).toEqual([
      ['a'],
      ['b'],
      ['dense_1', 'a'],
      ['dense_2', 'b'],
      ['add_1', 'dense_1', 'dense_2'],
      ['dense_3', 'a'],
    ])
    expect(graph.kept).toEqual({})
  })
})
