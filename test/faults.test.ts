import { describe, expect, test } from 'vitest'
import { input } from '../src/index.js'
import { checkLines, refusal, thrownBy } from './support/check.js'

/** Faults that were found and are not mended yet: what ought to be. A test that passes moves to the file of its subject. */

const declarations = `
import type { ConvolutionOptions } from 'stridewise'
declare const options: ConvolutionOptions<2>
declare const anything: any
declare const oneOrFour: 1 | 4
declare const threeOrTwenty: 3 | 20
declare const zeroOrEight: 0 | 8
declare const none: never
`

/** Refused by both halves with the same sentence, once. */
const refusedAlike = [
  // Groups that do not divide, where the window fits or is rounded.
  'input(9, 3).conv1d(8, 3, { groups: 2 })',
  "input(8, 8, 3).conv2d(8, 3, { stride: 2, rounding: 'floor', groups: 2 })",
  "input(8, 8, 3).conv2d(8, 3, { stride: 2, rounding: 'ceil', groups: 2 })",
  // A 2x2 window on an axis of one cell.
  'input(1, 8, 3).maxPool2d(2)',
  'input(1, 1, 3).maxPool2d(2)',
  "input(1, 8, 3).maxPool2d(2, { rounding: 'floor' })",
  "input(1, 3).conv1d(8, 2, { stride: 2, rounding: 'floor' })",
  // Several wrong values in one list.
  'input(7, 7, 3).conv2d(8, 3, { padding: [[-1, 0.5], [2, 0]] })',
  'input(7, 7, 7, 3).avgPool3d([3, 0.5, -1])',
  'input(7, 7, 3).conv2d(8, 3, { stride: [0, -1] })',
  // Beyond 2^53 - 1.
  'input(9007199254740992)',
]

describe('both halves refuse alike', () => {
  const checked = checkLines(refusedAlike)
  test.each(refusedAlike)('%s', (line) => {
    const found = checked.get(line)
    expect(found?.diagnostics.length).toBe(1)
    expect(found?.sentence).toBe((thrownBy(line) as Error).message)
  })
})

/** What TypeScript's own types refuse is refused in words about that very argument. */
const ownWords: readonly [line: string, underlined: string][] = [
  ["input(7, 7, 3).conv2d(8, 3, { rounding: 'round' })", 'rounding'],
  ["input(7, 7, 3).conv2d(8, 3, { padding: 'full' })", 'padding'],
  ["input(7, 7, 3).conv2d(8, 3, { bias: 'no' })", 'bias'],
  ['input(7, 7, 3).conv2d(8, 3, { name: 3 })', 'name'],
  ['input(7, 7, 3).conv2d(8, 3, 2)', '2'],
]

describe('the compiler does not speak of groups where there are none', () => {
  const checked = checkLines(ownWords.map(([line]) => line))
  test.each(ownWords)('%s', (line, underlined) => {
    const [diagnostic] = checked.get(line)?.diagnostics ?? []
    expect(diagnostic?.underlined).toBe(underlined)
    expect(diagnostic?.text).not.toMatch(/groups do not divide|may only specify known properties/)
  })
})

/** Values that are not known at compile time give `number`, never a wrong literal, and are not refused. */
const gradual: readonly [line: string, type: string][] = [
  ['input(7, 7, 3).conv2d(8, 3, options)', 'Network<[7, 7, 3], [number, number, 8], number>'],
  ['input(7, 7, 3).conv2d(8, 3, anything)', 'Network<[7, 7, 3], [number, number, 8], number>'],
  ['input(7, 7, 3).conv2d(8, 3, { padding: [[1, wide(2)], 1] })', 'Network<[7, 7, 3], [number, 7, 8], 224>'],
  ['input(7, 7, 3).maxPool2d(3, { stride: 1, padding: [[wide(1), 1], 1] })', 'Network<[7, 7, 3], [number, 7, 3], 0>'],
  ['input(1, 2).avgPool1d(4, { stride: 2, padding: [[1, wide(8)]] })', 'Network<[1, 2], [number, 2], 0>'],
  ['input(anything, 7, 3).conv2d(8, 3)', 'Network<[number, 7, 3], [number, 5, 8], 224>'],
  ['input(7, 7, 3).conv2d(anything, 3)', 'Network<[7, 7, 3], [5, 5, number], number>'],
  ['input(7).dense(anything)', 'Network<[7], [number], number>'],
]

