import { listOf } from '../../shape/message.js'
import { type Loaded, load } from '../load/load.js'
import type { LoadedNetwork, Other } from '../load/loaded.js'
import { exitCodes, UsageError } from '../output/exit.js'
import { type Problem, problemText, shownPath } from '../output/problem.js'
import { printError, printNote } from '../output/terminal.js'
import type { RunOptions } from './options.js'

/** A network and the file that exports it. */
export interface NetworkOfFile extends LoadedNetwork {
  /** Absolute path. */
  readonly file: string
}

/** The networks of several files, and what is wrong with the files that have none because of it. */
export interface NetworksOfFiles {
  readonly networks: readonly NetworkOfFile[]
  /** Mistakes in files. */
  readonly problems: readonly Problem[]
  /** Paths that are of no use: sentences. */
  readonly misuses: readonly string[]
}

/**
 * The networks that files export, for a command that can do nothing without them. A file without any, beside others that have
 * some, is noted and passed over.
 *
 * @throws {UsageError} when no file has anything to go on with, or none a network of the name that is asked for
 */
export const networksOf = async (files: readonly string[], options: RunOptions): Promise<NetworksOfFiles> => {
  const networks: NetworkOfFile[] = []
  const problems: Problem[] = []
  const misuses: string[] = []
  const without: Loaded[] = []
  /** What each export is, by its name. */
  const others = new Map<string, string>()
  for (const path of files) {
    const loaded = await loadedOrMisuse(path, options)
    if (typeof loaded === 'string') {
      misuses.push(loaded)
      continue
    }
    if (loaded.problem) problems.push(loaded.problem)
    else if (loaded.networks.length === 0) without.push(loaded)
    for (const network of loaded.networks) networks.push({ ...network, file: loaded.file })
    for (const { name, what } of loaded.others) others.set(name, what)
  }
  if (options.export && problems.length + misuses.length === 0) requireNames(new Set(options.export), networks, others)
  if (networks.length + problems.length === 0) throw new UsageError([...misuses, ...without.map(noNetworkMessage)].join('\n'))
  if (!options.export) for (const { file } of without) printNote(`${shownPath(file)} exports no network`)
  return { networks, problems, misuses }
}

/** What a file gives, or why its path is of no use: there is no such file, say. */
export const loadedOrMisuse = async (path: string, options: RunOptions): Promise<Loaded | string> => {
  try {
    return await load(path, { exports: options.export ?? [], timeout: options.timeout })
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
}

/** Tells what is wrong with files, once the others are done; the exit code is that of the worst. */
export const printMistakes = (problems: readonly Problem[], misuses: readonly string[]): void => {
  for (const problem of problems) printError(problemText(problem))
  for (const misuse of misuses) printError(misuse)
  if (problems.length > 0) process.exitCode = exitCodes.failed
  if (misuses.length > 0) process.exitCode = exitCodes.usage
}

/** What to say of a file that exports no network. */
export const noNetworkMessage = ({ file, others }: Pick<Loaded, 'file' | 'others'>): string => {
  const path = shownPath(file)
  if (others.length === 0) return `${path} exports nothing. ${exportOne}`
  return `${path} exports no network: ${listedOf(others.map(({ name, what }) => `${name} is ${what}`))}. ${adviceOn(others)}`
}

const exportOne = 'Export a network: export const network = input(28, 28, 1)...'

/** How what is exported becomes a network. */
const adviceOn = (others: readonly Other[]): string => {
  const first = (what: RegExp) => others.find((other) => what.test(other.what))?.name
  const plain = first(/^a function$/)
  if (plain !== undefined) return `A function is called when it is named: --export ${plain}.`
  const maker = first(/^a function of /)
  if (maker !== undefined) return `Export what the function gives: export const network = ${maker}(...).`
  const layer = first(/^a layer value$/)
  return layer === undefined ? exportOne : `Put the layer on an input: export const network = input(28, 28, 1).apply(${layer}).`
}

/** Parts of a sentence, not more than a reader takes in. */
const listedOf = (parts: readonly string[]): string =>
  parts.length <= 8 ? listOf(parts) : listOf([...parts.slice(0, 7), `${parts.length - 7} more`])

const requireNames = (wanted: ReadonlySet<string>, networks: readonly NetworkOfFile[], exported: ReadonlyMap<string, string>): void => {
  for (const name of wanted) {
    if (networks.some((network) => network.name === name)) continue
    const there = exported.size === 0 ? 'Nothing is exported.' : `The exports are ${listedOf([...exported.keys()])}.`
    throw new UsageError(
      exported.has(name) ? `The export ${name} is ${exported.get(name)}, no network.` : `There is no export ${name}. ${there}`,
    )
  }
}
