import { spawnSync } from 'node:child_process'
import { dirname, resolve } from 'node:path'
import type { Problem } from '../output/problem.js'
import { type Compiler, compilerFor, configFor } from './compiler.js'
import { withProject } from './project.js'

/** The errors that a compiler found in some files, and which compiler it was. */
export interface CheckedTypes {
  readonly problems: readonly Problem[]
  /** Versions of TypeScript that were used. */
  readonly versions: readonly string[]
}

/**
 * Type-checks files, each with the TypeScript and the tsconfig.json of its project.
 *
 * @param config the tsconfig.json to take instead of the nearest
 * @throws {UsageError} when there is no TypeScript, or its settings cannot be read
 */
export const checkTypes = async (files: readonly string[], config?: string): Promise<CheckedTypes> => {
  const projects = new Map<string, { compiler: Compiler; config: string | undefined; files: string[] }>()
  for (const file of files) {
    const compiler = compilerFor(file)
    const settings = config ?? configFor(file)
    const key = `${compiler.folder} ${settings}`
    const project = projects.get(key) ?? { compiler, config: settings, files: [] }
    project.files.push(file)
    projects.set(key, project)
  }
  const problems: Problem[] = []
  for (const { compiler, config, files } of projects.values()) {
    problems.push(...(await complaintsAbout(files, compiler, config)))
  }
  return { problems, versions: [...new Set([...projects.values()].map(({ compiler }) => compiler.version))] }
}

/** The compiler's errors in files of one project. If it cannot read a file, it reports no types for the others: those are then checked without that file. */
const complaintsAbout = async (files: readonly string[], compiler: Compiler, config: string | undefined): Promise<Problem[]> => {
  const found = await withProject(compiler, config, files, (project) => complaintsOf(compiler, project, config ?? (files[0] as string)))
  const readable = files.filter((file) => !found.some((problem) => problem.file === file && isAboutSyntax(problem)))
  if (readable.length === 0 || readable.length === files.length) return found
  const others = await complaintsAbout(readable, compiler, config)
  const isNew = (problem: Problem) =>
    !found.some(({ file, line, message }) => file === problem.file && line === problem.line && message === problem.message)
  return [...found, ...others.filter(isNew)]
}

const complaintsOf = (compiler: Compiler, project: string, config: string): Problem[] => {
  const cwd = dirname(project)
  const { stdout, stderr, status } = spawnSync(process.execPath, [compiler.tsc, '-p', project, '--pretty', 'false'], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  const problems = complaintsIn(stdout, cwd, config)
  if (status === 0 || problems.length > 0) return problems
  const last =
    `${stdout}\n${stderr}`
      .trim()
      .split('\n')
      .find((line) => /Error|error/.test(line)) ?? `exit code ${status}`
  return [{ file: config, message: breakdownOf(compiler, last.trim()) }]
}

/** What to say of a compiler that fails. */
export const breakdownOf = ({ version }: Compiler, reason: string): string => {
  const advice = /call stack/.test(reason) ? ' One expression has too many chained calls for it: split it into constants.' : ''
  return `TypeScript ${version} crashed: ${reason}.${advice}`
}

/** The diagnostics in what the compiler prints with `--pretty false`: a line each, and what is indented under it. */
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

/** A message as it is shown: the sentence of a shape error, or the compiler's words after their code. */
export const messageOf = (code: string, message: string): string => sentenceIn(message) ?? `${code}: ${message.replace(/\r?\n\s*/g, ' ')}`

/** The sentence of a shape error inside the compiler's message; undefined where it is about something else. */
const sentenceIn = (message: string): string | undefined =>
  /(?:to type|to parameter of type) '"(.*?)"'\.?(?:\r?\n|$)/s.exec(message)?.[1] ?? /Mistake<"(.*)">' has no call/s.exec(message)?.[1]

/** Whether a complaint is about syntax: TypeScript's codes from 1000 to 1999. */
export const isAboutSyntax = ({ message }: Problem): boolean => /^TS1\d{3}: /.test(message)

/** Whether a complaint is a sentence of this package rather than one of TypeScript's, which begin with a code. */
export const isAboutShapes = ({ message }: Problem): boolean => !/^TS\d+: /.test(message)
