import type { Fields } from '../receptive-field/fields.js'
import { oneLine } from './names.js'

/** Numbers as people read them. */

/** `138357544` as `138,357,544`; above 2^53 - 1, where JavaScript's numbers are no longer exact, `~4.0e18`. */
export const grouped = (value: number): string => {
  // The first call of toLocaleString takes longer than a whole report.
  if (Number.isSafeInteger(value)) return `${value}`.replace(/\B(?=(\d{3})+$)/g, ',')
  if (value <= Number.MAX_SAFE_INTEGER) return value.toLocaleString('en-US')
  return `~${value.toExponential(1).replace('e+', 'e')}`
}

/** Bytes in decimal units, 1 MB = 10^6 bytes: `60.95 MB`. */
export const decimalBytes = (bytes: number): string => scaled(bytes, 1000, ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'])

/** Bytes in binary units, 1 MiB = 2^20 bytes: `58.13 MiB`. */
export const binaryBytes = (bytes: number): string => scaled(bytes, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'])

/** Operations with a decimal prefix: `30.94 G`. */
export const decimalCount = (count: number): string => scaled(count, 1000, ['', 'k', 'M', 'G', 'T', 'P', 'E'])

/** A number with three digits and a decimal prefix, for a headline: `25.6 M`. */
export const shortCount = (count: number): string => shortened(decimalCount(count))

/** {@link shortCount} of bytes: `102 MB`. */
export const shortBytes = (bytes: number): string => shortened(decimalBytes(bytes))

/** Two decimals as three digits. */
const shortened = (text: string): string => {
  const [, digits = '', unit = ''] = /^(\d+\.\d\d)(.*)$/.exec(text) ?? []
  return digits === '' ? text : `${Number(digits).toPrecision(Math.max(3, digits.indexOf('.')))}${unit}`
}

const scaled = (value: number, step: number, units: readonly string[]): string => {
  let scale = 0
  let rest = value
  // What is rounded up to a whole step is written in the next unit.
  while (Number(rest.toFixed(scale === 0 ? 0 : 2)) >= step && scale < units.length - 1) {
    rest /= step
    scale += 1
  }
  return `${scale === 0 ? rest : rest.toFixed(2)} ${units[scale]}`.trimEnd()
}

/** A share as a percentage: `43.2 %`. */
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

/** A receptive field: `212x212`, or `-` where there are no spatial axes. */
const fieldText = (field: readonly number[]): string => (field.length === 0 ? '-' : field.join('x'))

/** Of more inputs than these, the fields are not shown one by one. */
const mostFields = 4

/**
 * The receptive fields of a layer: `212x212`; of several inputs `left 11x11, right 7x7`; `unknown` where they are not computed.
 *
 * @param nameText how a name is written
 */
export const fieldsText = ({ receptiveField, receptiveFields }: Fields, nameText: (name: string) => string = oneLine): string => {
  if (receptiveFields === undefined) return fieldText(receptiveField)
  if (receptiveFields === 'unknown') return 'unknown'
  const all = Object.entries(receptiveFields).map(([name, field]) => `${nameText(name)} ${fieldText(field)}`)
  return all.length <= mostFields ? all.join(', ') : [...all.slice(0, mostFields - 1), `${all.length - mostFields + 1} more`].join(', ')
}
