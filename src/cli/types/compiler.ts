import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { UsageError } from '../output/exit.js'
import { shownPath } from '../output/problem.js'

/** The TypeScript installation of a user's project. */
export interface Compiler {
  /** `'5.9.3'`. */
  readonly version: string
  /** The package's folder. */
  readonly folder: string
  /** The script to run with Node. */
  readonly tsc: string
}

/** The minimum version that the package's types support. */
const minimumVersion = [5, 4] as const

/**
 * The TypeScript installation for a file.
 *
 * @param otherwise what a user can do instead of installing TypeScript, as a sentence behind a space
 * @throws {UsageError} when TypeScript is not installed, or too old
 */
export const compilerFor = (file: string, otherwise = ''): Compiler => {
  const manifest = resolveTypeScript(file)
  if (manifest === undefined) {
    throw new UsageError(`There is no TypeScript for ${shownPath(file)}. Install it: npm install --save-dev typescript.${otherwise}`)
  }
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const folder = dirname(manifest)
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major < minimumVersion[0] || (major === minimumVersion[0] && minor < minimumVersion[1])) {
    throw new UsageError(`TypeScript ${version} is too old for stridewise: it needs ${minimumVersion.join('.')} or newer.`)
  }
  return { version, folder, tsc: join(folder, 'bin/tsc') }
}

const resolveTypeScript = (file: string): string | undefined => {
  try {
    return createRequire(file).resolve('typescript/package.json')
  } catch {
    return undefined
  }
}

/** The nearest tsconfig.json in a file's folder or its parents; undefined if there is none. */
export const configFor = (file: string): string | undefined => {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const path = join(folder, 'tsconfig.json')
    if (existsSync(path)) return path
    if (folder === dirname(folder)) return undefined
  }
}
