import { describe, expect, test } from 'vitest'
import { block, embedding, gru, input, lstm } from '../../../src/index.js'
import { report } from '../../../src/report/index.js'
import { acceptedByBoth, gradual, refusedByBoth } from '../../support/both.js'
import { refusal } from '../../support/check.js'

acceptedByBoth([
  ['input(100).embedding(30_000, 128)', 'Network<[100], [100, 128], 3840000>'],
  ['input(100, 64).lstm(128)', 'Network<[100, 64], [100, 128], 99328>'],
  ['input(100, 64).lstm(128, { bias: false })', 'Network<[100, 64], [100, 128], 98304>'],
  ['input(100, 64).lstm(128, { returnSequences: true })', 'Network<[100, 64], [100, 128], 99328>'],
  ["input(100, 64).lstm(128, { bidirectional: 'concat' })", 'Network<[100, 64], [100, 256], 198656>'],
  ["input(100, 64).lstm(128, { bidirectional: 'sum' })", 'Network<[100, 64], [100, 128], 198656>'],
  ['input(100, 64).lstm(128, { bidirectional: false })', 'Network<[100, 64], [100, 128], 99328>'],
  ["input(100, 64).gru(128, { bidirectional: 'concat', returnSequences: false, bias: false })", 'Network<[100, 64], [256], 147456>'],
  ['input(100, 64).gru(128)', 'Network<[100, 64], [100, 128], 74496>'],
  ['input(100, 64).gru(128, { returnSequences: false })', 'Network<[100, 64], [128], 74496>'],
])

refusedByBoth([
  ['input(100, 2).embedding(30_000, 128)', '30_000', /needs an input of \[length\], a sequence of indices, not 100x2/],
  ['input(100).embedding(0, 128)', '0', /vocabulary must be a whole number/],
  ['input(100).embedding(10, 0)', '0', /features must be a whole number/],
  ['input(100, 64).lstm(0)', '0', /^lstm: units must be a whole number/],
  ['input(100, 64, 3).lstm(8)', '8', /^lstm: needs an input of \[length, channels\], not 100x64x3/],
  ['input(100).gru(8)', '8', /^gru: needs an input of \[length, channels\], not a vector of 100 features/],
  ["input(100, 64).lstm(0, { bidirectional: 'sum' })", '0', /^lstm: units must be a whole number/],
  ['input(100, 64).gru(8, { returnSequences: false, stateful: true })', 'stateful', /there is no option 'stateful'/],
])

gradual([
  ['input(100).embedding(wide(10), 8)', 'Network<[100], [100, 8], number>'],
  ['input(100).embedding(10, anything)', 'Network<[100], [100, number], number>'],
  ['input(wide(100)).embedding(10, 8)', 'Network<[number], [number, 8], 80>'],
  ['input(100, 64).lstm(wide(8))', 'Network<[100, 64], [100, number], number>'],
  ['input(100, 64).lstm(oneOrFour)', 'Network<[100, 64], [100, 1 | 4], 268 | 1120>'],
  ['input(100, 64).lstm(anything)', 'Network<[100, 64], [100, number], number>'],
  ['input(100, wide(64)).gru(8)', 'Network<[100, number], [100, 8], number>'],
  ['input(100, 64).lstm(8, { returnSequences: yesOrNo })', 'Network<[100, 64], Shape, 2368>'],
  ["input(100, 64).lstm(oneOrFour, { bidirectional: 'concat' })", 'Network<[100, 64], [100, 2 | 8], 536 | 2240>'],
  ["input(100, 64).lstm(8, { bidirectional: 'concat' as 'concat' | 'sum' })", 'Network<[100, 64], [100, number], number>'],
  ['input(100, 64).lstm(8, { bidirectional: anything })', 'Network<[100, 64], [100, number], number>'],
  ["input(100, 64).gru(wide(8), { bidirectional: 'concat', returnSequences: false })", 'Network<[100, 64], [number], number>'],
  ['input(100, 64).lstm(8, anything)', 'Network<[100, 64], Shape, number>'],
])

describe('at run time', () => {
  // torch.nn.LSTM(64, 128) and torch.nn.GRU(64, 128): weight_ih, weight_hh, bias_ih, bias_hh.
  test("PyTorch's weights", () => {
    const shapes = (nodes: readonly { weights: readonly { shape: readonly number[] }[] }[]) => nodes[1]?.weights.map(({ shape }) => shape)
    expect(shapes(input(100, 64).lstm(128).graph.nodes)).toEqual([[64, 512], [128, 512], [512], [512]])
    expect(shapes(input(100, 64).gru(128).graph.nodes)).toEqual([[64, 384], [128, 384], [384], [384]])
  })

  test('arithmetic', () => {
    expect(input(10, 3).lstm(5).graph.nodes[1]?.macs).toBe(10 * 4 * (3 * 5 + 5 * 5))
    expect(input(10, 3).gru(5, { returnSequences: false }).graph.nodes[1]?.macs).toBe(10 * 3 * (3 * 5 + 5 * 5))
    expect(input(10).embedding(7, 3).graph.nodes[1]?.macs).toBe(0)
  })

  // torch.nn.LSTM(64, 128, bidirectional=True): the same again, with names that end in _reverse.
  test('in both directions: weights and arithmetic', () => {
    const [, node] = input(10, 3).lstm(5, { bidirectional: 'sum' }).graph.nodes
    expect(node?.weights.map(({ name, shape }) => [name, shape])).toEqual([
      ['kernel', [3, 20]],
      ['recurrentKernel', [5, 20]],
      ['bias', [20]],
      ['recurrentBias', [20]],
      ['backwardKernel', [3, 20]],
      ['backwardRecurrentKernel', [5, 20]],
      ['backwardBias', [20]],
      ['backwardRecurrentBias', [20]],
    ])
    expect(node?.macs).toBe(2 * 10 * 4 * (3 * 5 + 5 * 5))
    expect(refusal(() => input(10, 3).gru(5, { bidirectional: true as never }))).toEqual({
      message: "gru: bidirectional must be 'concat', 'sum' or false, not true.",
      operation: 'gru',
      argument: 'options.bidirectional',
    })
  })

  test('without biases a report leaves out both', () => {
    expect(report(input(10, 3).lstm(5), { biases: false }).totals.params).toBe(4 * (3 * 5 + 5 * 5))
  })

  test('values do the same as methods', () => {
    const read = block(embedding(100, 8), lstm(8, { name: 'first' }), gru(4, { returnSequences: false }))
    const net = input(14).apply(read)
    expect([net.output, net.params]).toEqual([[4], 800 + 576 + 168])
    expect(net.graph.nodes.map(({ name }) => name)).toEqual(['input', 'embedding_1', 'first', 'gru_1'])
  })

  test('what only plain JavaScript can get wrong', () => {
    const wrong = () => input(10, 3).lstm(5, { returnSequences: 'last' } as never)
    expect(refusal(wrong)).toMatchObject({
      argument: 'options.returnSequences',
      message: expect.stringContaining('true or false, not "last"'),
    })
  })
})
