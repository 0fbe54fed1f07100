import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { unreachedIn } from '../../network/unreached.js'
import { markdownText } from '../../report/names.js'
import type { ReportOptions } from '../../report/options.js'
import { decimalBytes, decimalCount, grouped } from '../../report/units.js'
import type { Budget } from '../../report/within.js'
import { listOf } from '../../shape/message.js'
import { named } from '../../shape/printable.js'
import { jsonText, namedFew } from '../../shape/quoted.js'
import { type Checked, type CheckedFile, check } from '../check/check.js'
import { type Config, configurations } from '../check/config.js'
import { quantityOf } from '../check/quantity.js'
import { requireFile } from '../load/load.js'
import { expanded } from '../load/patterns.js'
import { networkText } from '../load/run/exports.js'
import { noteChannelsFirst } from '../output/channels.js'
import { exitCodes, UsageError } from '../output/exit.js'
import { addToSummary, annotation, inGitHub } from '../output/github.js'
import { helpText } from '../output/help.js'
import { type Problem, problemText, relativePath, shownPath } from '../output/problem.js'
import { colours, columns, print, printNote } from '../output/terminal.js'
import { noteUnreached } from '../output/unreached.js'
import { wrapped } from '../output/wrapped.js'
import { assumptionsOfInference, filesArgument, reportOptionsOf, timeoutOption } from './options.js'

/** `stridewise check`: whether the networks of files are right, and within their budgets. */

interface Options extends Omit<Required<ReportOptions>, 'optimizer'> {
  readonly maxParams?: string
  readonly maxMacs?: string
  readonly maxMemory?: string
  readonly config?: string
  readonly project?: string
  readonly types: boolean
  readonly timeout: number
  readonly json?: boolean
}

const problemsOf = ({ files, elsewhere }: Checked): Problem[] => [...elsewhere, ...files.flatMap(({ problems }) => problems)]

const costs = ({ totals }: CheckedFile['networks'][number]): string =>
  `${grouped(totals.params)} parameters, ${decimalCount(totals.macs)} MACs, ${decimalBytes(totals.bytes.inference)} inference memory`

/** @param configs absolute paths of the configurations that were read */
const textOf = (checked: Checked, configs: readonly string[]): string => {
  const status = (ok: boolean) => (ok ? `${colours.green('ok')}    ` : colours.red('failed'))
  const width = columns()
  const below = (text: string) => `       ${wrapped(text, width, 9)}`
  const lines = [
    ...checked.elsewhere.map((problem) => `${status(false)} ${wrapped(problemText(problem), width, 7)}`),
    ...checked.files.flatMap(({ file, networks, functions, problems }) => [
      `${status(problems.length === 0)} ${wrapped(`${shownPath(file)}${networks.length + problems.length === 0 ? withoutNetwork(functions) : ''}`, width, 7)}`,
      ...problems.map((problem) => below(problemText(problem))),
      ...networks.map((each) => below(`${named(each.name)}: ${networkText(each.network)}, ${costs(each)}`)),
    ]),
  ]
  const types = checked.versions.length === 0 ? 'types not checked' : `types checked with TypeScript ${listOf([...checked.versions])}`
  // One in the working directory is where its user expects it.
  const elsewhere = configs.filter((path) => dirname(path) !== process.cwd()).map(shownPath)
  const budgets = elsewhere.length === 0 ? '' : `; configuration ${listOf(namedFew(elsewhere))}`
  const sum = `${counted(problemsOf(checked).length, 'problem')} in ${counted(checked.files.length, 'file')}; ${types}${budgets}`
  return [...lines, '', sum].join('\n')
}

/** Says of a file that nothing in it was checked but its types. */
const withoutNetwork = (functions: readonly string[]): string =>
  functions.length === 0
    ? ': it exports no network'
    : `: it exports no network. check does not call functions: export what ${listOf(namedFew(functions.map(named)))} ${functions.length === 1 ? 'returns' : 'return'}`

const counted = (count: number, noun: string): string => `${count === 0 ? 'no' : count} ${noun}${count === 1 ? '' : 's'}`

const summaryOf = (checked: Checked): string => {
  const problems = problemsOf(checked)
  const networks = checked.files.flatMap(({ file, networks }) => networks.map((each) => ({ file, ...each })))
  return [
    '## stridewise',
    '',
    problems.length === 0 ? `No problems in ${counted(checked.files.length, 'file')}.` : `${counted(problems.length, 'problem')}:`,
    '',
    ...problems.map((problem) => `- ${markdownText(problemText(problem))}`),
    ...(problems.length === 0 ? [] : ['']),
    ...(networks.length === 0
      ? []
      : ['| network | file | shapes | parameters | MACs | inference memory |', '| --- | --- | --- | ---: | ---: | ---: |']),
    ...networks.map(({ name, file, network, totals }) => {
      const cells = [name, shownPath(file), networkText(network)].map(markdownText)
      return `| ${[...cells, grouped(totals.params), decimalCount(totals.macs), decimalBytes(totals.bytes.inference)].join(' | ')} |`
    }),
  ].join('\n')
}

const jsonOf = (checked: Checked, configs: readonly string[]): string => {
  const shown = ({ file, ...rest }: Problem) => ({ file: relativePath(file), ...rest })
  const result = {
    ok: problemsOf(checked).length === 0,
    typescript: checked.versions,
    configurations: configs.map(relativePath),
    files: checked.files.map(({ file, networks, problems }) => ({
      file: relativePath(file),
      networks: networks.map(({ name, network: { input, output, params, graph }, totals }) => {
        const bytes = { inference: totals.bytes.inference }
        return { name, input, output, params, macs: totals.macs, bytes, unreached: unreachedIn(graph) }
      }),
      problems: problems.map(shown),
    })),
    elsewhere: checked.elsewhere.map(shown),
  }
  return `${jsonText(result, 2)}\n`
}

