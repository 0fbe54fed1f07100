import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { isObject } from '../../network/described.js'
import type { Budget } from '../../report/within.js'
import { listOf } from '../../shape/message.js'
import { UsageError } from '../output/exit.js'
import { shownPath } from '../output/problem.js'
import { quantityOf } from './quantity.js'

/** What a configuration file says. */
export interface Config {
  /** Paths and patterns, from its folder. */
  readonly files: readonly string[]
  /** Where it lies: an absolute path. */
  readonly folder: string
  /** For every network. */
  readonly budget: Budget
  /** For networks by the names of their exports; these go before the budget for all. */
  readonly networks: Readonly<Record<string, Budget>>
}

const none: Config = { files: [], folder: resolve('.'), budget: {}, networks: {} }

/**
 * The configuration: the file that is named, or `stridewise.config.json` in the working directory, or the field `stridewise` of
 * its `package.json`.
 *
 * @throws {UsageError} when it is not there though it is named, or when it says something that there is not
 */
export const configOf = (named?: string): Config => {
  if (named !== undefined) {
    if (!existsSync(named)) throw new UsageError(`There is no configuration file ${named}.`)
    return settled(named, parsed(named))
  }
  if (existsSync('stridewise.config.json')) return settled('stridewise.config.json', parsed('stridewise.config.json'))
  if (!existsSync('package.json')) return none
  const manifest = parsed('package.json')
  return isObject(manifest) && 'stridewise' in manifest ? settled('package.json', manifest['stridewise']) : none
}

const parsed = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new UsageError(`${shownPath(resolve(path))} is no JSON: ${(error as Error).message}`)
  }
}

const settled = (path: string, given: unknown): Config => {
  const where = path === 'package.json' ? 'package.json: stridewise' : shownPath(resolve(path))
  const { files = [], budget = {}, networks = {} } = members(where, given, ['files', 'budget', 'networks'])
  if (!Array.isArray(files) || !files.every((file) => typeof file === 'string')) {
    throw new UsageError(`${where}: files must be a list of paths or patterns, such as ["nets/*.ts"].`)
  }
  return {
    files,
    folder: dirname(resolve(path)),
    budget: budgetOf(`${where}: budget`, budget),
    networks: Object.fromEntries(
      Object.entries(members(`${where}: networks`, networks)).map(([name, each]) => [name, budgetOf(`${where}: networks.${name}`, each)]),
    ),
  }
}

const budgetOf = (where: string, given: unknown): Budget => {
  const { params, macs, memory } = members(where, given, ['params', 'macs', 'memory'])
  return {
    ...(params === undefined ? {} : { params: quantityOf(`${where}.params`, params, 'count') }),
    ...(macs === undefined ? {} : { macs: quantityOf(`${where}.macs`, macs, 'count') }),
    ...(memory === undefined ? {} : { memory: quantityOf(`${where}.memory`, memory, 'bytes') }),
  }
}

/** The members of an object, all of which must have one of the names. */
const members = (where: string, given: unknown, names?: readonly string[]): Record<string, unknown> => {
  if (!isObject(given) || Array.isArray(given)) throw new UsageError(`${where} must be an object, not ${JSON.stringify(given)}.`)
  const unknown = Object.keys(given).find((name) => names !== undefined && !names.includes(name))
  if (unknown !== undefined && names) throw new UsageError(`${where}: there is no '${unknown}'. There are ${listOf(names)}.`)
  return given
}
