import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { block, convTranspose2d, input } from '../../../src/index.js'
import { acceptedByBoth, gradual, refusedByBoth } from '../../support/both.js'
import { refusal } from '../../support/check.js'
import { casesOf } from '../../support/effort.js'
import { seed } from '../../support/seed.js'

acceptedByBoth([
  ['input(50, 16).convTranspose1d(8, 2, { stride: 2 })', 'Network<[50, 16], [100, 8], 264>'],
  ['input(28, 28, 64).convTranspose2d(8, 2, { stride: 2 })', 'Network<[28, 28, 64], [56, 56, 8], 2056>'],
  ['input(8, 28, 28, 16).convTranspose3d(8, 2, { stride: 2 })', 'Network<[8, 28, 28, 16], [16, 56, 56, 8], 1032>'],
  ['input(28, 28, 64).convTranspose2d(8, 3, { stride: 2, padding: 1, outputPadding: 1 })', 'Network<[28, 28, 64], [56, 56, 8], 4616>'],
  ["input(28, 28, 64).convTranspose2d(8, 3, { stride: 2, padding: 'same' })", 'Network<[28, 28, 64], [56, 56, 8], 4616>'],
  ["input(28, 28, 64).convTranspose2d(8, 3, { stride: 2, padding: 'valid', dilation: 3 })", 'Network<[28, 28, 64], [61, 61, 8], 4616>'],
  [
    'input(28, 28, 64).convTranspose2d(8, 3, { padding: [[1, 0], 2], stride: 2, groups: 4, bias: false })',
    'Network<[28, 28, 64], [56, 53, 8], 1152>',
  ],
  ['input(1, 1, 100).convTranspose2d(512, 4, { bias: false })', 'Network<[1, 1, 100], [4, 4, 512], 819200>'],
  ['input(3, 3, 1).convTranspose2d(1, 3, { dilation: 3, outputPadding: 2 })', 'Network<[3, 3, 1], [11, 11, 1], 10>'],
])

refusedByBoth([
  [
    'input(9, 9, 4).convTranspose2d(8, 3, { stride: 2, outputPadding: 2 })',
    'outputPadding',
    /outputPadding 2 must be smaller than stride 2 or dilation 1\. Use outputPadding 1\./,
  ],
  [
    'input(9, 9, 4).convTranspose2d(8, 3, { stride: [2, 1], outputPadding: [1, 1] })',
    'outputPadding',
    /stride 1 or dilation 1 on the width axis\. Use outputPadding \[1, 0\]\.$/,
  ],
  // One number for all axes need not fit all of them.
  [
    'input(9, 9, 4).convTranspose2d(8, 3, { stride: [2, 3], outputPadding: 2 })',
    'outputPadding',
    /outputPadding 2 must be smaller than stride 2 or dilation 1 on the height axis\. Use outputPadding \[1, 2\]\.$/,
  ],
  [
    'input(9, 9, 4).convTranspose2d(8, 3, { stride: [3, 2], dilation: [1, 3], outputPadding: [4, 5] })',
    'outputPadding',
    /outputPadding 4 must be smaller than stride 3 or dilation 1 on the height axis\. Use outputPadding 2\.$/,
  ],
  [
    'input(2, 9, 9, 4).convTranspose3d(8, 3, { stride: [1, 2, 3], outputPadding: [0, 2, 1] })',
    'outputPadding',
    /on the height axis\. Use outputPadding \[0, 1, 1\]\.$/,
  ],
  [
    "input(9, 9, 4).convTranspose2d(8, 3, { stride: 2, padding: 'same', outputPadding: 1 })",
    'outputPadding',
    /'same' gives the input times the stride/,
  ],
  [
    'input(9, 9, 4).convTranspose2d(8, 3, { outputPadding: -1 })',
    'outputPadding',
    /outputPadding must be a whole number of at least 0, not -1/,
  ],
  [
    'input(1, 1, 4).convTranspose2d(8, 3, { padding: 3 })',
    'padding',
    /leaves nothing: \(1 - 1\)\*1 \+ 3 \+ 0 - \(3 \+ 3\) = -3\. Use padding 1\./,
  ],
  ['input(1, 2, 4).convTranspose2d(8, 3, { padding: [[2, 2], 2] })', 'padding', /leaves nothing of the height: /],
  ['input(1, 4).convTranspose1d(8, 1, { padding: 2 })', 'padding', /Use padding 0\./],
  [
    'input(9, 9, 64).convTranspose2d(8, 3, { groups: 3 })',
    'groups',
    /3 groups do not divide 64 input channels: 64\/3 = 21\.33\. Use groups 1, 2, 4 or 8\./,
  ],
  ['input(9, 9, 6).convTranspose2d(8, 3, { groups: 3 })', 'groups', /3 groups do not divide 8 filters/],
  ['input(9, 9, 4).convTranspose2d(0, 3)', '0', /filters must be a whole number/],
  ['input(9, 9, 4).convTranspose2d(8, 0)', '0', /kernel must be a whole number/],
  ['input(9, 9, 4).convTranspose2d(8, 3, { stride: 0, padding: -1 })', 'stride', /stride must be a whole number/],
  ['input(9, 9, 4).convTranspose2d(8, 3, { padding: -1, dilation: 0 })', 'padding', /padding must be a whole number/],
  ['input(9, 9, 4).convTranspose2d(8, 3, { dilation: 0.5, groups: 0 })', 'dilation', /dilation must be a whole number/],
  ['input(9, 9, 4).convTranspose2d(8, 3, { groups: 0 })', 'groups', /groups must be a whole number/],
  ["input(9, 9, 4).convTranspose2d(8, 3, { stride: 2, rounding: 'floor' })", 'rounding', /there is no option 'rounding'/],
  ['input(9, 9).convTranspose2d(8, 3)', '3', /needs an input of \[height, width, channels\], not 9x9/],
])

