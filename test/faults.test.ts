import { describe, expect, test } from 'vitest'
import { input } from '../src/index.js'
import { refusal } from './support/check.js'

/** Faults that were found and are not mended yet: what ought to be. A test that passes moves to the file of its subject. */

describe('plain JavaScript', () => {
  const net = input(7, 7, 3) as never as Record<string, (...args: unknown[]) => unknown>

  test('a list is no number where there is one for all axes', () => {
    const begin = input as never as (...shape: unknown[]) => Record<string, (...args: unknown[]) => unknown>
    expect(refusal(() => begin([224, 224, 3])).argument).toBe('features')
    expect(refusal(() => begin(10)['dense']?.([10])).argument).toBe('units')
    expect(refusal(() => net['conv2d']?.([8], 3)).argument).toBe('filters')
    expect(refusal(() => net['conv2d']?.(8, 3, { groups: [1, 1] })).message).toContain('groups must be a whole number')
    expect(refusal(() => net['localResponseNorm']?.([5])).argument).toBe('size')
    expect(refusal(() => net['conv2d']?.(8, [[3, 3], 3])).argument).toBe('kernel')
  })

  test('a bigint is refused as what it is', () => {
    expect(refusal(() => net['conv2d']?.(8n, 3)).argument).toBe('filters')
  })
})
