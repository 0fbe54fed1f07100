import { describe, expect, test } from 'vitest'
import { input, maxPool2d, relu } from '../../src/index.js'
import { checkLines, refusal } from '../support/check.js'

/** On an input that looks like channels first, a mistake says that shapes are channels last. */

const note = (size: number, channels: number): string => ` Note: shapes are channels last: input(${size}, ${size}, ${channels}).`

describe('the note', () => {
  test.each([
    ['a window', () => input(3, 224, 224).conv2d(64, 7 as never), note(224, 3)],
    ['a stride', () => input(1, 28, 28).maxPool2d(1, { stride: 2 } as never), note(28, 1)],
    [
      'further on',
      () =>
        input(3, 32, 32)
          .conv2d(16, 3, { padding: 1 })
          .maxPool2d(2 as never),
      note(32, 3),
    ],
    ['a checkpoint', () => input(3, 32, 32).expect(32 as never, 32, 3 as never), note(32, 3)],
    ['in a branch', () => input(3, 32, 32).residual(maxPool2d(2) as never), note(32, 3)],
  ])('stands behind %s', (_, build, said) => expect(refusal(build).message.endsWith(said)).toBe(true))

  test.each([
    ['a small image', () => input(3, 15, 15).conv2d(64, 7 as never)],
    ['sizes that differ', () => input(3, 224, 200).conv2d(64, 7 as never)],
    ['other channels', () => input(4, 32, 32).conv2d(64, 7 as never)],
    ['channels last', () => input(32, 32, 3).conv2d(64, 33 as never)],
    // The shape has nothing to do with these: with another one the mistake would stay.
    ['an option of another method', () => input(3, 16, 16).upsample(2, { alignCorners: true } as never)],
    ['a function that is not called', () => input(3, 16, 16).apply(relu as never)],
  ])('does not stand behind %s', (_, build) => expect(refusal(build).message).not.toContain('channels last'))

  test('is the same at compile time, where the layer stands on the input', () => {
    const line = 'input(3, 224, 224).conv2d(64, 7, { stride: 2, padding: 3 })'
    const build = (): unknown => input(3, 224, 224).conv2d(64, 7, { stride: 2, padding: 3 } as never)
    expect(checkLines([line]).get(line)?.sentence).toBe(refusal(build).message)
  })

  test('refuses nothing that fits', () => {
    expect(input(3, 224, 224).conv2d(8, 3, { padding: 1 }).output).toEqual([3, 224, 8])
  })
})
