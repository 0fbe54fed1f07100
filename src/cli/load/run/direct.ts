import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { constants, Script } from 'node:vm'
import { isPackage } from '../erased/one-way.js'
import type { Erased } from '../erased/runnable.js'
import { wrapper } from './wrapper.js'

/*
 * Runs a file that imports only packages. Most networks are in such files, and they need nothing of what jiti does: to load it takes as long
 * as to run them.
 */

/**
 * The exports of a file; undefined where jiti has to run it. Nothing of the file has run in that case.
 *
 * @param file absolute path
 * @param source its text
 */
export const runDirectly = async (file: string, source: string, erased: Erased): Promise<Record<string, unknown> | undefined> => {
  const folder = dirname(file)
  const isPlain = ({ path, hasDefault }: Erased['imports'][number]) => isPackage(path, folder) && (!hasDefault || isBuiltin(path))
  // Names of CommonJS, which jiti gives to a file.
  if (/\b(require|module|exports|__filename|__dirname)\b/.test(source) || !erased.imports.every(isPlain) || hasOwnPaths(folder))
    return undefined
  const modules = await modulesOf(file, erased)
  if (!modules) return undefined
  const exports: Record<string, unknown> = {}
  const run = new Script(`${wrapper}${erased.code}\n})`, { filename: file }).runInThisContext()
  await run(exports, undefined, undefined, undefined, undefined, (path: string) => modules.get(path))
  return exports
}

type Modules = ReadonlyMap<string, Record<string, unknown>>

/** What a file imports, as Node finds it from there; undefined if something is missing, of which jiti tells. */
const modulesOf = async (file: string, { imports }: Erased): Promise<Modules | undefined> => {
  const importFrom = new Script('(path) => import(path)', {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }).runInThisContext() as (path: string) => Promise<Record<string, unknown>>
  const modules = new Map<string, Record<string, unknown>>()
  try {
    for (const { path, names, hasDefault } of imports) {
      const module = await importFrom(path)
      if (!names.every((name) => name in module)) return undefined
      modules.set(path, hasDefault ? { ...module, __esModule: true } : module)
    }
  } catch {
    return undefined
  }
  return modules
}

/** Whether the nearest tsconfig.json may lead imports elsewhere than Node. */
const hasOwnPaths = (folder: string): boolean => {
  for (let at = folder; ; at = dirname(at)) {
    try {
      return /"(extends|paths|baseUrl)"/.test(readFileSync(join(at, 'tsconfig.json'), 'utf8'))
    } catch {
      // There is none here.
    }
    if (at === dirname(at)) return false
  }
}
