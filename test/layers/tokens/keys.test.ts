import { describe, expect, test } from 'vitest'
import { block, branch, input, inputs, keep, multiHeadAttention, repeat, residual, shared } from '../../../src/index.js'

import { refusal } from '../../support/check.js'
import { acceptedGraphs, gradualGraphs, refusedGraphs } from '../../support/halves.js'

/** Attention across: keys and values of a kept value. PyTorch 1.13's nn.MultiheadAttention has these parameters. */

const two = 'inputs({ source: [20, 512], target: [30, 512] })'
const narrow = 'inputs({ source: [7, 6], target: [5, 8] })'

acceptedGraphs([
  [
    `${two}.from('target').multiHeadAttention(8, { keys: 'source' })`,
    'Network<{ source: [20, 512]; target: [30, 512]; }, [30, 512], 1050624>',
  ],
  [`${narrow}.from('target').multiHeadAttention(2, { keys: 'source' })`, 'Network<{ source: [7, 6]; target: [5, 8]; }, [5, 8], 256>'],
  [
    `${narrow}.from('target').multiHeadAttention(2, { keys: 'source', bias: false })`,
    'Network<{ source: [7, 6]; target: [5, 8]; }, [5, 8], 224>',
  ],
  [
    `${narrow}.from('source').apply(multiHeadAttention(3, { keys: 'target' }))`,
    'Network<{ source: [7, 6]; target: [5, 8]; }, [7, 6], 192>',
  ],
  ["input(5, 8).multiHeadAttention(2, { keys: 'input' })", 'Network<[5, 8], [5, 8], 288>'],
  [
    "input(5, 8).keep('memory').dense(4).apply(repeat(2, residual(multiHeadAttention(2, { keys: 'memory', bias: false }))))",
    'Network<[5, 8] & { kept: { memory: [5, 8]; }; }, [5, 4], 228>',
  ],
  [
    "input(5, 8).apply(block(keep('memory'), dense(4), multiHeadAttention(2, { keys: 'memory', bias: false })))",
    'Network<[5, 8] & { kept: { memory: [5, 8]; }; }, [5, 4], 132>',
  ],
  [
    "input(5, 8).keep('memory').dense(4).add(x => x.multiHeadAttention(2, { keys: 'memory', bias: false }), branch('memory', dense(4), multiHeadAttention(1, { keys: 'memory', bias: false })))",
    'Network<[5, 8] & { kept: { memory: [5, 8]; }; }, [5, 4], 264>',
  ],
])

refusedGraphs([
  [
    `${two}.from('target').multiHeadAttention(8, { keys: 'memory' })`,
    'keys',
    /^multiHeadAttention: nothing is kept as 'memory' here\. Check the name, or write \.keep\('memory'\) after the layer whose output it is, outside of branches\.$/,
  ],
  [
    'input(5, 8).multiHeadAttention(2, { keys: input(5, 8) })',
    'keys',
    /^multiHeadAttention: keys must be the name of a kept value\. Write \.keep\('memory'\) after the layer whose output it is, and keys: 'memory' here\.$/,
  ],
  ['input(5, 8).multiHeadAttention(2, { keys: 3 })', 'keys', /keys must be the name of a kept value/],
  ['input(5, 8).multiHeadAttention(2, { bias: false, keys: true })', 'keys', /keys must be the name of a kept value/],
  ['input(5, 8).multiHeadAttention(2, { keys: null })', 'keys', /keys must be the name of a kept value/],
  ["input(5, 8).multiHeadAttention(2, { keys: ['input'] })", 'keys', /keys must be the name of a kept value/],
  ['input(5, 8).apply(multiHeadAttention(2, { keys: 3 }))', 'multiHeadAttention(2, { keys: 3 })', /keys must be the name of a kept value/],
  [
    "inputs({ image: [4, 4, 8], target: [5, 8] }).from('target').multiHeadAttention(2, { keys: 'image' })",
    'keys',
    /^multiHeadAttention: keys need a value of \[tokens, features\], not 4x4x8\. Use toTokens\(\) before it is kept: that gives 16x8\.$/,
  ],
  [
    "inputs({ all: [8], target: [5, 8] }).from('target').multiHeadAttention(2, { keys: 'all' })",
    'keys',
    /^multiHeadAttention: keys need a value of \[tokens, features\], not a vector of 8 features\.$/,
  ],
  [`${two}.from('target').multiHeadAttention(5, { keys: 'memory' })`, '5', /5 heads do not divide 512 features/],
  [
    `${two}.from('target').multiHeadAttention(8, { keys: 'memory', mask: true })`,
    'mask',
    /The options are bias, causal, keys, keyValueHeads, headWidth and name\./,
  ],
  [
    "input(5, 8).apply(block(multiHeadAttention(2, { keys: 'late' }), keep('late')))",
    "block(multiHeadAttention(2, { keys: 'late' }), keep('late'))",
    /layer 1 of 2: multiHeadAttention: nothing is kept as 'late' here/,
  ],
  [
    "input(5, 8).residual(block(keep('inside'), dense(8))).multiHeadAttention(2, { keys: 'inside' })",
    'keys',
    /nothing is kept as 'inside' here/,
  ],
  [
    "input(5, 8).keep('m').dense(4).concat(x => x.dense(2), multiHeadAttention(2, { keys: 'n' }))",
    "multiHeadAttention(2, { keys: 'n' })",
    /^concat, branch 2: multiHeadAttention: nothing is kept as 'n' here/,
  ],
  [
    "input(5, 8).keep('m').dense(4).apply(repeat(2, multiHeadAttention(2, { keys: 'n' })))",
    "repeat(2, multiHeadAttention(2, { keys: 'n' }))",
    /multiHeadAttention: nothing is kept as 'n' here/,
  ],
  [`${two}.multiHeadAttention(8, { keys: 'source' })`, '8', /^multiHeadAttention: there are several values here, and no current one\./],
  [`${two}.apply(multiHeadAttention(8, { keys: 'source' }))`, "multiHeadAttention(8, { keys: 'source' })", /several values here/],
  [`${two}.apply(multiHeadAttention(8))`, 'multiHeadAttention(8)', /several values here/],
])

