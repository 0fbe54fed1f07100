import { Command, Option } from 'commander'
import type { InputSizesGiven } from '../../formats/input-sizes.js'
import { type Arrangement, arranged, groupKeys, sortKeys } from '../../report/arranged.js'
import { cell, csvLines } from '../../report/csv.js'
import { wrapped } from '../../report/fitting.js'
import { markdownText, oneLine } from '../../report/names.js'
import type { ReportOptions } from '../../report/options.js'
import { type Report, report } from '../../report/report.js'
import { rowNotesOf } from '../../report/row-notes.js'
import { markdown } from '../../report/table.js'
import { named } from '../../shape/printable.js'
import { jsonText } from '../../shape/quoted.js'
import { inputOption } from '../load/input-option.js'
import type { ModelFound } from '../load/model/model-networks.js'
import { isModelPath } from '../load/model/model-path.js'
import { expanded } from '../load/patterns.js'
import { networkText } from '../load/run/exports.js'
import { tableWithBars } from '../output/bars.js'
import { noteChannelsFirst } from '../output/channels.js'
import { UsageError } from '../output/exit.js'
import { helpText } from '../output/help.js'
import { withPolicy } from '../output/page-policy.js'
import { type Problem, relativePath, shownPath } from '../output/problem.js'
import { surveyCsv, surveyMarkdown, surveyTable } from '../output/survey.js'
import { colours, columns } from '../output/terminal.js'
import { noteUnreached } from '../output/unreached.js'
import { putResult, requireOther } from '../output/write.js'
import { type NetworkOfFile, type NetworksOfFiles, networksOf, onceEach, printMistakes } from './networks.js'
import { assumptions, exportOption, filesArgument, positiveWhole, type RunOptions, reportOptionsOf, timeoutOption } from './options.js'

/** `stridewise report`: what networks cost, layer by layer. */

interface Options extends RunOptions, ReportOptions {
  readonly format: keyof typeof formats
  readonly json?: boolean
  readonly output?: string
  readonly force?: boolean
  readonly sort?: Arrangement['sort']
  readonly top?: number
  readonly activations: boolean
  readonly groupBy?: Arrangement['groupBy']
  readonly depth?: number
  readonly input?: InputSizesGiven
}

/** A network with its report. */
interface Reported extends NetworkOfFile {
  readonly report: Report
  /** How many rows --top leaves out. */
  readonly hidden?: number
}

/** A line for the rows that a table leaves out. */
const hiddenLine = ({ hidden = 0 }: Reported): string =>
  hidden === 0 ? '' : `\n\n${hidden} more ${hidden === 1 ? 'row is' : 'rows are'} not shown.`

const titleOf = ({ name, file, network }: Reported): string => `${named(name)} in ${shownPath(file)}: ${networkText(network)}`

const formats = {
  table: (all: readonly Reported[], options: Options): string => {
    const width = options.output === undefined ? columns() : undefined
    const colour = options.output === undefined ? inColours : (text: string) => text
    return all
      .map((each) =>
        colour(`${wrapped(titleOf(each), width ?? Number.POSITIVE_INFINITY)}\n\n${tableWithBars(each.report, width)}${hiddenLine(each)}`),
      )
      .join('\n\n')
  },
  markdown: (all: readonly Reported[]): string =>
    all.map((each) => `## ${markdownText(each.name)}\n\n${markdownText(titleOf(each))}\n\n${markdown(each.report)}`).join('\n'),
  csv: (all: readonly Reported[]): string => {
    const withNotes = all.some(({ report }) => rowNotesOf(report, oneLine, false) !== undefined)
    const lines = all.flatMap(({ name, file, report }) => {
      const [, ...rows] = csvLines(report, withNotes)
      return rows.map((row) => `${cell(shownPath(file))},${cell(named(name))},${row}`)
    })
    const [heading = ''] = csvLines((all[0] as Reported).report, withNotes)
    return [`file,network,${heading}`, ...lines].map((line) => `${line}\n`).join('')
  },
  json: (all: readonly Reported[]): string =>
    `${jsonText(
      all.map(({ file, name, report }) => ({ file: relativePath(file), network: name, report })),
      2,
    )}\n`,
  html: async (all: readonly Reported[]): Promise<string> => {
    // Only several files need telling apart.
    const places = new Set(all.map(({ file }) => file)).size > 1
    const { html } = await import('../../drawing/html/html.js')
    return withPolicy(html(all.map(({ file, ...each }) => ({ ...each, ...(places ? { place: shownPath(file) } : {}) }))))
  },
  svg: async ([first, ...others]: readonly Reported[]): Promise<string> => {
    if (others.length > 0) throw new UsageError('A picture shows one network. Choose it with --export.')
    const { name, network } = first as Reported
    const [{ svg }, { pictureTitle }] = await Promise.all([import('../../drawing/svg/svg.js'), import('./export-targets.js')])
    return svg(network, { title: pictureTitle(name, network) })
  },
}

