import { describe, expect, test } from 'vitest'
import { input, maxPool2d, relu } from '../../src/index.js'
import { refusal } from '../support/check.js'
import { checkAll, runLine } from '../support/lines.js'

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

  const begin = 'input(3, 32, 32).conv2d(16, 3, { padding: 1 })'
  const layers = [
    'maxPool2d(2)',
    'maxPool2d(2, { stride: 3 })',
    'avgPool2d(5)',
    'avgPool2d(2, { stride: 4 })',
    'conv2d(8, 5)',
    'conv2d(8, 3, { stride: 2 })',
    'conv2d(8, 3, { padding: 1, groups: 3 })',
    'conv1d(8, 3)',
    'maxPool1d(2)',
    'dense(10)',
    'reshape(3, 511)',
    'reshape(3, -1, 7)',
    'expect(32, 32, 16)',
    'concat(conv2d(8, 1), conv2d(8, 1, { stride: 2, rounding: "floor" }))',
    'concat((x) => x.relu(), maxPool2d(2))',
    'add(conv2d(8, 1), conv2d(9, 1))',
    'add(relu(), (x) => x.conv2d(9, 1))',
    'residual(conv2d(8, 1))',
    'multiply(conv2d(9, 1))',
    'keep("skip").conv2d(8, 1).add("skip", identity())',
    'keep("skip").conv2d(8, 5)',
    'apply(maxPool2d(2))',
    'apply(block(relu(), conv2d(8, 5)))',
    'apply(input(8).dense(2))',
  ]
  const lines = [
    'input(3, 224, 224).conv2d(64, 7, { stride: 2, padding: 3 })',
    'input(3, 32, 32).expect(32, 32, 3)',
    ...layers.map((layer) => `${begin}.${layer}`),
  ]
  const withoutNote = [
    `${begin}.conv2d(0, 1)`,
    `${begin}.maxPool2d(0.5)`,
    `${begin}.upsample(2, { alignCorners: true })`,
    `${begin}.apply(relu)`,
    'input(32, 32, 3).conv2d(16, 3).maxPool2d(4)',
  ]
  const found = checkAll([...lines, ...withoutNote])

  test.each(lines)('is the same at compile time: %s', (line) => {
    const { message } = runLine(line) as Error
    expect(message).toMatch(/ Note: shapes are channels last: input\(\d+, \d+, 3\)\.$/)
    expect(found.get(line)?.sentence).toBe(message)
  })

  test.each(withoutNote)('is at neither place behind %s', (line) => {
    expect(found.get(line)?.sentence).toBe((runLine(line) as Error).message)
  })

  test('refuses nothing that fits', () => {
    expect(input(3, 224, 224).conv2d(8, 3, { padding: 1 }).output).toEqual([3, 224, 8])
  })
})
