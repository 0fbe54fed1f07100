import { shown } from '../../shape/message.js'
import { UsageError } from '../output/exit.js'

/* Quantities with units: 5M parameters, 64MiB. */

const countUnits = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 }
const byteUnits = { '': 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12, kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40 }

/**
 * Parses a count such as `5M` or `600_000`, or a number of bytes such as `64MiB` or `64 MB`. The case of units does not matter.
 *
 * @param what the name of the setting, for the message
 * @throws {UsageError} when the setting is not a quantity
 */
export const quantityOf = (what: string, setting: unknown, kind: 'count' | 'bytes'): number => {
  const units: Readonly<Record<string, number>> = kind === 'count' ? countUnits : byteUnits
  const [, digits = '', unit = ''] = /^(\d[\d_,]*(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(`${setting}`.trim()) ?? []
  const scale = Object.hasOwn(units, unit.toLowerCase()) ? units[unit.toLowerCase()] : undefined
  // A limit is met by whole numbers up to it. 4.35 * 10^6 is a little less than 4,350,000 in floating point.
  const value = Math.floor(Number((Number(digits.replaceAll(/[_,]/g, '')) * (scale ?? Number.NaN)).toPrecision(15)))
  if ((typeof setting !== 'string' && typeof setting !== 'number') || digits === '' || !Number.isSafeInteger(value)) {
    const example = kind === 'count' ? '5M, 600k or 1000000' : '64MiB, 64MB or 1000000'
    throw new UsageError(`${what} must be a quantity such as ${example}, not ${shown(setting)}.`)
  }
  return value
}
