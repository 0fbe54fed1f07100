import { readFileSync, realpathSync } from 'node:fs'
import { extname } from 'node:path'
import type { ReportOptions } from '../../report/options.js'
import { type Report, report } from '../../report/report.js'
import { decimalBytes, decimalCount, grouped } from '../../report/units.js'
import { type Budget, excessesOf } from '../../report/within.js'
import { lineOf } from '../load/line-of.js'
import { load } from '../load/load.js'
import { inParallel } from '../load/parallel.js'
import { functionsIn, type LoadedNetwork } from '../load/run/loaded.js'
import type { Problem } from '../output/problem.js'
import { checkTypes } from '../types/check-types.js'

/** Options of {@link check}. */
export interface CheckOptions {
  readonly types: boolean
  /** A tsconfig.json to use instead of the nearest one. */
  readonly project?: string
  readonly timeout: number
  readonly report: ReportOptions
  /** The budget of a network, by its name and file. */
  readonly budget: (name: string, file: string) => Budget
}

/** A network, and what it costs. */
export interface CheckedNetwork extends LoadedNetwork {
  readonly totals: Report['totals']
}

/** The result for a file. */
export interface CheckedFile {
  /** Absolute path. */
  readonly file: string
  readonly networks: readonly CheckedNetwork[]
  /** The names of the functions that it exports, which are not called. */
  readonly functions: readonly string[]
  readonly problems: readonly Problem[]
}

/** The results for all files, in the order of the arguments. */
export interface Checked {
  readonly files: readonly CheckedFile[]
  /** Problems in other files, which the checked files import. */
  readonly elsewhere: readonly Problem[]
  /** The versions of TypeScript that checked the types. */
  readonly versions: readonly string[]
}

/**
 * Checks files: their types and what they do when they run, then the cost of their networks.
 *
 * @param paths absolute paths
 * @throws {UsageError} when TypeScript is not installed
 */
export const check = async (paths: readonly string[], options: CheckOptions): Promise<Checked> => {
  const typeScriptFiles = options.types ? paths.filter((path) => /^\.([mc]?ts|tsx)$/.test(extname(path))) : []
  // The files run while the compiler works, which takes much longer.
  const [{ problems: typeProblems, versions }, loadedFiles] = await Promise.all([
    checkTypes(typeScriptFiles, options.project),
    inParallel(paths, (path, print) => load(path, { timeout: options.timeout, print })),
  ])
  const files: CheckedFile[] = []
  const elsewhere = typeProblems.filter(({ file }) => !paths.includes(file))
  for (const [index, loaded] of loadedFiles.entries()) {
    const path = paths[index] as string
    const problems = typeProblems.filter(({ file }) => file === path)
    // Report each mistake once, even if both the compiler and the run find it.
    if (loaded.problem && !typeProblems.some((complaint) => isSame(complaint, loaded.problem as Problem))) problems.push(loaded.problem)
    const networks = loaded.networks.map((loadedNetwork) => ({
      ...loadedNetwork,
      totals: report(loadedNetwork.network, options.report).totals,
    }))
    for (const { name, network } of networks) problems.push(...excessProblems(path, name, network, options))
    files.push({ file: path, networks, functions: functionsIn(loaded.others), problems })
  }
  return { files, elsewhere, versions }
}

/** A path with symbolic links resolved. Node reports the real path of a file, the compiler the path that it was given. */
const realPath = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/**
 * Whether a compiler error and a thrown error are the same mistake: they have the same message or line, as an option that does not exist,
 * or are about syntax.
 */
const isSame = (typeProblem: Problem, thrown: Problem): boolean =>
  realPath(typeProblem.file) === realPath(thrown.file) &&
  (typeProblem.message === thrown.message ||
    (thrown.line !== undefined && typeProblem.line === thrown.line) ||
    thrown.message.startsWith('syntax error: '))

const excessProblems = (file: string, name: string, network: LoadedNetwork['network'], options: CheckOptions): Problem[] =>
  excessesOf(network, options.budget(name, file), options.report).map(({ quantity, actual, budget }) => {
    const text = (value: number) => {
      if (quantity === 'memory') return `${decimalBytes(value)} (${grouped(value)} bytes)`
      return quantity === 'macs' ? `${decimalCount(value)} (${grouped(value)})` : grouped(value)
    }
    const line = lineOf(readFileSync(file, 'utf8'), name)
    const unit = { params: 'parameters', macs: 'MACs', memory: 'inference memory' }[quantity]
    return {
      file,
      ...(line === undefined ? {} : { line }),
      message: `${name}: ${unit} ${text(actual)}, more than the budget of ${text(budget)}.`,
    }
  })
