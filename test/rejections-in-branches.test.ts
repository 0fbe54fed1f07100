import { describe, expect, test } from 'vitest'
import { ShapeError } from '../src/index.js'
import { type CheckedLine, checkLines, thrownBy } from './support/check.js'
import { expectGolden } from './support/golden.js'
import { makers, makersImport } from './support/value.js'

/**
 * Mistakes in blocks and branches. In a value the sentence names the way to the layer, as at run time. In a function the
 * mistake stands at its own place, and the function's body is not blamed again.
 */

const inValues: readonly [source: string, underlined: string][] = [
  ['input(7, 7, 3).apply(maxPool2d(2))', 'maxPool2d(2)'],
  ['input(7, 7, 3).apply(block(relu(), maxPool2d(2)))', 'block(relu(), maxPool2d(2))'],
  ['input(7, 7, 3).apply(block(relu(), block(relu(), conv2d(8, 9))))', 'block(relu(), block(relu(), conv2d(8, 9)))'],
  ['input(12, 12, 8).apply(repeat(4, maxPool2d(2)))', 'repeat(4, maxPool2d(2))'],
  ['input(12, 12, 8).apply(repeat(0, relu()))', 'repeat(0, relu())'],
  ['input(9, 9, 4).residual(conv2d(8, 3, { padding: 1 }))', 'conv2d(8, 3, { padding: 1 })'],
  ['input(9, 9, 4).residual(conv2d(8, 3, { stride: 2, padding: 1 }))', 'conv2d(8, 3, { stride: 2, padding: 1 })'],
  ['input(9, 9, 4).residual(relu(), conv2d(4, 11))', 'conv2d(4, 11)'],
  ['input(9, 9, 4).residual(conv2d(8, 1), conv2d(12, 1))', 'conv2d(8, 1)'],
  ['input(10).residual(dense(4))', 'dense(4)'],
  ['input(9, 9, 4).concat(conv2d(8, 1), maxPool2d(3))', 'maxPool2d(3)'],
  ['input(9, 9, 4).concat(identity(), conv2d(8, 11))', 'conv2d(8, 11)'],
  ['input(9, 9, 4).concat(conv2d(8, 11), identity())', 'conv2d(8, 11)'],
  ['input(9, 9, 4).add(conv2d(8, 1), identity())', 'identity()'],
  ['input(9, 9, 4).add(identity(), identity(), conv2d(8, 1))', 'conv2d(8, 1)'],
  ['input(9, 9, 8).multiply(dense(8))', 'dense(8)'],
  ['input(9, 9, 8).multiply(block(globalAvgPool(), dense(4)))', 'block(globalAvgPool(), dense(4))'],
  ['input(9, 9, 4).apply(residual(block(relu(), conv2d(4, 3))))', 'residual(block(relu(), conv2d(4, 3)))'],
  ['input(9, 9, 4).apply(concat(relu(), residual(conv2d(8, 1))))', 'concat(relu(), residual(conv2d(8, 1)))'],
]

const inFunctions: readonly [source: string, underlined: string][] = [
  ['input(9, 9, 4).residual(x => x.conv2d(8, 3, { padding: 1 }))', 'x.conv2d(8, 3, { padding: 1 })'],
  ['input(9, 9, 4).residual(x => x.relu().conv2d(4, 11))', '11'],
  ['input(9, 9, 4).residual(x => x.conv2d(4, 1, { groups: 3 }).relu())', 'groups'],
  ['input(9, 9, 4).residual(x => x.relu(), x => x.conv2d(8, 1))', 'x.relu()'],
  ['input(9, 9, 4).concat(x => x.conv2d(8, 1), x => x.maxPool2d(3))', 'x.maxPool2d(3)'],
  ['input(9, 9, 4).add(x => x.conv2d(8, 1), x => x.relu())', 'x.relu()'],
  ['input(9, 9, 8).multiply(x => x.globalAvgPool().dense(4))', 'x.globalAvgPool().dense(4)'],
  ['input(9, 9, 8).multiply(x => x.dense(8))', '8'],
  ['input(9, 9, 4).residual(x => x.residual(y => y.conv2d(8, 1)))', 'y.conv2d(8, 1)'],
  // After these mistakes the number of axes is unknown, and the join has nothing to say of it.
  ['input(9, 9, 4).add(x => x.reshape(3, 7), x => x)', '3'],
  ['input(9, 9, 4).concat(x => x, x => x.reshape(9, -1, -1, 4))', '9'],
  ['input(9, 9, 4).multiply(x => x.reshape(0))', '0'],
  ['input(9, 9, 4).residual(x => x.conv1d(4, 3))', '3'],
  ['input(9, 4).subtract(x => x.convTranspose2d(4, 3), x => x)', '3'],
  ['input(9, 9, 4).concat(x => x, x => x.maxPool1d(2))', '2'],
  ['input(9, 4).add(x => x.avgPool2d(2), x => x)', '2'],
  ['input(9, 9, 4).maximum(x => x, x => x.gru(4))', '4'],
  ['input(9, 4).matmul(x => x, x => x.pixelShuffle(2))', '2'],
  ['input(9, 4).residual(x => x.pixelUnshuffle(3))', '3'],
]

const all = [...inValues, ...inFunctions]
const checked = checkLines(
  all.map(([source]) => source),
  makersImport,
)
const found = (source: string) => checked.get(source) as CheckedLine

describe('in values', () => {
  test.each(inValues)('%s', (source, underlined) => {
    const { diagnostics, sentence } = found(source)
    const error = thrownBy(source, makers)
    expect(error).toBeInstanceOf(ShapeError)
    expect(sentence).toBe((error as ShapeError).message)
    expect(diagnostics.map((each) => each.underlined)).toEqual([underlined])
  })
})

describe('in functions', () => {
  test.each(inFunctions)('%s', (source, underlined) => {
    const { diagnostics, sentence } = found(source)
    const error = thrownBy(source, makers)
    expect(error).toBeInstanceOf(ShapeError)
    expect((error as ShapeError).message.endsWith(sentence as string)).toBe(true)
    expect(diagnostics.map((each) => each.underlined)).toEqual([underlined])
  })
})

test('the sentences', () => {
  const texts = all.map(([source]) => `${source}\n    ${found(source).sentence}\n`)
  expectGolden('rejections-in-branches.txt', texts.join('\n'))
})

/** A name stands for a value in a join only. Both halves refuse it elsewhere; the types do not keep which name it is. */
describe('names that are not in a join', () => {
  const lines = [
    "input(8, 4).apply(repeat(2, 'input'))",
    "input(8, 4).keep('k').apply(repeat(3, 'k'))",
    "input(8, 4).apply(block(relu(), repeat(2, 'input')))",
    "input(8, 4).residual(repeat(2, 'input'))",
    "input(8, 4).apply(repeat(2, repeat(2, 'input')))",
  ]
  const checkedLines = checkLines(lines, makersImport)
  test.each(lines)('%s', (line) => {
    const error = thrownBy(line, makers)
    expect(error).toBeInstanceOf(ShapeError)
    const sentences = checkedLines.get(line)?.sentences
    expect(sentences).toEqual([(error as ShapeError).message.replace(/not "[a-z]+"/, 'not a string')])
  })
})
