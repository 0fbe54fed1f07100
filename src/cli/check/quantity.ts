import { UsageError } from '../output/exit.js'

/*
 * Quantities as people write them: 5M parameters, 64MiB.
 */

const decimal = { '': 1, k: 1e3, K: 1e3, M: 1e6, G: 1e9, T: 1e12 }
const bytes = { '': 1, B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 }

/**
 * A count such as `5M` or `600_000`, or a number of bytes such as `64MiB` or `64 MB`, as a number.
 *
 * @param what whose quantity it is, for the message
 * @throws {UsageError} when it is neither
 */
export const quantityOf = (what: string, given: unknown, of: 'count' | 'bytes'): number => {
  const units: Readonly<Record<string, number>> = of === 'count' ? decimal : bytes
  const [, digits = '', unit = ''] = /^(\d[\d_,]*(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(`${given}`.trim()) ?? []
  const scale = Object.hasOwn(units, unit) ? units[unit] : undefined
  const value = Math.round(Number(digits.replaceAll(/[_,]/g, '')) * (scale ?? Number.NaN))
  if ((typeof given !== 'string' && typeof given !== 'number') || digits === '' || !Number.isSafeInteger(value)) {
    const example = of === 'count' ? '5M, 600k or 1000000' : '64MiB, 64MB or 1000000'
    throw new UsageError(`${what} must be a quantity such as ${example}, not ${JSON.stringify(given)}.`)
  }
  return value
}
