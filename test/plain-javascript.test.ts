import { describe, expect, test } from 'vitest'
import { input } from '../src/index.js'
import { refusal } from './support/check.js'

/** Mistakes that only plain JavaScript can make. */

describe('plain JavaScript', () => {
  const net = input(7, 7, 3) as never as Record<string, (...args: unknown[]) => unknown>

  test('options that are no object are refused', () => {
    expect(refusal(() => net['conv2d']?.(8, 3, 2)).argument).toBe('options')
    expect(refusal(() => net['conv2d']?.(8, 3, 'same')).argument).toBe('options')
    expect(refusal(() => net['maxPool2d']?.(2, null)).argument).toBe('options')
  })

  test('bias and name are of their types', () => {
    expect(refusal(() => net['conv2d']?.(8, 3, { bias: 'no' })).argument).toBe('options.bias')
    expect(refusal(() => net['conv2d']?.(8, 3, { name: 3 })).argument).toBe('options.name')
  })

  test('a method that is not called is refused by its own rule, in the place of a branch', () => {
    for (const method of ['relu', 'conv2d', 'flatten', 'dense']) {
      expect(refusal(() => net['residual']?.(net[method])).message).toContain(`residual, body: ${method}: `)
      expect(refusal(() => net['apply']?.(net[method])).message).toContain(`${method}: `)
    }
  })

  test('a bigint is refused as what it is', () => {
    expect(refusal(() => net['conv2d']?.(8n, 3)).argument).toBe('filters')
  })

  test('a rate that is a string is shown as one', () => {
    expect(refusal(() => net['dropout']?.('0.5')).message).toContain('not "0.5"')
  })

  test('the settings of a layer do not change with the list that was given', () => {
    const kernel: [3, 3] = [3, 3]
    const built = input(7, 7, 3).conv2d(8, kernel)
    kernel[0] = 5 as never
    expect(built.graph.nodes[1]?.settings['kernel']).toEqual([3, 3])
  })
})