/** A table in the terminal's colours: its title, its headings, its rules and its bars. */
const inColours = (text: string): string =>
  text
    .split('\n')
    .map((line, index) => {
      if (index === 0) return colours.bold(line)
      if (/^-+$/.test(line)) return colours.dim(line)
      if (/^(layer|feature maps) /.test(line)) return colours.bold(line)
      return line.replace(/[▏▎▍▌▋▊▉█]+/g, (bar) => colours.cyan(bar))
    })
    .join('\n')

const run = async (files: readonly string[], options: Options): Promise<void> => {
  const paths = await expanded(files)
  requireOther(options.output, paths)
  const models = onceEach(paths.filter(isModelPath))
  const sources = paths.filter((path) => !isModelPath(path))
  if (models.length > 0 && options.export)
    throw new UsageError('--export chooses a network of a source. A model has one: leave --export out, or the model.')
  if (models.length === 0 && options.input)
    throw new UsageError('--input is for sizes that a model leaves open. A source has its sizes in it.')
  const found: ModelFound[] = []
  const mistakes: Problem[] = []
  const noFiles: string[] = []
  for (const path of models) {
    const { modelAt } = await import('../load/model/model-networks.js')
    const model = await modelAt(path, options.input)
    if (typeof model === 'string') noFiles.push(model)
    else if ('message' in model) mistakes.push(model)
    else found.push(model)
  }
  const { networks, problems, misuses } = sources.length > 0 ? await networksOf(sources, options) : nothing
  const all = [...networks, ...found.flatMap((each): NetworkOfFile[] => ('network' in each ? [each] : []))]
  const surveyed = found.flatMap((each) => ('survey' in each ? [each] : []))
  if (surveyed.length > 0) showSurveys(surveyed, all.length, options)
  if (all.length > 0) await show(all, options)
  printMistakes([...problems, ...mistakes], [...misuses, ...noFiles])
}

const nothing: NetworksOfFiles = { networks: [], problems: [], misuses: [] }

/** A model without a network. */
type Surveyed = Extract<ModelFound, { survey: unknown }>

/** Shows the operators of models of which no network can be made. */
const showSurveys = (all: readonly Surveyed[], others: number, options: Options): void => {
  const format = options.json ? 'json' : options.format
  const [first] = all as [Surveyed]
  const refused = `${shownPath(first.file)} has operators without a matching layer`
  if (format === 'html' || format === 'svg')
    throw new UsageError(`${refused}, so ${format} cannot show it: ${first.why} Use --format table.`)
  const isAlone = others === 0 && all.length === 1
  if (!isAlone && (options.output !== undefined || (format !== 'table' && format !== 'markdown')))
    throw new UsageError(`${refused}: report it alone, since its rows are operators.`)
  requireUnarranged(options, refused)
  const why = (each: Surveyed): string =>
    `${shownPath(each.file)}: operators by their shape rules, since not all of them are layers here. ${each.why}`
  const text = all
    .map((each) => {
      if (format === 'json')
        return `${jsonText([{ file: relativePath(each.file), network: each.name, refused: each.why, operators: each.survey }], 2)}\n`
      if (format === 'csv') return surveyCsv(shownPath(each.file), each.survey)
      return format === 'markdown'
        ? surveyMarkdown(each.survey, why(each))
        : surveyTable(each.survey, why(each), options.output === undefined ? columns() : undefined)
    })
    .join('\n')
  putResult(text, options)
}

/** Refuses options that arrange the rows of a network. */
const requireUnarranged = ({ sort, top, activations, groupBy }: Options, refused: string): void => {
  if (sort !== undefined || top !== undefined || !activations || groupBy !== undefined)
    throw new UsageError(`${refused}: its rows are operators, which --sort, --top, --no-activations and --group-by do not arrange.`)
}

