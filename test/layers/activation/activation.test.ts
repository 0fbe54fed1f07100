import { describe, expect, test } from 'vitest'
import { input } from '../../../src/index.js'
import { thrownBy } from '../../support/check.js'

/** Activations and dropout at run time: the shape stays, the values are overwritten. */

test.each(['relu', 'softmax'] as const)('%s', (kind) => {
  const built = input(7, 7, 3)[kind]()
  expect(built).toMatchObject({ input: [7, 7, 3], output: [7, 7, 3], params: 0 })
  expect(built.graph.nodes[1]).toMatchObject({ kind, name: `${kind}_1`, weights: [], macs: 0, memory: 'overwrites', settings: {} })
})

describe('dropout', () => {
  test.each([0, 0.1, 0.5, 0.999, 1e-7])('rate %d', (rate) => {
    expect(input(10).dropout(rate).graph.nodes[1]).toMatchObject({ settings: { rate }, memory: 'overwrites' })
  })

  test.each([
    ['1', '1'],
    ['-0.1', '-0.1'],
    ['50', '50'],
    ['NaN', 'NaN'],
    ['Infinity', 'Infinity'],
    ['', 'undefined'],
  ])('rate %s is refused', (rate, shown) => {
    expect(thrownBy(`input(10).dropout(${rate})`)).toMatchObject({
      message: `dropout: the rate is the share of values to drop, at least 0 and below 1, not ${shown}.`,
      operation: 'dropout',
      argument: 'rate',
    })
  })
})
