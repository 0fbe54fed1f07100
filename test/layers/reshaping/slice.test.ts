import { describe, expect, test } from 'vitest'
import { type GraphNode, input } from '../../../src/index.js'
import { refusal } from '../../support/check.js'
import { inBothHalves } from '../../support/halves.js'

/** A part of one axis. */

const types: readonly [line: string, type: string][] = [
  // Python's own rules of slices: `x[2:5]`, `x[-3:]`, `x[:-1]`, `x[4:]` of ten.
  ['input(10).slice(0, 2, 5)', 'Network<[10], [3], 0>'],
  ['input(10).slice(0, -3)', 'Network<[10], [3], 0>'],
  ['input(10).slice(0, 0, -1)', 'Network<[10], [9], 0>'],
  ['input(10).slice(0, 4)', 'Network<[10], [6], 0>'],
  ['input(10).slice(0, -10, 10)', 'Network<[10], [10], 0>'],
  ['input(10).slice(0, 9)', 'Network<[10], [1], 0>'],
  ['input(28, 28, 64).slice(2, 0, 32)', 'Network<[28, 28, 64], [28, 28, 32], 0>'],
  ['input(28, 30, 64).slice(0, 1, -1).slice(1, -12, -2)', 'Network<[28, 30, 64], [26, 10, 64], 0>'],
  ['input(2, 3, 4, 5).slice(3, 1).slice(0, 1)', 'Network<[2, 3, 4, 5], [1, 3, 4, 4], 0>'],
  ['input(28, 28, 64).apply(slice(2, 32))', 'Network<[28, 28, 64], [28, 28, 32], 0>'],
  ['input(28, 28, 64).apply(slice(2, -32, -16))', 'Network<[28, 28, 64], [28, 28, 16], 0>'],
  ['input(28, 28, 64).concat(slice(2, 32), slice(2, 0, 32))', 'Network<[28, 28, 64], [28, 28, 64], 0>'],
]

/** Each with the source that is underlined. */
const refused: readonly [line: string, underlined: string][] = [
  ['input(28, 28, 64).slice(3, 0, 32)', '3'],
  ['input(28, 28, 64).slice(-1, 0, 32)', '-1'],
  ['input(28, 28, 64).slice(0.5, 0, 32)', '0.5'],
  ['input(10).slice(1, 0)', '1'],
  ['input(10).slice(0, 10)', '10'],
  ['input(10).slice(0, 12, 14)', '12'],
  ['input(10).slice(0, -11)', '-11'],
  ['input(10).slice(0, 1.5)', '1.5'],
  ['input(10).slice(0, -1.5)', '-1.5'],
  ['input(10).slice(0, 2, 11)', '11'],
  ['input(10).slice(0, 2, 2)', '2'],
  ['input(10).slice(0, 5, -6)', '-6'],
  ['input(10).slice(0, 5, -5)', '-5'],
  ['input(10).slice(0, 5, -20)', '-20'],
  ['input(10).slice(0, 5, 0)', '0'],
  ['input(10).slice(0, 5, 7.5)', '7.5'],
  ['input(10).slice(0, 5, 9007199254740993)', '9007199254740993'],
  ['input(28, 28, 64).apply(slice(2, 64))', 'slice(2, 64)'],
  ['input(28, 28, 64).apply(slice(2, 0, 65))', 'slice(2, 0, 65)'],
  ['input(28, 28, 64).apply(slice(4, 0))', 'slice(4, 0)'],
]

const declarations = `
declare const anything: any
declare const many: number[]
declare const none: never
declare const oneOrTwo: 1 | 2
declare const fewOrMany: 2 | 20
enum Size { Two = 2, Twelve = 12 }
`

