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
  ['input(197, 768).multiHeadAttention(12, { causal: true })', 'Network<[197, 768], [197, 768], 2362368>'],
  // Llama 3 8B (arXiv:2407.21783, table 3): 32 heads of 128 features, 8 for keys and values.
  [
    'input(8192, 4096).multiHeadAttention(32, { causal: true, keyValueHeads: 8, bias: false })',
    'Network<[8192, 4096], [8192, 4096], 41943040>',
  ],
  // Gemma 2B (arXiv:2403.08295, table 1): 8 heads of 256 features, one for keys and values.
  [
    'input(8192, 2048).multiHeadAttention(8, { keyValueHeads: 1, headWidth: 256, bias: false })',
    'Network<[8192, 2048], [8192, 2048], 9437184>',
  ],
  ['input(6, 8).multiHeadAttention(6, { keyValueHeads: 2, headWidth: 3 })', 'Network<[6, 8], [6, 8], 422>'],
  ['input(6, 8).multiHeadAttention(3, { headWidth: 5 })', 'Network<[6, 8], [6, 8], 533>'],
  ['input(6, 8).multiHeadAttention(2, { headWidth: 4, keyValueHeads: 2 })', 'Network<[6, 8], [6, 8], 288>'],
  ["input(6, 8).multiHeadAttention(4, { keys: 'input', keyValueHeads: 2 })", 'Network<[6, 8], [6, 8], 216>'],
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
    'input(197, 768).multiHeadAttention(12, { keyValueHeads: 5 })',
    'keyValueHeads',
    /^multiHeadAttention: 5 key and value heads do not divide 12 heads: 12\/5 = 2\.4\. Use keyValueHeads 1, 2, 3, 4 or 6\.$/,
  ],
  [
    'input(197, 768).multiHeadAttention(12, { keyValueHeads: 0 })',
    'keyValueHeads',
    /keyValueHeads must be a whole number of at least 1, not 0/,
  ],
  ['input(197, 768).multiHeadAttention(5, { headWidth: 0.5 })', 'headWidth', /headWidth must be a whole number of at least 1, not 0\.5/],
  ['input(197, 768).multiHeadAttention(5, { keyValueHeads: 1 })', '5', /5 heads do not divide 768 features/],
  ['input(14, 14, 8).multiHeadAttention(5, { headWidth: 2 })', '5', /Use toTokens\(\) first: it gives 196x8/],
  [
    'input(197, 768).multiHeadAttention(12, { bias: false, dropout: 0.1 })',
    'dropout',
    /there is no option 'dropout'\. The options are bias, causal, keys, keyValueHeads, headWidth and name\./,
  ],
])

gradual([
  ['input(197, 768).multiHeadAttention(wide(12))', 'Network<[197, 768], [197, 768], 2362368>'],
  ['input(197, wide(768)).multiHeadAttention(12)', 'Network<[197, number], [197, number], number>'],
  ['input(197, oneOrFour).multiHeadAttention(1)', 'Network<[197, 1 | 4], [197, 1 | 4], 8 | 80>'],
  ['input(197, 768).multiHeadAttention(anything)', 'Network<[197, 768], [197, 768], 2362368>'],
  ['input(197, 768).multiHeadAttention(oneOrFour)', 'Network<[197, 768], [197, 768], 2362368>'],
  ['input(6, 8).multiHeadAttention(4, { keyValueHeads: wide(2) })', 'Network<[6, 8], [6, 8], number>'],
  ['input(6, 8).multiHeadAttention(4, { headWidth: wide(2) })', 'Network<[6, 8], [6, 8], number>'],
  ['input(6, 8).multiHeadAttention(wide(4), { headWidth: 2 })', 'Network<[6, 8], [6, 8], number>'],
  ['input(6, 8).multiHeadAttention(wide(4), { keyValueHeads: 2 })', 'Network<[6, 8], [6, 8], number>'],
  ['input(6, 8).multiHeadAttention(4, { keyValueHeads: oneOrFour })', 'Network<[6, 8], [6, 8], 180 | 288>'],
  ['input(6, 8).multiHeadAttention(4, { keyValueHeads: 2, bias: yesOrNo })', 'Network<[6, 8], [6, 8], 192 | 216>'],
  ['input(197, 768).multiHeadAttention(12, anything)', 'Network<[197, 768], [197, 768], number>'],
])

describe('at run time', () => {
  test('weights and arithmetic', () => {
    const [, node] = input(5, 8).multiHeadAttention(2, { name: 'look' }).graph.nodes
    expect(node).toMatchObject({ name: 'look', macs: 4 * 5 * 8 * 8 + 2 * 5 * 5 * 8, settings: { heads: 2, bias: true } })
    expect(node?.weights.map(({ shape }) => shape)).toEqual([[8, 24], [24], [8, 8], [8]])
    expect(refusal(() => input(5, 8).multiHeadAttention(3 as never)).argument).toBe('heads')
  })

  test('groups of heads: weights and arithmetic', () => {
    const [, node] = input(5, 8).multiHeadAttention(6, { keyValueHeads: 2, headWidth: 3 }).graph.nodes
    expect(node).toMatchObject({
      macs: 2 * 5 * 8 * 18 + 2 * 5 * 8 * 6 + 2 * 5 * 5 * 18,
      settings: { heads: 6, bias: true, causal: false, keyValueHeads: 2, headWidth: 3 },
    })
    expect(node?.weights.map(({ name, shape }) => [name, shape])).toEqual([
      ['queryKernel', [8, 18]],
      ['keyKernel', [8, 6]],
      ['valueKernel', [8, 6]],
      ['inProjectionBias', [30]],
      ['outProjectionKernel', [18, 8]],
      ['outProjectionBias', [8]],
    ])
    expect(refusal(() => input(5, 8).multiHeadAttention(2, { causal: 1 as never })).message).toBe(
      'multiHeadAttention: causal must be true or false, not 1.',
    )
  })

  test('without biases a report counts the weights alone', () => {
    expect(report(input(5, 8).multiHeadAttention(2), { biases: false }).totals.params).toBe(4 * 8 * 8)
  })

  test("ViT-B/16 at 224 x 224 has torchvision's MACs, and its parameters except the layer norms", () => {
    const encoder = block(residual(multiHeadAttention(12)), residual(block(dense(3072), relu(), dense(768))))
    const patches = block(conv2d(768, 16, { stride: 16 }), toTokens(), classToken(), positionEmbedding())
    const net = input(224, 224, 3).apply(block(patches, repeat(12, encoder), selectToken(), dense(1000)))
    const layerNorms = 25 * 2 * 768
    expect(report(net).totals.macs).toBe(17_563_828_224)
    expect(net.params + layerNorms).toBe(86_567_656)
    expect(net.params satisfies 86_529_256).toBe(86_529_256)
  })
})
