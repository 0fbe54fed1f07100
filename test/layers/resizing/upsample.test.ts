import { describe, expect, test } from 'vitest'
import { type AnyNetwork, type GraphNode, input } from '../../../src/index.js'
import { refusal } from '../../support/check.js'
import { inBothHalves } from '../../support/halves.js'

/** Resizing: by factors, to a given size, and from channels. */

const types: readonly [line: string, type: string][] = [
  ['input(13, 13, 256).upsample(2)', 'Network<[13, 13, 256], [26, 26, 256], 0>'],
  ['input(13, 256).upsample(3)', 'Network<[13, 256], [39, 256], 0>'],
  ["input(13, 13, 256).upsample([2, 3], { method: 'bilinear' })", 'Network<[13, 13, 256], [26, 39, 256], 0>'],
  ['input(4, 5, 6, 2).upsample([1, 2, 3])', 'Network<[4, 5, 6, 2], [4, 10, 18, 2], 0>'],
  ["input(7, 7, 8).apply(upsample(2, { method: 'nearest', name: 'up' }))", 'Network<[7, 7, 8], [14, 14, 8], 0>'],
  // PyTorch's documentation of Upsample: floor(H_in * scale_factor).
  ['input(14, 10, 8).upsample(1.5)', 'Network<[14, 10, 8], [21, 15, 8], 0>'],
  ["input(7, 10, 8).upsample([1.5, 0.25], { rounding: 'floor' })", 'Network<[7, 10, 8], [10, 2, 8], 0>'],
  ["input(3, 8).upsample(1.3333334, { rounding: 'floor' })", 'Network<[3, 8], [4, 8], 0>'],
  // In floating point this product is 28.999999999999996.
  ['input(100, 8).upsample(0.29)', 'Network<[100, 8], [29, 8], 0>'],
  ['input(1000000, 8).upsample(0.000001)', 'Network<[1000000, 8], [1, 8], 0>'],
  ['input(1000000, 8).upsample(1.000001)', 'Network<[1000000, 8], [1000001, 8], 0>'],
  ['input(7, 7, 8).upsample({ size: 10 })', 'Network<[7, 7, 8], [10, 10, 8], 0>'],
  ["input(7, 7, 8).upsample({ size: [4, 9] }, { method: 'bicubic' })", 'Network<[7, 7, 8], [4, 9, 8], 0>'],
  ["input(7, 8).upsample({ size: 9 }, { method: 'bilinear', alignCorners: true, name: 'up' })", 'Network<[7, 8], [9, 8], 0>'],
  ["input(7, 7, 8).apply(upsample({ size: [4, 9] }, { method: 'bilinear' }))", 'Network<[7, 7, 8], [4, 9, 8], 0>'],
  ["input(7, 10, 8).apply(upsample(1.5, { rounding: 'floor' }))", 'Network<[7, 10, 8], [10, 15, 8], 0>'],
  // PyTorch's documentation of PixelUnshuffle: (*, C, H * r, W * r) to (*, C * r^2, H, W).
  ['input(12, 12, 1).pixelUnshuffle(3)', 'Network<[12, 12, 1], [4, 4, 9], 0>'],
  ['input(256, 128, 3).pixelUnshuffle(4)', 'Network<[256, 128, 3], [64, 32, 48], 0>'],
  ['input(7, 5, 3).apply(pixelUnshuffle(1))', 'Network<[7, 5, 3], [7, 5, 3], 0>'],
  ['input(64, 64, 48).pixelShuffle(4).pixelUnshuffle(4)', 'Network<[64, 64, 48], [64, 64, 48], 0>'],
  ['input(64, 64, 48).pixelShuffle(4)', 'Network<[64, 64, 48], [256, 256, 3], 0>'],
  ['input(64, 32, 48).pixelShuffle(1)', 'Network<[64, 32, 48], [64, 32, 48], 0>'],
  ['input(64, 32, 48).apply(pixelShuffle(2))', 'Network<[64, 32, 48], [128, 64, 12], 0>'],
  ['input(13, 13, 512).adaptiveAvgPool(7)', 'Network<[13, 13, 512], [7, 7, 512], 0>'],
  ['input(13, 13, 512).adaptiveMaxPool([1, 20])', 'Network<[13, 13, 512], [1, 20, 512], 0>'],
  ['input(100, 64).adaptiveMaxPool([10])', 'Network<[100, 64], [10, 64], 0>'],
  ['input(9, 9, 9, 64).adaptiveAvgPool(1)', 'Network<[9, 9, 9, 64], [1, 1, 1, 64], 0>'],
  ['input(9, 9, 64).apply(block(adaptiveAvgPool([1, 2]), adaptiveMaxPool(6)))', 'Network<[9, 9, 64], [6, 6, 64], 0>'],
]

