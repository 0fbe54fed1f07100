import { spawnSync } from 'node:child_process'
import { compilerCommand, everyCompiler, isNative, mainCompiler } from '../../scripts/compilers.mjs'
import { runCompilerHere } from './compiler-here.mjs'
import { isLong } from './effort.js'

/** Compilers of this run, by the names under which they are installed; oldest first. */
export const compilerNames: readonly string[] = isLong ? everyCompiler : [mainCompiler]

/** What a compiler said, and how it ended. */
export interface Compiled {
  readonly stdout: string
  readonly stderr: string
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
}

/** Runs a compiler on a command line in a folder: in this process where it can, and breaks down in none but its own. */
export const runCompiler = (compiler: string, folder: string, args: readonly string[]): Compiled => {
  const [program, all] = compilerCommand(compiler, args)
  const here = isNative(compiler) ? undefined : runCompilerHere(all, folder)
  if (here) return here
  const { stdout, stderr, status, signal, error } = spawnSync(program, all, { cwd: folder, encoding: 'utf8' })
  if (error) throw error
  return { stdout, stderr, status, signal }
}

/** What a compiler says on a command line, a message a line, and nothing when all is well. */
export const tsc = (compiler: string, folder: string, args: readonly string[]): readonly string[] => {
  const { stdout, stderr, signal } = runCompiler(compiler, folder, args)
  if (signal) throw new Error(`${compiler} was ended by ${signal}: ${stderr}`)
  return `${stdout}${stderr}`.split('\n').filter((line) => line !== '')
}
