import { describe, expect, test } from 'vitest'
import { block, conv2d, dense, from, input, keep, maxPool2d } from '../../../src/index.js'
import { refusal } from '../../support/check.js'
import { acceptedGraphs } from '../../support/halves.js'

/** Continuing from a kept value. */

acceptedGraphs([
  [
    "input(8, 8, 3).keep('image').conv2d(16, 1).keep('features').from('image')",
    'Network<[8, 8, 3] & { kept: { image: [8, 8, 3]; }; } & { kept: { features: [8, 8, 16]; }; }, [8, 8, 3], 64>',
  ],
  ["input(8).dense(4).from('input').dense(2)", 'Network<[8], [2], 54>'],
  ["inputs({ a: [8], b: [4] }).from('b').dense(2)", 'Network<{ a: [8]; b: [4]; }, [2], 10>'],
  ["inputs({ a: [8], b: [4] }).from('b').dense(2).from('a')", 'Network<{ a: [8]; b: [4]; }, [8], 10>'],
  // As a layer value, in a block and in a branch.
  [
    "input(8, 8, 3).apply(block(keep('here'), conv2d(8, 3), keep('there'), from('here'), maxPool2d(2)))",
    'Network<[8, 8, 3] & { kept: { here: [8, 8, 3]; }; } & { kept: { there: [6, 6, 8]; }; }, [4, 4, 3], 224>',
  ],
  ["input(8).keep('x').dense(4).residual(block(from('x'), dense(4)))", 'Network<[8] & { kept: { x: [8]; }; }, [4], 72>'],
  ["input(8).keep('x').dense(4).concat((x) => x.from('x').dense(3), identity())", 'Network<[8] & { kept: { x: [8]; }; }, [7], 63>'],
  ["inputs({ a: [8], b: [4] }).apply(block(from('a'), dense(2)))", 'Network<{ a: [8]; b: [4]; }, [2], 18>'],
  ["inputs({ a: [8], b: [4] }).apply(from('a'))", 'Network<{ a: [8]; b: [4]; }, [8], 0>'],
  // Behind named outputs too.
  [
    "input(8).keep('x').dense(4).keep('y').outputs('x', 'y').from('y').relu()",
    'Network<[8] & { kept: { x: [8]; }; } & { kept: { y: [4]; }; }, [4], 36>',
  ],
])

describe('the graph', () => {
  test('what goes on takes the value; what was here stays', () => {
    const net = input(8).dense(4).keep('x').dense(3).from('x').dense(2)
    expect(net.graph.nodes.map(({ name, inputs }) => [name, ...inputs])).toEqual([
      ['input'],
      ['dense_1', 'input'],
      ['dense_2', 'dense_1'],
      ['dense_3', 'dense_1'],
    ])
    expect(net.params).toBe(36 + 15 + 10)
    expect(net.graph.output).toBe('dense_3')
  })

  test('from alone ends at the value itself', () => {
    const net = input(8).dense(4).keep('x').dense(3).from('x')
    expect(net.graph.output).toBe('dense_1')
    expect(net.output).toEqual([4])
  })

  test('a block goes on from a name that stands outside of it', () => {
    const side = block(from('stem'), conv2d(4, 1), keep('side'))
    const net = input(8, 8, 3).conv2d(2, 1).keep('stem').apply(maxPool2d(2)).apply(side)
    expect(net.output).toEqual([8, 8, 4])
    expect(net.graph.kept).toEqual({ stem: 'conv2d_1', side: 'conv2d_2' })
  })

  test.each([undefined, null, 3, {}, ['x'], Symbol('x')])('%s is no name', (name) => {
    const { operation, argument } = refusal(() =>
      input(8)
        .keep('x')
        .apply(from(name as never) as never),
    )
    expect([operation, argument]).toEqual(['from', 'name'])
    expect(
      refusal(() =>
        input(8)
          .keep('x')
          .from(name as never),
      ).argument,
    ).toBe('name')
  })

  test('the layers of both ways have weights of their own', () => {
    const way = dense(4)
    expect(input(8).keep('x').apply(way).from('x').apply(way).params).toBe(72)
  })
})
