import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './compiler.js'

/** Compilers that the package supports, by the names under which they are installed; oldest first. */
export const compilerNames = ['typescript-5.4', 'typescript-5.9', 'typescript', 'typescript-7.0'] as const

/** Runs a compiler on a command line in a folder; what it says, a message a line, and nothing when all is well. */
export const tsc = (compiler: string, folder: string, args: readonly string[]): readonly string[] => {
  const { stdout, stderr, error } = spawnSync(process.execPath, [join(root, 'node_modules', compiler, 'bin/tsc'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
  if (error) throw error
  return `${stdout}${stderr}`.split('\n').filter((line) => line !== '')
}