/** Unknown values give `number`, never a wrong literal. */
const gradual: readonly [line: string, type: string][] = [
  ['input(28, 28, wide(64)).slice(2, 0, 32)', 'Network<[28, 28, number], [28, 28, number], 0>'],
  ['input(wide(28), 28, 64).slice(2, 0, 32)', 'Network<[number, 28, 64], [number, 28, 32], 0>'],
  ['input(28, 28, 64).slice(wide(2), 0, 32)', 'Network<[28, 28, 64], [number, number, number], 0>'],
  ['input(28, 28, 64).slice(anything, 0, 32)', 'Network<[28, 28, 64], [number, number, number], 0>'],
  ['input(28, 28, 64).slice(none, 0, 32)', 'Network<[28, 28, 64], [number, number, number], 0>'],
  ['input(28, 28, 64).slice(oneOrTwo, 0, 12)', 'Network<[28, 28, 64], [number, number, number], 0>'],
  ['input(28, 28, 64).slice(2, wide(0), 32)', 'Network<[28, 28, 64], [28, 28, number], 0>'],
  ['input(28, 28, 64).slice(2, anything, 32)', 'Network<[28, 28, 64], [28, 28, number], 0>'],
  ['input(28, 28, 64).slice(2, none, 32)', 'Network<[28, 28, 64], [28, 28, number], 0>'],
  ['input(28, 28, 64).slice(2, oneOrTwo, 32)', 'Network<[28, 28, 64], [28, 28, 30 | 31], 0>'],
  ['input(28, 28, 64).slice(2, 0, wide(32))', 'Network<[28, 28, 64], [28, 28, number], 0>'],
  ['input(28, 28, 64).slice(2, 0, anything)', 'Network<[28, 28, 64], [28, 28, number], 0>'],
  ['input(28, 28, 64).slice(2, 0, none)', 'Network<[28, 28, 64], [28, 28, number], 0>'],
  ['input(28, 28, 64).slice(2, 0, fewOrMany)', 'Network<[28, 28, 64], [28, 28, 2 | 20], 0>'],
  ['input(28, 28, 64).slice(Size.Two, Size.Two, Size.Twelve)', 'Network<[28, 28, 64], [28, 28, 10], 0>'],
  ['input(28, 28, 64).slice(2, ...many)', 'Network<[28, 28, 64], [28, 28, number], 0>'],
  ['input(28, 28, 64).flatten(wide(1)).slice(1, 0, 8)', 'Network<[28, 28, 64], Shape, 0>'],
]

/** Unions with a member that does not fit are refused at compile time. */
const refusedUnions: readonly [line: string, message: string][] = [
  ['input(28, 28, 10).slice(2, fewOrMany)', 'slice: axis 2 has 10 cells, and no part from 20 to 10.'],
  ['input(28, 28, 10).slice(2, 0, fewOrMany)', 'slice: axis 2 has 10 cells, and no part from 0 to 20.'],
  ['input(28, 10).slice(oneOrTwo, 0, 2)', 'slice: the input is 28x10: there is no axis 2, only 0 and 1.'],
  ['input(28, 28, 10).slice(2, Size.Twelve)', 'slice: axis 2 has 10 cells, and no part from 12 to 10.'],
]

inBothHalves({ types, refused, gradual, refusedUnions, declarations })

describe('at run time', () => {
  const net = input(4, 6, 10)

  test('the settings have the places from the first cell on', () => {
    const { settings, weights, macs, memory } = net.slice(2, -3).graph.nodes.at(-1) as GraphNode
    expect({ settings, weights, macs, memory }).toEqual({ settings: { axis: 2, start: 7, end: 10 }, weights: [], macs: 0, memory: 'own' })
  })

  test('the message has the part', () => {
    const { message, operation, argument } = refusal(() => net.slice(2, -12 as never, 5))
    expect(message).toBe('slice: axis 2 has 10 cells, and no part from -12 to 5.')
    expect([operation, argument]).toEqual(['slice', 'start'])
    expect(refusal(() => net.slice(2, 4, '5' as never)).message).toBe('slice: axis 2 has 10 cells, and no part from 4 to "5".')
    expect(refusal(() => net.slice(2, Number.NaN, 5)).argument).toBe('start')
    expect(refusal(() => net.slice(2, 4, Number.POSITIVE_INFINITY)).argument).toBe('end')
    expect(refusal(() => net.slice('2' as never, 4)).message).toBe('slice: the input is 4x6x10: there is no axis "2", only 0, 1 and 2.')
  })
})
