import { expect, test } from 'vitest'
import { quantityOf } from '../../src/cli/check/quantity.js'

/** Limits with units, as a user writes them. */

test.each([
  ['5M', 5_000_000],
  ['600_000', 600_000],
  ['4.35M', 4_350_000],
  ['1.1k', 1_100],
  ['0.57k', 570],
  // A limit below a count is not met by it: 24 MACs are more than 23.9.
  ['23.9', 23],
  ['0.0269k', 26],
  [26.9999, 26],
] as const)('%s is %i', (setting, value) => expect(quantityOf('--max-macs', setting, 'count')).toBe(value))

test('bytes', () => {
  expect(quantityOf('--max-memory', '64MiB', 'bytes')).toBe(64 * 2 ** 20)
  expect(quantityOf('--max-memory', '1.5 kB', 'bytes')).toBe(1_500)
})

test.each(['', '-1', '5X', '1e3', 'five', null, Number.NaN, 2 ** 60])('%s is refused', (setting) =>
  expect(() => quantityOf('--max-macs', setting, 'count')).toThrow('--max-macs must be a quantity'),
)
