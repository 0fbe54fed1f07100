import { describe, expect, test } from 'vitest'
import { input } from '../../src/index.js'
import { thrownBy } from '../support/check.js'

/** Checkpoints at run time. */

test('a checkpoint that holds changes nothing', () => {
  const net = input(7, 7, 512)
  expect(net.expect(7, 7, 512).graph).toEqual(net.graph)
  expect(input(10).expect(10).output).toEqual([10])
})

describe('refused', () => {
  test.each([
    ['input(7, 7, 512).expect(7, 7, 256)', 'expect: the shape here is 7x7x512, not 7x7x256.'],
    ['input(7, 7, 512).expect(25088)', 'expect: the shape here is 7x7x512, not a vector of 25088 features.'],
    ['input(25088).expect(7, 7, 512)', 'expect: the shape here is a vector of 25088 features, not 7x7x512.'],
    ['input(7, 7, 512).expect(7, 7)', 'expect: the shape here is 7x7x512, not 7x7.'],
    ['input(10).expect(NaN)', 'expect: the shape here is a vector of 10 features, not a vector of NaN features.'],
    ["input(28, 28, 1).expect('28', 28, 1)", 'expect: the shape here is 28x28x1, not "28"x28x1.'],
    ["input(10).expect('10')", 'expect: the shape here is a vector of 10 features, not a vector of "10" features.'],
    ['input(28, 28, 1).expect([28, 28, 1])', 'expect: takes the dimensions one by one, expect(28, 28, 1), not in a list.'],
    ['input(10).expect()', 'expect: the shape here is a vector of 10 features, not nothing.'],
  ])('%s', (source, message) => {
    expect(thrownBy(source)).toMatchObject({ message, operation: 'expect', argument: 'shape' })
  })
})
