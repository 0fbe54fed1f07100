import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { isObject } from '../../network/described.js'
import type { Budget } from '../../report/within.js'
import { listOf, shown } from '../../shape/message.js'
import { named } from '../../shape/printable.js'
import { readConfiguration } from '../load/found.js'
import { UsageError } from '../output/exit.js'
import { shownPath } from '../output/problem.js'
import { quantityOf } from './quantity.js'

/** The contents of a configuration file. */
export interface Config {
  /** Paths and patterns, relative to its folder. */
  readonly files: readonly string[]
  /** Its absolute path; omitted if there is no configuration. */
  readonly path?: string
  /** The absolute path of its folder. */
  readonly folder: string
  /** The budget of every network. */
  readonly budget: Budget
  /** Budgets by export name, which override the budget of every network. */
  readonly networks: Readonly<Record<string, Budget>>
}

/**
 * Finds configurations: the given file for all folders; otherwise the nearest in a folder or its parents, which is a file
 * `stridewise.config.json` or the field `stridewise` of a `package.json`. If there is none, the configuration of the working directory
 * applies.
 *
 * @throws {UsageError} when the given file does not exist; this function and the one that it returns also throw it for an unknown
 *   setting
 */
export const configurations = (configFile?: string): ((folder: string) => Config) => {
  if (configFile !== undefined) {
    if (!existsSync(configFile)) throw new UsageError(`There is no configuration file ${configFile}.`)
    const config = validConfig(resolve(configFile), parseJson(configFile))
    return () => config
  }
  const found = new Map<string, Config | undefined>()
  const nearest = (folder: string): Config | undefined => {
    if (!found.has(folder)) found.set(folder, configIn(folder) ?? (folder === dirname(folder) ? undefined : nearest(dirname(folder))))
    return found.get(folder)
  }
  const here = resolve('.')
  return (folder) => nearest(folder) ?? nearest(here) ?? { files: [], folder: here, budget: {}, networks: {} }
}

const configIn = (folder: string): Config | undefined => {
  const own = join(folder, 'stridewise.config.json')
  if (existsSync(own)) return validConfig(own, parseJson(own))
  const manifest = join(folder, 'package.json')
  const content = existsSync(manifest) ? parseJson(manifest) : undefined
  return isObject(content) && 'stridewise' in content ? validConfig(manifest, content['stridewise']) : undefined
}

const parseJson = (path: string): unknown => {
  try {
    return JSON.parse(readConfiguration(path))
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${shownPath(resolve(path))} is not valid JSON: ${(error as Error).message}`)
  }
}

const validConfig = (path: string, value: unknown): Config => {
  const where = basename(path) === 'package.json' ? `${shownPath(path)}: stridewise` : shownPath(path)
  const { files = [], budget = {}, networks = {} } = members(where, value, ['files', 'budget', 'networks'])
  if (!Array.isArray(files) || !files.every((file) => typeof file === 'string')) {
    throw new UsageError(`${where}: files must be a list of paths or patterns, such as ["nets/*.ts"].`)
  }
  return {
    files,
    path,
    folder: dirname(path),
    budget: budgetOf(`${where}: budget`, budget),
    networks: Object.fromEntries(
      Object.entries(members(`${where}: networks`, networks)).map(([name, networkBudget]) => [
        name,
        budgetOf(`${where}: networks.${name}`, networkBudget),
      ]),
    ),
  }
}

const budgetOf = (where: string, value: unknown): Budget => {
  const { params, macs, memory } = members(where, value, ['params', 'macs', 'memory'])
  return {
    ...(params === undefined ? {} : { params: quantityOf(`${where}.params`, params, 'count') }),
    ...(macs === undefined ? {} : { macs: quantityOf(`${where}.macs`, macs, 'count') }),
    ...(memory === undefined ? {} : { memory: quantityOf(`${where}.memory`, memory, 'bytes') }),
  }
}

/** The members of an object, which may only have these names. */
const members = (where: string, value: unknown, names?: readonly string[]): Record<string, unknown> => {
  if (!isObject(value) || Array.isArray(value)) throw new UsageError(`${where} must be an object, not ${shown(value)}.`)
  const unknown = Object.keys(value).find((name) => names !== undefined && !names.includes(name))
  if (unknown !== undefined && names) throw new UsageError(`${where}: there is no '${named(unknown)}'. There are ${listOf(names)}.`)
  return value
}
