import fc from 'fast-check'
import { expect, test } from 'vitest'
import { binaryBytes, decimalBytes, decimalCount, fieldsText, grouped, percent } from '../../src/report/units.js'
import { casesOf } from '../support/effort.js'
import { seed } from '../support/seed.js'

/** Numbers as people read them: MB is 10^6 bytes, MiB is 2^20. */

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [999_994, '999.99 kB'],
  [999_999, '1.00 MB'],
  [1000, '1.00 kB'],
  [60_950_432, '60.95 MB'],
  [553_430_176, '553.43 MB'],
  [2 ** 40, '1.10 TB'],
  [1e15, '1.00 PB'],
  [2.5e18, '2.50 EB'],
])('%i bytes are %s', (bytes, text) => expect(decimalBytes(bytes)).toBe(text))

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024 ** 2 - 1, '1.00 MiB'],
  [1024, '1.00 KiB'],
  [60_950_432, '58.13 MiB'],
  [2 ** 40, '1.00 TiB'],
  [2 ** 50, '1.00 PiB'],
  [2 ** 60, '1.00 EiB'],
])('%i bytes are %s', (bytes, text) => expect(binaryBytes(bytes)).toBe(text))

test.each([
  [0, '0'],
  [760, '760'],
  [15_470_264_320, '15.47 G'],
  [714_188_480, '714.19 M'],
  [4e18, '4.00 E'],
])('%i operations are %s', (count, text) => expect(decimalCount(count)).toBe(text))

test('whole numbers are grouped as the language does it', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => grouped(value) === value.toLocaleString('en-US')),
    { seed, numRuns: casesOf('grouped numbers') },
  )
})

test('thousands are grouped', () => expect([grouped(138_357_544), grouped(999), grouped(0)]).toEqual(['138,357,544', '999', '0']))

test('shares', () => expect([percent(0.4314), percent(0), percent(1)]).toEqual(['43.1 %', '0.0 %', '100.0 %']))

test('receptive fields', () => {
  expect([[212, 212], [7], []].map((receptiveField) => fieldsText({ receptiveField }))).toEqual(['212x212', '7', '-'])
  expect(fieldsText({ receptiveField: [], receptiveFields: { left: [3, 3], 'ri\nght': [5] } })).toBe('left 3x3, ri\\nght 5')
  expect(fieldsText({ receptiveField: [], receptiveFields: { a: [1], b: [2], c: [3], d: [4], e: [5] } })).toBe('a 1, b 2, c 3, 2 more')
  expect(fieldsText({ receptiveField: [], receptiveFields: 'unknown' })).toBe('unknown')
})

test('a count that is no longer exact says so', () => {
  expect(grouped(2 ** 53 - 1)).toBe('9,007,199,254,740,991')
  expect([grouped(2 ** 53), grouped(4e18), grouped(1.26e25)]).toEqual(['~9.0e15', '~4.0e18', '~1.3e25'])
})
