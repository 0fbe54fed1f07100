import { describe, expect, test } from 'vitest'
import { type AnyNetwork, ShapeError } from '../../src/index.js'
import * as zoo from '../../src/zoo/index.js'
import { checkLines, thrownBy } from '../support/check.js'
import { isLong, sampled } from '../support/effort.js'

/** The sizes that a ready architecture names where another was given: both halves name the same, and they fit. */

const lines: readonly (readonly [line: string, advice: string])[] = [
  ['zoo.vgg16({ input: 225 })', 'Use input 224 or 256.'],
  ['zoo.vgg16({ input: 223 })', 'Use input 224 or 192.'],
  ['zoo.vgg16({ input: 241 })', 'Use input 256 or 224.'],
  ['zoo.vgg16({ input: 100 })', 'Use input 96, 128 or 224.'],
  ['zoo.vgg16({ input: 10 })', 'Use input 32 or 224.'],
  ['zoo.alexnet2012({ input: 224 })', 'Use input 227 or 195.'],
  ['zoo.lenet5({ input: 20 })', 'Use input 32.'],
  ['zoo.unet({ input: 570 })', 'Use input 572 or 540.'],
  ['zoo.vitH14({ input: 100 })', 'Use input 98, 112 or 224.'],
  ['zoo.inceptionV3({ input: 50 })', 'Use input 299.'],
]

describe('both halves name the same', () => {
  const checked = checkLines(
    lines.map(([line]) => line),
    "import * as zoo from '../src/zoo/index.js'",
  )

  test.each(lines)('%s: %s', (line, advice) => {
    const { message } = thrownBy(line, { zoo }) as Error
    expect(message.replace(/^.*?(?=Use )/, '')).toBe(advice)
    expect(checked.get(line)?.sentences).toEqual([message])
  })
})

const thrown = (run: () => unknown): Error | undefined => {
  try {
    run()
    return undefined
  } catch (error) {
    return error as Error
  }
}

test('every size that is named fits, in every architecture', () => {
  const sizes = isLong ? Array.from({ length: 260 }, (_, index) => index + 1) : [1, 30, 100, 225]
  const named: string[] = []
  for (const [name, make] of sampled(Object.entries(zoo as unknown as Record<string, (options: { input: number }) => AnyNetwork>))) {
    const errors = new Map<number, Error | undefined>()
    /** What the architecture says of a size. */
    const errorOf = (size: number): Error | undefined => {
      if (!errors.has(size))
        errors.set(
          size,
          thrown(() => make({ input: size })),
        )
      return errors.get(size)
    }
    for (const size of sizes) {
      const error = errorOf(size)
      if (error === undefined) continue
      expect(error).toBeInstanceOf(ShapeError)
      const advised = /\. Use input (\d+(?:, \d+)*(?: or \d+)?)\.$/.exec(error.message)?.[1]
      if (advised === undefined) throw new Error(`${name}: no size is named: ${error.message}`)
      expect(error.message.match(/ Use /g)).toHaveLength(1)
      for (const each of advised.split(/, | or /)) {
        named.push(each)
        expect(errorOf(Number(each))).toBeUndefined()
      }
    }
  }
  expect(named.length).toBeGreaterThan(isLong ? 100 : 20)
})
