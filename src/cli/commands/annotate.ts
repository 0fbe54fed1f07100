import { Command, Option } from 'commander'
import { jsonText } from '../../shape/quoted.js'
import { type AnnotatedFile, annotate } from '../annotate/annotate.js'
import type { Left } from '../annotate/comments.js'
import { requireFile } from '../load/load.js'
import { expanded } from '../load/patterns.js'
import { exitCodes, UsageError } from '../output/exit.js'
import { annotation, inGitHub } from '../output/github.js'
import { helpText } from '../output/help.js'
import { type Problem, problemText, relativePath, shownPath } from '../output/problem.js'
import { colours, print, printError, printNote } from '../output/terminal.js'
import { writeWhole } from '../output/write.js'
import { requireProject } from './check.js'
import { filesArgument } from './options.js'

/** `stridewise annotate`: shapes as comments, kept true. */

interface Options {
  readonly check?: boolean
  readonly project?: string
  readonly json?: boolean
}

const staleProblems = ({ file, result }: AnnotatedFile): Problem[] =>
  (result?.edits ?? []).map(({ line, shape, stale }) => ({
    file,
    line,
    message: stale === undefined ? `the comment // ${shape} is missing.` : `the comment says ${stale}, the shape is ${shape}.`,
  }))

const run = async (patterns: readonly string[], options: Options): Promise<void> => {
  const paths = [...new Set((await expanded(patterns)).map(requireFile))]
  const other = paths.find((path) => !/\.([mc]?ts|tsx)$/.test(path))
  if (other !== undefined) throw new UsageError(`${shownPath(other)} is not a TypeScript file: annotate reads shapes from types.`)
  const files = await annotate(paths, options.project === undefined ? undefined : requireProject(options.project))
  const mistakes = files.flatMap(({ problems }) => problems)
  const stale = files.flatMap(staleProblems)
  if (!options.check) {
    for (const { file, result } of files) {
      if (result && result.edits.length > 0) writeWhole(file, result.text, { force: true })
    }
  }
  if (options.json) print(jsonOf(files))
  else for (const file of files) print(lineOf(file, options.check === true))
  for (const { file, result } of files) for (const each of result?.left ?? []) printNote(leftText(file, each))
  for (const problem of [...mistakes, ...(options.check ? stale : [])]) {
    printError(problemText(problem))
    if (inGitHub()) process.stderr.write(`${annotation(problem)}\n`)
  }
  if (mistakes.length > 0 || (options.check && stale.length > 0)) process.exitCode = exitCodes.failed
}

const leftText = (file: string, { line, shape }: Left): string =>
  problemText({
    file,
    line,
    message: `no call that ends here returns a network. annotate keeps the comment // ${shape}. Delete it if it is a shape.`,
  })

const lineOf = ({ file, result, problems }: AnnotatedFile, check: boolean): string => {
  const path = shownPath(file)
  if (!result)
    return `${colours.red('failed')}    ${path}: ${problems.length === 1 ? 'an error' : `${problems.length} errors`}, so its shapes are unknown`
  const { edits, lines } = result
  if (lines === 0) return `${colours.dim('nothing')}   ${path}: no line ends in a call that returns a network`
  if (edits.length === 0) return `${colours.green('ok')}        ${path}: ${lines} ${lines === 1 ? 'comment' : 'comments'}`
  const share = lines === 1 ? 'its comment' : `${edits.length} of ${lines} comments`
  return check ? `${colours.red('stale')}     ${path}: ${share}` : `${colours.green('annotated')} ${path}: ${share}`
}

const jsonOf = (files: readonly AnnotatedFile[]): string =>
  `${jsonText(
    files.map(({ file, result, problems }) => ({
      file: relativePath(file),
      comments: result?.lines ?? 0,
      edits: result?.edits ?? [],
      left: result?.left ?? [],
      problems: problems.map(({ file, ...rest }) => ({ file: relativePath(file), ...rest })),
    })),
    2,
  )}\n`

const help = `
The comment at the end of a line shows the output shape of the last call that ends there:

  export const net = input(227, 227, 3) // 227x227x3
    .conv2d(96, 11, { stride: 4 }).relu() // 55x55x96

The shapes come from the project's own TypeScript (5.4 to 7.0). A ? stands for a size that it does not know. annotate
changes nothing else: it keeps any other comment at the end of a line. It does not write to a file with a shape error or
a wrong call of a layer.

Examples:
  $ stridewise annotate nets/*.ts
  $ stridewise annotate --check nets/*.ts     exits with 1 if a comment is wrong

Exit codes: 0 success, 1 a comment is missing or wrong (with --check) or a file has an error, 2 usage error.
`

export const annotateCommand = (): Command =>
  new Command('annotate')
    .summary('write output shapes into the source as comments')
    .description('Writes the output shape of each call as a comment at the end of its line, and updates these comments.')
    .addArgument(filesArgument('TypeScript'))
    .addOption(new Option('--check', 'write nothing, and fail if a comment is missing or wrong'))
    .addOption(new Option('-p, --project <file>', 'tsconfig.json to use, instead of the nearest'))
    .addOption(new Option('--json', 'print the result as JSON'))
    .addHelpText('after', helpText(help))
    .action(run)
