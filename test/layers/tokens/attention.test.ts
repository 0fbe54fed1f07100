import { describe, expect, test } from 'vitest'
import {
  block,
  classToken,
  conv2d,
  dense,
  input,
  multiHeadAttention,
  positionEmbedding,
  relu,
  repeat,
  residual,
  selectToken,
  toTokens,
} from '../../../src/index.js'
import { report } from '../../../src/report/index.js'
import { acceptedByBoth, gradual, refusedByBoth } from '../../support/both.js'
import { refusal } from '../../support/check.js'

acceptedByBoth([
  ['input(197, 768).multiHeadAttention(12)', 'Network<[197, 768], [197, 768], 2362368>'],
  ['input(197, 768).multiHeadAttention(12, { bias: false })', 'Network<[197, 768], [197, 768], 2359296>'],
  ['input(1, 1).multiHeadAttention(1)', 'Network<[1, 1], [1, 1], 8>'],
])

refusedByBoth([
  [
    'input(197, 768).multiHeadAttention(5)',
    '5',
    /5 heads do not divide 768 features: 768\/5 = 153\.6\. Use heads 1, 2, 3, 4, 6, 8, 12 or 16\.$/,
  ],
  ['input(197, 768).multiHeadAttention(1000)', '1000', /768\/1000 = 0\.77/],
  ['input(197, 7).multiHeadAttention(2)', '2', /Use heads 1 or 7\.$/],
  ['input(197, 17).multiHeadAttention(2)', '2', /Use heads 1\.$/],
  ['input(197, 768).multiHeadAttention(0)', '0', /heads must be a whole number of at least 1, not 0/],
  ['input(197, 768).multiHeadAttention(-2)', '-2', /heads must be a whole number/],
  ['input(14, 14, 768).multiHeadAttention(12)', '12', /Use toTokens\(\) first: it gives 196x768/],
  ['input(768).multiHeadAttention(12)', '12', /not a vector of 768 features\.$/],
  [
    'input(197, 768).multiHeadAttention(12, { bias: false, dropout: 0.1 })',
    'dropout',
    /there is no option 'dropout'\. The options are bias, keys and name\./,
  ],
])

gradual([
  ['input(197, 768).multiHeadAttention(wide(12))', 'Network<[197, 768], [197, 768], 2362368>'],
  ['input(197, wide(768)).multiHeadAttention(12)', 'Network<[197, number], [197, number], number>'],
  ['input(197, oneOrFour).multiHeadAttention(1)', 'Network<[197, 1 | 4], [197, 1 | 4], 8 | 80>'],
  ['input(197, 768).multiHeadAttention(anything)', 'Network<[197, 768], [197, 768], 2362368>'],
  ['input(197, 768).multiHeadAttention(oneOrFour)', 'Network<[197, 768], [197, 768], 2362368>'],
  ['input(197, 768).multiHeadAttention(12, anything)', 'Network<[197, 768], [197, 768], number>'],
])

describe('at run time', () => {
  test('weights and arithmetic', () => {
    const [, node] = input(5, 8).multiHeadAttention(2, { name: 'look' }).graph.nodes
    expect(node).toMatchObject({ name: 'look', macs: 4 * 5 * 8 * 8 + 2 * 5 * 5 * 8, settings: { heads: 2, bias: true } })
    expect(node?.weights.map(({ shape }) => shape)).toEqual([[8, 24], [24], [8, 8], [8]])
    expect(refusal(() => input(5, 8).multiHeadAttention(3 as never)).argument).toBe('heads')
  })

  test('without biases a report counts the weights alone', () => {
    expect(report(input(5, 8).multiHeadAttention(2), { biases: false }).totals.params).toBe(4 * 8 * 8)
  })

  test("ViT-B/16 at 224 x 224 has torchvision's MACs, and its parameters but for the layer norms", () => {
    const encoder = block(residual(multiHeadAttention(12)), residual(block(dense(3072), relu(), dense(768))))
    const patches = block(conv2d(768, 16, { stride: 16 }), toTokens(), classToken(), positionEmbedding())
    const net = input(224, 224, 3).apply(block(patches, repeat(12, encoder), selectToken(), dense(1000)))
    const layerNorms = 25 * 2 * 768
    expect(report(net).totals.macs).toBe(17_563_828_224)
    expect(net.params + layerNorms).toBe(86_567_656)
    expect(net.params satisfies 86_529_256).toBe(86_529_256)
  })
})