gradualGraphs([
  [
    "input(5, 8).keep('m').dense(oneOrFour).multiHeadAttention(1, { keys: 'm' })",
    'Network<[5, 8] & { kept: { m: [5, 8]; }; }, [5, 1 | 4], 31 | 58 | 121 | 148>',
  ],
  [
    "inputs({ m: [5, oneOrFour], x: [3, 8] }).from('x').multiHeadAttention(1, { keys: 'm' })",
    'Network<{ m: [5, 1 | 4]; x: [3, 8]; }, [3, 8], 176 | 224>',
  ],
  [
    "inputs({ m: [5, wide(4)], x: [3, 8] }).from('x').multiHeadAttention(1, { keys: 'm' })",
    'Network<{ m: [5, number]; x: [3, 8]; }, [3, 8], number>',
  ],
  [
    "inputs({ m: [wide(4), 8], x: [3, 8] }).from('x').multiHeadAttention(1, { keys: 'm' })",
    'Network<{ m: [number, 8]; x: [3, 8]; }, [3, 8], 288>',
  ],
  ["input(5, 8).multiHeadAttention(2, { keys: 'input', bias: yesOrNo })", 'Network<[5, 8], [5, 8], 288 | 256>'],
  ['input(5, 8).multiHeadAttention(2, { keys: anything })', 'Network<[5, 8], [5, 8], number>'],
  ["input(5, 8).multiHeadAttention(2, { keys: 'input' as string })", 'Network<[5, 8], [5, 8], number>'],
  [
    "input(5, 8).keep('m').dense(4).multiHeadAttention(2, { keys: 'm' as 'm' | 'input' })",
    'Network<[5, 8] & { kept: { m: [5, 8]; }; }, [5, 4], number>',
  ],
  ["input(5, 8).multiHeadAttention(2, {} as { keys?: 'input' })", 'Network<[5, 8], [5, 8], number>'],
])

describe('at run time', () => {
  test('an empty name, for which the type has those that there are', () => {
    const error = refusal(() => input(5, 8).multiHeadAttention(2, { keys: '' as 'input' }))
    expect(error).toMatchObject({ operation: 'multiHeadAttention', argument: 'options.keys' })
    expect(error.message).toBe('multiHeadAttention: needs a name that is not empty.')
  })

  const net = inputs({ source: [7, 6], target: [5, 8] })
    .from('target')
    .multiHeadAttention(2, { keys: 'source' })
  const node = net.graph.nodes.at(-1)

  test('weights and arithmetic: 2 t f f + 2 m k f + 2 t m f', () => {
    expect(node).toMatchObject({
      kind: 'multiHeadAttention',
      inputs: ['target', 'source'],
      inputShapes: [
        [5, 8],
        [7, 6],
      ],
      settings: { heads: 2, bias: true },
      macs: 2 * 5 * 8 * 8 + 2 * 7 * 6 * 8 + 2 * 5 * 7 * 8,
    })
    expect(node?.weights.map(({ name, shape }) => [name, shape])).toEqual([
      ['queryKernel', [8, 8]],
      ['keyKernel', [6, 8]],
      ['valueKernel', [6, 8]],
      ['inProjectionBias', [24]],
      ['outProjectionKernel', [8, 8]],
      ['outProjectionBias', [8]],
    ])
  })

  test('with as many features it has the weights of self-attention', () => {
    const across = inputs({ source: [7, 8], target: [5, 8] })
      .from('target')
      .multiHeadAttention(2, { keys: 'source' })
    expect(across.graph.nodes.at(-1)?.weights).toEqual(input(5, 8).multiHeadAttention(2).graph.nodes.at(-1)?.weights)
  })

  test('one shared layer is one set of weights, for one value of keys', () => {
    const layer = shared('look', multiHeadAttention(2, { keys: 'm', bias: false }))
    const twice = input(5, 8).keep('m').dense(4).apply(layer).apply(layer)
    expect(twice.params).toBe(36 + 2 * (16 + 32))
    expect(twice.graph.nodes.at(-1)).toMatchObject({
      inputs: ['look_multiHeadAttention_1', 'input'],
      sharedWith: 'look_multiHeadAttention_1',
    })
    const other = inputs({ m: [5, 6], x: [5, 8], y: [5, 4] })
    const error = refusal(() =>
      other
        .from('x')
        .apply(layer)
        .from('y')
        .apply(layer as never),
    )
    expect(error.message).toBe("shared: 'look' has weights for 8 channels, and here it stands on 4.")
  })

  test('applied again and in a block, each has weights of its own', () => {
    const decoder = block(residual(multiHeadAttention(2)), residual(multiHeadAttention(2, { keys: 'm' })))
    const net = input(5, 8).keep('m').apply(repeat(3, decoder))
    expect(net.params).toBe(6 * 288)
    expect(net.apply(input(5, 8).keep('n').multiHeadAttention(2, { keys: 'n' })).params).toBe(7 * 288)
    expect(branch('m', multiHeadAttention(2, { keys: 'm' }), keep('n')).kind).toBe('branch')
  })
})
