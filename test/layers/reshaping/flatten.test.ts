import { expect, test } from 'vitest'
import { input } from '../../../src/index.js'

/** Flatten at run time. */

test.each([
  [[7, 7, 512], 25_088],
  [[100, 8], 800],
  [[4, 7, 7, 16], 3136],
  [[10], 10],
])('%j has %i values', (shape, features) => {
  const built = (input as (...shape: number[]) => ReturnType<typeof input>)(...shape).flatten()
  expect(built.output).toEqual([features])
  expect(built.graph.nodes[1]).toMatchObject({ kind: 'flatten', weights: [], macs: 0, memory: 'view', settings: {} })
})
