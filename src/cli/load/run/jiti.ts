import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Script } from 'node:vm'
import type { Jiti, JitiOptions, TransformOptions, TransformResult } from 'jiti'
import { leadOneWay } from '../erased/one-way.js'
import { plain } from '../erased/plain.js'
import type { Erased } from '../erased/runnable.js'
import { runDirectly } from './direct.js'
import { wrapper } from './wrapper.js'

/*
 * Runs TypeScript on Node 20 without a build step. The build places a copy of jiti beside the command (scripts/command.mjs). Babel, which
 * comes with it, takes longer to load than all the rest, so files that only need their types erased do without it.
 */

type Transform = (options: TransformOptions) => TransformResult

/** What jiti's own entry gives to it. */
interface Surroundings {
  readonly onError: (error: Error) => never
  readonly nativeImport: (id: string) => Promise<unknown>
  readonly createRequire: typeof createRequire
}

const requireBeside = createRequire(import.meta.url)

const babel: Transform = (options) => (requireBeside('./jiti/dist/babel.cjs') as Transform)(options)

const surroundings: Surroundings = {
  onError: (error) => {
    throw error
  },
  nativeImport: (id) => import(id),
  createRequire,
}

/** jiti with Babel, for a file and what it imports. */
export const jitiFor = (file: string, options: JitiOptions = {}): Jiti => {
  // jiti's entry is an ES module. Node would read all of jiti to find its exports: longer than it takes to run it.
  const create = requireBeside('./jiti/dist/jiti.cjs') as (file: string, options: JitiOptions, surroundings: Surroundings) => Jiti
  // No cache on disk: transforming an architecture is too cheap to justify writing into the user's folders.
  return create(file, { fsCache: false, tsconfigPaths: true, transform: babel, ...options }, surroundings)
}

/** The exports of a TypeScript file, or of a JavaScript file that Node cannot run as it is. */
export const importTransformed = async (file: string): Promise<Record<string, unknown>> => {
  const source = readFileSync(file, 'utf8')
  const found = erasedFile(file, source)
  const ran = found && (await runDirectly(file, source, found))
  if (ran) return ran
  const transform: Transform = (options) => {
    if (!options.ts || !options.async) return babel(options)
    if (options.filename === file && options.source === source) return found ?? babel(options)
    return erasedFile(options.filename ?? '', options.source) ?? babel(options)
  }
  return jitiFor(file, { transform }).import(file)
}

/** A TypeScript file as it runs, where erasing its types is all that it needs. */
export const erasedFile = (file: string, source: string): Erased | undefined => {
  if (!/\.m?ts$/.test(file)) return undefined
  const found = scriptOf(plain(source)) ?? scriptOf(parsed(source))
  const paths = found?.imports.map(({ path }) => path) ?? []
  return leadOneWay(file, paths) ? found : undefined
}

const parsed = (source: string): Erased | undefined =>
  (requireBeside('./erased.cjs') as typeof import('../erased/erased.js')).erased(source)

/** What is without syntax errors. Babel tells what is wrong with the source. */
const scriptOf = (found: Erased | undefined): Erased | undefined => {
  try {
    return found && new Script(`${wrapper}${found.code}\n})`) ? found : undefined
  } catch {
    return undefined
  }
}
