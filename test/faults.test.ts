import { describe, expect, test } from 'vitest'
import { input } from '../src/index.js'
import { binaryBytes, decimalBytes } from '../src/report/units.js'
import { checkLines, refusal } from './support/check.js'

/** Faults that were found and are not mended yet: what ought to be. A test that passes moves to the file of its subject. */

describe('plain JavaScript', () => {
  const net = input(7, 7, 3) as never as Record<string, (...args: unknown[]) => unknown>

  const begin = input as never as (...shape: unknown[]) => Record<string, (...args: unknown[]) => unknown>

  // A list is no number where there is one for all axes.
  test.each([
    ['input([224, 224, 3])', () => begin([224, 224, 3]), 'features'],
    ['dense([10])', () => begin(10)['dense']?.([10]), 'units'],
    ['conv2d([8], 3)', () => net['conv2d']?.([8], 3), 'filters'],
    ['conv2d(8, [[3, 3], 3])', () => net['conv2d']?.(8, [[3, 3], 3]), 'kernel'],
    ['localResponseNorm([5])', () => net['localResponseNorm']?.([5]), 'size'],
  ])('%s', (_, build, argument) => expect(refusal(build).argument).toBe(argument))

  test('groups as a list', () => {
    expect(refusal(() => net['conv2d']?.(8, 3, { groups: [1, 1] })).message).toContain('groups must be a whole number')
  })
})

describe('joining no branches', () => {
  const net = input(9, 9, 4) as never as Record<string, () => unknown>

  test.each(['concat', 'add'])('%s() is refused at run time', (kind) => {
    expect(refusal(() => net[kind]?.()).operation).toBe(kind)
  })

  test.each(['concat', 'add'])('%s() is refused by the types', (kind) => {
    const line = `input(9, 9, 4).${kind}()`
    expect(checkLines([line]).get(line)?.diagnostics).toHaveLength(1)
  })
})

test('what rounds up to a thousand is written in the next unit', () => {
  expect(decimalBytes(999_999)).toBe('1.00 MB')
  expect(binaryBytes(1024 ** 2 - 1)).toBe('1.00 MiB')
})
