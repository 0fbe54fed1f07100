import { markdownTable } from 'markdown-table'
import type { Report } from './report.js'
import { binaryBytes, decimalBytes, decimalCount, fieldText, grouped, percent } from './units.js'

/** The rows and sums of a report as columns of text, which `table` and `markdown` set in their own ways. */

const headings = ['layer', 'output', 'params', 'MACs', 'activations', 'memory', 'receptive field']
const alignments = ['l', 'l', 'r', 'r', 'r', 'r', 'r']

const rowsOf = ({ layers, totals, batch }: Report): string[][] => [
  ...layers.map((layer) => [
    layer.name,
    layer.output.join('x'),
    grouped(layer.params),
    grouped(layer.macs),
    layer.activations === 0 ? 'in place' : grouped(layer.activations * batch),
    layer.activations === 0 ? '-' : decimalBytes(layer.bytes),
    fieldText(layer.receptiveField),
  ]),
  [
    'total',
    '',
    grouped(totals.params),
    grouped(totals.macs),
    grouped(totals.activations * batch),
    decimalBytes(totals.bytes.activations),
    '',
  ],
]

const stageHeadings = ['feature maps', 'memory', 'params', 'MACs']
const stageRows = ({ totals }: Report): string[][] =>
  totals.stages.map(({ name, activations, params, macs }) => [name, percent(activations), percent(params), percent(macs)])

/** What the numbers mean and what they sum to, a line each: a name and its text. */
const notesOf = ({ batch, dtype, optimizer, biases, totals }: Report): [string, string][] => {
  const { bytes } = totals
  const notes: [string, string][] = [
    ['Parameters', `${grouped(totals.params)}${biases ? '' : ' (weights without biases)'}, ${both(bytes.params)}`],
  ]
  if (totals.nonTrainable > 0) notes.push(['Not trainable', `${grouped(totals.nonTrainable)} (running statistics)`])
  notes.push(
    ['Arithmetic', `${decimalCount(totals.macs)} MACs for one example (biases not counted) = ${decimalCount(totals.flops)} FLOPs`],
    [
      'Activations',
      `${grouped(totals.activations * batch)} values, ${both(bytes.activations)}: the input and every output once, ReLU in place`,
    ],
    ['Training', `${both(bytes.training)}: parameters, gradients, ${optimizer} state (${decimalBytes(bytes.optimizer)}) and activations`],
    [
      'Inference',
      `${both(bytes.inference)}: parameters and the peak of ${grouped(totals.peak.values * batch)} live values at ${totals.peak.layer}`,
    ],
    ['Counted for', `batch ${batch}, ${dtype}; 1 MB = 10^6 bytes, 1 MiB = 2^20 bytes`],
  )
  return notes
}

const both = (bytes: number): string => `${decimalBytes(bytes)} (${binaryBytes(bytes)})`

/**
 * A report as a table for a terminal: a line a layer, the sums, and where memory, parameters and arithmetic lie.
 *
 * @example
 * console.log(table(report(vgg16)))
 */
export const table = (report: Report): string => {
  const notes = notesOf(report)
  const width = Math.max(...notes.map(([name]) => name.length))
  return [
    plain([headings, ...rowsOf(report)], alignments),
    '',
    ...notes.map(([name, text]) => `${name.padEnd(width)}  ${text}`),
    '',
    plain([stageHeadings, ...stageRows(report)], ['l', 'r', 'r', 'r']),
    '',
    report.totals.summary,
    '',
  ].join('\n')
}

/**
 * A report as Markdown, for a README or a pull request.
 *
 * @example
 * writeFileSync('vgg16.md', markdown(report(vgg16)))
 */
export const markdown = (report: Report): string =>
  [
    markdownTable([headings, ...rowsOf(report)], { align: alignments }),
    '',
    ...notesOf(report).map(([name, text]) => `- **${name}**: ${text}`),
    '',
    markdownTable([stageHeadings, ...stageRows(report)], { align: ['l', 'r', 'r', 'r'] }),
    '',
    report.totals.summary,
    '',
  ].join('\n')

/** A table without pipes: aligned columns, a rule under the headings and above the last line where that is a total. */
const plain = (rows: readonly string[][], align: readonly string[]): string => {
  const lines = markdownTable(rows, { align: [...align], delimiterStart: false, delimiterEnd: false, padding: true }).split('\n')
  const rule = (lines[1] ?? '').replace(/[:|]/g, '-').replace(/ /g, '-')
  lines[1] = rule
  const text = lines.map((line, index) => (index === 1 ? line : line.replaceAll(' | ', '   ').replace(/[ |]+$/, '')))
  if (rows.at(-1)?.[0] === 'total') text.splice(-1, 0, rule)
  return text.join('\n')
}
