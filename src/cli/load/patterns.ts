import { existsSync } from 'node:fs'
import { extname, isAbsolute, join } from 'node:path'
import { UsageError } from '../output/exit.js'
import { requireName } from './found.js'
import { extensions } from './load.js'

/*
 * Patterns such as nets/*.ts, where no shell made files of them: in quotes, in a configuration, on Windows.
 */

/**
 * Paths, with the files that the patterns among them match: those that can be run, in the order of their names, none of them of
 * node_modules or a declaration file. A path of a file that is there is no pattern, whatever is in it.
 *
 * @param folder what they start from
 * @throws {UsageError} for a pattern that matches nothing, and for an empty name
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

/** Whether a path is a pattern: it looks like one, and there is no file of that name. */
export const isPattern = (path: string, folder = ''): boolean =>
  /[*?[{]|[@!+]\(/.test(path) && !existsSync(isAbsolute(path) ? path : join(folder, path))

/** The files in a folder that a pattern matches, from there. */
export const matches = async (pattern: string, folder = ''): Promise<string[]> => {
  // Most commands have no pattern to work out.
  const { glob } = await import('tinyglobby')
  const found = await glob([pattern.replaceAll('\\', '/')], {
    cwd: folder || '.',
    ignore: ['**/node_modules/**'],
    expandDirectories: false,
  })
  return found.filter((file) => extensions.includes(extname(file)) && !/\.d\.[mc]?ts$/.test(file)).sort()
}
