import { markdownTable } from 'markdown-table'
import { copied } from '../layers/kind/value.js'
import { shown } from '../shape/message.js'
import { isObject } from '../shape/objects.js'
import { named } from '../shape/printable.js'
import { requireReport } from './checked-input.js'
import { type Columns, fittedBy, widthsOf, wrappedAroundTables } from './fitting.js'
import { markdownText, oneLine } from './names.js'
import type { Layer, Report } from './report.js'
import { rowNotesOf, unreachedText } from './row-notes.js'
import { settingsText } from './settings-text.js'
import { binaryBytes, decimalBytes, decimalCount, fieldsText, grouped, percent, shortBytes, shortCount } from './units.js'

/** The rows and sums of a report as columns of text, which `table` and `markdown` set in their own ways. */

const headings = ['layer', 'kind', 'output', 'params', 'MACs', 'activations', 'memory', 'ops/byte', 'receptive field']
const alignments = ['l', 'l', 'l', 'r', 'r', 'r', 'r', 'r', 'r']

const rowsOf = ({ layers, totals }: Report, nameText: (name: string) => string): string[][] => [
  ...layers.map((layer) => [
    nameText(layer.name),
    kindText(layer, nameText),
    layer.output.join('x'),
    grouped(layer.params),
    grouped(layer.macs),
    layer.activations === 0 ? 'in place' : grouped(layer.activations),
    layer.activations === 0 ? '-' : decimalBytes(layer.bytes),
    layer.macs === 0 ? '-' : oneDecimal(layer.intensity),
    fieldsText(layer, nameText),
  ]),
  [
    'total',
    '',
    '',
    grouped(totals.params),
    grouped(totals.macs),
    grouped(totals.activations),
    decimalBytes(totals.bytes.activations),
    '',
    '',
  ],
]

/** The kind of a layer with its settings; reports that were written by earlier versions have none. */
const kindText = ({ kind, settings, input }: Layer, nameText: (name: string) => string): string =>
  nameText(settings === undefined ? kind : settingsText({ kind, settings, inputShapes: input }))

const oneDecimal = (value: number | undefined): string => (value === undefined ? '-' : value.toFixed(1))

/** What a network costs in a line: `25.6 M parameters, 4.09 G MACs, 102 MB`. */
export const headlineOf = ({ totals }: Report): string =>
  `${shortCount(totals.params)} parameters, ${shortCount(totals.macs)} MACs, ${shortBytes(totals.bytes.params)}`

/** The columns of a report; the last is for notes, where there are some. */
const columnsOf = (report: Report, nameText: (name: string) => string): Columns => {
  const notes = rowNotesOf(report, nameText)
  const rows = [headings, ...rowsOf(report, nameText)]
  if (!notes) return { rows, alignments }
  const cells = ['notes', ...notes]
  return { rows: rows.map((row, index) => [...row, cells[index] ?? '']), alignments: [...alignments, 'l'] }
}

const stageHeadings = ['feature maps', 'memory', 'params', 'MACs']
const stageRows = ({ totals }: Report): string[][] =>
  totals.stages.map(({ name, activations, params, macs }) => [name, percent(activations), percent(params), percent(macs)])

/** What the numbers mean and what they sum to, a line each: a name and its text. */
export const notesOf = (report: Report, nameText: (name: string) => string): [string, string][] => {
  const { batch, dtype, weights, optimizer, biases, totals } = report
  const { bytes } = totals
  const notes: [string, string][] = [
    ['Parameters', `${grouped(totals.params)}${biases ? '' : ' (weights without biases)'}, ${both(bytes.params)}`],
  ]
  const unreached = unreachedText(report, nameText)
  if (totals.nonTrainable > 0) notes.push(['Not trainable', `${grouped(totals.nonTrainable)} (running statistics)`])
  notes.push(
    ['Arithmetic', `${decimalCount(totals.macs)} MACs for one example (biases not counted) = ${decimalCount(totals.flops)} FLOPs`],
    [
      'Activations',
      `${grouped(totals.activations)} values for one example, ${both(bytes.activations)} for batch ${batch}: the input and every tensor that a layer writes, ReLU in place`,
    ],
    ['Training', `${both(bytes.training)}: parameters, gradients, ${optimizer} state (${decimalBytes(bytes.optimizer)}) and activations`],
    [
      'Inference',
      `${both(bytes.inference)}: parameters and the peak of live activations, ${grouped(totals.peak.values)} values for one example at ${nameText(totals.peak.layer)}`,
    ],
    [
      'Counted for',
      `batch ${batch}, ${dtype}${weights === undefined || weights === dtype ? '' : `, weights in ${weights}`}: counts are for one example, bytes for the batch; 1 MB = 10^6 bytes, 1 MiB = 2^20 bytes`,
    ],
  )
  if (unreached !== undefined) notes.push(['Unused', `${unreached}; the totals count what is unused`])
  return notes
}

