import { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { fileURLToPath } from 'node:url'
import { jitiFor } from './jiti.js'

/*
 * Columns of errors in TypeScript files. jiti keeps the lines of a file, but not the columns. To find the column, a file is transformed once
 * more, this time with a source map.
 */

/** What stands before a module's code in its first line: the function that jiti puts it into. */
const wrapper = '(async function (exports, require, module, __filename, __dirname, jitiImport, jitiESMResolve) { '

/** A place in a stack: a TypeScript or JavaScript file, line and column. */
const place = /((?:file:\/\/)?(?:\/?[A-Za-z]:)?[\\/][^():\n]*\.[mc]?[jt]sx?):(\d+):(\d+)/g

/** Whether a path is of a user's file: not of Node, of a package, or of this one, which may be installed outside of `node_modules`. */
export const isUsersFile = (path: string): boolean =>
  !path.startsWith('node:') && !/[\\/]node_modules[\\/]/.test(path) && !/[\\/]dist[\\/](cli|index|chunk-|report|zoo)/.test(path)

/**
 * A stack with the columns of the sources. The column is 0 where it is unknown.
 *
 * @param isOwn whether a path is one of the user's own files
 */
export const withColumns = async (stack: string, isOwn: (path: string) => boolean): Promise<string> => {
  const maps = new Map<string, SourceMap | undefined>()
  for (const [, path = ''] of stack.matchAll(place)) if (isOwn(path) && !maps.has(path)) maps.set(path, await mapOf(path))
  return stack.replace(place, (whole, path: string, row: string, column: string) => {
    if (!isOwn(path)) return whole
    const offset = row === '1' ? wrapper.length : 0
    const entry = maps.get(path)?.findEntry(Number(row) - 1, Number(column) - 1 - offset)
    const found = entry && 'originalLine' in entry && entry.originalLine === Number(row) - 1 ? entry.originalColumn + 1 : 0
    return `${path}:${row}:${found}`
  })
}

/** The source map of a TypeScript file; none for JavaScript, which may have run as it is. */
const mapOf = async (path: string): Promise<SourceMap | undefined> => {
  if (!/\.[mc]?tsx?$/.test(path)) return undefined
  try {
    const file = path.startsWith('file:') ? fileURLToPath(path) : path
    const jiti = await jitiFor(file, { sourceMaps: true })
    const code = jiti.transform({ source: readFileSync(file, 'utf8'), filename: file, ts: true, async: true })
    const map = /\/\/# sourceMappingURL=data:application\/json;charset=utf-8;base64,([\w+/=]+)\s*$/.exec(code)?.[1]
    return map === undefined ? undefined : new SourceMap(JSON.parse(Buffer.from(map, 'base64').toString('utf8')))
  } catch {
    // The file is gone, or is none that can be transformed.
    return undefined
  }
}
