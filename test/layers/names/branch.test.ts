import { describe, expect, test } from 'vitest'
import { branch, conv2d, dense, identity, input, inputs, keep, relu } from '../../../src/index.js'
import { refusal } from '../../support/check.js'
import { acceptedGraphs } from '../../support/halves.js'

/** Branches that start at a kept value. */

acceptedGraphs([
  ["input(8).keep('x').dense(4).add(branch('x', dense(4)), identity())", 'Network<[8] & { kept: { x: [8]; }; }, [4], 72>'],
  [
    "input(8).keep('x').dense(4).concat(branch('x'), identity(), branch('x', dense(2), relu()))",
    'Network<[8] & { kept: { x: [8]; }; }, [14], 54>',
  ],
  ["inputs({ a: [8], b: [4] }).add(branch('a', dense(4)), 'b')", 'Network<{ a: [8]; b: [4]; }, [4], 36>'],
  ["inputs({ a: [8], b: [4] }).subtract(branch('a', dense(2)), branch('b', dense(2)))", 'Network<{ a: [8]; b: [4]; }, [2], 28>'],
  ["inputs({ a: [8, 8, 4], b: [4] }).multiply('a', branch('b', dense(4), sigmoid()))", 'Network<{ a: [8, 8, 4]; b: [4]; }, [8, 8, 4], 20>'],
  ["input(8).keep('x').dense(4).residual(branch('x', dense(4)))", 'Network<[8] & { kept: { x: [8]; }; }, [4], 72>'],
  ["input(8).keep('x').dense(4).residual(relu(), branch('x', dense(4)))", 'Network<[8] & { kept: { x: [8]; }; }, [4], 72>'],
  ["input(8).keep('x').dense(4).multiply(branch('x', dense(4), sigmoid()))", 'Network<[8] & { kept: { x: [8]; }; }, [4], 72>'],
  [
    "input(8).keep('x').dense(4).branchOut('aux', branch('x', dense(2)))",
    'Network<[8] & { kept: { x: [8]; }; } & { kept: { aux: [2]; }; }, [4], 54>',
  ],
  // On the main path it is `from` and its layers.
  ["input(8).keep('x').dense(4).apply(branch('x', dense(2)))", 'Network<[8] & { kept: { x: [8]; }; }, [2], 54>'],
  // In a branch in a branch.
  ["input(8).keep('x').dense(8).residual(add(branch('x', dense(8)), identity()))", 'Network<[8] & { kept: { x: [8]; }; }, [8], 144>'],
  [
    "input(8).keep('x').dense(4).add(branch('x', dense(6), keep('y'), dense(4), concat('y', identity()), dense(4)), identity())",
    'Network<[8] & { kept: { x: [8]; }; }, [4], 162>',
  ],
  [
    "input(8).keep('x').dense(4).concat(identity(), branch('x', shared('s', dense(4))), branch('x', shared('s', dense(4))))",
    'Network<[8] & { kept: { x: [8]; }; } & { shared: { s: { input: [8]; layer: 1238; params: 36; }; }; }, [12], 72>',
  ],
])

describe('the graph', () => {
  test('its layers stand on the value', () => {
    const net = input(8)
      .keep('x')
      .dense(4)
      .add(branch('x', dense(4), relu()), identity())
    expect(net.graph.nodes.map(({ name, inputs: from }) => [name, ...from])).toEqual([
      ['input'],
      ['dense_1', 'input'],
      ['dense_2', 'input'],
      ['relu_1', 'dense_2'],
      ['add_1', 'relu_1', 'dense_1'],
    ])
  })

  test('without layers it is the name alone', () => {
    const net = input(8).keep('x').dense(8)
    expect(net.add(branch('x'), identity()).graph).toEqual(net.add('x', identity()).graph)
  })

  test('what is kept in it is known in it alone', () => {
    const net = input(8)
      .keep('x')
      .dense(4)
      .add(branch('x', dense(4), keep('y')), identity())
    expect(Object.keys(net.graph.kept)).toEqual(['x'])
    expect(refusal(() => net.from('y' as never)).message).toMatch(/^from: nothing is kept as 'y' here/)
    expect(net.keep('y').graph.kept).toEqual({ x: 'input', y: 'add_1' })
  })

  test('a mistake says where it stands', () => {
    const pair = inputs({ a: [8, 8, 4], b: [4] })
    expect(refusal(() => pair.add(branch('a', relu(), conv2d(4, 9) as never) as never, 'b' as never))).toEqual({
      message: expect.stringMatching(/^add, branch 1: branch 'a', layer 2 of 2: conv2d: a 9x9 filter is larger than the 8x8 input/),
      operation: 'conv2d',
      argument: 'branches[0]',
    })
  })

  test.each([undefined, null, 3, relu()])('%s is no name', (name) => {
    expect(
      refusal(() =>
        input(8)
          .keep('x')
          .add(branch(name as never) as never, identity()),
      ).operation,
    ).toBe('branch')
  })
})
