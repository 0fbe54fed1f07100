import type { Report } from '../../report/report.js'
import { type Columns, tableWith } from '../../report/table.js'
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

/** Characters that a bar of 100 % may take. */
const longest = 12

/** The columns that give way first where the terminal is narrow. */
const dispensable = ['receptive field', 'activations', 'MACs']

/**
 * The table of a report with each layer's share of the parameters and of the memory, as a percentage and as a bar. The bars'
 * full length is the share of the largest layer.
 *
 * @param width columns of the terminal; without end where there is none
 */
export const tableWithBars = (report: Report, width = Number.POSITIVE_INFINITY): string =>
  tableWith(report, (columns) => {
    const wide = withColumn(withColumn(columns, 'share of params', cells(report, 'params')), 'share of memory', cells(report, 'bytes'))
    return dispensable.reduce((left, heading) => (widthOf(left) > width ? without(left, heading) : left), wide)
  })

const cells = ({ layers }: Report, what: 'params' | 'bytes'): string[] => {
  const total = layers.reduce((sum, layer) => sum + layer[what], 0)
  const most = layers.reduce((largest, layer) => Math.max(largest, layer[what]), 1)
  return layers.map((layer) => (layer[what] === 0 ? '' : `${percent(layer[what] / total).padStart(7)} ${bar(layer[what] / most, longest)}`))
}

const withColumn = ({ rows, alignments }: Columns, heading: string, cells: readonly string[]): Columns => ({
  rows: rows.map((row, index) => [...row, index === 0 ? heading : (cells[index - 1] ?? '')]),
  alignments: [...alignments, 'l'],
})

const without = ({ rows, alignments }: Columns, heading: string): Columns => {
  const at = rows[0]?.indexOf(heading) ?? -1
  const kept = <Item>(items: readonly Item[]) => items.filter((_, index) => index !== at)
  return { rows: rows.map(kept), alignments: kept(alignments) }
}

const widthOf = ({ rows, alignments }: Columns): number =>
  alignments.reduce((sum, _, column) => sum + rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0) + 3, -3)
