import { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Erased } from '../erased/runnable.js'
import { erasedFile, jitiFor } from './jiti.js'
import { wrapper } from './wrapper.js'

/*
 * Columns of errors in TypeScript files. What runs has the lines of a file, but not its columns. To find the column, a file is
 * transformed once more, and its places are kept this time.
 */

/** A place in a stack: a TypeScript or JavaScript file, line and column. */
const place = /((?:file:\/\/)?(?:\/?[A-Za-z]:)?[\\/][^():\n]*\.[mc]?[jt]sx?):(\d+):(\d+)/g

/** The column in the source of a place in the code, from 1; 0 where it is unknown. */
type ColumnAt = (row: number, column: number) => number

/**
 * A stack with the columns of the sources. The column is 0 where it is unknown.
 *
 * @param isOwn whether a path is one of the user's own files
 */
export const withColumns = (stack: string, isOwn: (path: string) => boolean): string => {
  const columns = new Map<string, ColumnAt | undefined>()
  for (const [, path = ''] of stack.matchAll(place)) if (isOwn(path) && !columns.has(path)) columns.set(path, columnsOf(path))
  return stack.replace(place, (whole, path: string, row: string, column: string) => {
    if (!isOwn(path)) return whole
    const inCode = Number(column) - (row === '1' ? wrapper.length : 0)
    return `${path}:${row}:${columns.get(path)?.(Number(row), inCode) ?? 0}`
  })
}

/** The columns of a TypeScript file; none for JavaScript, which may have run as it is. */
const columnsOf = (path: string): ColumnAt | undefined => {
  if (!/\.[mc]?tsx?$/.test(path)) return undefined
  try {
    const file = path.startsWith('file:') ? fileURLToPath(path) : path
    const source = readFileSync(file, 'utf8')
    const found = erasedFile(file, source)
    return found ? columnsErased(source, found) : columnsOfBabel(file, source)
  } catch {
    // The file is gone, or is none that can be transformed.
    return undefined
  }
}

const columnsErased = (source: string, { code, offsetOf }: Erased): ColumnAt => {
  const lines = code.split('\n')
  return (row, column) => {
    const before = lines.slice(0, row - 1).reduce((sum, line) => sum + line.length + 1, 0)
    const above = source.slice(0, offsetOf(before + column - 1)).split('\n')
    return above.length === row ? (above.at(-1) as string).length + 1 : 0
  }
}

const columnsOfBabel = (file: string, source: string): ColumnAt | undefined => {
  const code = jitiFor(file, { sourceMaps: true }).transform({ source, filename: file, ts: true, async: true })
  const encoded = /\/\/# sourceMappingURL=data:application\/json;charset=utf-8;base64,([\w+/=]+)\s*$/.exec(code)?.[1]
  if (encoded === undefined) return undefined
  const map = new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')))
  return (row, column) => {
    const entry = map.findEntry(row - 1, column - 1)
    return 'originalLine' in entry && entry.originalLine === row - 1 ? entry.originalColumn + 1 : 0
  }
}
