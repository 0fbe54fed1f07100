import { describe, expect, test } from 'vitest'
import { input } from '../../../src/index.js'
import { requireKnownOptions } from '../../../src/layers/kind/options.js'
import { refusal } from '../../support/check.js'

/** An unknown option is an error. */

const known = ['stride', 'padding', 'name']

describe('requireKnownOptions', () => {
  test.each([{}, { stride: 1 }, { name: 'a', stride: 1, padding: 0 }])('%j', (options) => {
    expect(() => requireKnownOptions('conv2d', options, known)).not.toThrow()
  })

  test('the first unknown one', () => {
    expect(refusal(() => requireKnownOptions('conv2d', { stride: 1, Padding: 1, kernel: 2 }, known))).toEqual({
      message: "conv2d: there is no option 'Padding'. The options are stride, padding and name.",
      operation: 'conv2d',
      argument: 'options.Padding',
    })
  })

  test('names of every object are not options', () => {
    expect(refusal(() => requireKnownOptions('conv2d', { constructor: 1 }, known)).argument).toBe('options.constructor')
  })

  test('an epsilon that is a list, as only plain JavaScript can have it', () => {
    expect(refusal(() => requireKnownOptions('batchNorm', { epsilon: [1e-3, 1e-3] }, ['epsilon', 'name']))).toEqual({
      message: 'batchNorm: epsilon must be a number, not [0.001,0.001].',
      operation: 'batchNorm',
      argument: 'options.epsilon',
    })
  })

  test('a third number is advised on only where the first can be the input channels', () => {
    const message = (filters: number): string => refusal(() => input(32, 32, 3).conv2d(filters, 3, 2 as never)).message
    expect(message(3)).toMatch(
      /such as \{ stride: 2 \}, not 2\. If the first number is the input channels, leave it out: conv2d\(3, 2\)\.$/,
    )
    expect(message(16)).toMatch(/such as \{ stride: 2 \}, not 2\.$/)
  })
})
