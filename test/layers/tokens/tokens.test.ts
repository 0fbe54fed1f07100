import { describe, expect, test } from 'vitest'
import { block, classToken, dense, input, meanTokens, positionEmbedding, selectToken, toTokens } from '../../../src/index.js'
import { acceptedByBoth, gradual, refusedByBoth } from '../../support/both.js'
import { refusal } from '../../support/check.js'

acceptedByBoth([
  ['input(14, 14, 768).toTokens()', 'Network<[14, 14, 768], [196, 768], 0>'],
  ['input(100, 8).toTokens()', 'Network<[100, 8], [100, 8], 0>'],
  ['input(4, 5, 6, 8).toTokens()', 'Network<[4, 5, 6, 8], [120, 8], 0>'],
  ['input(196, 768).classToken()', 'Network<[196, 768], [197, 768], 768>'],
  ['input(197, 768).positionEmbedding()', 'Network<[197, 768], [197, 768], 151296>'],
  ['input(197, 768).selectToken()', 'Network<[197, 768], [768], 0>'],
  ['input(197, 768).selectToken(196)', 'Network<[197, 768], [768], 0>'],
  ['input(196, 768).meanTokens()', 'Network<[196, 768], [768], 0>'],
  ['input(14, 14, 768).toTokens().dense(10)', 'Network<[14, 14, 768], [196, 10], 7690>'],
])

refusedByBoth([
  ['input(8).toTokens()', 'toTokens', /^toTokens: needs an input with spatial axes/],
  [
    'input(14, 14, 768).classToken()',
    'classToken',
    /needs an input of \[tokens, features\], not 14x14x768\. Use toTokens\(\) first: it gives 196x768\.$/,
  ],
  ['input(768).classToken()', 'classToken', /needs an input of \[tokens, features\], not a vector of 768 features\.$/],
  ['input(14, 14, 768).positionEmbedding()', 'positionEmbedding', /it gives 196x768/],
  ['input(7, 7, 8).meanTokens()', 'meanTokens', /it gives 49x8/],
  ['input(768).selectToken()', 'selectToken', /not a vector of 768 features\.$/],
  ['input(197, 768).selectToken(197)', '197', /there is no token 197 among 197: they are counted from 0 to 196/],
  ['input(197, 768).selectToken(-1)', '-1', /index must be a whole number of at least 0, not -1/],
  ['input(197, 768).selectToken(0.5)', '0.5', /index must be a whole number/],
])

gradual([
  ['input(wide(14), 14, 768).toTokens()', 'Network<[number, 14, 768], [number, 768], 0>'],
  ['input(wide(196), 768).classToken()', 'Network<[number, 768], [number, 768], 768>'],
  ['input(196, wide(768)).classToken()', 'Network<[196, number], [197, number], number>'],
  ['input(196, oneOrFour).classToken()', 'Network<[196, 1 | 4], [197, 1 | 4], 1 | 4>'],
  ['input(196, wide(768)).positionEmbedding()', 'Network<[196, number], [196, number], number>'],
  ['input(197, 768).selectToken(wide(1))', 'Network<[197, 768], [768], 0>'],
  ['input(197, 768).selectToken(anything)', 'Network<[197, 768], [768], 0>'],
  ['input(wide(197), 768).selectToken(5000)', 'Network<[number, 768], [768], 0>'],
])

describe('at run time', () => {
  test('values do the same as methods', () => {
    const head = block(toTokens(), classToken(), positionEmbedding(), selectToken(), dense(10))
    const net = input(4, 4, 8).apply(head)
    expect([net.output, net.params]).toEqual([[10], 8 + 17 * 8 + 90])
    expect(input(4, 8).apply(meanTokens()).output).toEqual([8])
    expect(input(4, 8).apply(selectToken(3)).graph.nodes[1]?.settings).toEqual({ index: 3 })
    expect(refusal(() => input(4, 8).apply(selectToken(4) as never)).argument).toBe('index')
  })

  test('tokens are the volume looked at another way', () => {
    const nodes = input(4, 4, 8).toTokens().classToken().positionEmbedding().meanTokens().graph.nodes
    expect(nodes.map(({ memory }) => memory)).toEqual(['own', 'view', 'own', 'own', 'own'])
    expect(nodes.reduce((sum, { macs }) => sum + macs, 0)).toBe(0)
    expect(nodes[2]?.weights).toEqual([{ name: 'token', shape: [8], trainable: true }])
    expect(nodes[3]?.weights).toEqual([{ name: 'embedding', shape: [17, 8], trainable: true }])
  })
})