gradual([
  ['input(28, wide(28), 64).convTranspose2d(8, 3, { stride: 2 })', 'Network<[28, number, 64], [57, number, 8], 4616>'],
  ['input(28, 28, 64).convTranspose2d(8, 3, { stride: oneOrFour })', 'Network<[28, 28, 64], [30 | 111, 30 | 111, 8], 4616>'],
  ['input(28, 28, 64).convTranspose2d(8, 3, { outputPadding: wide(1) })', 'Network<[28, 28, 64], [number, number, 8], 4616>'],
  ['input(28, 28, 64).convTranspose2d(8, 3, { padding: [[wide(1), 1], 1] })', 'Network<[28, 28, 64], [number, 28, 8], 4616>'],
  ['input(28, 28, 64).convTranspose2d(8, 3, anything)', 'Network<[28, 28, 64], [number, number, 8], number>'],
  ['input(28, 28, 64).convTranspose2d(8, anything)', 'Network<[28, 28, 64], [number, number, 8], number>'],
  ['input(28, 28, 64).convTranspose2d(wide(8), 3)', 'Network<[28, 28, 64], [30, 30, number], number>'],
  ['input(28, 28, 64).convTranspose2d(oneOrFour, 3)', 'Network<[28, 28, 64], [30, 30, 1 | 4], 577 | 2308>'],
])

describe('at run time', () => {
  test('it gives back the size that a convolution was given, where that fitted', () => {
    const axis = fc.record({
      positions: fc.integer({ min: 1, max: 40 }),
      kernel: fc.integer({ min: 1, max: 9 }),
      stride: fc.integer({ min: 1, max: 5 }),
      dilation: fc.integer({ min: 1, max: 3 }),
      padding: fc.integer({ min: 0, max: 4 }),
    })
    fc.assert(
      fc.property(axis, ({ positions, kernel, stride, dilation, padding }) => {
        const size = (positions - 1) * stride + dilation * (kernel - 1) + 1 - 2 * padding
        fc.pre(size > 0)
        const options = { stride, dilation, padding }
        const down = input(size as number, 3).conv1d(5, kernel as never, options as never)
        const up = down.convTranspose1d(3, kernel as never, options as never)
        expect(up.output).toEqual([size, 3])
        const weights = (network: typeof up | typeof down) => network.graph.nodes.at(-1)?.macs
        expect(weights(up)).toBe(weights(down))
      }),
      { seed, numRuns: casesOf('transposed convolutions undo convolutions') },
    )
  })

  test('weights and arithmetic', () => {
    const [, node] = input(4, 5, 6).convTranspose2d(8, [2, 3], { stride: 2, groups: 2, name: 'up' }).graph.nodes
    expect(node).toMatchObject({ name: 'up', kind: 'convTranspose2d', macs: 4 * 5 * 6 * 4 * 6 })
    expect(node?.weights.map(({ name, shape }) => [name, shape])).toEqual([
      ['kernel', [2, 3, 4, 6]],
      ['bias', [8]],
    ])
  })

  test('what it advises is true', () => {
    const advised = /Use padding (\d)\.$/
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 }), (size, kernel, more) => {
        const padding = Math.ceil((size + kernel - 1) / 2) + more
        const { message } = refusal(() => input(size as number, 3).convTranspose1d(1, kernel as never, { padding } as never))
        const fix = Number(advised.exec(message)?.[1])
        expect(input(size as number, 3).convTranspose1d(1, kernel as never, { padding: fix } as never).output[0]).toBeGreaterThan(0)
      }),
      { seed, numRuns: casesOf('advice on transposed convolutions') },
    )
  })

  test('values do the same as methods', () => {
    const up = block(convTranspose2d(8, 2, { stride: 2 }), convTranspose2d(4, 2, { stride: 2 }))
    expect(input(7, 7, 16).apply(up).output).toEqual([28, 28, 4])
  })

  test('what only plain JavaScript can get wrong', () => {
    const net = input(7, 7, 32) as never as Record<string, (...args: unknown[]) => unknown>
    expect(refusal(() => net['convTranspose2d']?.(8, 3, { outputPadding: [0] })).message).toMatch(
      /one value for each axis, 2 in all, not \[0\]/,
    )
    expect(refusal(() => net['convTranspose2d']?.(8, 3, { outputPadding: '1' })).argument).toBe('options.outputPadding')
    expect(refusal(() => net['convTranspose2d']?.(8, [3, 3, 3])).argument).toBe('kernel')
  })
})
