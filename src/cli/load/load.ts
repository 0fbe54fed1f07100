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

/** How a user's file is run. */
export interface LoadOptions {
  /** Names of exports; none for every exported network. */
  readonly exports?: readonly string[]
  /** Seconds after which running a file times out. */
  readonly timeout: number
  /** Takes what the file prints; by default it goes to standard error. */
  readonly print?: Print
}

/** The networks of a file, or what is wrong with it. */
export interface Loaded {
  /** Absolute path. */
  readonly file: string
  readonly networks: readonly LoadedNetwork[]
  /** The exports that are no networks. */
  readonly others: readonly Other[]
  readonly problem?: Problem
}

/** Of files that can be run. */
export const extensions = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs']

/** Megabytes of memory that a user's file may take. */
const memory = 512

/**
 * Runs a TypeScript or JavaScript file in a process of its own, and finds the networks that it exports.
 *
 * @throws {UsageError} when there is no such file, or when it is none that can be run
 */
export const load = async (path: string, { exports = [], timeout, print = printed }: LoadOptions): Promise<Loaded> => {
  const file = requireFile(path)
  const answer = await run({ file, exports, timeout, parent: process.pid, memory: memory * 1e6 }, print)
  if (typeof answer === 'string') return { file, networks: [], others: [], problem: { file, message: answer } }
  if ('thrown' in answer) return { file, networks: [], others: [], problem: problemOf(file, answer.thrown) }
  const source = sourceOf(file)
  const place = ({ name }: LoadedNetwork) => lineOf(source, name) ?? Number.POSITIVE_INFINITY
  // A module's exports come in the order of the alphabet.
  return {
    file,
    ...answer,
    networks: exports.length > 0 ? answer.networks : [...answer.networks].sort((a, b) => order(place(a), place(b))),
  }
}

const printed: Print = (text) => process.stderr.write(text)

/** The text of a file that has run; nothing of one that has removed itself. */
const sourceOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const order = (a: number, b: number): number => (a === b ? 0 : a - b)

/**
 * The absolute path of a file that can be run.
 *
 * @throws {UsageError} when there is none
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

/** What the process answers, or a sentence that says why it does not. */
const run = (request: LoadRequest, print: Print): Promise<LoadAnswer | string> =>
  new Promise((done) => {
    const { timeout } = request
    const child = fork(fileURLToPath(new URL('./worker.js', import.meta.url)), [JSON.stringify(request)], {
      execArgv: [`--max-old-space-size=${memory}`],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
      // A group of its own, so that what the file starts can be ended with it.
      detached: process.platform !== 'win32',
    })
    // The file may be one that never ends by itself.
    const release = atEnd(() => kill(child))
    let isFull = false
    const end = (answer: LoadAnswer | string) => {
      clearTimeout(timer)
      kill(child)
      release()
      // What is in no group any more may hold these open for ever.
      for (const stream of child.stdio) stream?.destroy()
      child.unref()
      done(answer)
    }
    const late = `it timed out after ${timeout} s. A file should only build its networks. Use --timeout to raise the limit.`
    const latest = Date.now() + timeout * 1000
    const timer = setTimeout(() => end(late), timeout * 1000)
    // What a file prints is no result of the command, and what Node prints when its memory is full helps nobody.
    child.stdout?.on('data', print)
    child.stderr?.on('data', (text) => {
      isFull ||= /<--- Last few GCs --->|heap out of memory/.test(`${text}`)
      if (!isFull) print(text)
    })
    child.stdio[memoryChannel]?.on('data', () => {
      isFull = true
    })
    let answered: LoadAnswer | undefined
    child.on('message', (answer) => {
      answered = answer as LoadAnswer
      // It ends by itself, and what it printed is read to the end, unless something that it started keeps its output open.
      clearTimeout(timer)
      setTimeout(() => end(answered as LoadAnswer), 500).unref()
    })
    child.on('error', (error) => end(`it cannot be run: ${error.message}`))
    child.on('close', (_, signal) => {
      if (answered) end(answered)
      else if (isFull) end(`it needs more than ${memory} MB of memory.`)
      // On a busy machine it may have ended itself before this process came to it: see watchdog.ts.
      else if (signal) end(Date.now() >= latest ? late : `it was killed by the signal ${signal}.`)
      else end('it exited before its exports could be read: it calls process.exit, or awaits a promise that never settles.')
    })
  })

/** Ends the process of a file, with all that it has started. */
const kill = (child: ChildProcess): void => {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group is gone.
  }
  child.kill('SIGKILL')
}
