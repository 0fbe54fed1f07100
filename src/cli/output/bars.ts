import { type Columns, shortened, widthOf, without, wrappedAroundTables } from '../../report/fitting.js'
import type { Report } from '../../report/report.js'
import { type Fitted, tableWith } from '../../report/table.js'
import { percent } from '../../report/units.js'

/*
 * A report in a terminal: its table, with the shares of parameters and memory drawn as bars.
 */

/** Eighths of a character, from one to eight. */
const eighths = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█']

/** A share, 0 to 1, as a bar that is `width` characters long for the whole. What is there at all has at least an eighth. */
export const bar = (share: number, width: number): string => {
  const parts = share > 0 ? Math.max(1, Math.round(share * width * 8)) : 0
  return `${'█'.repeat(Math.floor(parts / 8))}${parts % 8 === 0 ? '' : eighths[(parts % 8) - 1]}`
}

/** Characters that a bar of 100 % may take: where there is room, and where there is little. */
const [longest, shortest] = [12, 7]

/** Characters that a cut name keeps. */
const fewest = 8

/**
 * The table of a report with each layer's share of the parameters and of the memory, as a percentage and as a bar. The bars'
 * full length is the share of the largest layer. Where the terminal is narrow, columns are left out, which a line under the table says,
 * bars and kinds are shorter, then names are cut, and the lines under the table are broken.
 *
 * @param width columns of the terminal; without end where there is none
 */
export const tableWithBars = (report: Report, width = Number.POSITIVE_INFINITY): string =>
  wrappedAroundTables(
    tableWith(report, (columns) => fitting(report, columns, width)),
    width,
  )

const [shareOfParams, shareOfMemory] = ['share of params', 'share of memory']

/**
 * The first of the tables, from the fullest on, that is no wider than the terminal; of the smallest, the names are cut. What a layer is
 * stays longer than its bars, which say again what numbers say.
 */
const fitting = (report: Report, columns: Columns, width: number): Fitted => {
  const withBars = (bar: number) =>
    withColumn(withColumn(columns, shareOfParams, cells(report, 'params', bar)), shareOfMemory, cells(report, 'bytes', bar))
  const some = (table: Columns, ...left: readonly string[]) => left.reduce(without, table)
  const most = withBars(longest)
  const few = some(withBars(shortest), 'ops/byte', 'receptive field', 'activations')
  const numbers = some(few, shareOfMemory, shareOfParams)
  const plainest = some(few, 'kind')
  const tables = [
    most,
    some(most, 'ops/byte'),
    some(most, 'ops/byte', 'receptive field'),
    some(most, 'ops/byte', 'receptive field', 'activations'),
    few,
    some(few, shareOfMemory),
    numbers,
    withShortKinds(numbers, width),
    withShortKinds(some(numbers, 'notes'), width),
    plainest,
    some(plainest, shareOfMemory),
    some(plainest, shareOfMemory, shareOfParams),
    some(plainest, shareOfMemory, shareOfParams, 'notes'),
    some(plainest, shareOfMemory, shareOfParams, 'notes', 'MACs'),
    some(plainest, shareOfMemory, shareOfParams, 'notes', 'MACs', 'memory'),
  ]
  const fits = tables.find((table) => widthOf(table) <= width)
  const fitted = fits ?? withShortNames(tables.at(-2) as Columns, width)
  return { columns: fitted, below: leftOutText(columns, fitted) }
}

/** Which columns of the full table are not shown; `undefined` if all are. */
const leftOutText = (all: Columns, { rows: [shown] }: Columns): string | undefined => {
  const missing = all.rows[0]?.filter((heading) => !shown?.includes(heading)) ?? []
  return missing.length === 0 ? undefined : `Not shown for lack of room: ${missing.join(', ')}. A wider terminal or --format csv has them.`
}

/** Characters that a cut kind keeps. */
const shortestKind = 16

const withShortKinds = ({ rows, alignments }: Columns, width: number): Columns => {
  const at = rows[0]?.indexOf('kind') ?? -1
  const longestKind = rows.reduce((most, row) => Math.max(most, row[at]?.length ?? 0), 0)
  const room = Math.max(shortestKind, longestKind - (widthOf({ rows, alignments }) - width))
  return { rows: rows.map((row) => row.map((cell, index) => (index === at ? shortened(cell, room) : cell))), alignments }
}

const withShortNames = ({ rows, alignments }: Columns, width: number): Columns => {
  const names = rows.reduce((most, [name = '']) => Math.max(most, name.length), 0)
  const room = Math.max(fewest, names - (widthOf({ rows, alignments }) - width))
  return { rows: rows.map(([name = '', ...others]) => [shortened(name, room), ...others]), alignments }
}

const cells = ({ layers, totals }: Report, what: 'params' | 'bytes', width: number): string[] => {
  const total = what === 'params' ? totals.params : totals.bytes.activations
  const most = layers.reduce((largest, layer) => Math.max(largest, layer[what]), 1)
  return layers.map((layer) => (layer[what] === 0 ? '' : `${percent(layer[what] / total).padStart(7)} ${bar(layer[what] / most, width)}`))
}

const withColumn = ({ rows, alignments }: Columns, heading: string, cells: readonly string[]): Columns => ({
  rows: rows.map((row, index) => [...row, index === 0 ? heading : (cells[index - 1] ?? '')]),
  alignments: [...alignments, 'l'],
})
