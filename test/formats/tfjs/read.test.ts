import { describe, expect, test } from 'vitest'
import { formulaCases, graphCases } from '../../support/tfjs/graph-cases.js'
import { comparedGraph, GraphModel } from '../../support/tfjs/graph-model.js'

/** Graph models of TensorFlow.js, run there and read here: the same numbers. */

describe('operators', () => {
  test.each(Object.entries(graphCases))('%s', async (_, { shape, make, kinds }) => {
    const model = new GraphModel()
    make(model, model.input('x', shape))
    const { network, difference } = await comparedGraph(model, shape)
    expect(network.graph.nodes.slice(1).map(({ kind }) => kind)).toEqual(kinds)
    expect(difference).toBeLessThan(1e-5)
  })
})

describe('formulas that exporters write', () => {
  test.each(Object.entries(formulaCases))('%s', async (_, [make, kind]) => {
    const model = new GraphModel(7)
    make(model, model.input('x', [6, 4]))
    const { network, difference } = await comparedGraph(model, [6, 4], {}, 8)
    expect(network.graph.nodes.slice(1).map((node) => node.kind)).toEqual([kind])
    expect(difference).toBeLessThan(1e-5)
  })
})
