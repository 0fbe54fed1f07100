import { describe, expect, test } from 'vitest'
import { type AnyNetwork, type GraphNode, input } from '../../../src/index.js'
import { refusal } from '../../support/check.js'
import { inBothHalves } from '../../support/halves.js'
import { checkAll } from '../../support/lines.js'

/** Normalizations: the shape stays, with a scale and a shift for each channel or without. */

const types: readonly [line: string, type: string][] = [
  ['input(197, 768).layerNorm()', 'Network<[197, 768], [197, 768], 1536>'],
  ['input(197, 768).layerNorm({ affine: false })', 'Network<[197, 768], [197, 768], 0>'],
  ['input(768).layerNorm({ affine: true, epsilon: 1e-6 })', 'Network<[768], [768], 1536>'],
  ["input(10).dense(5).layerNorm({ name: 'n' })", 'Network<[10], [5], 65>'],
  ['input(197, 768).apply(layerNorm({ affine: false }))', 'Network<[197, 768], [197, 768], 0>'],
  ['input(197, 768).apply(layerNorm())', 'Network<[197, 768], [197, 768], 1536>'],
  ['input(2048, 4096).rmsNorm()', 'Network<[2048, 4096], [2048, 4096], 4096>'],
  ['input(197, 768).rmsNorm({ affine: false })', 'Network<[197, 768], [197, 768], 0>'],
  ['input(768).rmsNorm({ affine: true, epsilon: 1e-5 })', 'Network<[768], [768], 768>'],
  ['input(56, 56, 64).apply(rmsNorm())', 'Network<[56, 56, 64], [56, 56, 64], 64>'],
  ['input(56, 56, 64).apply(rmsNorm({ affine: false }))', 'Network<[56, 56, 64], [56, 56, 64], 0>'],
  ['input(56, 56, 64).batchNorm()', 'Network<[56, 56, 64], [56, 56, 64], 128>'],
  ['input(56, 56, 64).groupNorm(32)', 'Network<[56, 56, 64], [56, 56, 64], 128>'],
  ['input(56, 56, 64).groupNorm(1)', 'Network<[56, 56, 64], [56, 56, 64], 128>'],
  ['input(64).groupNorm(64, { affine: false })', 'Network<[64], [64], 0>'],
  ['input(56, 56, 64).apply(groupNorm(16))', 'Network<[56, 56, 64], [56, 56, 64], 128>'],
  ['input(56, 56, 64).apply(groupNorm(16, { affine: false }))', 'Network<[56, 56, 64], [56, 56, 64], 0>'],
  ['input(56, 56, 64).instanceNorm()', 'Network<[56, 56, 64], [56, 56, 64], 0>'],
  ['input(56, 56, 64).instanceNorm({ affine: true })', 'Network<[56, 56, 64], [56, 56, 64], 128>'],
  ['input(100, 8).apply(instanceNorm({ affine: true }))', 'Network<[100, 8], [100, 8], 16>'],
  ['input(100, 8).apply(instanceNorm())', 'Network<[100, 8], [100, 8], 0>'],
]

/** Each with the source that is underlined. */
const refused: readonly [line: string, underlined: string][] = [
  ['input(56, 56, 64).groupNorm(5)', '5'],
  ['input(56, 56, 64).groupNorm(0)', '0'],
  ['input(56, 56, 64).groupNorm(0.5)', '0.5'],
  ['input(56, 56, 64).groupNorm(128, { affine: false })', '128'],
  ['input(56, 56, 64).apply(groupNorm(7))', 'groupNorm(7)'],
  ['input(64).instanceNorm()', 'instanceNorm'],
  ['input(64).apply(instanceNorm({ affine: true }))', 'instanceNorm({ affine: true })'],
  ['input(8, 8).layerNorm({ epsilon: 1e-6, eps: 3 })', 'eps'],
  ['input(8, 8).rmsNorm({ affine: true, eps: 3 })', 'eps'],
  ['input(8, 8).groupNorm(2, { affine: true, eps: 3 })', 'eps'],
  ['input(8, 8).instanceNorm({ affine: true, eps: 3 })', 'eps'],
]

