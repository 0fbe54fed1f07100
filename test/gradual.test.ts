import { describe, expect, test } from 'vitest'
import { checkLines } from './support/check.js'

/** The types of values that are unknown at compile time, or unions. */

const declarations = `
import { block, conv2d, repeat, relu, type ConvolutionOptions } from 'stridewise'
declare const options: ConvolutionOptions<2>
declare const anything: any
declare const oneOrFour: 1 | 4
declare const threeOrTwenty: 3 | 20
declare const zeroOrEight: 0 | 8
declare const none: never
declare const rounding: import('stridewise').Rounding
declare const flag: boolean
declare const sevenOrNine: 7 | 9
declare const eightOrSixteen: 8 | 16
declare const oneOrThree: 1 | 3
declare const twoOrFour: 2 | 4
declare const zeroOrOne: 0 | 1
declare const sameOrValid: 'same' | 'valid'
declare const anyShape: import('stridewise').Network<readonly number[], readonly number[], number>
declare const anyVolume: import('stridewise').Network<[number, number, number], [number, number, number], number>
declare const twoOrThree: 2 | 3
declare const threeOrFive: 3 | 5
import { conv2d, dense, dropout, gru, maxPool2d, repeat } from 'stridewise'
declare const layers: import('stridewise').AnyLayer[]
declare const anyToAny: (x: import('stridewise').AnyNetwork) => import('stridewise').AnyNetwork
declare const sameToSame: <N extends import('stridewise').AnyNetwork>(x: N) => N
declare const size: number & { readonly brand: 'size' }
declare const poolOptions: import('stridewise').PoolingOptions<2>
`

