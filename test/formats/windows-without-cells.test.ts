import { describe, expect, test } from 'vitest'
import { toOnnx } from '../../src/formats/onnx/index.js'
import { toPyTorch } from '../../src/formats/pytorch/index.js'
import { type AnyNetwork, input } from '../../src/index.js'

/*
 * A kernel whose dilation is larger than its input steps over it: then a window in the padding sees no cell. A maximum, and a mean that does
 * not count padding, has no value there, and frameworks give different ones (0/0, 0, the smallest number, minus infinity).
 */

const same = (dilation: number) => ({ padding: 'same', dilation }) as const

const refused: readonly (readonly [line: string, network: AnyNetwork])[] = [
  ['a mean over padding', input(1, 1).avgPool1d(2, { padding: 1, dilation: 2, countIncludePad: false })],
  ["a mean with padding: 'same'", input(1, 1).avgPool1d(2, same(2))],
  ['a maximum over padding', input(1, 1).maxPool1d(2, { padding: 1, dilation: 2 })],
  ["a maximum with padding: 'same'", input(1, 5, 3).maxPool2d([2, 1], { ...same(2), stride: 1 })],
  ['the last window alone', input(2, 1).maxPool1d(3, { stride: 1, padding: [[3, 4]], dilation: 3 })],
  ['the last axis', input(9, 9, 1, 2).avgPool3d([1, 1, 2], { stride: 1, padding: [0, 0, 1], dilation: 2, countIncludePad: false })],
]

const written: readonly (readonly [line: string, network: AnyNetwork])[] = [
  ['padding that counts', input(1, 1).avgPool1d(2, { padding: 1, dilation: 2 })],
  ['a kernel whose middle is on the only cell', input(1, 1).maxPool1d(3, { padding: 2, dilation: 2 })],
  ['an input as large as the dilation', input(2, 1).maxPool1d(2, { stride: 1, padding: 1, dilation: 2 })],
]

describe.each(refused)('%s', (_, network) => {
  test('is no pool of ONNX or PyTorch', () => {
    const sentence = /_1: (max|avg)Pool[123]d: a window sees no cell of its input\. Use less dilation\.$/
    expect(() => toOnnx(network, { opset: 19 })).toThrow(sentence)
    expect(() => toPyTorch(network)).toThrow(sentence)
  })
})

test.each(written)('%s', (_, network) => {
  expect(toOnnx(network, { opset: 19 }).length).toBeGreaterThan(0)
  expect(toPyTorch(network)).toContain('class')
})