describe('gradual', () => {
  const checked = checkLines(
    gradual.map(([line]) => line),
    declarations,
  )
  test.each(gradual)('%s', (line, type) => {
    expect(checked.get(line)?.diagnostics).toEqual([])
    expect(checked.get(line)?.type).toBe(type)
  })
})

/** A union has to fit with every member, and the sentence is about one that does not. */
const unions: readonly [line: string, sentence: RegExp][] = [
  ['input(9, 9, 3).conv2d(8, threeOrTwenty)', /20x20 filter is larger than the 9x9 input/],
  ['input(9, 9, 3).conv2d(8, 3, { stride: oneOrFour })', /stride 4 does not fit a 9x9 input/],
  ['input(9, 9, 3).maxPool2d(threeOrTwenty)', /20x20 window is larger than the 9x9 input/],
  ['input(9, 9, 3).conv2d(zeroOrEight, 3)', /filters must be a whole number of at least 1, not 0/],
  ['input(9).dense(zeroOrEight)', /units must be a whole number of at least 1, not 0/],
]

describe('unions with a member that does not fit', () => {
  const checked = checkLines(
    unions.map(([line]) => line),
    declarations,
  )
  test.each(unions)('%s', (line, sentence) => expect(checked.get(line)?.sentence).toMatch(sentence))
})

test('a number of features that is not known is written as ?', () => {
  const line = 'input(wide(7), 7, 3).dense(10)'
  expect(checkLines([line]).get(line)?.sentence).toContain('flatten() gives ? features')
})

describe('advice is true', () => {
  test('an axis that is too small outweighs another whose stride does not fit', () => {
    const wrong = () => input(3, 3, 3).conv2d(1, [2, 5] as never, { stride: 2 } as never)
    expect(refusal(wrong)).toMatchObject({ argument: 'kernel', message: expect.stringContaining('larger') })
  })

  test('rounding is not advised where it is already given', () => {
    const wrong = () => input(3, 3, 3).conv2d(1, [2, 5] as never, { stride: 2, rounding: 'floor' } as never)
    expect(refusal(wrong).message).not.toContain('rounding')
  })

  test('padding is at most half of the kernel', () => {
    expect(refusal(() => input(101, 8).avgPool1d([3] as never)).message).not.toContain('padding 2')
    expect(refusal(() => input(10, 10, 3).conv2d(1, [2, 2], { stride: 3 } as never)).message).not.toContain('padding 2')
    expect(refusal(() => input(4, 3).maxPool1d(5 as never)).message).not.toContain('padding 3')
  })
})

describe('plain JavaScript', () => {
  const net = input(7, 7, 3) as never as Record<string, (...args: unknown[]) => unknown>

  test('options that are no object are refused', () => {
    expect(refusal(() => net['conv2d']?.(8, 3, 2)).argument).toBe('options')
    expect(refusal(() => net['conv2d']?.(8, 3, 'same')).argument).toBe('options')
    expect(refusal(() => net['maxPool2d']?.(2, null)).argument).toBe('options')
  })

  test('bias and name are of their types', () => {
    expect(refusal(() => net['conv2d']?.(8, 3, { bias: 'no' })).argument).toBe('options.bias')
    expect(refusal(() => net['conv2d']?.(8, 3, { name: 3 })).argument).toBe('options.name')
  })

  test('a bigint is refused as what it is', () => {
    expect(refusal(() => net['conv2d']?.(8n, 3)).argument).toBe('filters')
  })

  test('a rate that is a string is shown as one', () => {
    expect(refusal(() => net['dropout']?.('0.5')).message).toContain('not "0.5"')
  })

  test('the settings of a layer do not change with the list that was given', () => {
    const kernel: [3, 3] = [3, 3]
    const built = input(7, 7, 3).conv2d(8, kernel)
    kernel[0] = 5 as never
    expect(built.graph.nodes[1]?.settings['kernel']).toEqual([3, 3])
  })
})
