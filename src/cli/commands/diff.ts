import { Argument, Command, Option } from 'commander'
import type { ReportOptions } from '../../report/options.js'
import { diffNetworks, type NetworkDiff } from '../diff/changes.js'
import { atRevision } from '../diff/revision.js'
import { diffMarkdown, diffText } from '../diff/texts.js'
import type { Loaded } from '../load/load.js'
import { expanded } from '../load/patterns.js'
import { exitCodes, UsageError } from '../output/exit.js'
import { addToSummary } from '../output/github.js'
import { colours, printNote } from '../output/terminal.js'
import { putResult } from '../output/write.js'
import { loadedOrMisuse, loadFor, noteEmpty, nothingIn, printMistakes } from './networks.js'
import { assumptions, exportOption, type RunOptions, reportOptionsOf, timeoutOption } from './options.js'

/** `stridewise diff`: what changed between two files, or in one since a revision. */

interface Options extends RunOptions, Required<ReportOptions> {
  readonly base?: string
  readonly format: 'table' | 'markdown' | 'json'
  readonly json?: boolean
  readonly all?: boolean
  readonly exitCode?: boolean
  readonly output?: string
  readonly force?: boolean
}

/** A side of the comparison: a file, or nothing where there was none. */
type Side = Loaded | undefined

const run = async (paths: readonly string[], options: Options): Promise<void> => {
  const files = await expanded(paths)
  const { pairs, misuses } = options.base === undefined ? await twoFiles(files, options) : await sinceRevision(files, options.base, options)
  const problems = pairs.flat().flatMap((side) => (side?.problem ? [side.problem] : []))
  const whole = pairs.filter((pair) => pair.every((side) => !side?.problem))
  const diffs = whole.flatMap(([before, after]) => differences(before, after, options))
  const read = whole.flat().filter((side) => side !== undefined)
  if (diffs.length + problems.length === 0) throw new UsageError([...misuses, ...nothingIn(read, options)].join('\n'))
  noteEmpty(read, options)
  if (diffs.length > 0) show(diffs, options)
  printMistakes(problems, misuses)
}

/** What is compared, and what is said of paths that are of no use. */
interface Pairs {
  readonly pairs: readonly (readonly [Side, Side])[]
  readonly misuses: readonly string[]
}

const twoFiles = async ([before, after, ...others]: readonly string[], options: Options): Promise<Pairs> => {
  if (before === undefined || after === undefined || others.length > 0) {
    throw new UsageError('Name two files to compare, or give --base with a revision to compare files with.')
  }
  return { pairs: [[await loadFor(before, options), await loadFor(after, options)]], misuses: [] }
}

const sinceRevision = async (files: readonly string[], base: string, options: Options): Promise<Pairs> => {
  const pairs: (readonly [Side, Side])[] = []
  const misuses: string[] = []
  for (const file of files) {
    const now = await loadedOrMisuse(file, options)
    if (typeof now === 'string') {
      misuses.push(now)
      continue
    }
    const before = await atRevision(now.file, base, async (path) => (path === undefined ? undefined : loadFor(path, options)))
    if (before?.problem) {
      // What was wrong at that revision is no fault of today's file: all of it counts as new.
      printNote(`at ${base}: ${before.problem.message}`)
    }
    // Nor is a file that had no network then.
    pairs.push([before?.problem || before?.networks.length === 0 ? undefined : before, now])
  }
  return { pairs, misuses }
}

const differences = (before: Side, after: Side, options: Options): NetworkDiff[] => {
  const old = new Map(before?.networks.map(({ name, network }) => [name, network]))
  const now = new Map(after?.networks.map(({ name, network }) => [name, network]))
  // Two files with a network each are compared whatever its names are.
  const [first] = old.keys()
  const [second] = now.keys()
  if (options.base === undefined && old.size === 1 && now.size === 1 && first !== second) {
    return [diffNetworks(`${first} -> ${second}`, old.get(first as string), now.get(second as string), reportOptionsOf(options))]
  }
  return [...new Set([...now.keys(), ...old.keys()])].map((name) =>
    diffNetworks(name, old.get(name), now.get(name), reportOptionsOf(options)),
  )
}

const show = (diffs: readonly NetworkDiff[], options: Options): void => {
  const { all = false } = options
  const format = options.json ? 'json' : options.format
  const paint = { added: colours.green, removed: colours.red, changed: colours.yellow }
  const text = {
    table: () => diffText(diffs, all, (what, line) => (options.output === undefined ? paint[what](line) : line)),
    markdown: () => diffMarkdown(diffs, all),
    json: () => `${JSON.stringify(diffs, null, 2)}\n`,
  }[format]()
  putResult(text.endsWith('\n') ? text : `${text}\n`, options)
  addToSummary(diffMarkdown(diffs, all))
  const differs = diffs.some(({ before, after, changes }) => !before || !after || changes.length > 0)
  if (options.exitCode && differs) process.exitCode = exitCodes.failed
}

const help = `
Layers are compared by kind, settings and the names that you gave them, so that one put in between does not change
the others. + is added, - is removed, ~ is changed, also where only its input is another.

Examples:
  $ stridewise diff nets/before.ts nets/after.ts
  $ stridewise diff nets/vgg.ts --base main              the file now, and as it was on main
  $ stridewise diff nets/*.ts --base HEAD~1 --format markdown

In a GitHub workflow the step's summary has the same as Markdown.

Exit codes: 0 fine (also where networks differ), 1 a file has a mistake in it, or networks differ with --exit-code, 2 wrong use.
`

export const diffCommand = (): Command => {
  const command = new Command('diff')
    .summary('what changed between two files, or since a git revision')
    .description(
      'Compares networks of the same name, or the only ones of two files: layers added, removed and changed, and what it does to the cost.',
    )
    .addArgument(new Argument('<files...>', 'two files, or with --base any number'))
    .addOption(new Option('--base <revision>', 'compare each file with what it was at this git revision'))
    .addOption(new Option('-f, --format <name>', 'form of the result').choices(['table', 'markdown', 'json']).default('table'))
    .addOption(new Option('--json', 'the same as --format json'))
    .addOption(new Option('--all', 'also the costs that are the same'))
    .addOption(new Option('--exit-code', 'end with 1 where networks differ'))
    .addOption(exportOption())
  for (const option of assumptions()) command.addOption(option)
  return command
    .addOption(new Option('-o, --output <file>', 'write to a file'))
    .addOption(new Option('--force', 'replace the file if it is there'))
    .addOption(timeoutOption())
    .addHelpText('after', help)
    .action(run)
}
