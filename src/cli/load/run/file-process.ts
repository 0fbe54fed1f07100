import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { atEnd } from '../../output/ending.js'
import { killMarked, markedEnvironment } from './marked.js'

/*
 * Processes that run users' files. A start of Node takes longer than all that a small file needs, so the first process starts while the
 * command still reads its arguments, and waits for its file (channel.ts).
 */

/** The memory limit for a user's file, in megabytes. */
export const memoryLimit = 512

/** A process that waits for a file. */
export interface FileProcess {
  readonly child: ChildProcess
  /** Resolves if it cannot be started. */
  readonly failure: Promise<Error>
  /** Kills it, and all processes that it started. */
  readonly end: () => void
}

let early: FileProcess | undefined

const running = new Set<FileProcess>()

/** Starts a process before it is known what it has to run. */
export const startEarly = (): void => {
  early ??= start()
}

/** A process: the one that has been started early, or a new one. */
export const fileProcess = (): FileProcess => {
  const found = early ?? start()
  early = undefined
  return found
}

/**
 * Ends the processes that are left: one that was started early in vain, those whose answers nobody waits for any more, and those that files
 * have detached.
 */
export const endProcesses = (): void => {
  for (const { end } of running) end()
  early = undefined
  releaseMarked?.()
  releaseMarked = undefined
  killMarked()
}

/** Takes back the duty to end detached processes if the command is interrupted. */
let releaseMarked: (() => void) | undefined

const start = (): FileProcess => {
  releaseMarked ??= atEnd(killMarked)
  const child = spawn(process.execPath, [`--max-old-space-size=${memoryLimit}`, fileURLToPath(new URL('./worker.cjs', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    env: markedEnvironment(),
    // A separate process group, so that processes that the file starts can be killed too.
    detached: process.platform !== 'win32',
  })
  const failure = new Promise<Error>((fail) => child.once('error', fail))
  // The file may never end by itself.
  const release = atEnd(() => kill(child))
  const end = () => {
    kill(child)
    release()
    running.delete(found)
    // Processes that left the group may keep these streams open forever.
    for (const stream of child.stdio) stream?.destroy()
    child.unref()
  }
  const found: FileProcess = { child, failure, end }
  running.add(found)
  return found
}

const kill = (child: ChildProcess): void => {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The process group no longer exists.
  }
  child.kill('SIGKILL')
}
