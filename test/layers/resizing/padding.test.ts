import { describe, expect, test } from 'vitest'
import { input } from '../../../src/index.js'
import { refusal } from '../../support/check.js'
import { inBothHalves } from '../../support/halves.js'
import { checkAll } from '../../support/lines.js'

/** Zero padding and cropping. */

const types: readonly [line: string, type: string][] = [
  ['input(7, 7, 3).zeroPad(1)', 'Network<[7, 7, 3], [9, 9, 3], 0>'],
  ['input(7, 7, 3).zeroPad(0)', 'Network<[7, 7, 3], [7, 7, 3], 0>'],
  ['input(7, 7, 3).zeroPad([1, 2])', 'Network<[7, 7, 3], [9, 11, 3], 0>'],
  ['input(7, 3).zeroPad(2)', 'Network<[7, 3], [11, 3], 0>'],
  ['input(7, 3).zeroPad([[1, 2]])', 'Network<[7, 3], [10, 3], 0>'],
  ['input(7, 7, 3).zeroPad([[1, 2], 3])', 'Network<[7, 7, 3], [10, 13, 3], 0>'],
  ['input(5, 6, 7, 3).zeroPad([1, [0, 1], 0])', 'Network<[5, 6, 7, 3], [7, 7, 7, 3], 0>'],
  ['input(2, 2, 2, 2).reshape(2, 2, 2, 2, 1).zeroPad(1)', 'Network<[2, 2, 2, 2], [4, 4, 4, 4, 1], 0>'],
  ['input(224, 224, 3).apply(zeroPad([[0, 1], [0, 1]]))', 'Network<[224, 224, 3], [225, 225, 3], 0>'],
  ['input(7, 7, 3).crop(3)', 'Network<[7, 7, 3], [1, 1, 3], 0>'],
  ['input(7, 8, 3).crop([[1, 2], 3])', 'Network<[7, 8, 3], [4, 2, 3], 0>'],
  ['input(100, 3).crop(10)', 'Network<[100, 3], [80, 3], 0>'],
  ['input(16, 16, 16, 3).crop([1, 2, [3, 4]])', 'Network<[16, 16, 16, 3], [14, 12, 9, 3], 0>'],
  ['input(7, 7, 3).apply(block(zeroPad(2), crop([2, [2, 2]])))', 'Network<[7, 7, 3], [7, 7, 3], 0>'],
]

/** Each with the source that is underlined. */
const refused: readonly [line: string, underlined: string][] = [
  ['input(7).zeroPad(1)', '1'],
  ['input(7).crop(0)', '0'],
  ['input(7, 7, 3).zeroPad(-1)', '-1'],
  ['input(7, 7, 3).zeroPad([1, 0.5])', '[1, 0.5]'],
  ['input(7, 7, 3).zeroPad([1, 2, 3])', '[1, 2, 3]'],
  ['input(7, 7, 3).crop([1])', '[1]'],
  ['input(7, 3).crop([1, 2])', '[1, 2]'],
  ['input(7, 7, 3).crop(4)', '4'],
  ['input(7, 9, 3).crop([1, 5])', '[1, 5]'],
  ['input(7, 9, 3).crop([[3, 4], 5])', '[[3, 4], 5]'],
  ['input(1, 3).crop(1)', '1'],
  ['input(8, 8, 4, 3).crop(2)', '2'],
  ['input(7, 7, 3).apply(crop(4))', 'crop(4)'],
  ['input(7).apply(zeroPad(4))', 'zeroPad(4)'],
  ['input(7, 7, 3).crop([wide(1), 4])', '[wide(1), 4]'],
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
  ['input(wide(7), 7, 3).crop(1)', 'Network<[number, 7, 3], [number, 5, 3], 0>'],
  ['input(7, 7, wide(3)).zeroPad(1)', 'Network<[7, 7, number], [9, 9, number], 0>'],
  ['input(7, 7, 3).crop(wide(1))', 'Network<[7, 7, 3], [number, number, 3], 0>'],
  ['input(7, 7, 3).zeroPad([[wide(1), 2], 4])', 'Network<[7, 7, 3], [number, 15, 3], 0>'],
  ['input(7, 7, 3).zeroPad(anything)', 'Network<[7, 7, 3], [number, number, 3], 0>'],
  ['input(7, 7, 3).zeroPad(none)', 'Network<[7, 7, 3], [number, number, 3], 0>'],
  ['input(7, 7, 3).crop(none)', 'Network<[7, 7, 3], [number, number, 3], 0>'],
  ['input(9, 9, 3).crop(oneOrFour)', 'Network<[9, 9, 3], [1 | 7, 1 | 7, 3], 0>'],
  ['input(9, 9, 3).zeroPad(oneOrFour)', 'Network<[9, 9, 3], [11 | 17, 11 | 17, 3], 0>'],
]

inBothHalves({ types, refused, gradual, declarations })

test('a union is refused for the member that leaves nothing', () => {
  const [cut, size] = ['input(9, 9, 3).crop(oneOrNine)', 'input(oneOrFour, 9, 3).crop(1)']
  const found = checkAll([cut, size], declarations)
  expect(found.get(cut)?.sentence).toContain('9 - 2*9 = -9.')
  expect(found.get(cut)?.type).toBe('Network<[9, 9, 3], [number, number, 3], 0>')
  expect(found.get(size)?.sentence).toContain('1 - 2*1 = -1.')
})

describe('at run time', () => {
  const net = input(7, 9, 3)

  test('settings; an output of its own', () => {
    const node = net.crop([1, [2, 3]]).graph.nodes.at(-1)
    expect(node).toMatchObject({ settings: { amount: [1, [2, 3]] }, weights: [], macs: 0, memory: 'own' })
  })

  test('the sentence names the axis, the arithmetic and what can be cut', () => {
    expect(refusal(() => net.crop([1, [4, 5]] as never))).toEqual({
      message: 'crop: nothing is left of the width: 9 - 4 - 5 = 0. Cut at most 8 of its 9 cells, both ends together.',
      operation: 'crop',
      argument: 'amount',
    })
    expect(net.crop([1, [4, 4]]).output).toEqual([5, 1, 3])
  })

  test('an axis without a name has its number', () => {
    const five = net.reshape(1, 1, 7, 9, 3)
    expect(refusal(() => five.crop([[0, 0], [0, 1], 1, 1] as never)).message).toContain('left of the axis 1: 1 - 0 - 1 = 0.')
  })

  test('what only plain JavaScript gets wrong', () => {
    expect(refusal(() => net.zeroPad([[1, 2, 3], 1] as never)).message).toBe(
      'zeroPad: amount takes a number or [before, after] for each axis, not [[1,2,3],1].',
    )
    expect(refusal(() => net.zeroPad('1' as never)).message).toContain('must be a whole number of at least 0, not "1"')
    expect(refusal(() => net.zeroPad(undefined as never)).argument).toBe('amount')
  })
})
