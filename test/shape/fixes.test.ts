import { describe, expect, test } from 'vitest'
import { input } from '../../src/index.js'
import { refusal } from '../support/check.js'

/** Which changes are advised; that they are true is tried in `misfit.test.ts`. */

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

/** The likeliest wish first: the rule stands in `src/shape/fixes.ts`. */
describe('the order of advice', () => {
  const advised = (build: () => unknown) => refusal(build).message.replace(/^.* (?=Use )/, '')

  test.each<readonly [string, () => unknown, string]>([
    [
      'padding that halves',
      () => input(32, 32, 3).conv2d(8, 3, { stride: 2, padding: 1 } as never),
      "Use padding: 'same', rounding: 'floor', or stride 1.",
    ],
    [
      'the stem of ResNet',
      () => input(224, 224, 3).conv2d(64, 7, { stride: 2, padding: 3 } as never),
      "Use padding: 'same', rounding: 'floor', or stride 1.",
    ],
    [
      'a pool with padding',
      () => input(112, 112, 64).maxPool2d(3, { stride: 2, padding: 1 } as never),
      "Use padding: 'same', rounding: 'floor', or stride 1 or 3.",
    ],
    [
      'padding on one side',
      () =>
        input(33, 33, 3).conv2d(8, 3, {
          stride: 2,
          padding: [
            [0, 1],
            [0, 1],
          ],
        } as never),
      "Use rounding: 'floor', padding 0, or stride 1.",
    ],
    [
      'a stride of 4 beside padding',
      () => input(224, 224, 3).conv2d(64, 7, { stride: 4, padding: 3 } as never),
      "Use padding: 'same', rounding: 'floor', or stride 1.",
    ],
    [
      "more padding than 'same' has",
      () => input(32, 32, 3).conv2d(8, 3, { stride: 2, padding: 2 } as never),
      "Use rounding: 'floor', padding: 'same', or stride 1 or 3.",
    ],
    ['a pool that halves', () => input(7, 7, 3).maxPool2d(2 as never), "Use rounding: 'floor', padding: 'same', or stride 1 or 5."],
    [
      'a stride of 2 without padding',
      () => input(10, 10, 3).conv2d(8, 3, { stride: 2 } as never),
      "Use rounding: 'floor', padding: 'same', or stride 1 or 7.",
    ],
    [
      'a stride on one axis',
      () => input(10, 9, 3).conv2d(8, 3, { stride: [2, 1], padding: 'valid' } as never),
      "Use rounding: 'floor', padding: 'same', or stride 1.",
    ],
    [
      'any other stride may itself be the mistake',
      () => input(7, 7, 3).conv2d(8, 3, { stride: 3 } as never),
      "Use stride 1, 2 or 4, padding 1, or rounding: 'floor'.",
    ],
    ['no number fits', () => input(3, 4, 4, 8).maxPool3d(4 as never), "Use padding: 'same'."],
    ['a window that is too large', () => input(4, 3).maxPool1d(5 as never), "Use kernel 4, or padding: 'same'."],
  ])('%s', (_, build, advice) => expect(advised(build)).toBe(advice))
})