const declarations = `
declare const anything: any
declare const none: never
declare const oneOrFour: 1 | 4
declare const oneOrNine: 1 | 9
declare const halfOrTwo: 0.5 | 2
declare const either: boolean
`

/** What the compiler cannot know gives `number`, never a wrong literal. */
const gradual: readonly [line: string, type: string][] = [
  ['input(7, wide(8)).layerNorm()', 'Network<[7, number], [7, number], number>'],
  ['input(7, wide(8)).layerNorm({ affine: false })', 'Network<[7, number], [7, number], 0>'],
  ['input(7, 8).layerNorm({ affine: either })', 'Network<[7, 8], [7, 8], number>'],
  ['input(7, 8).layerNorm(anything)', 'Network<[7, 8], [7, 8], number>'],
  ['input(7, wide(8)).rmsNorm()', 'Network<[7, number], [7, number], number>'],
  ['input(7, oneOrFour).rmsNorm()', 'Network<[7, 1 | 4], [7, 1 | 4], 1 | 4>'],
  ['input(7, 8).rmsNorm({ affine: either })', 'Network<[7, 8], [7, 8], number>'],
  ['input(7, 8).rmsNorm(anything)', 'Network<[7, 8], [7, 8], number>'],
  ['input(7, 8).groupNorm(wide(3))', 'Network<[7, 8], [7, 8], 16>'],
  ['input(7, 8).groupNorm(anything)', 'Network<[7, 8], [7, 8], 16>'],
  ['input(7, 8).groupNorm(none)', 'Network<[7, 8], [7, 8], 16>'],
  ['input(7, 8).groupNorm(oneOrFour)', 'Network<[7, 8], [7, 8], 16>'],
  ['input(7, wide(8)).groupNorm(3)', 'Network<[7, number], [7, number], number>'],
  ['input(wide(7), 8).instanceNorm({ affine: true })', 'Network<[number, 8], [number, 8], 16>'],
]

inBothHalves({ types, refused, gradual, declarations })

test('a union of groups is refused for the one that does not divide', () => {
  const line = 'input(7, 64).groupNorm(oneOrNine)'
  expect(checkAll([line], declarations).get(line)?.sentence).toContain('9 groups do not divide 64 input channels: 64/9 = 7.11.')
})

describe('at run time', () => {
  const net = input(6, 6, 8)
  const last = (built: AnyNetwork) => built.graph.nodes.at(-1) as GraphNode
  const weights = [
    { name: 'gamma', shape: [8], trainable: true },
    { name: 'beta', shape: [8], trainable: true },
  ]

  test('settings and weights', () => {
    expect(last(net.layerNorm())).toMatchObject({ settings: { affine: true, epsilon: 1e-5 }, weights, macs: 0, memory: 'own' })
    expect(last(net.groupNorm(4, { epsilon: 1e-6, name: 'g' }))).toMatchObject({
      name: 'g',
      settings: { groups: 4, affine: true, epsilon: 1e-6 },
      weights,
    })
    expect(last(net.instanceNorm())).toMatchObject({ settings: { affine: false, epsilon: 1e-5 }, weights: [] })
    expect(last(net.rmsNorm())).toMatchObject({
      settings: { affine: true, epsilon: 1e-6 },
      weights: weights.slice(0, 1),
      macs: 0,
      memory: 'own',
    })
    expect(last(net.rmsNorm({ affine: false }))).toMatchObject({ weights: [] })
    expect(last(net.batchNorm()).weights.slice(0, 2)).toEqual(weights)
  })

  test('the groups that are advised divide the channels', () => {
    expect(refusal(() => input(6, 12).groupNorm(5 as never))).toEqual({
      message: 'groupNorm: 5 groups do not divide 12 input channels: 12/5 = 2.4. Use groups 1, 2, 3, 4 or 6.',
      operation: 'groupNorm',
      argument: 'groups',
    })
  })

  test('what only plain JavaScript gets wrong', () => {
    expect(refusal(() => net.layerNorm({ affine: 1 as never }))).toMatchObject({
      message: 'layerNorm: affine must be true or false, not 1.',
      argument: 'options.affine',
    })
    expect(refusal(() => net.groupNorm('2' as never)).argument).toBe('groups')
  })
})
