import { describe, expect, test } from 'vitest'
import { identity, input, inputs, matmul, permute } from '../../../src/index.js'

import { refusal } from '../../support/check.js'
import { acceptedGraphs, gradualGraphs, refusedGraphs } from '../../support/halves.js'

/** Matrix products of [..., n, k] and [..., k, m], as in torch.matmul. */

const two = 'inputs({ a: [49, 64], b: [64, 32] })'

acceptedGraphs([
  [`${two}.matmul('a', 'b')`, 'Network<{ a: [49, 64]; b: [64, 32]; }, [49, 32], 0>'],
  [`${two}.apply(matmul('a', 'b'))`, 'Network<{ a: [49, 64]; b: [64, 32]; }, [49, 32], 0>'],
  ['input(49, 64).matmul(identity(), permute(1, 0))', 'Network<[49, 64], [49, 49], 0>'],
  ['input(49, 64).matmul(dense(8), x => x.dense(8).permute(1, 0))', 'Network<[49, 64], [49, 49], 1040>'],
  ['input(3, 4, 5).matmul(identity(), permute(0, 2, 1))', 'Network<[3, 4, 5], [3, 4, 4], 0>'],
  ['input(2, 3, 4, 5).matmul(identity(), permute(0, 1, 3, 2))', 'Network<[2, 3, 4, 5], [2, 3, 4, 4], 0>'],
  ['input(7, 7).apply(block(dense(7), matmul(identity(), identity())))', 'Network<[7, 7], [7, 7], 56>'],
  [
    "input(7, 7).keep('m').dense(3).apply(residual(matmul(branch('m', dense(7)), identity())))",
    'Network<[7, 7] & { kept: { m: [7, 7]; }; }, [7, 3], 80>',
  ],
])

refusedGraphs([
  [
    "inputs({ a: [49, 64], b: [32, 49] }).matmul('a', 'b')",
    "'b'",
    /^matmul: \[49, 64\] x \[32, 49\]: branch 1 has 64 columns, branch 2 32 rows: a product needs as many rows as columns\. Use conv1d\(32, 1\) at the end of branch 1\.$/,
  ],
  ["inputs({ a: [49, 64], b: [32, 64] }).matmul('a', 'b')", "'b'", /Use permute\(1, 0\) at the end of branch 2\.$/],
  ["inputs({ a: [64, 49], b: [64, 32] }).matmul('a', 'b')", "'b'", /Use permute\(1, 0\) at the end of branch 1\.$/],
  ["inputs({ a: [2, 3, 4, 5], b: [2, 3, 6, 5] }).matmul('a', 'b')", "'b'", /Use permute\(0, 1, 3, 2\) at the end of branch 2\.$/],
  ["inputs({ a: [3, 4, 5], b: [3, 6, 7] }).matmul('a', 'b')", "'b'", /Use conv2d\(6, 1\) at the end of branch 1\.$/],
  [
    "inputs({ a: [8, 49, 64], b: [4, 64, 49] }).matmul('a', 'b')",
    "'b'",
    /^matmul: \[8, 49, 64\] x \[4, 64, 49\]: all axes before the last two must be equal\.$/,
  ],
  ["inputs({ a: [8, 49, 64], b: [64, 49] }).matmul('a', 'b')", "'b'", /all axes before the last two must be equal/],
  [
    "inputs({ a: [64], b: [64, 49] }).matmul('a', 'b')",
    "'a'",
    /^matmul: branch 1 gives a vector of 64 features: a matrix needs two axes at least\. Use reshape\(1, 64\) at the end of branch 1\.$/,
  ],
  [
    "inputs({ a: [49, 64], b: [64] }).matmul('a', 'b')",
    "'b'",
    /^matmul: branch 2 gives a vector of 64 features: a matrix needs two axes at least\. Use reshape\(64, 1\) at the end of branch 2\.$/,
  ],
  [`${two}.matmul('a', 'c')`, "'c'", /^matmul, branch 2: nothing is kept as 'c' here\./],
  [`${two}.matmul('c', 'a')`, "'c'", /^matmul, branch 1: nothing is kept as 'c' here\./],
  [`${two}.matmul('a', identity())`, 'identity()', /^matmul, branch 2: identity: there are several values here/],
  [`${two}.apply(matmul('b', 'a'))`, "matmul('b', 'a')", /\[64, 32\] x \[49, 64\]/],
  ['input(7, 7).matmul(conv1d(3, 9), identity())', 'conv1d(3, 9)', /^matmul, branch 1: conv1d/],
  ['input(7, 7).residual(matmul(identity(), dense(3)))', 'matmul(identity(), dense(3))', /^residual: the body gives 7x3/],
])

gradualGraphs([
  ["inputs({ a: [wide(49), 64], b: [64, 32] }).matmul('a', 'b')", 'Network<{ a: [number, 64]; b: [64, 32]; }, [number, 32], 0>'],
  ["inputs({ a: [49, wide(64)], b: [64, 32] }).matmul('a', 'b')", 'Network<{ a: [49, number]; b: [64, 32]; }, [49, 32], 0>'],
  ["inputs({ a: [49, 64], b: [64, oneOrFour] }).matmul('a', 'b')", 'Network<{ a: [49, 64]; b: [64, 1 | 4]; }, [49, 1 | 4], 0>'],
  ["inputs({ a: [5, oneOrFour], b: [oneOrFour, 7] }).matmul('a', 'b')", 'Network<{ a: [5, 1 | 4]; b: [1 | 4, 7]; }, [5, 7], 0>'],
  ['input(7, 7).matmul(anything, identity())', 'Network<[7, 7], Shape, number>'],
  ["input(7, 7).matmul(identity(), 'input' as string)", 'Network<[7, 7], Shape, 0>'],
])

describe('at run time', () => {
  test('MACs: one for each value of the product and each that is summed up', () => {
    const { graph } = inputs({ a: [3, 4, 5], b: [3, 5, 2] }).matmul('a', 'b')
    expect(graph.nodes.at(-1)).toMatchObject({
      kind: 'matmul',
      inputs: ['a', 'b'],
      output: [3, 4, 2],
      macs: 3 * 4 * 5 * 2,
      memory: 'own',
      weights: [],
    })
  })

  test('the same value twice', () => {
    expect(input(4, 4).matmul(identity(), identity()).graph.nodes.at(-1)).toMatchObject({ inputs: ['input', 'input'], output: [4, 4] })
  })

  test('one branch is refused, and a third', () => {
    const net = input(4, 4)
    const message = "matmul: needs two branches. Name what is multiplied, such as matmul('queries', 'keys')."
    expect(refusal(() => (net.matmul as never as () => void).call(net)).message).toBe(message)
    expect(refusal(() => net.apply((matmul as never as (one: unknown) => never)(permute(1, 0)))).message).toContain(message)
    expect(
      refusal(() => (net.matmul as never as (...all: unknown[]) => void).call(net, permute(1, 0), identity(), identity())).message,
    ).toBe('matmul: takes at most 2 arguments, not 3. Join layers with block(...).')
    expect(inputs({ a: [2, 3], b: [3, 2] }).matmul('a', 'b').output).toEqual([2, 2])
  })
})
