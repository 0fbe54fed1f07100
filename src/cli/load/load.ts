import { readFileSync } from 'node:fs'
import { basename, extname, resolve } from 'node:path'
import type { Duplex } from 'node:stream'
import { deserialize } from 'node:v8'
import { isObject } from '../../shape/objects.js'
import { UsageError } from '../output/exit.js'
import { type Problem, shownPath } from '../output/problem.js'
import { requireName, requireReadable } from './found.js'
import { lineOf } from './line-of.js'
import type { Print } from './parallel.js'
import { channel, headBytes } from './run/channel.js'
import { fileProcess, memoryLimit } from './run/file-process.js'
import type { LoadAnswer, LoadedNetwork, LoadRequest, Other } from './run/loaded.js'
import { printedBy } from './run/printed.js'
import { problemOf } from './run/thrown.js'
import { memoryChannel } from './run/watchdog.js'

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

const printToStderr: Print = (text) => void process.stderr.write(text)

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
    const { child, failure, end: endProcess } = fileProcess()
    let isOutOfMemory = false
    const printed = printedBy(shownPath(request.file), print)
    const end = (answer: LoadAnswer | string) => {
      clearTimeout(timer)
      endProcess()
      printed.end()
      done(answer)
    }
    const timeoutMessage = `it timed out after ${timeout} s. A file should only build its networks. Use --timeout to raise the limit.`
    const deadline = Date.now() + timeout * 1000
    const timer = setTimeout(() => end(timeoutMessage), timeout * 1000)
    // What a file prints is not part of the command's output, and Node's report of a full heap helps nobody.
    child.stdout?.on('data', printed.stdout)
    child.stderr?.on('data', (text) => {
      isOutOfMemory ||= /<--- Last few GCs --->|heap out of memory/.test(`${text}`)
      if (!isOutOfMemory) printed.stderr(text)
    })
    child.stdio[memoryChannel]?.on('data', () => {
      isOutOfMemory = true
    })
    let response: LoadAnswer | undefined
    const pipe = child.stdio[channel] as Duplex
    // The process has ended, which is told below.
    pipe.on('error', () => {})
    pipe.write(`${JSON.stringify(request)}\n`)
    onAnswer(pipe, (answer) => {
      response = answer
      // Wait for the process to exit, so that all of its output is read; but not for long, since a child process may keep its output
      // open.
      clearTimeout(timer)
      setTimeout(() => end(answer), 500).unref()
    })
    failure.then((error) => end(`it cannot be run: ${error.message}`))
    child.on('close', (_, signal) => {
      if (response) end(response)
      else if (isOutOfMemory) end(`it needs more than ${memoryLimit} MB of memory.`)
      // On a busy machine the process may have killed itself before this timer fired: see watchdog.ts.
      else if (signal) end(Date.now() >= deadline ? timeoutMessage : `it was killed by the signal ${signal}.`)
      else end('it exited before its exports could be read: it calls process.exit, or awaits a promise that never settles.')
    })
  })

/** Bytes of an answer that are read: a network of a million layers takes less. A file can write what it likes to the pipe. */
const mostBytes = 2 ** 28

/** Calls `use` with the answer once all of it is there. Anything else that a file writes to the pipe is ignored. */
const onAnswer = (pipe: Duplex, use: (answer: LoadAnswer) => void): void => {
  const parts: Buffer[] = []
  let length = 0
  pipe.on('data', (part: Buffer) => {
    length += part.length
    if (length > mostBytes) {
      parts.length = 0
      pipe.destroy()
      return
    }
    parts.push(part)
    if (length < headBytes) return
    // The head may come in pieces.
    if ((parts[0] as Buffer).length < headBytes) parts.splice(0, parts.length, Buffer.concat(parts))
    if (length !== headBytes + (parts[0] as Buffer).readUInt32LE()) return
    try {
      const answer: unknown = deserialize(Buffer.concat(parts).subarray(headBytes))
      if (isAnswer(answer)) use(answer)
    } catch {
      // No answer.
    }
  })
}

const isAnswer = (value: unknown): value is LoadAnswer =>
  isObject(value) && (isObject(value['thrown']) || (Array.isArray(value['networks']) && Array.isArray(value['others'])))
