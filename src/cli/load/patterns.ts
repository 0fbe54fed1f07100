import { existsSync } from 'node:fs'
import { extname, isAbsolute, join } from 'node:path'
import { UsageError } from '../output/exit.js'
import { requireName } from './found.js'
import { extensions } from './load.js'

/* Patterns such as nets/*.ts that no shell has expanded: in quotes, in a configuration, on Windows. */

/**
 * Expands the patterns among some paths to the runnable files that they match, in alphabetical order, without declaration files and
 * node_modules. The path of an existing file is never a pattern.
 *
 * @param folder the folder that paths are relative to
 * @throws {UsageError} for a pattern without matches, and for an empty name
 */
export const expanded = async (paths: readonly string[], folder = ''): Promise<string[]> => {
  const files: string[] = []
  for (const path of paths) {
    requireName(path)
    const found = isPattern(path, folder) ? await matches(path, folder) : [path]
    if (found.length === 0) throw new UsageError(`No TypeScript or JavaScript file matches ${path}.`)
    files.push(...found.map((file) => (isAbsolute(file) ? file : join(folder, file))))
  }
  return files
}

/** Whether a path is a pattern: it has the characters of one, and no such file exists. */
export const isPattern = (path: string, folder = ''): boolean =>
  /[*?[{]|[@!+]\(/.test(path) && !existsSync(isAbsolute(path) ? path : join(folder, path))

/** The files that a pattern matches, relative to the folder. */
export const matches = async (pattern: string, folder = ''): Promise<string[]> => {
  // Loaded only if needed, since most commands have no patterns.
  const { glob } = await import('tinyglobby')
  const found = await glob([pattern.replaceAll('\\', '/')], {
    cwd: folder || '.',
    ignore: ['**/node_modules/**'],
    expandDirectories: false,
  })
  return found.filter((file) => extensions.includes(extname(file)) && !/\.d\.[mc]?ts$/.test(file)).sort()
}
