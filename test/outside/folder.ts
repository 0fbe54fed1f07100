import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { packed } from '../support/packed.js'

/** A folder outside the repository, with the package as it is packed: what a user has. */
export interface Outside {
  /** Its path. */
  readonly path: string
  /** Writes files, by their paths in the folder. */
  readonly write: (files: Readonly<Record<string, string>>) => void
  /** Installs a copy of the package for what is under a path in the folder. */
  readonly install: (under?: string, change?: Change) => void
  readonly remove: () => void
}

/** What makes one installed copy another than the packed one. */
export interface Change {
  /** Another version of the package. */
  readonly version?: string
}

/** An empty folder, and the packed package to install in it. */
export const outside = (): Outside => {
  const path = mkdtempSync(join(tmpdir(), 'stridewise-outside-'))
  const write: Outside['write'] = (files) => {
    for (const [name, text] of Object.entries(files)) {
      const file = join(path, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
  }
  return {
    path,
    write,
    install: (under = '.', { version }: Change = {}) => {
      const copy = join(path, under, 'node_modules/stridewise')
      mkdirSync(copy, { recursive: true })
      execFileSync('tar', ['-xzf', packed(), '-C', copy, '--strip-components=1'])
      if (version !== undefined) becomeVersion(copy, version)
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** Gives an installed copy another version, in the two places where a build writes it. */
const becomeVersion = (copy: string, version: string): void => {
  const manifest = join(copy, 'package.json')
  const { version: own, ...rest } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  writeFileSync(manifest, JSON.stringify({ ...rest, version }))
  const declarations = join(copy, 'dist/network/copy.d.cts')
  const key = (of: string): string => `one_copy_of_stridewise_${of.replace(/\W/g, '_')}`
  const text = readFileSync(declarations, 'utf8')
  if (!text.includes(key(own))) throw new Error(`${declarations} has no key ${key(own)}.`)
  writeFileSync(declarations, text.replaceAll(key(own), key(version)))
}
