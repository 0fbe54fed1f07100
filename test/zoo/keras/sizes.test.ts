import { describe, expect, test } from 'vitest'
import { ShapeError } from '../../../src/index.js'
import * as keras from '../../../src/zoo/keras/index.js'
import { checkLines, thrownBy } from '../../support/check.js'
import { isLong } from '../../support/effort.js'
import { made, published } from './cases.js'

/* Images that are too small: both halves refuse them with the same message, and the sizes that it names fit. */

const lines: readonly (readonly [line: string, advice: string])[] = [
  ['keras.vgg16({ input: 16 })', 'Use input 32 or 224.'],
  // Keras's own least size is 75.
  ['keras.inceptionV3({ input: 50 })', 'Use input 75 or 299.'],
  ['keras.nasnetMobile({ input: 2 })', 'Use input 32 or 224.'],
  ['keras.densenet121({ input: 10 })', 'Use input 32 or 224.'],
  ['keras.convnextTiny({ input: 20 })', 'Use input 32 or 224.'],
]

describe('both halves say the same', () => {
  const checked = checkLines(
    lines.map(([line]) => line),
    "import * as keras from '../src/zoo/keras/index.js'",
  )

  test.each(lines)('%s: %s', (line, advice) => {
    const { message } = thrownBy(line, { keras }) as Error
    expect(message.replace(/^.*?(?=Use )/, '')).toBe(advice)
    expect(checked.get(line)?.sentences).toEqual([message])
  })
})

/** The error of a size, if there is one. */
const errorOf = (model: string, input: number): Error | undefined => {
  try {
    made(model, { input, top: false })
    return undefined
  } catch (error) {
    return error as Error
  }
}

test('every size that is named fits', () => {
  const sizes = isLong ? Array.from({ length: 34 }, (_, index) => 3 * index + 1) : [1, 2, 21, 33]
  let named = 0
  for (const { model } of published) {
    for (const size of sizes) {
      const error = errorOf(model, size)
      if (error === undefined) continue
      expect(error).toBeInstanceOf(ShapeError)
      for (const each of /\. Use input (\d+(?:, \d+)*(?: or \d+)?)\.$/.exec(error.message)?.[1]?.split(/, | or /) ?? []) {
        named += 1
        expect([model, each, errorOf(model, Number(each))?.message]).toEqual([model, each, undefined])
      }
    }
  }
  expect(named).toBeGreaterThan(isLong ? 200 : 30)
})
