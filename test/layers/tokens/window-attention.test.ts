import { describe, expect, test } from 'vitest'
import { type AnyNetwork, block, conv2d, input, patchMerging, repeat, residual, windowAttention } from '../../../src/index.js'
import { receptiveFields } from '../../../src/receptive-field/fields.js'
import { refusal } from '../../support/check.js'
import { acceptedGraphs, gradualGraphs, refusedGraphs } from '../../support/halves.js'

/** Parameters as torchvision 0.14's ShiftedWindowAttention, ShiftedWindowAttentionV2, PatchMerging and PatchMergingV2 have them. */

acceptedGraphs([
  ['input(56, 56, 96).windowAttention(3, 7)', 'Network<[56, 56, 96], [56, 56, 96], 37755>'],
  ['input(56, 56, 96).windowAttention(3, 7, { shift: 3 })', 'Network<[56, 56, 96], [56, 56, 96], 37755>'],
  ['input(9, 12, 4).windowAttention(2, 3, { bias: false })', 'Network<[9, 12, 4], [9, 12, 4], 114>'],
  ['input(64, 64, 96).windowAttention(3, 8, { version: 2 })', 'Network<[64, 64, 96], [64, 64, 96], 40323>'],
  ['input(9, 12, 4).windowAttention(2, 3, { bias: false, version: 2, shift: 2 })', 'Network<[9, 12, 4], [9, 12, 4], 2626>'],
  ['input(1, 1, 1).windowAttention(1, 1)', 'Network<[1, 1, 1], [1, 1, 1], 9>'],
  ['input(56, 56, 96).apply(windowAttention(3, 7, { shift: 6 }))', 'Network<[56, 56, 96], [56, 56, 96], 37755>'],
  ['input(56, 56, 96).patchMerging()', 'Network<[56, 56, 96], [28, 28, 192], 74496>'],
  ['input(8, 12, 4).patchMerging({ version: 2 })', 'Network<[8, 12, 4], [4, 6, 8], 144>'],
  ["input(8, 12, 4).apply(patchMerging({ name: 'merge' }))", 'Network<[8, 12, 4], [4, 6, 8], 160>'],
])

refusedGraphs([
  [
    'input(56, 56, 96).windowAttention(5, 7)',
    '5',
    /5 heads do not divide 96 channels: 96\/5 = 19\.2\. Use heads 1, 2, 3, 4, 6, 8, 12 or 16\.$/,
  ],
  ['input(56, 56, 96).windowAttention(0, 7)', '0', /heads must be a whole number of at least 1, not 0\.$/],
  [
    'input(56, 60, 96).windowAttention(3, 7)',
    '7',
    /^windowAttention: windows of 7 cells do not divide the width of 60: 60\/7 = 8\.57\. Use window 1, 2 or 4\.$/,
  ],
  ['input(17, 20, 96).windowAttention(3, 4)', '4', /do not divide the height of 17: 17\/4 = 4\.25\. Use window 1\.$/],
  ['input(56, 56, 96).windowAttention(3, 0.5)', '0.5', /window must be a whole number of at least 1, not 0\.5\.$/],
  [
    'input(56, 56, 96).windowAttention(3, 7, { shift: 7 })',
    'shift',
    /^windowAttention: shift must be less than the window of 7, not 7\. Use shift 6 or less\.$/,
  ],
  ['input(56, 56, 96).windowAttention(3, 7, { shift: -1 })', 'shift', /shift must be a whole number of at least 0, not -1\.$/],
  ['input(56, 56, 96).windowAttention(3, 7, { shift: 3, size: 2 })', 'size', /The options are shift, bias, version and name\.$/],
  ['input(56, 56, 96).windowAttention(3, 7, { version: 3 })', 'version', /^windowAttention: version must be 1 or 2, not 3\.$/],
  ['input(56, 56, 96).patchMerging({ version: 0 })', 'version', /^patchMerging: version must be 1 or 2, not 0\.$/],
  ['input(196, 96).windowAttention(3, 7)', '3', /^windowAttention: needs an input of \[height, width, channels\], not /],
  [
    'input(57, 56, 96).patchMerging()',
    'patchMerging',
    /^patchMerging: 2x2 patches do not divide the height of 57\. Use zeroPad\(\[\[0, 1\], \[0, 0\]\]\) first\.$/,
  ],
  ['input(56, 55, 96).patchMerging()', 'patchMerging', /the width of 55\. Use zeroPad\(\[\[0, 0\], \[0, 1\]\]\) first\.$/],
  ['input(55, 55, 96).apply(patchMerging())', 'patchMerging()', /the height of 55\. Use zeroPad\(\[\[0, 1\], \[0, 1\]\]\) first\.$/],
  ['input(196, 96).patchMerging()', 'patchMerging', /^patchMerging: needs an input of \[height, width, channels\], not /],
  ['input(56, 56, 96).patchMerging({ version: 1, dim: 96 })', 'dim', /The options are version and name\.$/],
])

