import { existsSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { Argument, Command, Option } from 'commander'
import type { ReportOptions } from '../../report/options.js'
import { named } from '../../shape/printable.js'
import { jsonText } from '../../shape/quoted.js'
import { diffNetworks, type FileDiff } from '../diff/changes.js'
import { atRevision, type Revision } from '../diff/revision.js'
import { diffMarkdown, diffText } from '../diff/texts.js'
import { requireName } from '../load/found.js'
import type { Loaded } from '../load/load.js'
import { inParallel } from '../load/parallel.js'
import { expanded, isPattern, matches } from '../load/patterns.js'
import { exitCodes, UsageError } from '../output/exit.js'
import { addToSummary } from '../output/github.js'
import { helpText } from '../output/help.js'
import { printedPath, relativePath } from '../output/problem.js'
import { colours, printNote } from '../output/terminal.js'
import { putResult, requireOther } from '../output/write.js'
import { loadedOrMisuse, loadFor, noteEmpty, nothingIn, onceEach, printMistakes } from './networks.js'
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

/** Two sides that are compared, with what is said of them. */
interface Pair extends Pick<FileDiff, 'file' | 'base' | 'baseProblem'> {
  readonly before: Side
  readonly after: Side
}

/** What is compared, and what is said of paths that are of no use. */
interface Pairs {
  readonly pairs: readonly Pair[]
  readonly misuses: readonly string[]
}

const run = async (paths: readonly string[], options: Options): Promise<void> => {
  requireOther(options.output, paths)
  const { pairs, misuses } =
    options.base === undefined ? await twoFiles(await expanded(paths), options) : await sinceRevision(paths, options.base, options)
  const sides = pairs.flatMap(({ before, after }) => [before, after]).filter((side) => side !== undefined)
  const problems = sides.flatMap(({ problem }) => (problem ? [problem] : []))
  const whole = pairs.filter(({ before, after }) => !before?.problem && !after?.problem)
  const diffs = whole.flatMap((pair) => differences(pair, options))
  const read = sides.filter(({ problem }) => !problem)
  const useless = [...misuses, ...nothingIn(read, options)]
  if (diffs.length + problems.length === 0 && useless.length > 0) throw new UsageError(useless)
  noteEmpty(read, options)
  if (diffs.length > 0) show(diffs, pairs.length > 1, options)
  printMistakes(problems, misuses)
}

const twoFiles = async ([before, after, ...others]: readonly string[], options: Options): Promise<Pairs> => {
  if (before === undefined || after === undefined || others.length > 0) {
    throw new UsageError('Name two files to compare, or give --base with a revision to compare files with.')
  }
  const [old, now] = [await loadFor(before, options), await loadFor(after, options)]
  return { pairs: [{ before: old, after: now, file: relativePath(now.file), base: relativePath(old.file) }], misuses: [] }
}

const sinceRevision = (patterns: readonly string[], base: string, options: Options): Promise<Pairs> =>
  atRevision(base, async (revision) => {
    const pairs: Pair[] = []
    const misuses: string[] = []
    const files = (await expandedSince(patterns, revision)).map((path) => resolve(path))
    const loaded = await inParallel(files, async (file, print) => {
      const past = existsSync(file) ? undefined : pastOf(file, revision)
      const now = past === undefined ? await loadedOrMisuse(file, options, print) : undefined
      if (typeof now === 'string') return now
      const old = past ?? revision.pathOf(file)
      return { now, before: old === undefined ? undefined : await loadFor(old, options, print) }
    })
    for (const [index, each] of loaded.entries()) {
      const file = files[index] as string
      if (typeof each === 'string') {
        misuses.push(each)
        continue
      }
      const { now, before } = each
      const names = { file: relativePath(file), base }
      if (before?.problem) {
        // What was wrong at that revision is no fault of today's file: all of it counts as new.
        printNote(`${printedPath(names.file)} at ${named(base)}: ${before.problem.message}`)
        if (now) pairs.push({ before: undefined, after: now, ...names, baseProblem: before.problem.message })
      } else {
        // Nor is a file that had no network then.
        pairs.push({ before: before?.networks.length === 0 ? undefined : before, after: now, ...names })
      }
    }
    return { pairs, misuses }
  })

/** The files that paths and patterns name now, and those that they named at the revision; each once. */
const expandedSince = async (patterns: readonly string[], revision: Revision): Promise<string[]> => {
  const files: string[] = []
  for (const path of patterns) {
    requireName(path)
    if (!isPattern(path)) {
      files.push(path)
      continue
    }
    const now = await matches(path)
    const folder = isAbsolute(path) ? undefined : pastOf('.', revision)
    const then = folder === undefined ? [] : await matches(path, folder)
    if (now.length + then.length === 0) throw new UsageError(`No TypeScript or JavaScript file matches ${path}.`)
    files.push(...[...new Set([...now, ...then])].sort())
  }
  return onceEach(files)
}

/** Where a file or a folder was at the revision; undefined where that cannot be known, which is told where it matters. */
const pastOf = (path: string, revision: Revision): string | undefined => {
  try {
    return revision.pathOf(path)
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
}

const differences = ({ before, after, ...of }: Pair, options: Options): FileDiff[] => {
  const old = new Map(before?.networks.map(({ name, network }) => [name, network]))
  const now = new Map(after?.networks.map(({ name, network }) => [name, network]))
  const diff = (name: string, a = name, b = name): FileDiff => ({
    ...of,
    ...diffNetworks(name, old.get(a), now.get(b), reportOptionsOf(options)),
  })
  // Two files with a network each are compared whatever its names are.
  const [first = ''] = old.keys()
  const [second = ''] = now.keys()
  if (options.base === undefined && old.size === 1 && now.size === 1 && first !== second)
    return [diff(`${first} -> ${second}`, first, second)]
  return [...new Set([...now.keys(), ...old.keys()])].map((name) => diff(name))
}

const show = (diffs: readonly FileDiff[], files: boolean, options: Options): void => {
  const shown = { all: options.all ?? false, files }
  const format = options.json ? 'json' : options.format
  const paint = { added: colours.green, removed: colours.red, changed: colours.yellow }
  const text = {
    table: () => diffText(diffs, shown, (what, line) => (options.output === undefined ? paint[what](line) : line)),
    markdown: () => diffMarkdown(diffs, shown),
    json: () => `${jsonText(diffs, 2)}\n`,
  }[format]()
  putResult(text.endsWith('\n') ? text : `${text}\n`, options)
  addToSummary(diffMarkdown(diffs, shown))
  const differs = diffs.some(({ before, after, changes }) => !before || !after || changes.length > 0)
  if (options.exitCode && differs) process.exitCode = exitCodes.failed
}

const help = `
diff matches layers by their kind, settings and names, so an inserted layer does not change the others.
+ marks an added layer, - a removed one, and ~ a changed one, even if only its input changed.

Examples:
  $ stridewise diff nets/before.ts nets/after.ts
  $ stridewise diff nets/vgg.ts --base main   the file now and the one on main
  $ stridewise diff nets/*.ts --base HEAD~1 --format markdown

In a GitHub workflow, diff also adds the result to the summary of the step.

Exit codes: 0 success (even if networks differ), 1 a file has an error, or networks differ with --exit-code, 2 usage error.
`

export const diffCommand = (): Command => {
  const command = new Command('diff')
    .summary('show what changed between two files, or since a git revision')
    .description(
      'Compares networks of the same name, or the only network of each of two files: which layers were added, removed or changed, and how the cost changed.',
    )
    .addArgument(new Argument('<files...>', 'two files; any number of files with --base'))
    .addOption(new Option('--base <revision>', 'compare each file with its version at this git revision'))
    .addOption(new Option('-f, --format <name>', 'output format').choices(['table', 'markdown', 'json']).default('table'))
    .addOption(new Option('--json', 'short for --format json'))
    .addOption(new Option('--all', 'also show unchanged costs'))
    .addOption(new Option('--exit-code', 'exit with 1 if networks differ'))
    .addOption(exportOption())
  for (const option of assumptions()) command.addOption(option)
  return command
    .addOption(new Option('-o, --output <file>', 'write the result to this file'))
    .addOption(new Option('--force', 'overwrite an existing file'))
    .addOption(timeoutOption())
    .addHelpText('after', helpText(help))
    .action(run)
}
