import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../support/compiler.js'

/** A user's folder, with files that import the built package from `node_modules`. */
export interface Workspace {
  readonly folder: string
  /** The text of each file, by name. */
  readonly files: ReadonlyMap<string, string>
}

/** What a user writes into `tsconfig.json`; messages are cut off where the compiler cuts them off by default. */
const compilerOptions = {
  target: 'ES2022',
  lib: ['ES2022'],
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  strict: true,
  allowJs: true,
  checkJs: true,
  noEmit: true,
  types: [],
}

/** Writes the files to a new folder; {@link discard} removes it. */
export const workspaceOf = (files: Readonly<Record<string, string>>): Workspace => {
  if (!existsSync(join(root, 'dist/index.d.ts'))) throw new Error('The package is not built: run `npm run build` first.')
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'stridewise-editor-')))
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  write('package.json', JSON.stringify({ name: 'user', private: true, type: 'module' }))
  write('tsconfig.json', JSON.stringify({ compilerOptions, files: Object.keys(files) }))
  for (const [name, text] of Object.entries(files)) write(name, text)
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules/stridewise'), 'dir')
  return { folder, files: new Map(Object.entries(files)) }
}

export const discard = ({ folder }: Workspace): void => rmSync(folder, { recursive: true, force: true })