/** Each with the source that is underlined. */
const refused: readonly [line: string, underlined: string][] = [
  ['input(13, 256).upsample(0)', '0'],
  ['input(13, 13, 256).upsample(1.5)', '1.5'],
  ['input(13, 13, 256).upsample([2, 1.5])', '[2, 1.5]'],
  ['input(13, 13, 256).upsample([1.5, -1])', '[1.5, -1]'],
  ['input(13, 13, 256).upsample(-1)', '-1'],
  ['input(13, 13, 256).upsample(1e-7)', '1e-7'],
  ['input(13, 13, 256).upsample(9007199254740993)', '9007199254740993'],
  ["input(13, 13, 256).upsample(0.05, { rounding: 'floor' })", '0.05'],
  ['input(256).upsample(1.5)', '1.5'],
  ['input(13, 13, 256).upsample([1.5])', '[1.5]'],
  ['input(13, 13, 256).upsample({ size: 0 })', 'size'],
  ['input(13, 13, 256).upsample({ size: [14, 1.5] })', 'size'],
  ['input(13, 13, 256).upsample({ size: [14] })', 'size'],
  ['input(256).upsample({ size: 14 })', 'size'],
  ["input(13, 256).upsample(2, { method: 'bicubic' })", 'method'],
  ['input(13, 13, 256).upsample(2, { alignCorners: true })', 'alignCorners'],
  ["input(13, 13, 256).upsample({ size: 20 }, { method: 'nearest', alignCorners: true })", 'alignCorners'],
  ['input(13, 13, 256).apply(upsample(1.5))', 'upsample(1.5)'],
  ['input(13, 13, 256).apply(upsample({ size: 0 }))', 'upsample({ size: 0 })'],
  ['input(13, 13, 256).upsample([2])', '[2]'],
  ['input(256).upsample(2)', '2'],
  ["input(13, 13, 256).upsample(2, { method: 'nearest', mode: 1 })", 'mode'],
  ['input(64, 64, 3).pixelUnshuffle(5)', '5'],
  ['input(64, 63, 3).pixelUnshuffle(2)', '2'],
  ['input(7, 5, 3).pixelUnshuffle(2)', '2'],
  ['input(64, 48).pixelUnshuffle(2)', '2'],
  ['input(64, 64, 3).pixelUnshuffle(0)', '0'],
  ['input(64, 64, 3).pixelUnshuffle(9007199254740991)', '9007199254740991'],
  ['input(64, 64, 3).apply(pixelUnshuffle(5))', 'pixelUnshuffle(5)'],
  ['input(64, 64, 48).pixelShuffle(5)', '5'],
  ['input(64, 64, 12).pixelShuffle(5)', '5'],
  ['input(64, 48).pixelShuffle(2)', '2'],
  ['input(64, 64, 48).pixelShuffle(0)', '0'],
  ['input(64, 64, 2000).pixelShuffle(999)', '999'],
  ['input(64, 64, 48).pixelShuffle(4294967296)', '4294967296'],
  ['input(64, 64, 48).pixelShuffle(94906267)', '94906267'],
  ['input(64, 64, 9007199254740991).pixelShuffle(2)', '2'],
  ['input(64, 64, 48).apply(pixelShuffle(5))', 'pixelShuffle(5)'],
  ['input(13, 512).adaptiveMaxPool(0)', '0'],
  ['input(512).adaptiveAvgPool(1)', '1'],
  ['input(13, 13, 512).adaptiveMaxPool([1, 2, 3])', '[1, 2, 3]'],
  ['input(13, 13, 512).adaptiveAvgPool([1, -2])', '[1, -2]'],
  ['input(512).apply(adaptiveAvgPool(1))', 'adaptiveAvgPool(1)'],
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
  ['input(7, wide(7), 8).upsample(2)', 'Network<[7, number, 8], [14, number, 8], 0>'],
  ['input(7, 7, 8).upsample(wide(2))', 'Network<[7, 7, 8], [number, number, 8], 0>'],
  ['input(7, 7, 8).upsample(anything)', 'Network<[7, 7, 8], [number, number, 8], 0>'],
  ['input(7, 7, 8).upsample(2, anything)', 'Network<[7, 7, 8], [14, 14, 8], 0>'],
  ['input(7, 7, 8).upsample(none)', 'Network<[7, 7, 8], [number, number, 8], 0>'],
  ['input(7, 7, 8).upsample(oneOrFour)', 'Network<[7, 7, 8], [7 | 28, 7 | 28, 8], 0>'],
  ['input(8, 8, 8).upsample(halfOrTwo)', 'Network<[8, 8, 8], [4 | 16, 4 | 16, 8], 0>'],
  ["input(7, wide(7), 8).upsample(1.5, { rounding: 'floor' })", 'Network<[7, number, 8], [10, number, 8], 0>'],
  ['input(7, 7, 8).upsample([1.5, wide(2)], anything)', 'Network<[7, 7, 8], [10, number, 8], 0>'],
  ['input(7, 7, 8).upsample({ size: wide(2) })', 'Network<[7, 7, 8], [number, number, 8], 0>'],
  ['input(7, 7, 8).upsample({ size: [oneOrFour, 3] })', 'Network<[7, 7, 8], [1 | 4, 3, 8], 0>'],
  ['input(7, 7, 8).upsample({ size: anything })', 'Network<[7, 7, 8], [number, number, 8], 0>'],
  ["input(7, 7, 8).upsample(2, { method: 'bilinear', alignCorners: either })", 'Network<[7, 7, 8], [14, 14, 8], 0>'],
  ['input(8, wide(8), 8).pixelUnshuffle(2)', 'Network<[8, number, 8], [4, number, 32], 0>'],
  ['input(8, 8, 8).pixelUnshuffle(wide(2))', 'Network<[8, 8, 8], [number, number, number], 0>'],
  ['input(8, 8, 8).pixelUnshuffle(anything)', 'Network<[8, 8, 8], [number, number, number], 0>'],
  ['input(8, 8, 8).pixelUnshuffle(none)', 'Network<[8, 8, 8], [number, number, number], 0>'],
  ['input(8, 8, 2).pixelUnshuffle(oneOrFour)', 'Network<[8, 8, 2], [2 | 8, 2 | 8, 2 | 32], 0>'],
  ['input(7, 7, wide(8)).pixelShuffle(2)', 'Network<[7, 7, number], [14, 14, number], 0>'],
  ['input(7, 7, 64).pixelShuffle(wide(2))', 'Network<[7, 7, 64], [number, number, number], 0>'],
  ['input(7, 7, 64).pixelShuffle(anything)', 'Network<[7, 7, 64], [number, number, number], 0>'],
  ['input(7, 7, 64).pixelShuffle(none)', 'Network<[7, 7, 64], [number, number, number], 0>'],
  ['input(7, 7, 64).pixelShuffle(oneOrFour)', 'Network<[7, 7, 64], [7 | 28, 7 | 28, 4 | 64], 0>'],
  ['input(7, 7, 8).adaptiveAvgPool([wide(2), 3])', 'Network<[7, 7, 8], [number, 3, 8], 0>'],
  ['input(7, 7, 8).adaptiveAvgPool(anything)', 'Network<[7, 7, 8], [number, number, 8], 0>'],
  ['input(7, 7, 8).adaptiveAvgPool(none)', 'Network<[7, 7, 8], [number, number, 8], 0>'],
  ['input(7, 7, wide(8)).adaptiveAvgPool(oneOrFour)', 'Network<[7, 7, number], [1 | 4, 1 | 4, number], 0>'],
]

