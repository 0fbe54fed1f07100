import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { UsageError } from '../output/exit.js'
import { shownPath } from '../output/problem.js'

/** The TypeScript of a user's project. */
export interface Compiler {
  /** `'5.9.3'`. */
  readonly version: string
  /** The package's folder. */
  readonly folder: string
  /** The script that Node runs. */
  readonly tsc: string
}

/** The oldest version that the package's types work with. */
const oldest = [5, 4] as const

/**
 * The TypeScript that is installed for a file.
 *
 * @throws {UsageError} when there is none, or one that is too old
 */
export const compilerFor = (file: string): Compiler => {
  const manifest = resolved(file)
  if (manifest === undefined) {
    throw new UsageError(
      `There is no TypeScript for ${shownPath(file)}. Install it: npm install --save-dev typescript. Or leave the types out: --no-types.`,
    )
  }
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const folder = dirname(manifest)
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    throw new UsageError(`TypeScript ${version} is too old for stridewise: it needs ${oldest.join('.')} or newer.`)
  }
  return { version, folder, tsc: join(folder, 'bin/tsc') }
}

const resolved = (file: string): string | undefined => {
  try {
    return createRequire(file).resolve('typescript/package.json')
  } catch {
    return undefined
  }
}

/** The nearest tsconfig.json of a file, in its folder or above; undefined where there is none. */
export const configFor = (file: string): string | undefined => {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const path = join(folder, 'tsconfig.json')
    if (existsSync(path)) return path
    if (folder === dirname(folder)) return undefined
  }
}
