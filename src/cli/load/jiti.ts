import type { Jiti, JitiOptions } from 'jiti'

/** Runs TypeScript on Node 20 without a build step. The build places a copy of jiti beside the command (scripts/command.mjs). */
export const jitiFor = async (file: string, options: JitiOptions = {}): Promise<Jiti> => {
  const path = new URL('./jiti/lib/jiti.mjs', import.meta.url).href
  const { createJiti } = (await import(path)) as typeof import('jiti')
  // No cache on disk: transforming an architecture is too cheap to justify writing into the user's folders.
  return createJiti(file, { fsCache: false, tsconfigPaths: true, ...options })
}

/** The exports of a TypeScript file. */
export const importTypeScript = async (file: string): Promise<Record<string, unknown>> => (await jitiFor(file)).import(file)
