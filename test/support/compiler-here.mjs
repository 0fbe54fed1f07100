// Runs TypeScript's command line in this process, where it is JavaScript: a process that has run it before does it several times as
// fast as one that has just started.
import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, sep } from 'node:path'
import process from 'node:process'

/** TypeScript that is JavaScript has its interface in a file; the native one has none. */
const libraryOf = (script) => {
  if (!script.endsWith(join(sep, 'bin/tsc')) || !existsSync(script)) return undefined
  const path = join(realpathSync(script), '../../lib/typescript.js')
  return existsSync(path) ? path : undefined
}

class Exit {
  constructor(status) {
    this.status = status
  }
}

/**
 * What `node .../bin/tsc` prints and how it ends; undefined where it has to be run as a process.
 *
 * @param {readonly string[]} command the script, and its arguments
 * @param {string} [folder] the working directory
 * @returns {{ stdout: string, stderr: string, status: number, signal: null } | undefined}
 */
export const runCompilerHere = ([script = '', ...args], folder = process.cwd()) => {
  const path = libraryOf(script)
  if (path === undefined) return undefined
  const ts = createRequire(path)(path)
  const texts = []
  const system = {
    ...ts.sys,
    args,
    write: (text) => texts.push(text),
    writeOutputIsTTY: () => false,
    getCurrentDirectory: () => process.cwd(),
    exit: (status) => {
      throw new Exit(status)
    },
  }
  const before = process.cwd()
  process.chdir(folder)
  try {
    ts.executeCommandLine(system, () => {}, args)
    return undefined
  } catch (error) {
    // One that breaks down says so in its own process.
    if (!(error instanceof Exit)) return undefined
    return { stdout: texts.join(''), stderr: '', status: error.status ?? 0, signal: null }
  } finally {
    process.chdir(before)
  }
}
