import { describe, expect, test } from 'vitest'
import { block, input, pad, repeat } from '../../../src/index.js'
import { report } from '../../../src/report/index.js'
import { acceptedByBoth, gradual, refusedByBoth } from '../../support/both.js'

/*
 * Johnson et al. 2016's networks for style transfer begin with a reflection of 40 cells: 256 becomes 336 (supplement, table 1). PyTorch's
 * documentation of `ReflectionPad2d` and `CircularPad2d`: padding (1, 1, 2, 0) makes 5x5 of 3x3.
 */
acceptedByBoth([
  ["input(256, 256, 3).pad(40, { mode: 'reflect' })", 'Network<[256, 256, 3], [336, 336, 3], 0>'],
  ["input(3, 3, 1).pad([[2, 0], [1, 1]], { mode: 'reflect' })", 'Network<[3, 3, 1], [5, 5, 1], 0>'],
  ["input(3, 3, 1).pad([[2, 0], 1], { mode: 'circular' })", 'Network<[3, 3, 1], [5, 5, 1], 0>'],
  ["input(3, 2).pad(3, { mode: 'symmetric' })", 'Network<[3, 2], [9, 2], 0>'],
  ["input(3, 4, 5, 2).pad([9, 0, [1, 7]], { mode: 'replicate', name: 'edge' })", 'Network<[3, 4, 5, 2], [21, 4, 13, 2], 0>'],
  ['input(8, 8, 3).pad(2)', 'Network<[8, 8, 3], [12, 12, 3], 0>'],
  ["input(1, 4).pad(0, { mode: 'reflect' })", 'Network<[1, 4], [1, 4], 0>'],
])

refusedByBoth([
  [
    "input(4, 3).pad(4, { mode: 'reflect' })",
    '4',
    /^pad: mode 'reflect' has at most 3 cells for each end of the length, which is 4 long, not 4\. Use fewer, or mode 'replicate'\.$/,
  ],
  [
    "input(9, 4, 3).pad([1, [0, 5]], { mode: 'circular' })",
    '[1, [0, 5]]',
    /at most 4 cells for each end of the width, which is 4 long, not 5\./,
  ],
  ["input(9, 4, 3).pad([[10, 11], 5], { mode: 'symmetric' })", '[[10, 11], 5]', /at most 9 cells for each end of the height, .* not 10\./],
  ["input(10).pad(1, { mode: 'reflect' })", '1', /^pad: needs an input with spatial axes/],
  ['input(9, 4, 3).pad([1, 2, 3])', '[1, 2, 3]', /^pad: amount takes one value for each spatial axis, 2 in all, not 3\.$/],
  ['input(9, 4, 3).pad(-1)', '-1', /^pad: amount must be a whole number of at least 0, not -1\.$/],
  ["input(9, 4, 3).pad(1, { mode: 'reflect', value: 1 })", 'value', /^pad: there is no option 'value'\. The options are mode and name\.$/],
])

gradual([
  ["input(wide(9), 3).pad(20, { mode: 'reflect' })", 'Network<[number, 3], [number, 3], 0>'],
  ["input(9, 3).pad(wide(2), { mode: 'circular' })", 'Network<[9, 3], [number, 3], 0>'],
  ["input(9, 3).pad(oneOrFour, { mode: 'reflect' })", 'Network<[9, 3], [11 | 17, 3], 0>'],
  ['input(9, 3).pad(20, { mode: anything })', 'Network<[9, 3], [49, 3], 0>'],
  ['input(9, 3).pad(20, anything)', 'Network<[9, 3], [49, 3], 0>'],
])

describe('at run time', () => {
  test('values do the same as methods', () => {
    expect(input(8, 3).apply(repeat(2, block(pad(2, { mode: 'circular' })))).output).toEqual([16, 3])
  })

  test('an unknown mode', () => {
    expect(() => input(8, 3).pad(1, { mode: 'edge' as 'reflect' })).toThrow(
      "pad: mode must be 'constant', 'reflect', 'replicate', 'symmetric' or 'circular', not \"edge\".",
    )
  })

  test('a window sees no more cells over a mirrored edge, and all of them around an end', () => {
    const seen = (mode: 'reflect' | 'circular') => report(input(20, 3).pad(1, { mode }).conv1d(4, 3)).layers.at(-1)?.receptiveField
    expect([seen('reflect'), seen('circular')]).toEqual([[3], [20]])
  })
})