inBothHalves({ types, refused, gradual, declarations })

describe('at run time', () => {
  const net = input(6, 8, 12)
  const last = (built: AnyNetwork) => built.graph.nodes.at(-1) as GraphNode

  test('settings', () => {
    expect(last(net.upsample(2))).toMatchObject({ settings: { scale: 2, method: 'nearest' }, weights: [], macs: 0, memory: 'own' })
    expect(last(net.upsample([1, 2], { method: 'bilinear', name: 'up' }))).toMatchObject({ name: 'up', settings: { method: 'bilinear' } })
    expect(last(net.upsample({ size: [9, 8] }, { method: 'bilinear', alignCorners: true }))).toMatchObject({
      settings: { size: [9, 8], method: 'bilinear', alignCorners: true },
      reach: [
        { span: 2, step: 5 / 8 },
        { span: 1, step: 1 },
      ],
    })
    expect(last(net.upsample(1.25, { rounding: 'floor' }))).toMatchObject({
      settings: { scale: 1.25, method: 'nearest', rounding: 'floor' },
    })
    expect(last(net.pixelUnshuffle(2))).toMatchObject({ settings: { scale: 2 }, weights: [], macs: 0, memory: 'own' })
    expect(last(net.pixelShuffle(2))).toMatchObject({ settings: { scale: 2 }, macs: 0 })
    expect(last(net.adaptiveMaxPool([3, 4]))).toMatchObject({ settings: { size: [3, 4] }, macs: 0 })
  })

  test('a pool to one value sees everything, others do not', () => {
    expect(last(net.adaptiveAvgPool(1)).seesAll).toBe(true)
    expect(last(net.adaptiveAvgPool([1, 2])).seesAll).toBeUndefined()
    expect(last(net.adaptiveAvgPool(2)).window).toBeUndefined()
  })

  test('the channels that are advised fit', () => {
    const { message, argument } = refusal(() => net.pixelShuffle(3 as never))
    expect(message).toBe('pixelShuffle: scale 3 needs channels that 9 divides: 12/(3*3) = 1.33. The nearest that fit: 9 or 18.')
    expect(argument).toBe('scale')
    for (const channels of [9, 18]) expect(input(6, 8, channels).pixelShuffle(3).output).toEqual([18, 24, channels / 9])
  })

  test.each([
    [48, 4294967296, /= 0 \+ 48\/18446744073709551616\. Use scale 1, 2 or 4\.$/],
    [48, 94906267, /Use scale 1, 2 or 4\.$/],
    [12, 94906265, /The nearest that fit: 9007199136250225\.$/],
    [9007199254740991, 2, /= 2251799813685247\.75\. The nearest that fit: 9007199254740988\.$/],
  ])('channels that are no exact numbers are not advised: %i channels, scale %i', (channels, scale, sentence) => {
    expect(refusal(() => input(6, 8, channels as number).pixelShuffle(scale as never)).message).toMatch(sentence)
  })

  test('what only plain JavaScript gets wrong', () => {
    expect(refusal(() => net.upsample(2, { method: 'cubic' as never }))).toMatchObject({
      message: "upsample: method must be 'nearest', 'bilinear' or 'bicubic', not \"cubic\".",
      argument: 'options.method',
    })
    expect(refusal(() => net.upsample(2, { mode: 1 } as never)).argument).toBe('options.mode')
    expect(refusal(() => net.upsample(2, { rounding: 'ceil' as never })).argument).toBe('options.rounding')
    expect(refusal(() => net.upsample(2, { method: 'bilinear', alignCorners: 1 as never })).argument).toBe('options.alignCorners')
    expect(refusal(() => net.upsample('2' as never)).message).toBe(
      'upsample: scale must be a number such as 2 or 1.5, of at least 0.000001, not "2".',
    )
    expect(refusal(() => net.upsample({ size: '2' } as never))).toMatchObject({
      message: 'upsample: size must be a whole number of at least 1, not "2".',
      argument: 'scale.size',
    })
    expect(refusal(() => net.upsample([[1, 2], 2] as never)).message).toBe('upsample: scale takes a number for each axis, not [[1,2],2].')
    expect(refusal(() => net.adaptiveAvgPool('7' as never)).argument).toBe('size')
  })
})
