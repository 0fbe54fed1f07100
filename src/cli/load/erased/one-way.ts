import { existsSync, readFileSync, statSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, resolve } from 'node:path'

/*
 * Imports that cannot lead back to the file that has them. Only where modules import each other it matters whether an import is read
 * once, or each time that it is used.
 */

/**
 * Whether the imports of a file lead to packages, and to files that import nothing but packages and export nothing that changes. What is
 * not found leads anywhere.
 *
 * @param file absolute path
 */
export const leadOneWay = (file: string, imports: readonly string[]): boolean => {
  const folder = dirname(file)
  return imports.every((path) => isPackage(path, folder) || isLeaf(path, folder))
}

/** Whether a path is that of a package that is installed, or of a module of Node. */
export const isPackage = (path: string, folder: string): boolean => {
  if (isBuiltin(path)) return true
  const [, name] = /^((?:@[\w.-]+\/)?[\w-][\w.-]*)(?:\/|$)/.exec(path) ?? []
  if (name === undefined) return false
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules', name))) return true
    if (at === dirname(at)) return false
  }
}

const specifier = /\b(?:from|import|require)\s*\(?\s*(['"`])(.*?)\1/g

const isLeaf = (path: string, folder: string): boolean => {
  if (!/^\.{1,2}\//.test(path)) return false
  const file = fileAt(resolve(folder, path))
  if (file === undefined) return false
  const text = readFileSync(file, 'utf8')
  // What is computed, or bound anew, is for those who look closer.
  if (/\b(?:import|require)\s*\(\s*[^'"\s]|\bexport\s*(?:let|var|\{)/.test(text)) return false
  return [...text.matchAll(specifier)].every(([, , imported = '']) => isPackage(imported, dirname(file)))
}

/** The file that an import of a path finds first; undefined for folders and other kinds of files. */
const fileAt = (path: string): string | undefined =>
  [path, `${path}.ts`, path.replace(/\.([mc]?)js$/, '.$1ts')].find(
    (each) => /\.([mc]?[jt]s)$/.test(each) && statSync(each, { throwIfNoEntry: false })?.isFile(),
  )
