import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, extname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { atEnd } from '../output/ending.js'
import { UsageError } from '../output/exit.js'
import { type Problem, shownPath } from '../output/problem.js'
import { requireName, requireReadable } from './found.js'
import { lineOf } from './line-of.js'
import type { LoadAnswer, LoadedNetwork, LoadRequest, Other } from './loaded.js'
import type { Print } from './parallel.js'
import { problemOf } from './thrown.js'
import { memoryChannel } from './watchdog.js'

/** Options of {@link load}. */
export interface LoadOptions {
  /** The names of exports; empty for every exported network. */
  readonly exports?: readonly string[]
  /** The time limit for running a file, in seconds. */
  readonly timeout: number
  /** Receives what the file prints. By default it goes to standard error. */
  readonly print?: Print
}

/** The networks of a file, or its problem. */
export interface Loaded {
  /** Absolute path. */
  readonly file: string
  readonly networks: readonly LoadedNetwork[]
  /** The exports that are not networks. */
  readonly others: readonly Other[]
  readonly problem?: Problem
}

/** The extensions of files that can be run. */
export const extensions = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs']

/** The memory limit for a user's file, in megabytes. */
const memoryLimit = 512

/**
 * Runs a TypeScript or JavaScript file in a separate process, and returns the networks that it exports.
 *
 * @throws {UsageError} when the file does not exist, or cannot be run
 */
export const load = async (path: string, { exports = [], timeout, print = printToStderr }: LoadOptions): Promise<Loaded> => {
  const file = requireFile(path)
  const answer = await run({ file, exports, timeout, parent: process.pid, memory: memoryLimit * 1e6 }, print)
  if (typeof answer === 'string') return { file, networks: [], others: [], problem: { file, message: answer } }
  if ('thrown' in answer) return { file, networks: [], others: [], problem: problemOf(file, answer.thrown) }
  const source = sourceOf(file)
  const place = ({ name }: LoadedNetwork) => lineOf(source, name) ?? Number.POSITIVE_INFINITY
  // The exports of a module are in alphabetical order; restore the order in the source.
  return {
    file,
    ...answer,
    networks: exports.length > 0 ? answer.networks : [...answer.networks].sort((a, b) => compare(place(a), place(b))),
  }
}

const printToStderr: Print = (text) => process.stderr.write(text)

/** The text of a file that has run; empty if it deleted itself. */
const sourceOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const compare = (a: number, b: number): number => (a === b ? 0 : a - b)

/**
 * The absolute path of a file that can be run.
 *
 * @throws {UsageError} when there is no such file
 */
export const requireFile = (path: string): string => {
  requireName(path)
  const file = resolve(path)
  requireReadable(file, ` Name the files in it, such as ${shownPath(file)}/*.ts.`)
  if (['.onnx', '.json'].includes(extname(file))) {
    const source = `${basename(file, extname(file))}.ts`
    throw new UsageError(
      `${shownPath(file)} is no source${extname(file) === '.json' ? '; if it is a model of Keras' : ' but a model'}, import it first: stridewise import ${shownPath(file)} > ${source}`,
    )
  }
  if (!extensions.includes(extname(file))) {
    throw new UsageError(
      `${shownPath(file)} is not a TypeScript or JavaScript file: its name must end in ${extensions.slice(0, -1).join(', ')} or ${extensions.at(-1)}.`,
    )
  }
  return file
}

/** Runs the process, and returns its answer or a sentence that explains why there is none. */
const run = (request: LoadRequest, print: Print): Promise<LoadAnswer | string> =>
  new Promise((done) => {
    const { timeout } = request
    const child = fork(fileURLToPath(new URL('./worker.js', import.meta.url)), [JSON.stringify(request)], {
      execArgv: [`--max-old-space-size=${memoryLimit}`],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
      // A separate process group, so that processes that the file starts can be killed too.
      detached: process.platform !== 'win32',
    })
    // The file may never end by itself.
    const release = atEnd(() => kill(child))
    let isOutOfMemory = false
    const end = (answer: LoadAnswer | string) => {
      clearTimeout(timer)
      kill(child)
      release()
      // Processes that left the group may keep these streams open forever.
      for (const stream of child.stdio) stream?.destroy()
      child.unref()
      done(answer)
    }
    const timeoutMessage = `it timed out after ${timeout} s. A file should only build its networks. Use --timeout to raise the limit.`
    const deadline = Date.now() + timeout * 1000
    const timer = setTimeout(() => end(timeoutMessage), timeout * 1000)
    // What a file prints is not part of the command's output, and Node's report of a full heap helps nobody.
    child.stdout?.on('data', print)
    child.stderr?.on('data', (text) => {
      isOutOfMemory ||= /<--- Last few GCs --->|heap out of memory/.test(`${text}`)
      if (!isOutOfMemory) print(text)
    })
    child.stdio[memoryChannel]?.on('data', () => {
      isOutOfMemory = true
    })
    let response: LoadAnswer | undefined
    child.on('message', (answer) => {
      response = answer as LoadAnswer
      // Wait for the process to exit, so that all of its output is read; but not for long, since a child process may keep its output
      // open.
      clearTimeout(timer)
      setTimeout(() => end(response as LoadAnswer), 500).unref()
    })
    child.on('error', (error) => end(`it cannot be run: ${error.message}`))
    child.on('close', (_, signal) => {
      if (response) end(response)
      else if (isOutOfMemory) end(`it needs more than ${memoryLimit} MB of memory.`)
      // On a busy machine the process may have killed itself before this timer fired: see watchdog.ts.
      else if (signal) end(Date.now() >= deadline ? timeoutMessage : `it was killed by the signal ${signal}.`)
      else end('it exited before its exports could be read: it calls process.exit, or awaits a promise that never settles.')
    })
  })

/** Kills the process of a file, and all processes that it started. */
const kill = (child: ChildProcess): void => {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The process group no longer exists.
  }
  child.kill('SIGKILL')
}
