import { expect, test } from 'vitest'
import { valuesIn } from '../../../src/layers/kind/layer.js'

test('a shape has as many values as its dimensions multiply to', () => {
  expect(valuesIn([224, 224, 64])).toBe(3_211_264)
  expect(valuesIn([10])).toBe(10)
  expect(valuesIn([])).toBe(1)
})
