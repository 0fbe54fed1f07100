import { existsSync, mkdirSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { listOf } from '../../shape/message.js'
import { named } from '../../shape/printable.js'
import { namedFew } from '../../shape/quoted.js'
import { isOfSystem, systemSentence } from '../load/found.js'
import { UsageError } from '../output/exit.js'
import { shownPath } from '../output/problem.js'
import type { NetworkOfFile } from './networks.js'

/* Where `stridewise export` writes: one network to standard output or a file, any number into a folder. */

/** A network with the file that it is written to; none for standard output. */
export interface Planned {
  readonly network: NetworkOfFile
  readonly output: string | undefined
}

/** Whether a path means a folder: it is one, or ends in a slash. */
export const isFolder = (path: string): boolean => /[\\/]$/.test(path) || (existsSync(path) && statSync(path).isDirectory())

/**
 * The file of each network. In a folder a network gets the name of its export, and `default` that of its source file. Networks of several
 * files with equal names get the name of their source file before it: `vgg-net.svg`.
 *
 * @param extension the usual one of the format
 * @throws {UsageError} when several networks would go to one place
 */
export const plannedOutputs = (networks: readonly NetworkOfFile[], output: string | undefined, extension: string): Planned[] => {
  if (output !== undefined && isFolder(output)) return inFolder(networks, output, extension)
  const [network, ...others] = networks as [NetworkOfFile, ...NetworkOfFile[]]
  if (others.length === 0) return [{ network, output }]
  const files = new Set(networks.map(({ file }) => file))
  const names = listOf(namedFew(networks.map(({ name }) => name)))
  if (files.size > 1) throw new UsageError(`The files export ${names}. Write them to a folder: --output networks/.`)
  throw new UsageError(
    `The file exports ${names}. Say which one: --export ${named(network.name)}. Or write all to a folder: --output networks/.`,
  )
}

const inFolder = (networks: readonly NetworkOfFile[], folder: string, extension: string): Planned[] => {
  const names = networks.map(({ name, file }) => (name === 'default' ? stemOf(file) : fileName(name)))
  const isShared = (name: string) => names.filter((other) => other.toLowerCase() === name.toLowerCase()).length > 1
  const planned = networks.map((network, index) => {
    const name = names[index] as string
    const full = isShared(name) && network.name !== 'default' ? `${stemOf(network.file)}-${name}` : name
    return { network, output: join(folder, `${full}${extension}`) }
  })
  // File systems that do not tell capitals from small letters would hold one of the two.
  const twice = planned.find(({ output }, index) =>
    planned.slice(0, index).some((other) => other.output.toLowerCase() === output.toLowerCase()),
  )
  if (twice)
    throw new UsageError(
      `Two networks would be written to ${shownPath(twice.output)}. Export them one at a time, with --export and a file as --output.`,
    )
  return planned
}

/** Makes the folder of the outputs, if it is not there. */
export const makeFolder = (output: string | undefined): void => {
  if (output === undefined || !isFolder(output) || existsSync(output)) return
  try {
    mkdirSync(output, { recursive: true })
  } catch (error) {
    if (!isOfSystem(error)) throw error
    throw new UsageError(systemSentence(error, output))
  }
}

const stemOf = (file: string): string => fileName(basename(file, extname(file)))

/** A name of an export as the name of a file. An export can have any text as its name: nothing in it leads out of the folder. */
const fileName = (name: string): string => {
  const safe = name.replace(/[^\p{L}\p{N}_.-]+/gu, '_').replace(/^[.-]+/, '_')
  return Array.from(safe).slice(0, 80).join('') || '_'
}
