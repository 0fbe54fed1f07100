import { describe, expect, test } from 'vitest'
import { input } from '../../src/index.js'
import { thrownBy } from '../support/check.js'

/** The input of a network. */

const begin = input as unknown as (...shape: unknown[]) => {
  input: number[]
  output: number[]
  params: number
  graph: { nodes: unknown[] }
}

test.each([[[784]], [[100, 8]], [[227, 227, 3]], [[16, 112, 112, 3]]])('%j', (shape) => {
  const net = begin(...shape)
  expect(net).toMatchObject({ input: shape, output: shape, params: 0 })
  expect(net.graph.nodes).toEqual([
    {
      name: 'input',
      kind: 'input',
      settings: {},
      inputs: [],
      inputShapes: [],
      output: shape,
      weights: [],
      macs: 0,
      memory: 'own',
    },
  ])
})

describe('refused', () => {
  test.each([
    ['0', 'input: features must be a whole number of at least 1, not 0.', 'features'],
    ['100, 0', 'input: channels must be a whole number of at least 1, not 0.', 'channels'],
    ['1.5, 7, 3', 'input: height must be a whole number of at least 1, not 1.5.', 'height'],
    ["7, '7', 3", 'input: width must be a whole number of at least 1, not "7".', 'width'],
    ['NaN, 7, 7, 3', 'input: depth must be a whole number of at least 1, not NaN.', 'depth'],
    ['7, 7, undefined', 'input: channels must be a whole number of at least 1, not undefined.', 'channels'],
    ['', 'input: takes one to four dimensions, such as (height, width, channels), not 0.', 'shape'],
    ['1, 2, 3, 4, 5', 'input: takes one to four dimensions, such as (height, width, channels), not 5.', 'shape'],
  ])('input(%s)', (args, message, argument) => {
    expect(thrownBy(`input(${args})`)).toMatchObject({ name: 'ShapeError', message, operation: 'input', argument })
  })
})
