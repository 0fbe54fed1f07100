import type { Certainty, Survey, SurveyRow } from '../../formats/onnx/survey/survey.js'
import { cell } from '../../report/csv.js'
import { wrapped } from '../../report/fitting.js'
import { markdownText, oneLine } from '../../report/names.js'
import { plain } from '../../report/table.js'
import { decimalBytes, decimalCount, grouped } from '../../report/units.js'
import { namedFew } from '../../shape/quoted.js'

/** What the operators of a model cost, as a table: of models whose operators are not all layers. */

const headings = ['operator', 'name', 'output', 'weights', 'MACs', 'activations', 'known']
const alignments = ['l', 'l', 'l', 'r', 'r', 'r', 'l']

const sizesText = (sizes: SurveyRow['output']): string => (sizes === undefined ? '?' : sizes.length === 0 ? '1 number' : sizes.join('x'))

const inputsText = ({ inputs }: Survey): string => namedFew(inputs.map(({ name, sizes }) => `${name} ${sizesText(sizes)}`)).join(', ')

/** A sum of rows of which some are lower bounds. */
const boundText = (value: number, certainty: Certainty): string => `${certainty === 'exact' ? '' : 'at least '}${grouped(value)}`

const cellsOf = (row: SurveyRow, note: string, text: (name: string) => string): string[] => [
  text(row.operator),
  text(row.name),
  sizesText(row.output),
  grouped(row.weights),
  row.macs === undefined ? '?' : grouped(row.macs),
  row.activations === undefined ? '?' : row.activations === 0 ? '-' : grouped(row.activations),
  `${row.certainty}${note}`,
]

/** The reasons for what is not exact, each with its number. */
const reasonsOf = ({ rows }: Survey): ReadonlyMap<string, number> => {
  const reasons = new Map<string, number>()
  for (const { reason } of rows) if (reason !== undefined && !reasons.has(reason)) reasons.set(reason, reasons.size + 1)
  return reasons
}

const rowsOf = (survey: Survey, text: (name: string) => string): string[][] => {
  const reasons = reasonsOf(survey)
  return survey.rows.map((row) => cellsOf(row, row.reason === undefined ? '' : ` (${reasons.get(row.reason)})`, text))
}

/** What the numbers mean, a line each. */
const notesOf = (survey: Survey): string[] => {
  const { totals, batch, rows } = survey
  const counts = (['exact', 'at least', 'unknown'] as const).map((each) => rows.filter(({ certainty }) => certainty === each).length)
  return [
    `Inputs       ${inputsText(survey)}`,
    `Weights      ${grouped(totals.weights)} numbers of the file, ${decimalBytes(4 * totals.weights)} at 4 bytes: parameters, running statistics and constants`,
    `Arithmetic   ${totals.certainty === 'exact' ? '' : 'at least '}${decimalCount(totals.macs)} MACs for ${batch === 1 ? 'one sample' : `the ${batch} samples of the file`}`,
    `Activations  ${boundText(totals.activations, totals.certainty)} values, ${decimalBytes(4 * totals.activations)} at 4 bytes`,
    `Rows         exact: ${counts[0]}, lower bounds: ${counts[1]}, unknown: ${counts[2]}`,
  ]
}

/** @param why the reason why the model is no network here */
export const surveyTable = (survey: Survey, why: string, width = Number.POSITIVE_INFINITY): string => {
  const all = [headings, ...rowsOf(survey, oneLine)]
  const reasons = [...reasonsOf(survey)].map(([reason, number]) => `(${number}) ${oneLine(reason)}.`)
  return [
    wrapped(why, width),
    plain(narrowed(all, width), alignments),
    notesOf(survey)
      .map((line) => wrapped(line, width))
      .join('\n'),
    ...(reasons.length === 0 ? [] : [reasons.map((reason) => wrapped(reason, width)).join('\n')]),
    '',
  ].join('\n\n')
}

/** Names are cut at their beginning where a table is wider than the terminal. */
const narrowed = (rows: readonly string[][], width: number): string[][] => {
  const longest = (column: number): number => rows.reduce((most, row) => Math.max(most, (row[column] ?? '').length), 0)
  const whole = alignments.reduce((sum, _, column) => sum + longest(column) + 3, -3)
  const left = Math.max(8, longest(1) - Math.max(0, whole - width))
  return rows.map((row) => row.map((text, column) => (column === 1 && text.length > left ? `…${text.slice(1 - left)}` : text)))
}

export const surveyMarkdown = (survey: Survey, why: string): string => {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rule = row(alignments.map((side) => (side === 'r' ? '--:' : ':--')))
  const reasons = [...reasonsOf(survey)].map(([reason, number]) => `${number}. ${markdownText(reason)}.`)
  return [
    markdownText(why),
    [row(headings), rule, ...rowsOf(survey, markdownText).map(row)].join('\n'),
    notesOf(survey)
      .map((line) => `- ${markdownText(line.replace(/ {2,}/, ': '))}`)
      .join('\n'),
    ...(reasons.length === 0 ? [] : [reasons.join('\n')]),
    '',
  ].join('\n\n')
}

/** The rows for a spreadsheet, with the file before each. */
export const surveyCsv = (file: string, { rows }: Survey): string =>
  [
    'file,operator,name,output,weights,macs,activations,certainty,reason',
    ...rows.map((row) =>
      [
        file,
        row.operator,
        row.name,
        row.output?.join('x') ?? '',
        `${row.weights}`,
        `${row.macs ?? ''}`,
        `${row.activations ?? ''}`,
        row.certainty,
        row.reason ?? '',
      ]
        .map((text) => cell(oneLine(text)))
        .join(),
    ),
  ]
    .map((line) => `${line}\n`)
    .join('')
