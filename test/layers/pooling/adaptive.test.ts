import { expect, test } from 'vitest'
import { input } from '../../../src/index.js'

/** The reach of an adaptive pool's parts, compared with a list of all parts; and sizes too large for such a list. */

const longest = (cells: number, size: number): number => {
  let most = 0
  for (let part = 0; part < size; part += 1)
    most = Math.max(most, Math.ceil(((part + 1) * cells) / size) - Math.floor((part * cells) / size))
  return most
}

const spanOf = (cells: number, size: number): number | undefined =>
  input(cells, 1).adaptiveAvgPool(size).graph.nodes.at(-1)?.reach?.[0]?.span

test('the longest part, for all sizes up to 40', () => {
  for (let cells = 1; cells <= 40; cells += 1)
    for (let size = 1; size <= 40; size += 1) expect([cells, size, spanOf(cells, size)]).toEqual([cells, size, longest(cells, size)])
})

test('sizes of which no list can be made', () => {
  expect(spanOf(320_000, 160_000)).toBe(2)
  expect(input(8, 8, 3).adaptiveMaxPool([5, 2_147_483_648]).output).toEqual([5, 2_147_483_648, 3])
})
