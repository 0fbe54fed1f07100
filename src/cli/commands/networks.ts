import { listOf } from '../../shape/message.js'
import { load } from '../load/load.js'
import type { LoadedNetwork } from '../load/loaded.js'
import { UsageError } from '../output/exit.js'
import { type Problem, shownPath } from '../output/problem.js'
import type { RunOptions } from './options.js'

/** A network and the file that exports it. */
export interface NetworkOfFile extends LoadedNetwork {
  /** Absolute path. */
  readonly file: string
}

/** The networks of several files, and what is wrong with the files that have none because of it. */
export interface NetworksOfFiles {
  readonly networks: readonly NetworkOfFile[]
  readonly problems: readonly Problem[]
}

/**
 * The networks that files export, for a command that can do nothing without them.
 *
 * @throws {UsageError} when a file is missing, or exports no network, or none of the name that is asked for
 */
export const networksOf = async (files: readonly string[], options: RunOptions): Promise<NetworksOfFiles> => {
  const networks: NetworkOfFile[] = []
  const problems: Problem[] = []
  const wanted = new Set(options.export)
  const others = new Set<string>()
  for (const path of files) {
    const loaded = await load(path, { exports: options.export ?? [], timeout: options.timeout })
    if (loaded.problem) problems.push(loaded.problem)
    else if (loaded.networks.length === 0 && wanted.size === 0) throw new UsageError(noNetworkMessage(loaded.file, loaded.others))
    for (const network of loaded.networks) networks.push({ ...network, file: loaded.file })
    for (const name of loaded.others) others.add(name)
  }
  if (problems.length === 0) requireNames(wanted, networks, others)
  return { networks, problems }
}

/** What to say of a file that exports no network. */
export const noNetworkMessage = (file: string, others: readonly string[]): string => {
  const path = shownPath(file)
  if (others.length === 0) return `${path} exports nothing. Export a network: export const network = input(28, 28, 1)...`
  const what = others.length === 1 ? `its export ${others[0]} is` : `its exports ${namesOf(others)} are`
  return `${path} exports no network: ${what} something else. A function is called when it is named: --export ${others[0]}.`
}

/** Names as prose, not more than a reader takes in. */
const namesOf = (names: readonly string[]): string =>
  names.length <= 8 ? listOf(names) : listOf([...names.slice(0, 7), `${names.length - 7} more`])

const requireNames = (wanted: ReadonlySet<string>, networks: readonly NetworkOfFile[], exported: ReadonlySet<string>): void => {
  for (const name of wanted) {
    if (networks.some((network) => network.name === name)) continue
    const there = exported.size === 0 ? 'Nothing is exported.' : `The exports are ${namesOf([...exported])}.`
    throw new UsageError(exported.has(name) ? `The export ${name} is no network.` : `There is no export ${name}. ${there}`)
  }
}
