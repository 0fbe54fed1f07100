import { describe, expect, test } from 'vitest'
import { ShapeError } from '../src/index.js'
import { expectAlike, expectRefused } from './support/halves.js'
import { checkAll, runLine } from './support/lines.js'

/** Cases found by random layers and networks, in which the two halves of a rule, or the two forms of a layer, once differed. */

const alike: readonly [line: string, type: string][] = [
  // The dimensions of a shortcut were no literals, as those of a body were.
  ['input(9, 9, 4).residual(relu(), permute(1, 0, 2))', 'Network<[9, 9, 4], [9, 9, 4], 0>'],
  ['input(9, 9, 4).apply(residual(reshape(81, 4), reshape(81, 4)))', 'Network<[9, 9, 4], [81, 4], 0>'],
  // A gate of as many axes as its input may have any size that is not known to be another than 1.
  ['input(9, 9, 4).multiply(adaptiveAvgPool(1))', 'Network<[9, 9, 4], [9, 9, 4], 0>'],
  ['input(9, 9, 4).multiply(adaptiveAvgPool([wide(1), 1]))', 'Network<[9, 9, 4], [9, 9, 4], 0>'],
]

/** Each mistake with the underlined source, and the argument that the run time blames. */
const refused: readonly [line: string, underlined: string, argument: string][] = [
  ['input(9, 9, 4).residual(relu(), permute(2, 1, 0))', 'relu()', 'body'],
  ['input(9, 9, 4).residual(relu(), reshape(5, 4))', 'reshape(5, 4)', 'shortcut'],
  // An unknown option is refused before the scale is looked at, and only one of them.
  ["input(9, 9, 4).upsample(0, { name: 'up', mode: 1 })", 'mode', 'options.mode'],
  ["input(9).upsample(2, { name: 'up', mode: 1 })", 'mode', 'options.mode'],
  // A kernel of 0 is told before a number of filters beyond 2^53.
  ['input(9, 9007199254740991).depthwiseConv1d(0, { multiplier: 2 })', '0', 'kernel'],
  // A list that is empty, or longer than any input.
  ['input(9, 9, 4).upsample([])', '[]', 'scale'],
  ['input(9, 9, 4).upsample([2, 2, 2, 2])', '[2, 2, 2, 2]', 'scale'],
  // What is [tokens, channels] has not the axes of an image.
  ['input(9, 9, 4).multiply(x => x.toTokens().adaptiveAvgPool(1))', 'x.toTokens().adaptiveAvgPool(1)', 'gate'],
  ['input(9, 9, 4).multiply(block(toTokens(), adaptiveAvgPool(1)))', 'block(toTokens(), adaptiveAvgPool(1))', 'gate'],
  // The square of this scale is no exact number any more; it divides no number of channels that is.
  ['input(1, 1, 1).pixelShuffle(4294967296)', '4294967296', 'scale'],
  // A mistake inside a branch is blamed on the branch.
  ['input(9, 9, 4).residual(conv2d(4, 11))', 'conv2d(4, 11)', 'body'],
  ['input(9, 9, 4).residual(relu(), conv2d(4, 11))', 'conv2d(4, 11)', 'shortcut'],
  ['input(9, 9, 4).multiply(conv2d(4, 11))', 'conv2d(4, 11)', 'gate'],
  ['input(9, 9, 4).add(relu(), conv2d(4, 11))', 'conv2d(4, 11)', 'branches[1]'],
  ["input(9, 9, 4).branchOut('aux', conv2d(4, 11))", 'conv2d(4, 11)', 'body'],
  ['input(9, 9, 4).apply(conv2d(4, 11))', 'conv2d(4, 11)', 'kernel'],
  ['input(9, 9, 4).apply(block(conv2d(4, 11)))', 'block(conv2d(4, 11))', 'layer'],
]

/** A layer repeated an unknown number of times: an unchanged shape is known, and the first time is checked. */
const repeated: readonly [line: string, type: string][] = [
  ['input(9, 9, 4).apply(repeat(wide(3), relu()))', 'Network<[9, 9, 4], [9, 9, 4], 0>'],
  ['input(9, 9, 4).apply(repeat(wide(3), conv2d(4, 3, { padding: 1 })))', 'Network<[9, 9, 4], [9, 9, 4], number>'],
  ['input(9, 9, 4).apply(repeat(wide(3), conv2d(4, 3)))', 'Network<[9, 9, 4], Shape, number>'],
]

const checked = checkAll(
  [...alike, ...refused, ...repeated, ['input(9, 9, 4).apply(repeat(wide(3), conv2d(4, 11)))']].map(([line]) => line as string),
)

describe('once they differed', () => {
  test.each(alike)('%s', (line, type) => expectAlike(line, checked.get(line), type))

  test.each(refused)('%s', (line, underlined, argument) => {
    expectRefused(line, checked.get(line), underlined)
    expect((runLine(line) as ShapeError).argument).toBe(argument)
  })

  test.each(repeated)('%s', (line, type) => {
    expect(checked.get(line)?.diagnostics).toEqual([])
    expect(checked.get(line)?.type).toBe(type)
    expect(runLine(line)).not.toBeInstanceOf(Error)
  })

  test('the first of an unknown number of times', () => {
    const found = checked.get('input(9, 9, 4).apply(repeat(wide(3), conv2d(4, 11)))')
    expect(found?.diagnostics).toHaveLength(1)
    expect(found?.diagnostics[0]?.text).toContain('time 1 of')
    expect(runLine('input(9, 9, 4).apply(repeat(3, conv2d(4, 11)))')).toBeInstanceOf(ShapeError)
  })
})