/** Unknown values give `number`, never a wrong literal, and are not rejected. */
const gradual: readonly [line: string, type: string][] = [
  // A number with a brand, as libraries that check values give it, is one that is not known.
  ['input(16).dense(size)', 'Network<[16], [number], number>'],
  ['input(size).dense(4)', 'Network<[number], [4], number>'],
  ['input(8, 8, size).conv2d(6, 3)', 'Network<[8, 8, number], [6, 6, 6], number>'],
  ['input(size, 8, 4).conv2d(size, 3)', 'Network<[number, 8, 4], [number, 6, number], number>'],
  ['input(8, 8, 4).residual(conv2d(size, 1))', 'Network<[8, 8, 4], [8, 8, number], number>'],
  ['input(8, 8, 16).pixelShuffle(size)', 'Network<[8, 8, 16], [number, number, number], 0>'],
  ['input(8, 8, 4).reshape(size, 4)', 'Network<[8, 8, 4], [number, 4], 0>'],
  ['input(8, 8, 4).expect(size, 8, 4)', 'Network<[8, 8, 4], [8, 8, 4], 0>'],
  ['input(8, 8, 4).groupNorm(size)', 'Network<[8, 8, 4], [8, 8, 4], 8>'],
  ['input(8, 8, 4).flatten(size)', 'Network<[8, 8, 4], Shape, 0>'],
  ['input(8, 8, 4).dropout(size)', 'Network<[8, 8, 4], [8, 8, 4], 0>'],
  ['input(8, 8, 4).conv2d(8, size)', 'Network<[8, 8, 4], [number, number, 8], number>'],
  ['input(8, 8, 4).conv2d(8, [3, size], { padding: [[size, 1], 0] })', 'Network<[8, 8, 4], [number, number, 8], number>'],
  ['input(8, 8, 4).conv2d(8, 3, { stride: size, groups: size })', 'Network<[8, 8, 4], [number, number, 8], number>'],
  ['input(8, 8, 4).convTranspose2d(8, size, { outputPadding: size })', 'Network<[8, 8, 4], [number, number, 8], number>'],
  ['input(8, 8, 4).upsample([2, size])', 'Network<[8, 8, 4], [16, number, 4], 0>'],
  // Options under names that are not known may be none, or all of them.
  ['input(8, 8, 4).batchNorm({} as Record<string, boolean>)', 'Network<[8, 8, 4], [8, 8, 4], number>'],
  ['input(8, 8, 4).maxPool2d(2, {} as Record<string, any>)', 'Network<[8, 8, 4], [number, number, 4], 0>'],
  // Lists of layers that are filled at run time.
  ['input(7, 7, 3).apply(block(...layers))', 'Network<[7, 7, 3], Shape, number>'],
  ['input(7, 7, 3).apply(block(relu(), ...layers, conv2d(4, 1)))', 'Network<[7, 7, 3], Shape, number>'],
  // A dense layer takes vectors and sequences: behind such a list it gives one of the two.
  ['input(18, 4).apply(block(...layers)).dense(6)', 'Network<[18, 4], Shape, number>'],
  ['input(18, 4).apply(block(...layers)).dense(6).conv1d(3, 1)', 'Network<[18, 4], [number, 3], number>'],
  ['input(18, 4).apply(block(...layers)).residual(dense(4)).conv1d(3, 1)', 'Network<[18, 4], [number, 3], number>'],
  ['input(7, 7, 3).concat(conv2d(4, 1), ...layers)', 'Network<[7, 7, 3], [7, 7, number], number>'],
  ['input(7, 7, 3).add(conv2d(4, 1), ...layers)', 'Network<[7, 7, 3], [7, 7, 4], number>'],
  // A function of any network may return its argument.
  ['input(7, 7, 3).residual(anyToAny)', 'Network<[7, 7, 3], Shape, number>'],
  ['input(7, 7, 3).residual(sameToSame)', 'Network<[7, 7, 3], Shape, number>'],
  ['input(7, 7, 3).apply(anyToAny)', 'Network<[7, 7, 3], Shape, number>'],
  ['input(7, 7, 3).concat(anyToAny, sameToSame)', 'Network<[7, 7, 3], Shape, number>'],
  // How often a layer stands there cannot be two numbers at once.
  ['input(9, 9, 3).apply(repeat(oneOrFour, conv2d(8, 3)))', 'Network<[9, 9, 3], Shape, number>'],
  ['input(7, 7, 3).conv2d(8, 3, options)', 'Network<[7, 7, 3], [number, number, 8], number>'],
  ['input(7, 7, 3).conv2d(8, 3, anything)', 'Network<[7, 7, 3], [number, number, 8], number>'],
  ['input(7, 7, 3).conv2d(8, 3, { padding: [[1, wide(2)], 1] })', 'Network<[7, 7, 3], [number, 7, 8], 224>'],
  ['input(7, 7, 3).maxPool2d(3, { stride: 1, padding: [[wide(1), 1], 1] })', 'Network<[7, 7, 3], [number, 7, 3], 0>'],
  ['input(1, 2).avgPool1d(4, { stride: 2, padding: [[1, wide(8)]] })', 'Network<[1, 2], [number, 2], 0>'],
  ['input(anything, 7, 3).conv2d(8, 3)', 'Network<[number, 7, 3], [number, 5, 8], 224>'],
  ['input(7, 7, 3).conv2d(anything, 3)', 'Network<[7, 7, 3], [5, 5, number], number>'],
  ['input(7).dense(anything)', 'Network<[7], [number], number>'],
  ['input(wide(9), 7, 3).conv2d(8, 3)', 'Network<[number, 7, 3], [number, 5, 8], 224>'],
  ['input(7, 7, wide(3)).conv2d(8, 3)', 'Network<[7, 7, number], [5, 5, 8], number>'],
  ['input(7, 7, 3).conv2d(wide(8), 3)', 'Network<[7, 7, 3], [5, 5, number], number>'],
  ['input(7, 7, 3).conv2d(8, wide(3))', 'Network<[7, 7, 3], [number, number, 8], number>'],
  ['input(7, 7, 3).conv2d(8, [3, wide(3)])', 'Network<[7, 7, 3], [5, number, 8], number>'],
  ['input(7, 7, 3).conv2d(8, 3, { stride: wide(2) })', 'Network<[7, 7, 3], [number, number, 8], 224>'],
  ['input(7, 7, 3).conv2d(8, 3, { stride: [wide(2), 2] })', 'Network<[7, 7, 3], [number, 3, 8], 224>'],
  ['input(7, 7, 3).conv2d(8, 3, { padding: wide(1) })', 'Network<[7, 7, 3], [number, number, 8], 224>'],
  ['input(7, 7, 3).conv2d(8, 3, { dilation: wide(2) })', 'Network<[7, 7, 3], [number, number, 8], 224>'],
  ['input(7, 7, 4).conv2d(8, 3, { groups: wide(2) })', 'Network<[7, 7, 4], [5, 5, 8], number>'],
  ['input(7, 7, 3).conv2d(8, 3, { rounding })', 'Network<[7, 7, 3], [5, 5, 8], 224>'],
  ['input(7, 7, 3).maxPool2d(2, poolOptions)', 'Network<[7, 7, 3], [number, number, 3], 0>'],
  ['input(wide(7), 7, 3).flatten()', 'Network<[number, 7, 3], [number], 0>'],
  ['input(wide(7), 7, 3).globalAvgPool()', 'Network<[number, 7, 3], [3], 0>'],
  ['input(wide(7), 7, 3).expect(7, 7, 3)', 'Network<[number, 7, 3], [number, 7, 3], 0>'],
  ['input(7, 7, wide(3)).batchNorm()', 'Network<[7, 7, number], [7, 7, number], number>'],
  ['input(7).dropout(wide(0))', 'Network<[7], [7], 0>'],
  ['input(7, 7, 3).conv2d(8, anything)', 'Network<[7, 7, 3], [number, number, 8], number>'],
  ['input(7, 7, 3).conv2d(8, 3, { stride: anything })', 'Network<[7, 7, 3], [number, number, 8], 224>'],
  ['input(7, 7, 3).conv2d(8, 3, { groups: anything })', 'Network<[7, 7, 3], [5, 5, 8], number>'],
  ['input(7, 7, 3).maxPool2d(anything)', 'Network<[7, 7, 3], [number, number, 3], 0>'],
  ['input(9007199254740991, 2).flatten()', 'Network<[9007199254740991, 2], [number], 0>'],
  ['anyShape.flatten()', 'Network<readonly number[], [number], number>'],
  ['anyShape.conv2d(8, 3)', 'Network<readonly number[], [number, number, 8], number>'],
  ['anyVolume.conv2d(8, 3)', 'Network<[number, number, number], [number, number, 8], number>'],
  // Layer values keep options that may be anything: none of them is taken for the default.
  ['input(7, 7, 3).apply(conv2d(8, 3, anything))', 'Network<[7, 7, 3], [number, number, 8], number>'],
  ['input(7, 7, 3).apply(maxPool2d(2, anything))', 'Network<[7, 7, 3], [number, number, 3], 0>'],
  // Either direction may be missing, and the biases: 288, 336, 576 or 672 parameters.
  ['input(9, 4).apply(gru(8, anything))', 'Network<[9, 4], Shape, number>'],
  [
    'input(7, 7, 3).convTranspose2d(8, 3, { padding: anything, outputPadding: 1, stride: 2 })',
    'Network<[7, 7, 3], [number, number, 8], 224>',
  ],
  ['anyVolume.globalAvgPool().dense(10)', 'Network<[number, number, number], [10], number>'],
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

/** A union gives every shape and every count, in the compiler's own order. */
const several: readonly [line: string, output: readonly string[]][] = [
  ['input(sevenOrNine, 7, 3).conv2d(8, 3).output', ['[5 | 7, 5, 8]', '[7 | 5, 5, 8]']],
  ['input(7, 7, 3).conv2d(eightOrSixteen, 3).params', ['224 | 448', '448 | 224']],
  ['input(9, 9, 3).conv2d(8, oneOrThree).output', ['[7 | 9, 7 | 9, 8]', '[9 | 7, 9 | 7, 8]']],
  ['input(7, 7, 3).conv2d(8, 3, { stride: oneOrTwo }).output', ['[3 | 5, 3 | 5, 8]', '[5 | 3, 5 | 3, 8]']],
  ['input(7, 7, 4).conv2d(8, 3, { groups: twoOrFour }).params', ['80 | 152', '152 | 80']],
  ['input(7, 7, 3).conv2d(8, 3, { padding: zeroOrOne }).output', ['[5 | 7, 5 | 7, 8]', '[7 | 5, 7 | 5, 8]']],
  ['input(7, 7, 3).conv2d(8, 3, { padding: sameOrValid }).output', ['[5 | 7, 5 | 7, 8]', '[7 | 5, 7 | 5, 8]']],
  ['input(8, 8, 3).conv2d(8, 3, { stride: 2, rounding }).output', ['[3 | 4, 3 | 4, 8]', '[4 | 3, 4 | 3, 8]']],
  ['input(7, 7, 3).conv2d(8, 3, { bias: flag }).params', ['224 | 216', '216 | 224']],
  // The stride of a pool is its own kernel: 2 with 2, and 3 with 3.
  ['input(12, 12, 3).maxPool2d(twoOrThree).output', ['[4 | 6, 4 | 6, 3]', '[6 | 4, 6 | 4, 3]']],
  ['input(12, 12, 3).maxPool2d([twoOrThree, 4]).output', ['[4 | 6, 3, 3]', '[6 | 4, 3, 3]']],
  ['input(7, 7, 3).convTranspose2d(8, threeOrFive, { stride: 2 }).output', ['[15 | 17, 15 | 17, 8]', '[17 | 15, 17 | 15, 8]']],
  ['input(7, 7, 3).apply(repeat(oneOrFour, conv2d(3, 1))).params', ['12 | 48', '48 | 12']],
  ['input(7, 7, 4).apply(repeat(twoOrThree, conv2d(4, 1))).params', ['40 | 60', '60 | 40']],
  ['input(7, 7, oneOrThree).apply(repeat(3, conv2d(4, 1))).params', ['48 | 56', '56 | 48', 'number']],
  ['input(16, 16, 4).apply(repeat(twoOrThree, maxPool2d(2))).output', ['readonly number[]']],
]

describe('unions', () => {
  const checked = checkLines(
    several.map(([line]) => line),
    `${declarations}declare const oneOrTwo: 1 | 2`,
  )
  test.each(several)('%s', (line, types) => {
    expect(checked.get(line)?.diagnostics).toEqual([])
    expect(types).toContain(checked.get(line)?.type)
  })
})

/** `never` is what nothing can be: it says as little as `number`, and nothing is thrown at the reader. */
const nothing: readonly [line: string, type: string][] = [
  ['input(none, 7, 3).conv2d(8, 3)', 'Network<[number, 7, 3], [number, 5, 8], 224>'],
  ['input(7, 7, 3).conv2d(8, none)', 'Network<[7, 7, 3], [number, number, 8], number>'],
  ['input(7, 7, 3).conv2d(8, [3, none])', 'Network<[7, 7, 3], [5, number, 8], number>'],
  ['input(7, 7, 3).conv2d(8, 3, { stride: none })', 'Network<[7, 7, 3], [number, number, 8], 224>'],
  ['input(7, 7, 3).conv2d(8, 3, { padding: [[none, 1], 1] })', 'Network<[7, 7, 3], [number, 7, 8], 224>'],
  ['input(7, 7, 4).conv2d(8, 3, { groups: none })', 'Network<[7, 7, 4], [5, 5, 8], number>'],
  ['input(7, 7, 3).conv2d(8, 3, { bias: none })', 'Network<[7, 7, 3], [5, 5, 8], 224 | 216>'],
  ['input(7).dense(none)', 'Network<[7], [number], number>'],
  ['input(7, 7, 3).conv2d(none, 3)', 'Network<[7, 7, 3], [5, 5, number], number>'],
  ['input(7, 7, 3).maxPool2d([none, 7])', 'Network<[7, 7, 3], [number, 1, 3], 0>'],
  ['input(7, 7, 3).zeroPad([[none, 1], 2])', 'Network<[7, 7, 3], [number, 11, 3], 0>'],
  ['input(7, 7, 3).reshape(none, 3)', 'Network<[7, 7, 3], [number, 3], 0>'],
  ['input(7, 7, 3).permute(none, 1, 0)', 'Network<[7, 7, 3], [number, 7, 7], 0>'],
  ['input(7, 7, 4).apply(repeat(none, conv2d(4, 1)))', 'Network<[7, 7, 4], [7, 7, 4], number>'],
  ['input(7).apply(dropout(none))', 'Network<[7], [7], 0>'],
]

describe('never', () => {
  const checked = checkLines(
    nothing.map(([line]) => line),
    declarations,
  )
  test.each(nothing)('%s', (line, type) => {
    expect(checked.get(line)?.diagnostics).toEqual([])
    expect([type, type.replace('224 | 216', '216 | 224')]).toContain(checked.get(line)?.type)
  })
})

/** A union has to fit with every member, and the sentence is about one that does not. */
const unions: readonly [line: string, sentence: RegExp][] = [
  ['input(9, 9, 3).conv2d(8, threeOrTwenty)', /20x20 filter is larger than the 9x9 input/],
  ['input(9, 9, 3).conv2d(8, 3, { stride: oneOrFour })', /stride 4 does not fit a 9x9 input/],
  ['input(9, 9, 3).maxPool2d(threeOrTwenty)', /20x20 window is larger than the 9x9 input/],
  ['input(9, 9, 3).conv2d(zeroOrEight, 3)', /filters must be a whole number of at least 1, not 0/],
  ['input(9, 7, 3).conv2d(8, [3, threeOrTwenty])', /3x20 filter is larger than the 9x7 input/],
  ['input(9, 9, 3).conv2d(8, 3, { stride: [oneOrFour, 1] })', /stride 4x1 does not fit a 9x9 input/],
  ['input(9, 9, 3).convTranspose2d(8, 3, { padding: threeOrTwenty })', /the padding leaves nothing/],
  ['input(9, 9, 4).convTranspose2d(8, 3, { groups: oneOrThree })', /3 groups do not divide 4 input channels/],
  ['input(7, 7, 3).flatten(oneOrFour)', /there is no axis 4/],
  ['input(9, 7, 8).unflatten(twoOrFour, 2, 4)', /there is no axis 4/],
  ['input(eightOrSixteen, 4).selectToken(9)', /no token 9 among 8/],
  ['input(9, eightOrSixteen).multiHeadAttention(16)', /16 heads do not divide 8 features/],
  ['input(9, 9, 4).apply(repeat(threeOrTwenty, maxPool2d(3)))', /time 3 of (3|20): maxPool2d/],
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

test('after an input that is refused, the network goes on without more', () => {
  const lines = ['input(0, 8, 3).maxPool2d(3, { stride: 1 })', 'input(zeroOrEight, 8, 3).conv2d(4, 3)', 'input(-1, 8).dense(3)']
  const checked = checkLines(lines, declarations)
  for (const line of lines) expect(checked.get(line)?.diagnostics).toHaveLength(1)
  expect(checked.get(lines[0] as string)?.type).toBe('Network<[number, 8, 3], [number, 6, 3], 0>')
})
