import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ratio } from '../../src/shape/ratio.js'
import { casesOf } from '../support/effort.js'
import { evaluateTypes } from '../support/evaluate-types.js'
import { seed } from '../support/seed.js'

/** Divisions as messages show them. */

const table: readonly [numerator: number, denominator: number, text: string][] = [
  [7, 3, '2.33'],
  [8, 3, '2.67'],
  [7, 2, '3.5'],
  [1, 8, '0.13'],
  [1, 20, '0.05'],
  [1, 16, '0.06'],
  [221, 5, '44.2'],
  [1, 3, '0.33'],
  [2, 3, '0.67'],
  [99, 100, '0.99'],
  [1997, 998, '2 + 1/998'],
  [999, 1000, '0 + 999/1000'],
  [1, 1000, '0 + 1/1000'],
  [1, 200, '0.01'],
  [1, 201, '0 + 1/201'],
  [2999, 1000, '2 + 999/1000'],
]

const typesOf = (pairs: readonly (readonly [number, number])[]): string[] => {
  const lines = pairs.map(([numerator, denominator], index) => `type T${index} = Ratio<'${numerator}', '${denominator}'>`)
  const { types } = evaluateTypes(`import type { Ratio } from '../src/shape/ratio.js'\n${lines.join('\n')}`)
  return pairs.map((_, index) => (types[`T${index}`] as string).slice(1, -1))
}

describe('ratio', () => {
  test.each(table)('%i / %i is %s', (numerator, denominator, text) => expect(ratio(numerator, denominator)).toBe(text))

  test('the types say the same', () => {
    expect(typesOf(table.map(([numerator, denominator]) => [numerator, denominator]))).toEqual(table.map(([, , text]) => text))
  })

  test('drawn divisions that do not come out: both halves agree, and never look like a whole number', () => {
    const drawn = fc
      .sample(fc.tuple(fc.nat({ max: 100_000 }), fc.integer({ min: 2, max: 3000 })), { seed, numRuns: casesOf('ratios') })
      .filter(([numerator, denominator]) => numerator % denominator !== 0)
    const texts = drawn.map(([numerator, denominator]) => ratio(numerator, denominator))
    expect(typesOf(drawn)).toEqual(texts)
    for (const [index, text] of texts.entries()) {
      const [numerator, denominator] = drawn[index] as [number, number]
      expect(text).toMatch(/^\d+(\.\d{1,2}| \+ \d+\/\d+)$/)
      expect(text).not.toMatch(/\.0?$|\.\d0$/)
      if (!text.includes('+')) expect(Math.abs(Number(text) - numerator / denominator)).toBeLessThanOrEqual(0.005 + 1e-9)
    }
  })
})
