import { describe, expect, test } from 'vitest'
import { input } from '../../../src/index.js'
import { refusal } from '../../support/check.js'
import { inBothHalves } from '../../support/halves.js'

/** Axes of size 1, which go and come. */

const types: readonly [line: string, type: string][] = [
  // PyTorch's own examples: `torch.squeeze` of 2x1x2x1, one axis at a time, and `torch.unsqueeze` of a vector of four.
  ['input(2, 1, 2, 1).squeeze(1)', 'Network<[2, 1, 2, 1], [2, 2, 1], 0>'],
  ['input(2, 1, 2, 1).squeeze(3).squeeze(1)', 'Network<[2, 1, 2, 1], [2, 2], 0>'],
  ['input(4).unsqueeze(0)', 'Network<[4], [1, 4], 0>'],
  ['input(4).unsqueeze(1)', 'Network<[4], [4, 1], 0>'],
  ['input(28, 30).unsqueeze(1)', 'Network<[28, 30], [28, 1, 30], 0>'],
  ['input(28, 28, 1).apply(squeeze(2))', 'Network<[28, 28, 1], [28, 28], 0>'],
  ['input(28, 28).apply(block(unsqueeze(2), conv2d(8, 3)))', 'Network<[28, 28], [26, 26, 8], 80>'],
]

const refused: readonly [line: string, underlined: string][] = [
  ['input(28, 28, 1).squeeze(0)', '0'],
  ['input(28, 28, 1).squeeze(3)', '3'],
  ['input(28, 28, 1).squeeze(-1)', '-1'],
  ['input(28, 28, 1).squeeze(0.5)', '0.5'],
  ['input(1).squeeze(0)', '0'],
  ['input(28, 28).unsqueeze(3)', '3'],
  ['input(28, 28).unsqueeze(-1)', '-1'],
  ['input(28, 28).unsqueeze(1.5)', '1.5'],
  ['input(28, 28, 1).apply(squeeze(1))', 'squeeze(1)'],
  ['input(28, 28, 1).apply(unsqueeze(4))', 'unsqueeze(4)'],
]

const declarations = `
declare const anything: any
declare const none: never
declare const zeroOrOne: 0 | 1
declare const oneOrFive: 1 | 5
enum Axis { First = 0, Second = 1 }
`

/** Unknown values give no wrong literal. */
const gradual: readonly [line: string, type: string][] = [
  ['input(wide(1), 28).squeeze(0)', 'Network<[number, 28], [28], 0>'],
  ['input(1, wide(28)).squeeze(0)', 'Network<[1, number], [number], 0>'],
  ['input(1, 28).squeeze(wide(0))', 'Network<[1, 28], Shape, 0>'],
  ['input(1, 28).squeeze(anything)', 'Network<[1, 28], Shape, 0>'],
  ['input(1, 28).squeeze(none)', 'Network<[1, 28], Shape, 0>'],
  ['input(1, 1, 28).squeeze(zeroOrOne)', 'Network<[1, 1, 28], Shape, 0>'],
  ['input(28, 1).squeeze(Axis.Second)', 'Network<[28, 1], [28], 0>'],
  ['input(1, 28).flatten(wide(1)).squeeze(0)', 'Network<[1, 28], Shape, 0>'],
  ['input(28).unsqueeze(wide(0))', 'Network<[28], Shape, 0>'],
  ['input(28).unsqueeze(anything)', 'Network<[28], Shape, 0>'],
  ['input(28).unsqueeze(none)', 'Network<[28], Shape, 0>'],
  ['input(28).unsqueeze(zeroOrOne)', 'Network<[28], Shape, 0>'],
  ['input(28).unsqueeze(Axis.First)', 'Network<[28], [1, 28], 0>'],
]

/** Unions with a member that does not fit are refused at compile time. */
const refusedUnions: readonly [line: string, message: string][] = [
  ['input(oneOrFive, 28).squeeze(0)', 'has 5 cells, and only an axis with one can go.'],
  ['input(1, 28).squeeze(zeroOrOne)', 'squeeze: axis 1 of 1x28 has 28 cells, and only an axis with one can go.'],
  ['input(28).unsqueeze(oneOrFive)', 'the new axis is 0 to 1, not 5.'],
  ['input(28, 1).squeeze(Axis.First)', 'squeeze: axis 0 of 28x1 has 28 cells, and only an axis with one can go.'],
]

inBothHalves({ types, refused, gradual, refusedUnions, declarations })

describe('at run time', () => {
  test('they are views', () => {
    const { nodes } = input(4, 1, 6).squeeze(1).unsqueeze(0).graph
    expect(nodes.slice(1).map(({ settings, weights, macs, memory }) => ({ settings, weights, macs, memory }))).toEqual(
      [1, 0].map((axis) => ({ settings: { axis }, weights: [], macs: 0, memory: 'view' })),
    )
  })

  test('the messages', () => {
    const { message, operation, argument } = refusal(() => input(4, 1, 6).squeeze(0 as never))
    expect(message).toBe('squeeze: axis 0 of 4x1x6 has 4 cells, and only an axis with one can go.')
    expect([operation, argument]).toEqual(['squeeze', 'axis'])
    expect(refusal(() => input(1).squeeze(0 as never)).message).toBe('squeeze: the input has only one axis, which stays.')
    expect(refusal(() => input(4, 6).unsqueeze(3 as never)).message).toBe('unsqueeze: the input is 4x6: the new axis is 0 to 2, not 3.')
    expect(refusal(() => input(4, 6).unsqueeze('1' as never)).message).toContain('not "1".')
  })
})