const both = (bytes: number): string => `${decimalBytes(bytes)} (${binaryBytes(bytes)})`

/** Options of {@link table}. */
export interface TableOptions {
  /** The number of characters in a line, default 80. `Infinity` for all columns. */
  readonly width?: number
}

/** Columns that are left out of a table that is too wide, the first first. */
const leftOut = ['ops/byte', 'receptive field', 'activations', 'kind']

/**
 * A report as a table for a terminal: a row for each layer, the sums, and where memory, parameters and arithmetic lie.
 *
 * A table that is too wide is printed without operations per byte, then without receptive fields, activations and kinds, as far as
 * needed. Other lines are wrapped. `Infinity` shows all columns.
 *
 * @param report a report
 * @param options `width` (default 80)
 * @throws {TypeError} when the first argument is not a report, or an option is unknown
 * @throws {RangeError} when the width is not a number of at least 1
 * @example
 * console.log(table(report(vgg16())))
 */
export const table = (report: Report, options: TableOptions = {}): string => {
  requireReport('table', report)
  const width = widthIn(options)
  return wrappedAroundTables(
    tableWith(report, (columns) => ({ columns: fittedBy(columns, leftOut, width) })),
    width,
  )
}

const widthIn = (options: TableOptions): number => {
  if (!isObject(options as unknown) || Array.isArray(options))
    throw new TypeError(`table: the options must be an object such as { width: 120 }, not ${shown(options)}.`)
  const { width = 80, ...unknown } = copied(options, 'table')
  const [name] = Object.keys(unknown)
  if (name !== undefined) throw new TypeError(`table: there is no option '${named(name)}'. The only option is width.`)
  if (typeof width !== 'number' || !(width >= 1)) throw new RangeError(`table: width must be a number of at least 1, not ${shown(width)}.`)
  return width
}

/** Columns that fit, and a line that says which do not. */
export interface Fitted {
  readonly columns: Columns
  readonly below?: string | undefined
}

/** {@link table} with all columns, or with its columns changed. */
export const tableWith = (report: Report, change: (columns: Columns) => Fitted): string => {
  const { columns, below } = change(columnsOf(report, oneLine))
  const notes = notesOf(report, oneLine)
  const width = Math.max(...notes.map(([name]) => name.length))
  return [
    headlineOf(report),
    '',
    plain(columns.rows, columns.alignments),
    '',
    ...(below === undefined ? [] : [below, '']),
    ...notes.map(([name, text]) => `${name.padEnd(width)}  ${text}`),
    '',
    plain([stageHeadings, ...stageRows(report)], ['l', 'r', 'r', 'r']),
    '',
    ...closing(report),
  ].join('\n')
}

/**
 * A report as Markdown, for a README or a pull request.
 *
 * @throws {TypeError} when it is given no report
 * @example
 * writeFileSync('vgg16.md', markdown(report(vgg16())))
 */
export const markdown = (report: Report): string => {
  requireReport('markdown', report)
  const { rows, alignments: align } = columnsOf(report, markdownText)
  return [
    `**${headlineOf(report)}**`,
    '',
    markdownTable(rows, { align: [...align] }),
    '',
    ...notesOf(report, markdownText).map(([name, text]) => `- **${name}**: ${text}`),
    '',
    markdownTable([stageHeadings, ...stageRows(report)], { align: ['l', 'r', 'r', 'r'] }),
    '',
    ...closing(report),
  ].join('\n')
}

/** The last lines: where it lies, if there is something to say. */
const closing = ({ totals: { summary } }: Report): string[] => (summary === '' ? [] : [summary, ''])

/** A table without pipes: aligned columns, a rule under the headings and above the last line where that is a total. */
export const plain = (rows: readonly string[][], align: readonly string[]): string => {
  const widths = widthsOf({ rows, alignments: align })
  const lines = rows.map((row) => {
    const cells = row.map((cell, column) => (align[column] === 'r' ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
    return cells.join('   ').trimEnd()
  })
  const rule = '-'.repeat(widths.reduce((sum, width) => sum + width + 3, -3))
  lines.splice(1, 0, rule)
  if (rows.at(-1)?.[0] === 'total') lines.splice(-1, 0, rule)
  return lines.join('\n')
}
