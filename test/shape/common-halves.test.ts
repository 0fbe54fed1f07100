import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('CommonHalves: every even number up to 640 once, with its half', () => {
  const text = readFileSync(new URL('../../src/shape/common-halves.ts', import.meta.url), 'utf8')
  const entries = [...text.matchAll(/(\d+): (\d+)/g)].map(([, size, half]) => [Number(size), Number(half)])
  expect(entries).toEqual(Array.from({ length: 320 }, (_, index) => [2 * (index + 1), index + 1]))
})
