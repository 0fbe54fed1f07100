import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { listOf } from '../../shape/message.js'
import { named } from '../../shape/printable.js'
import { namedFew } from '../../shape/quoted.js'
import { lineOf } from '../load/line-of.js'
import { type Loaded, load } from '../load/load.js'
import { inParallel, type Print } from '../load/parallel.js'
import { functionsIn, type LoadedNetwork, type Other } from '../load/run/loaded.js'
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
  const read: Loaded[] = []
  for (const loaded of await inParallel(onceEach(files), (path, print) => loadedOrMisuse(path, options, print, withFunctions))) {
    if (typeof loaded === 'string') {
      misuses.push(loaded)
      continue
    }
    if (loaded.problem) problems.push(loaded.problem)
    else read.push(loaded)
    for (const network of loaded.networks) networks.push({ ...network, file: loaded.file })
  }
  // A name that is in none of the files may be in one that could not be read.
  const absent = problems.length + misuses.length === 0 ? absentNames(read, options) : []
  if (absent.length > 0) throw new UsageError(absent)
  if (networks.length + problems.length === 0) throw new UsageError([...misuses, ...nothingIn(read, options)])
  noteEmpty(read, options)
  return { networks, problems, misuses }
}

/** Runs a file as the options say. */
export const loadFor = (path: string, options: RunOptions, print?: Print): Promise<Loaded> =>
  load(path, { exports: options.export ?? [], timeout: options.timeout, ...(print ? { print } : {}) })

/** Paths without those of a file that is among them already. */
export const onceEach = (paths: readonly string[]): string[] => [...new Map(paths.map((path) => [resolve(path), path])).values()]

/**
 * What a file gives, with the networks that its functions return: those that the compiler knows to return one and that need no arguments.
 * Without --export only, which names what is meant.
 */
const withFunctions: typeof loadFor = async (path, options, print) => {
  const loaded = await loadFor(path, options, print)
  const functions = functionsIn(loaded.others)
  if (loaded.problem || options.export || functions.length === 0) return loaded
  // Few files export functions alone, and the compiler is much to load.
  const { networkFunctions } = await import('../types/functions.js')
  const found = await networkFunctions(loaded.file, functions)
  const callable = found.filter(({ needsArguments }) => !needsArguments).map(({ name }) => name)
  for (const { name, needsArguments } of found)
    if (needsArguments)
      printNote(
        `${shownPath(loaded.file)}: the function ${named(name)} needs arguments. Export what it returns: export const network = ${named(name)}(...)`,
      )
  if (callable.length === 0) return loaded
  const all = [...loaded.networks.map(({ name }) => name), ...callable]
  // The file runs once more, now with the names of its functions.
  return loadFor(path, { ...options, export: inOrderOf(loaded.file, all) }, () => {})
}

/** Names in the order in which a source exports them; others come last. */
const inOrderOf = (file: string, names: readonly string[]): string[] => {
  const source = readFileSync(file, 'utf8')
  const place = (name: string): number => lineOf(source, name) ?? Number.MAX_SAFE_INTEGER
  return [...names].sort((one, other) => place(one) - place(other))
}

/** What a file gives, or why its path is of no use: there is no such file, say. */
export const loadedOrMisuse = async (
  path: string,
  options: RunOptions,
  print?: Print,
  loadFile: typeof loadFor = loadFor,
): Promise<Loaded | string> => {
  try {
    return await loadFile(path, options, print)
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

/** Why files give no network, where none does: a sentence for each file, or for each name that is asked for. */
export const nothingIn = (files: readonly Loaded[], options: RunOptions): string[] =>
  options.export ? absentNames(files, options) : files.map(noNetworkMessage)

/**
 * Names the files without a network beside those that have some, and the promises beside networks. If exports are requested by name,
 * there is nothing to say.
 */
export const noteEmpty = (files: readonly Loaded[], options: RunOptions): void => {
  if (options.export) return
  for (const { file, networks, others } of files) {
    if (networks.length === 0) printNote(`${shownPath(file)} exports no network`)
    else for (const { name } of others.filter(isPromise)) printNote(`${shownPath(file)}: ${named(name)} is a promise. ${awaiting(name)}`)
  }
}

const isPromise = ({ what }: Other): boolean => what === 'a promise'

const awaiting = (name: string): string => `Await it: export const network = await ${named(name)}.`

const noNetworkMessage = ({ file, others }: Loaded): string => {
  const path = shownPath(file)
  if (others.length === 0) return `${path} exports nothing. ${exportOne}`
  return `${path} exports no network: ${listedOf(others.map(({ name, what }) => `${named(name)} is ${named(what)}`))}. ${adviceOn(others)}`
}

const exportOne = 'Export a network: export const network = input(28, 28, 1)...'

/** How what is exported becomes a network. */
const adviceOn = (others: readonly Other[]): string => {
  const first = (what: RegExp) => others.find((other) => what.test(other.what))?.name
  const promise = others.find(isPromise)?.name
  if (promise !== undefined) return awaiting(promise)
  const plain = first(/^a function$/)
  if (plain !== undefined) return `A function is called when it is named: --export ${named(plain)}.`
  const maker = first(/^a function of /)
  if (maker !== undefined) return `Export what the function gives: export const network = ${named(maker)}(...).`
  const layer = first(/^a layer value$/)
  return layer === undefined ? exportOne : `Put the layer on an input: export const network = input(28, 28, 1).apply(${named(layer)}).`
}

/** Parts of a sentence, not more than a reader takes in. */
const listedOf = (parts: readonly string[]): string => listOf(namedFew(parts, 8))

/** What to say of each name that is asked for and is no network in any of the files. */
const absentNames = (files: readonly Loaded[], options: RunOptions): string[] => {
  const found = new Set(files.flatMap(({ networks }) => networks.map(({ name }) => name)))
  const exported = new Map(files.flatMap(({ others }) => others.map(({ name, what }) => [name, what])))
  const there = exported.size === 0 ? 'Nothing is exported.' : `The exports are ${listedOf([...exported.keys()])}.`
  return [...new Set(options.export)]
    .filter((name) => !found.has(name))
    .map((name) =>
      exported.has(name)
        ? `The export ${named(name)} is ${named(exported.get(name) ?? '')}, no network.`
        : `There is no export ${named(name)}. ${there}`,
    )
}
