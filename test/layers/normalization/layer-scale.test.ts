import { describe, expect, test } from 'vitest'
import { block, input, layerScale, repeat } from '../../../src/index.js'
import { acceptedByBoth, gradual } from '../../support/both.js'

/*
 * ConvNeXt-T scales the 96 channels of its first blocks, and the 768 of its last (arXiv:2201.03545, table 9; torchvision's
 * `layer_scale` has that shape).
 */
acceptedByBoth([
  ['input(56, 56, 96).layerScale()', 'Network<[56, 56, 96], [56, 56, 96], 96>'],
  ['input(7, 7, 768).layerScale()', 'Network<[7, 7, 768], [7, 7, 768], 768>'],
  ['input(197, 768).layerScale()', 'Network<[197, 768], [197, 768], 768>'],
  ['input(10).dense(5).layerScale()', 'Network<[10], [5], 60>'],
  ['input(56, 56, 96).residual(x => x.layerScale())', 'Network<[56, 56, 96], [56, 56, 96], 96>'],
])

gradual([
  ['input(7, 7, wide(96)).layerScale()', 'Network<[7, 7, number], [7, 7, number], number>'],
  ['input(wide(7), 7, 96).layerScale()', 'Network<[number, 7, 96], [number, 7, 96], 96>'],
  ['input(7, oneOrFour).layerScale()', 'Network<[7, 1 | 4], [7, 1 | 4], 1 | 4>'],
  ['input(7, anything).layerScale()', 'Network<[7, number], [7, number], number>'],
])

describe('at run time', () => {
  test('values do the same as methods', () => {
    const net = input(56, 56, 96).apply(repeat(3, block(layerScale())))
    expect([net.output, net.params]).toEqual([[56, 56, 96], 288])
  })

  test('the factors are weights, and the products are not counted', () => {
    expect(input(7, 7, 3).layerScale().graph.nodes[1]).toMatchObject({
      kind: 'layerScale',
      weights: [{ name: 'gamma', shape: [3], trainable: true }],
      macs: 0,
      memory: 'own',
    })
  })
})
