import { describe, expect, test } from 'vitest'
import { input } from '../../../src/index.js'
import { thrownBy } from '../../support/check.js'

/** Normalizations at run time. */

describe('batchNorm', () => {
  test('two parameters a channel, and two running statistics that are not trained', () => {
    const built = input(112, 112, 64).batchNorm()
    expect([built.output, built.params]).toEqual([[112, 112, 64], 128])
    expect(built.graph.nodes[1]).toMatchObject({
      kind: 'batchNorm',
      weights: [
        { name: 'gamma', shape: [64], trainable: true },
        { name: 'beta', shape: [64], trainable: true },
        { name: 'movingMean', shape: [64], trainable: false },
        { name: 'movingVariance', shape: [64], trainable: false },
      ],
      macs: 0,
      settings: { epsilon: 1e-5 },
    })
  })

  test('a vector has its features for channels', () => expect(input(10).batchNorm()).toMatchObject({ output: [10], params: 20 }))

  test('options', () => {
    const node = input(10).batchNorm({ epsilon: 1e-3, name: 'norm' }).graph.nodes[1]
    expect(node?.name).toBe('norm')
    expect(node?.settings).toEqual({ epsilon: 1e-3 })
  })

  test('an unknown option', () => {
    expect(thrownBy('input(10).batchNorm({ eps: 1 })')).toMatchObject({
      message: "batchNorm: there is no option 'eps'. The options are epsilon, scale, shift and name.",
      operation: 'batchNorm',
      argument: 'options.eps',
    })
  })
})

describe('localResponseNorm', () => {
  test("PyTorch's defaults, no parameters", () => {
    const built = input(27, 27, 96).localResponseNorm(5)
    expect([built.output, built.params]).toEqual([[27, 27, 96], 0])
    expect(built.graph.nodes[1]?.settings).toEqual({ size: 5, alpha: 1e-4, beta: 0.75, k: 1 })
    expect(input(27, 27, 96).localResponseNorm(5, { k: 2 }).graph.nodes[1]?.settings).toMatchObject({ k: 2 })
  })

  test.each([
    ['input(10).localResponseNorm(5)', 'size'],
    ['input(7, 7, 3).localResponseNorm(0)', 'size'],
    ["input(7, 7, 3).localResponseNorm('5')", 'size'],
    ['input(7, 7, 3).localResponseNorm()', 'size'],
    ['input(7, 7, 3).localResponseNorm(5, { gamma: 1 })', 'options.gamma'],
  ])('%s', (source, argument) => {
    expect(thrownBy(source)).toMatchObject({ name: 'ShapeError', operation: 'localResponseNorm', argument })
  })
})
