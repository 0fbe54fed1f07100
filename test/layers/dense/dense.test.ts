import { describe, expect, test } from 'vitest'
import { input } from '../../../src/index.js'
import { thrownBy } from '../../support/check.js'

/** Fully-connected layers at run time. */

test('a vector: features * units weights, and a bias for each unit', () => {
  const built = input(25_088).dense(4096)
  expect([built.output, built.params]).toEqual([[4096], 102_764_544])
  expect(built.graph.nodes[1]).toMatchObject({
    weights: [
      { name: 'kernel', shape: [25_088, 4096], trainable: true },
      { name: 'bias', shape: [4096], trainable: true },
    ],
    macs: 25_088 * 4096,
    settings: { units: 4096, bias: true },
    memory: 'own',
    seesAll: true,
  })
})

test('tokens: the same weights for each, MACs for all', () => {
  const built = input(196, 768).dense(3072)
  expect([built.output, built.params]).toEqual([[196, 3072], 768 * 3072 + 3072])
  expect(built.graph.nodes[1]).toMatchObject({ macs: 196 * 768 * 3072, seesAll: false })
})

test('without biases', () => {
  const built = input(10).dense(4, { bias: false, name: 'head' })
  expect(built.params).toBe(40)
  expect(built.graph.nodes[1]).toMatchObject({ name: 'head', settings: { units: 4, bias: false } })
})

describe('refused', () => {
  test.each([
    ['input(7, 7, 512).dense(10)', 'units', 'dense: needs a vector, not 7x7x512. Flatten first: flatten() gives 25088 features.'],
    ['input(10).dense()', 'units', 'dense: units must be a whole number of at least 1, not undefined.'],
    ['input(10).dense(NaN)', 'units', 'dense: units must be a whole number of at least 1, not NaN.'],
    ["input(10).dense('10')", 'units', 'dense: units must be a whole number of at least 1, not "10".'],
    ['input(10).dense(10, { units: 3 })', 'options.units', "dense: there is no option 'units'. The options are bias and name."],
  ])('%s', (source, argument, message) => {
    expect(thrownBy(source)).toMatchObject({ operation: 'dense', argument, message })
  })
})
