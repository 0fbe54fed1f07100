import { readFileSync, realpathSync } from 'node:fs'
import { extname } from 'node:path'
import type { ReportOptions } from '../../report/options.js'
import { type Report, report } from '../../report/report.js'
import { decimalBytes, decimalCount, grouped } from '../../report/units.js'
import { type Budget, excessesOf } from '../../report/within.js'
import { lineOf } from '../load/line-of.js'
import { load } from '../load/load.js'
import type { LoadedNetwork } from '../load/loaded.js'
import { inParallel } from '../load/parallel.js'
import type { Problem } from '../output/problem.js'
import { checkTypes } from '../types/check-types.js'

/** How files are checked. */
export interface CheckOptions {
  readonly types: boolean
  /** A tsconfig.json to take instead of the nearest. */
  readonly project?: string
  readonly timeout: number
  readonly report: Required<ReportOptions>
  /** What a network of a name in a file may cost. */
  readonly budget: (name: string, file: string) => Budget
}

/** A network that was built, and what it costs. */
export interface CheckedNetwork extends LoadedNetwork {
  readonly totals: Report['totals']
}

/** A file that was checked. */
export interface CheckedFile {
  /** Absolute path. */
  readonly file: string
  readonly networks: readonly CheckedNetwork[]
  readonly problems: readonly Problem[]
}

/** All files that were checked, in the order in which they were given. */
export interface Checked {
  readonly files: readonly CheckedFile[]
  /** Problems in other files, which these import. */
  readonly elsewhere: readonly Problem[]
  /** Versions of TypeScript that checked the types. */
  readonly versions: readonly string[]
}

/**
 * Checks files: their types, then by running them, then what their networks cost.
 *
 * @param paths absolute paths
 * @throws {UsageError} when there is no TypeScript
 */
export const check = async (paths: readonly string[], options: CheckOptions): Promise<Checked> => {
  const typed = options.types ? paths.filter((path) => /^\.([mc]?ts|tsx)$/.test(extname(path))) : []
  const { problems: complaints, versions } = await checkTypes(typed, options.project)
  const files: CheckedFile[] = []
  const elsewhere = complaints.filter(({ file }) => !paths.includes(file))
  const all = await inParallel(paths, (path, print) => load(path, { timeout: options.timeout, print }))
  for (const [index, loaded] of all.entries()) {
    const path = paths[index] as string
    const problems = complaints.filter(({ file }) => file === path)
    // What the compiler has said already is not said again.
    if (loaded.problem && !complaints.some((complaint) => isSame(complaint, loaded.problem as Problem))) problems.push(loaded.problem)
    const networks = loaded.networks.map((each) => ({ ...each, totals: report(each.network, options.report).totals }))
    for (const { name, network } of networks) problems.push(...excessProblems(path, name, network, options))
    files.push({ file: path, networks, problems })
  }
  return { files, elsewhere, versions }
}

/** A path without links: Node tells of a file by that, the compiler by the path that it was given. */
const realPath = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** Whether the compiler's complaint is what was thrown: the same sentence, or syntax that neither can read. */
const isSame = (complaint: Problem, thrown: Problem): boolean =>
  realPath(complaint.file) === realPath(thrown.file) &&
  (complaint.message === thrown.message || thrown.message.startsWith('syntax error: '))

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
