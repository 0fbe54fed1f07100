import { spawn } from 'node:child_process'
import { atEnd } from '../output/ending.js'
import type { Compiler } from './compiler.js'

/** What a run of a compiler gave. */
export interface CompilerRun {
  readonly stdout: string
  readonly stderr: string
  readonly status: number | null
}

/** Runs a compiler. The command goes on meanwhile: the files themselves run beside it. */
export const runCompiler = ({ tsc }: Compiler, args: readonly string[], cwd: string): Promise<CompilerRun> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [tsc, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    const release = atEnd(() => child.kill('SIGKILL'))
    const texts = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
    child.stdout.on('data', (part: Buffer) => texts.stdout.push(part))
    child.stderr.on('data', (part: Buffer) => texts.stderr.push(part))
    child.on('error', (error) => {
      release()
      fail(error)
    })
    child.on('close', (status) => {
      release()
      done({ stdout: Buffer.concat(texts.stdout).toString(), stderr: Buffer.concat(texts.stderr).toString(), status })
    })
  })
