import { dirname, resolve } from 'node:path'
import { sentenceIn } from '../../editor/fixes/sentence.js'
import type { Problem } from '../output/problem.js'
import { type Compiler, compilerFor, configFor } from './compiler.js'
import { withProject } from './project.js'
import { runCompiler } from './run-compiler.js'

/** The errors that compilers found in files, and the versions of these compilers. */
export interface CheckedTypes {
  readonly problems: readonly Problem[]
  /** The versions of TypeScript that were used. */
  readonly versions: readonly string[]
}

/**
 * Type-checks files, each with its project's TypeScript and tsconfig.json.
 *
 * @param config a tsconfig.json to use instead of the nearest one
 * @throws {UsageError} when TypeScript is not installed, or its configuration cannot be read
 */
export const checkTypes = async (files: readonly string[], config?: string): Promise<CheckedTypes> => {
  const projects = new Map<string, { compiler: Compiler; config: string | undefined; files: string[] }>()
  for (const file of files) {
    const compiler = compilerFor(file, ' Or leave the types out: --no-types.')
    const settings = config ?? configFor(file)
    const key = `${compiler.folder} ${settings}`
    const project = projects.get(key) ?? { compiler, config: settings, files: [] }
    project.files.push(file)
    projects.set(key, project)
  }
  const problems: Problem[] = []
  for (const { compiler, config, files } of projects.values()) {
    problems.push(...(await diagnosticsFor(files, compiler, config)))
  }
  return { problems, versions: [...new Set([...projects.values()].map(({ compiler }) => compiler.version))] }
}

/**
 * The compiler's errors in the files of a project. If the compiler cannot parse a file, it reports no type errors in the others, so
 * these are checked again without that file.
 */
const diagnosticsFor = async (files: readonly string[], compiler: Compiler, config: string | undefined): Promise<Problem[]> => {
  const found = await withProject(compiler, config, files, (project) => complaintsOf(compiler, project, config ?? (files[0] as string)))
  const readable = files.filter((file) => !found.some((problem) => problem.file === file && isAboutSyntax(problem)))
  if (readable.length === 0 || readable.length === files.length) return found
  const others = await diagnosticsFor(readable, compiler, config)
  const isNew = (problem: Problem) =>
    !found.some(({ file, line, message }) => file === problem.file && line === problem.line && message === problem.message)
  return [...found, ...others.filter(isNew)]
}

const complaintsOf = async (compiler: Compiler, project: string, config: string): Promise<Problem[]> => {
  const cwd = dirname(project)
  const { stdout, stderr, status } = await runCompiler(compiler, ['-p', project, '--pretty', 'false'], cwd)
  const problems = complaintsIn(stdout, cwd, config)
  if (status === 0 || problems.length > 0) return problems
  const errorLine =
    `${stdout}\n${stderr}`
      .trim()
      .split('\n')
      .find((line) => /Error|error/.test(line)) ?? `exit code ${status}`
  return [{ file: config, message: breakdownOf(compiler, errorLine.trim()) }]
}

/** The message for a compiler that crashes. */
export const breakdownOf = ({ version }: Compiler, reason: string): string => {
  const advice = /call stack/.test(reason) ? ' One expression has too many chained calls for it: split it into constants.' : ''
  return `TypeScript ${version} crashed: ${reason}.${advice}`
}

/** Parses the output of a compiler with `--pretty false`: each diagnostic is a line, followed by indented lines. */
export const complaintsIn = (text: string, folder: string, config: string): Problem[] =>
  text
    .split(/\r?\n(?=\S)/)
    .map((part) => /^(?:(.+?)\((\d+),(\d+)\): )?error (TS\d+): ([\s\S]*)$/.exec(part.trimEnd()))
    .filter((match) => match !== null)
    .map(([, file, line, column, code, message = '']) => ({
      file: file === undefined ? config : resolve(folder, file),
      ...(line === undefined ? {} : { line: Number(line), column: Number(column) }),
      message: messageOf(code as string, message),
    }))

/** A message as the command shows it: the sentence of a shape error, or the compiler's message with its code. */
export const messageOf = (code: string, message: string): string =>
  sentenceIn({ text: message }) ?? `${code}: ${message.replace(/\r?\n\s*/g, ' ')}`

/** Whether a problem is a syntax error: TypeScript's codes 1000 to 1999. */
export const isAboutSyntax = ({ message }: Problem): boolean => /^TS1\d{3}: /.test(message)

/** Whether a problem is a message of this package. TypeScript's own start with a code. */
export const isAboutShapes = ({ message }: Problem): boolean => !/^TS\d+: /.test(message)
