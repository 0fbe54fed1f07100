import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { isObject } from '../../shape/objects.js'
import { readConfiguration } from '../load/found.js'
import { UsageError } from '../output/exit.js'
import { shownPath } from '../output/problem.js'
import { type Budgets, budgetsFrom } from './budgets.js'

/** The contents of a configuration file, and where it is. */
export interface Config extends Budgets {
  /** Its absolute path; omitted if there is no configuration. */
  readonly path?: string
  /** The absolute path of its folder. */
  readonly folder: string
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
  return { ...budgetsFrom(where, value), path, folder: dirname(path) }
}