const show = async (networks: readonly NetworkOfFile[], options: Options): Promise<void> => {
  const reported = networks.map((each) => ({ ...each, report: report(each.network, reportOptionsOf(options)) }))
  const format = options.json ? 'json' : options.format
  const isArranged = requireArrangeable(format, options)
  const shown = isArranged
    ? reported.map((each) => {
        const all = arranged(each.report, { ...options, top: undefined }).layers.length
        const some = arranged(each.report, options)
        return { ...each, report: some, hidden: all - some.layers.length }
      })
    : reported
  const text = await formats[format](shown, options)
  putResult(text, options)
  noteChannelsFirst(networks)
  noteUnreached(networks)
}

/**
 * Whether rows are to be arranged.
 *
 * @throws {UsageError} where the format has no rows, or is for programs that arrange them
 */
const requireArrangeable = (format: string, { sort, top, activations, groupBy, depth }: Options): boolean => {
  const given = [
    ...(sort === undefined ? [] : ['--sort']),
    ...(top === undefined ? [] : ['--top']),
    ...(activations ? [] : ['--no-activations']),
    ...(groupBy === undefined ? [] : ['--group-by']),
    ...(depth === undefined ? [] : ['--depth']),
  ]
  const [first] = given
  if (first === undefined) return false
  if (!['table', 'markdown', 'csv'].includes(format))
    throw new UsageError(`${first} is for --format table, markdown and csv, not for ${format}.`)
  if (depth !== undefined && groupBy !== 'block') throw new UsageError('--depth is for --group-by block.')
  return true
}

const help = `
Each row is a layer. Memory is the memory of its activations. Bars are relative
to the largest row that is shown. ops/byte is floating-point operations for each
byte that a layer reads or writes.

Examples:
  $ stridewise report nets/vgg.ts                        all exported networks
  $ stridewise report nets/vgg.ts --export vgg16         only this network
  $ stridewise report nets/vgg.ts --sort macs --top 10   the ten largest layers
  $ stridewise report nets/vgg.ts --group-by stage       a row for each map size
  $ stridewise report nets/*.ts --format csv > nets.csv  for a spreadsheet
  $ stridewise report nets/vgg.ts --format html --output vgg.html
  $ stridewise report nets/vgg.ts --batch 32 --dtype bf16 --optimizer adam
  $ stridewise report model.onnx --input 224,224,3       a model of another tool

A model of ONNX, Keras or TensorFlow.js is reported like a source. If an ONNX
file has operators without a matching layer, the report lists its operators by
their shape rules: which rows are exact, lower bounds or unknown, and why.

Files without a network are skipped with a note. Files with an error are skipped
too, and the exit code is then 1.

Exit codes: 0 success, 1 a file has an error, 2 usage error.
`

export const reportCommand = (): Command => {
  const command = new Command('report')
    .summary('show parameters, MACs and memory, layer by layer')
    .description('Shows the parameters, MACs, memory and receptive field of exported networks, layer by layer.')
    .addArgument(filesArgument())
    .addOption(new Option('-f, --format <name>', 'output format').choices(Object.keys(formats)).default('table'))
    .addOption(new Option('--json', 'short for --format json'))
    .addOption(exportOption())
  for (const option of assumptions()) command.addOption(option)
  return command
    .addOption(new Option('--sort <quantity>', 'largest rows first').choices(sortKeys))
    .addOption(new Option('--top <count>', 'show only the largest rows, by MACs unless --sort says otherwise').argParser(positiveWhole))
    .addOption(new Option('--no-activations', 'leave out the rows of activations and dropout'))
    .addOption(new Option('--group-by <what>', 'one row for each block, size of feature maps, or kind of layer').choices(groupKeys))
    .addOption(
      new Option('--depth <count>', 'parts of a path that make a block; without paths, 2 lists the layers of each block').argParser(
        positiveWhole,
      ),
    )
    .addOption(inputOption())
    .addOption(new Option('-o, --output <file>', 'write the report to this file'))
    .addOption(new Option('--force', 'overwrite an existing file'))
    .addOption(timeoutOption())
    .addHelpText('after', helpText(help))
    .action(run)
}
