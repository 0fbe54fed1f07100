import { expect, test } from 'vitest'
import { fromKeras, toKeras } from '../../../src/formats/keras/index.js'
import type { AnyNetwork } from '../../../src/index.js'
import { sampled } from '../../support/effort.js'
import { made, published } from './cases.js'

/* Every model as a Keras file: its layers with weights have their names there, and what is read of it is the same network. */

const weighted = (network: AnyNetwork): string[] => network.graph.nodes.filter(({ weights }) => weights.length > 0).map(({ name }) => name)

test.each(sampled(published))('$model', ({ model }) => {
  const network = made(model)
  const file = JSON.parse(JSON.stringify(toKeras(network)))
  const names = new Set((file.config.layers as { config: { name: string } }[]).map(({ config }) => config.name))
  expect(weighted(network).filter((name) => !names.has(name))).toEqual([])
  const { network: again } = fromKeras(file)
  expect([again.input, again.output, again.params]).toEqual([network.input, network.output, network.params])
  expect(weighted(again).sort()).toEqual(weighted(network).sort())
})