/** The absolute path of a tsconfig.json that is named. */
export const requireProject = (path: string): string => {
  if (!existsSync(path)) throw new UsageError(`There is no file ${path}.`)
  return resolve(path)
}

/**
 * A budget that no network is held to is a slip: a factory in place of a network, or a name that changed. Where some files of a
 * configuration are named, as before a commit, its budgets may be for others.
 *
 * @param patterns whether the files were named
 * @throws {UsageError}
 */
const requireHeld = ({ files }: Checked, stated: Budget, configs: readonly Config[], patterns: boolean): void => {
  const exported = files.flatMap(({ networks }) => networks.map(({ name }) => name))
  const [first] = configs
  if (exported.length === 0 && Object.keys({ ...(patterns ? {} : first?.budget), ...stated }).length > 0) {
    throw new UsageError('There is a budget, but no file exports a network. Export a network: check does not call functions.')
  }
  for (const { path, networks } of configs) {
    const missing = Object.keys(networks).filter((name) => !exported.includes(name))
    if (missing.length === 0) continue
    if (!patterns && path === first?.path) {
      const there = exported.length === 0 ? 'No file exports a network.' : `There are ${listOf(namedFew(exported))}.`
      throw new UsageError(`There is a budget for ${listOf(namedFew(missing))}, but no file exports a network of that name. ${there}`)
    }
    if (path !== undefined)
      printNote(`${shownPath(path)} has a budget for ${listOf(namedFew(missing))}, which none of the checked files exports`)
  }
}

const run = async (patterns: readonly string[], options: Options): Promise<void> => {
  const configFor = configurations(options.config)
  const here = configFor(resolve('.'))
  const paths = patterns.length > 0 ? await expanded(patterns) : await expanded(here.files, here.folder)
  const files = [...new Set(paths.map(requireFile))]
  if (files.length === 0) throw new UsageError('Name the files to check, here or as "files" in stridewise.config.json.')
  const configs = [...new Set([...(patterns.length > 0 ? [] : [here]), ...files.map((file) => configFor(dirname(file)))])]
  const stated: Budget = {
    ...(options.maxParams === undefined ? {} : { params: quantityOf('--max-params', options.maxParams, 'count') }),
    ...(options.maxMacs === undefined ? {} : { macs: quantityOf('--max-macs', options.maxMacs, 'count') }),
    ...(options.maxMemory === undefined ? {} : { memory: quantityOf('--max-memory', options.maxMemory, 'bytes') }),
  }
  const checked = await check(files, {
    types: options.types,
    ...(options.project === undefined ? {} : { project: requireProject(options.project) }),
    timeout: options.timeout,
    // Budgets are for inference, where no optimizer has a part.
    report: reportOptionsOf({ ...options, optimizer: 'sgd' }),
    budget: (name, file) => {
      const { budget, networks } = configFor(dirname(file))
      return { ...budget, ...(Object.hasOwn(networks, name) ? networks[name] : {}), ...stated }
    },
  })
  const problems = problemsOf(checked)
  if (problems.length === 0) requireHeld(checked, stated, configs, patterns.length > 0)
  const read = configs.flatMap(({ path }) => (path === undefined ? [] : [path]))
  print(options.json ? jsonOf(checked, read) : textOf(checked, read))
  const networks = checked.files.flatMap(({ file, networks }) => networks.map(({ name, network }) => ({ name, file, network })))
  noteChannelsFirst(networks)
  noteUnreached(networks)
  if (inGitHub()) for (const problem of problems) process.stderr.write(`${annotation(problem)}\n`)
  addToSummary(summaryOf(checked))
  if (problems.length > 0) process.exitCode = exitCodes.failed
}

const help = `
check type-checks each file with the project's own TypeScript (5.4 to 7.0) and tsconfig.json, runs the file, and compares
its networks with their budgets. A budget is an option, or in the source, as within(network, { params: 5_000_000 }), or in
stridewise.config.json, or under "stridewise" in package.json. Each file uses the nearest configuration, in its own folder
or above:

  { "files": ["nets/*.ts"],
    "budget": { "params": "5M", "macs": "600M", "memory": "64MiB" },
    "networks": { "large": { "params": "20M" } } }

Examples:
  $ stridewise check nets/*.ts
  $ stridewise check nets/small.ts --max-params 5M --max-macs 600M
  $ stridewise check                         the files of the configuration

In a GitHub workflow, check also annotates the line of each problem, and adds a table to the summary of the step.

Exit codes: 0 success, 1 a check failed, 2 usage error.
`

export const checkCommand = (): Command => {
  const command = new Command('check')
    .summary('check types, shapes and budgets, for CI')
    .description('Checks files that define networks: their types, their shapes at run time, and their budgets.')
    .addArgument(filesArgument().argOptional())
    .addOption(new Option('--max-params <count>', 'limit for the trainable parameters of a network, such as 5M'))
    .addOption(new Option('--max-macs <count>', 'limit for multiply-accumulates per sample, such as 600M'))
    .addOption(new Option('--max-memory <bytes>', 'limit for inference memory (parameters and peak activations), such as 64MiB'))
  for (const option of assumptionsOfInference()) command.addOption(option)
  return command
    .addOption(new Option('-c, --config <file>', 'configuration file, instead of the nearest stridewise.config.json'))
    .addOption(new Option('-p, --project <file>', 'tsconfig.json to use, instead of the nearest'))
    .addOption(new Option('--no-types', 'skip the type check and only run the files'))
    .addOption(new Option('--json', 'print the result as JSON'))
    .addOption(timeoutOption())
    .addHelpText('after', helpText(help))
    .action(run)
}
