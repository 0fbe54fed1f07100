import { describe, expect, test } from 'vitest'
import { type GraphNode, input } from '../../../src/index.js'
import { refusal } from '../../support/check.js'
import { inBothHalves } from '../../support/halves.js'
import { checkAll, runLine } from '../../support/lines.js'

/** Splitting an axis. */

const types: readonly [line: string, type: string][] = [
  // PyTorch's own example of `torch.nn.Unflatten`: 50 values as 2, 5 and 5.
  ['input(50).unflatten(0, 2, 5, 5)', 'Network<[50], [2, 5, 5], 0>'],
  ['input(28, 28, 240).unflatten(2, 3, 80)', 'Network<[28, 28, 240], [28, 28, 3, 80], 0>'],
  ['input(28, 30, 240).unflatten(0, 4, 7)', 'Network<[28, 30, 240], [4, 7, 30, 240], 0>'],
  ['input(28, 30, 240).unflatten(1, 30)', 'Network<[28, 30, 240], [28, 30, 240], 0>'],
  ['input(25088).unflatten(0, 7, 7, 512).flatten()', 'Network<[25088], [25088], 0>'],
  ['input(28, 28, 240).apply(unflatten(2, 240, 1))', 'Network<[28, 28, 240], [28, 28, 240, 1], 0>'],
  // The channel shuffle of ShuffleNet (arXiv:1707.01083, section 3.1), and a half of the channels.
  ['input(28, 28, 240).unflatten(2, 3, 80).permute(0, 1, 3, 2).flatten(2)', 'Network<[28, 28, 240], [28, 28, 240], 0>'],
  ['input(28, 28, 240).unflatten(2, 2, 120).crop([0, 0, [0, 1]]).flatten(2)', 'Network<[28, 28, 240], [28, 28, 120], 0>'],
]

/** Each with the source that is underlined. */
const refused: readonly [line: string, underlined: string][] = [
  ['input(28, 28, 240).unflatten(3, 3, 80)', '3'],
  ['input(28, 28, 240).unflatten(-1, 3, 80)', '-1'],
  ['input(28, 28, 240).unflatten(0.5, 3, 80)', '0.5'],
  ['input(240).unflatten(1, 3, 80)', '1'],
  ['input(28, 28, 240).unflatten(2, 3, 81)', '3'],
  ['input(28, 28, 240).unflatten(2, 80)', '80'],
  ['input(28, 28, 240).unflatten(2, 3, 0)', '0'],
  ['input(28, 28, 240).unflatten(2, 3, -80)', '-80'],
  ['input(28, 28, 240).unflatten(2, 2.5, 96)', '2.5'],
  ['input(28, 28, 240).apply(unflatten(2, 7, 80))', 'unflatten(2, 7, 80)'],
  ['input(28, 28, 240).apply(unflatten(4, 7, 80))', 'unflatten(4, 7, 80)'],
  ['input(28, 28, 240).apply(unflatten(2))', 'unflatten(2)'],
]

const declarations = `
declare const anything: any
declare const many: number[]
declare const none: never
declare const oneOrTwo: 1 | 2
`

/** Unknown values give `number`, never a wrong literal. */
const gradual: readonly [line: string, type: string][] = [
  ['input(28, 28, wide(240)).unflatten(2, 3, 80)', 'Network<[28, 28, number], [28, 28, 3, 80], 0>'],
  ['input(wide(28), 28, 240).unflatten(2, 3, 80)', 'Network<[number, 28, 240], [number, 28, 3, 80], 0>'],
  ['input(28, 28, 240).unflatten(2, wide(3), 80)', 'Network<[28, 28, 240], [28, 28, number, 80], 0>'],
  ['input(28, 28, 240).unflatten(2, anything, 80)', 'Network<[28, 28, 240], [28, 28, number, 80], 0>'],
  ['input(28, 28, 240).unflatten(2, none, 80)', 'Network<[28, 28, 240], [28, 28, number, 80], 0>'],
  ['input(28, 28, 240).unflatten(wide(2), 3, 80)', 'Network<[28, 28, 240], Shape, 0>'],
  ['input(28, 28, 240).unflatten(anything, 3, 80)', 'Network<[28, 28, 240], Shape, 0>'],
  ['input(28, 28, 240).unflatten(none, 3, 80)', 'Network<[28, 28, 240], Shape, 0>'],
  ['input(28, 240, 240).unflatten(oneOrTwo, 3, 80)', 'Network<[28, 240, 240], Shape, 0>'],
  ['input(28, 28, 240).unflatten(2, ...many)', 'Network<[28, 28, 240], Shape, 0>'],
  ['input(28, 28, 240).flatten(wide(1)).unflatten(1, 3, 80)', 'Network<[28, 28, 240], Shape, 0>'],
]

inBothHalves({ types, refused, gradual, declarations })

test('a call without sizes is refused by both, in words of their own', () => {
  const line = 'input(28, 28, 240).unflatten(2)'
  expect(checkAll([line]).get(line)?.diagnostics).toHaveLength(1)
  const error = refusal(() => {
    throw runLine(line)
  })
  expect([error.message, error.operation, error.argument]).toEqual(['unflatten: takes at least one size.', 'unflatten', 'sizes'])
})

describe('at run time', () => {
  const net = input(4, 6, 10)

  test('it is a view', () => {
    const { settings, weights, macs, memory } = net.unflatten(2, 2, 5).graph.nodes.at(-1) as GraphNode
    expect({ settings, weights, macs, memory }).toEqual({ settings: { axis: 2, sizes: [2, 5] }, weights: [], macs: 0, memory: 'view' })
  })

  test('the axes that are advised are all there are', () => {
    const { message, operation, argument } = refusal(() => net.unflatten(5 as never, 2, 5))
    expect(message).toBe('unflatten: the input is 4x6x10: there is no axis 5, only 0, 1 and 2.')
    expect([operation, argument]).toEqual(['unflatten', 'axis'])
    expect([0, 1, 2].map((axis) => net.unflatten(axis, 1, net.output[axis] as number).output.length)).toEqual([4, 4, 4])
  })

  test('the sentence of sizes has their product', () => {
    const { message, argument } = refusal(() => net.unflatten(2, 2 as never, 6))
    expect(message).toBe('unflatten: axis 2 has 10 cells, the sizes 2*6 = 12: the axes that it becomes have as many cells together.')
    expect(argument).toBe('sizes')
  })
})
