import { describe, expect, test } from 'vitest'
import { block, conv2d, input, maxPool2d, relu, repeat } from '../../src/index.js'

/* The first lines of an error's stack are those of whoever made the mistake, however deep the layers are. */

/** The first line of this file that the stack of an error names; 0 for none. */
const firstLineOf = (run: () => unknown): number => {
  try {
    run()
  } catch (error) {
    const { stack = '', message } = error as Error
    expect(stack).toContain(message)
    const [, line] = /stack\.test\.ts:(\d+):\d+/.exec(stack) ?? []
    return Number(line)
  }
  return 0
}

const two: number = 2
const seven: number = 7
const image = () => input(9, 9, 16)
const inFive = block(block(block(block(block(relu(), maxPool2d(two))))))

const mistakes: readonly (readonly [string, () => unknown])[] = [
  ['a method', () => image().maxPool2d(two)],
  ['a block', () => image().apply(block(relu(), maxPool2d(two)))],
  ['blocks in blocks', () => image().apply(inFive)],
  ['a repeated block', () => image().apply(repeat(3, block(conv2d(16, 3, { padding: 1 }), repeat(2, inFive))))],
  ['channels first', () => input(3, 224, 224).apply(block(relu(), block(maxPool2d(seven))))],
  ['a shape that is another', () => (image().expect as (size: number) => unknown).call(image(), 4)],
  ['an output that is not kept', () => image().outputs('features' as never)],
]

/** The line where this is called. */
const here = (): number =>
  Number(/here[\s\S]*?stack\.test\.ts:(\d+):\d+\)?\n[\s\S]*?stack\.test\.ts:(\d+)/.exec(`here${new Error('x').stack}`)?.[2])

describe('the stack of an error begins with the call', () => {
  const behind = here()
  test.each(mistakes)('%s', (_, run) => {
    expect(firstLineOf(run)).toBeGreaterThan(0)
    expect(firstLineOf(run)).toBeLessThan(behind)
  })

  test('a mistake in a function has the lines of the function, then of the call that it is given to', () => {
    let inner = 0
    const line = firstLineOf(() =>
      image().residual((x) => {
        inner = here()
        return x.apply(inFive)
      }),
    )
    expect(line).toBe(inner + 1)
  })
})