gradualGraphs([
  ['input(56, 56, 96).windowAttention(wide(3), 7)', 'Network<[56, 56, 96], [56, 56, 96], number>'],
  ['input(56, 56, 96).windowAttention(3, wide(7))', 'Network<[56, 56, 96], [56, 56, 96], number>'],
  ['input(56, 56, 96).windowAttention(3, wide(7), { version: 2 })', 'Network<[56, 56, 96], [56, 56, 96], number>'],
  ['input(56, 56, wide(96)).windowAttention(3, 7)', 'Network<[56, 56, number], [56, 56, number], number>'],
  ['input(wide(56), 56, 96).windowAttention(3, 7)', 'Network<[number, 56, 96], [number, 56, 96], 37755>'],
  ['input(8, 8, 8).windowAttention(oneOrFour, 2)', 'Network<[8, 8, 8], [8, 8, 8], 297 | 324>'],
  ['input(8, 8, 8).windowAttention(1, oneOrFour)', 'Network<[8, 8, 8], [8, 8, 8], 289 | 337>'],
  ['input(8, 8, 8).windowAttention(1, 2, anything)', 'Network<[8, 8, 8], [8, 8, 8], number>'],
  ['input(8, 8, 8).windowAttention(anything, 2)', 'Network<[8, 8, 8], [8, 8, 8], number>'],
  ['input(8, 8, 8).patchMerging({ version: wide(2) })', 'Network<[8, 8, 8], [4, 4, 16], number>'],
  ['input(8, 8, 8).windowAttention(2, 2, { version: wide(2) })', 'Network<[8, 8, 8], [8, 8, 8], number>'],
  ['input(wide(8), 8, 8).patchMerging()', 'Network<[number, 8, 8], [number, 4, 16], 576>'],
  ['input(8, 8, wide(8)).patchMerging()', 'Network<[8, 8, number], [4, 4, number], number>'],
  ['input(8, 8, oneOrFour).patchMerging()', 'Network<[8, 8, 1 | 4], [4, 4, 2 | 8], 16 | 160>'],
])

describe('at run time', () => {
  test('weights and arithmetic', () => {
    const [, node] = input(9, 12, 4).windowAttention(2, 3, { shift: 1, name: 'look' }).graph.nodes
    expect(node).toMatchObject({
      name: 'look',
      macs: 9 * 12 * (4 * 4 * 4 + 2 * 9 * 4),
      settings: { heads: 2, window: 3, shift: 1, bias: true, version: 1 },
    })
    expect(node?.weights.map(({ shape }) => shape)).toEqual([[4, 12], [12], [4, 4], [4], [25, 2]])
    const [, second] = input(9, 12, 4).windowAttention(2, 3, { version: 2, bias: false }).graph.nodes
    expect(second?.weights.map(({ shape }) => shape)).toEqual([[4, 12], [4, 4], [2, 1, 1], [2, 512], [512], [512, 2]])
    expect(second?.macs).toBe(9 * 12 * (4 * 4 * 4 + 2 * 9 * 4) + 25 * 512 * (2 + 2))
    expect(input(8, 6, 4).patchMerging().graph.nodes[1]).toMatchObject({ macs: 4 * 3 * 16 * 8, settings: { version: 1 } })
  })

  test('what only plain JavaScript gets wrong', () => {
    const image = input(8, 8, 8)
    expect(refusal(() => image.windowAttention(2, 4, { version: 3 as never }))).toEqual({
      message: 'windowAttention: version must be 1 or 2, not 3.',
      operation: 'windowAttention',
      argument: 'options.version',
    })
    expect(refusal(() => image.patchMerging({ version: '2' as never }))).toEqual({
      message: 'patchMerging: version must be 1 or 2, not "2".',
      operation: 'patchMerging',
      argument: 'options.version',
    })
    expect(refusal(() => image.windowAttention('2' as never, 4)).argument).toBe('heads')
  })

  test('a value sees its window, and through a moved one as much of its neighbours', () => {
    const fields = ({ graph }: AnyNetwork) => receptiveFields(graph).get(graph.output as string)?.receptiveField
    expect(fields(input(56, 56, 96).windowAttention(3, 7))).toEqual([7, 7])
    expect(fields(input(56, 56, 96).windowAttention(3, 7).windowAttention(3, 7, { shift: 3 }))).toEqual([14, 14])
    expect(fields(input(7, 56, 96).windowAttention(3, 7).windowAttention(3, 7, { shift: 3 }))).toEqual([7, 14])
    expect(fields(input(56, 56, 96).patchMerging().windowAttention(3, 7))).toEqual([14, 14])
  })

  test('in blocks each has weights of its own', () => {
    const pair = block(residual(windowAttention(2, 4)), residual(windowAttention(2, 4, { shift: 2 })))
    expect(input(8, 8, 8).apply(block(conv2d(8, 1), repeat(3, pair), patchMerging())).params).toBe(72 + 6 * (288 + 98) + 576)
  })
})
