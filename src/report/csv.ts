import { requireReport } from './checked-input.js'
import { oneLine } from './names.js'
import type { Layer, Report } from './report.js'
import { rowNotesOf } from './row-notes.js'
import { settingsText } from './settings-text.js'
import { fieldsText } from './units.js'

/** The columns, each a number or a text of a layer. Shapes are joined by x, as in `table`. Reports of earlier releases lack the last five. */
const fields: Readonly<Record<string, (layer: Layer) => string | number>> = {
  layer: ({ name }) => oneLine(name),
  kind: ({ kind }) => oneLine(kind),
  input: ({ input }) => input.map((shape) => shape.join('x')).join(' '),
  output: ({ output }) => output.join('x'),
  params: ({ params }) => params,
  nonTrainable: ({ nonTrainable }) => nonTrainable,
  macs: ({ macs }) => macs,
  activations: ({ activations }) => activations,
  bytes: ({ bytes }) => bytes,
  receptiveField: (layer) => (layer.receptiveFields === undefined ? layer.receptiveField.join('x') : fieldsText(layer)),
  settings: (layer) => (layer.settings === undefined ? '' : settingsText({ ...layer, inputShapes: layer.input })),
  from: ({ from = [] }) => from.map(oneLine).join(' '),
  bytesRead: ({ bytesRead = '' }) => bytesRead,
  bytesWritten: ({ bytesWritten = '' }) => bytesWritten,
  intensity: ({ intensity }) => (intensity === undefined ? '' : Math.round(intensity * 100) / 100),
}

/**
 * A report as comma-separated values (RFC 4180), for spreadsheets: a heading, and a line for each layer.
 *
 * Plain numbers: `params`, `nonTrainable`, `macs` and `activations` for one example, `bytes` of activations for the batch. There
 * is no line of totals, so that a spreadsheet's own sums are right. Where rows have notes, as `table` shows them, there is a last column
 * for them.
 *
 * @throws {TypeError} when it is given no report
 * @example
 * writeFileSync('vgg16.csv', csv(report(vgg16())))
 */
export const csv = (report: Report): string => {
  requireReport('csv', report)
  return csvLines(report, rowNotesOf(report, oneLine, false) !== undefined)
    .map((line) => `${line}\n`)
    .join('')
}

/** The lines of {@link csv}, with a column for notes or without. */
export const csvLines = (report: Report, withNotes: boolean): string[] => {
  const notes = rowNotesOf(report, oneLine, false)
  const rows = report.layers.map((layer, index) => [
    ...Object.values(fields).map((field) => cell(field(layer))),
    ...(withNotes ? [cell(notes?.[index] ?? '')] : []),
  ])
  return [[...Object.keys(fields), ...(withNotes ? ['notes'] : [])], ...rows].map((cells) => cells.join(','))
}

/** What a spreadsheet takes for the beginning of a formula (https://owasp.org/www-community/attacks/CSV_Injection). */
const formula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/

/** A cell: in quotes where it holds what would end it, and a text that would be a formula after an apostrophe. */
export const cell = (value: string | number): string => {
  const text = typeof value === 'string' && formula.test(value) ? `'${value}` : `${value}`
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
