import { Worker } from 'node:worker_threads'
import { FormatError } from '../../../network/format-error.js'
import { named } from '../../../shape/printable.js'
import { mostBytes, mostHeap, mostTime } from './limits.js'
import type { Hdf5Answer, Hdf5Contents, Hdf5Request } from './message.js'

/*
 * Reads HDF5 in a thread of its own: what reads it cannot promise an end for a file that is damaged, or made to harm.
 */

/** What is in a file, and its bytes again where they were given. */
export interface Hdf5Found {
  readonly contents: Hdf5Contents
  readonly bytes: ArrayBuffer | undefined
}

/** The thread, beside the command. */
const threadFile = new URL('./hdf5.cjs', import.meta.url)

/**
 * Reads a file. Bytes that are given are gone where it fails.
 *
 * @throws {FormatError} for a file that is damaged, too large, or takes too long
 */
export const readHdf5 = async (request: Hdf5Request): Promise<Hdf5Found> => {
  requireSize(request)
  const thread = startHdf5(threadFile, request.size)
  try {
    return await thread.read(request)
  } finally {
    thread.end()
  }
}

const fail = (sentence: string, place = ''): never => {
  throw new FormatError(sentence, 'keras', place)
}

const requireSize = ({ size }: Hdf5Request): void => {
  if (size > mostBytes) fail(`has ${size} bytes: more than ${mostBytes} are not read.`)
}

/** A thread that reads files, one after the other. */
export interface Hdf5Thread {
  /** Whether it has ended. */
  readonly hasEnded: () => boolean
  readonly read: (request: Hdf5Request) => Promise<Hdf5Found>
  readonly end: () => void
}

/**
 * Starts a thread.
 *
 * @param size bytes of the largest file that it will read
 */
export const startHdf5 = (file: URL, size: number): Hdf5Thread => {
  const worker = new Worker(file, {
    env: {},
    argv: [],
    execArgv: [],
    // jsfive warns of what it does not know.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: mostHeap(size), maxYoungGenerationSizeMb: 4, stackSizeMb: 2 },
  })
  let ended = false
  worker.on('exit', () => {
    ended = true
  })
  const end = (): void => {
    ended = true
    void worker.terminate()
  }
  const read = async (request: Hdf5Request): Promise<Hdf5Found> => {
    requireSize(request)
    const answer = await answerOf(worker, request)
    if (typeof answer === 'string') {
      end()
      return fail(answer)
    }
    return 'fault' in answer ? fail(answer.fault, named(answer.place)) : answer
  }
  return { hasEnded: () => ended, read, end }
}

/** An answer, or why there is none. */
const answerOf = (worker: Worker, request: Hdf5Request): Promise<Exclude<Hdf5Answer, { loaded: true }> | string> =>
  new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined
    const gone = (): void => settle(() => reject(new Error('The thread that reads HDF5 has ended.')))
    const settle = (step: () => void): void => {
      clearInterval(timer)
      worker.removeAllListeners('message').removeAllListeners('error').off('exit', gone)
      // An error may still come of a thread that is about to end.
      worker.on('error', () => {})
      step()
    }
    worker.on('exit', gone)
    worker.on('error', (error: NodeJS.ErrnoException) =>
      settle(() =>
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? resolve('needs more memory to read than a file of its size: it is damaged.')
          : reject(error),
      ),
    )
    worker.on('message', (answer: Hdf5Answer) => {
      if (!('loaded' in answer)) return settle(() => resolve(answer))
      const begin = process.cpuUsage()
      timer = setInterval(() => {
        // While this thread waits, what the process takes is what that thread takes, however busy the machine is.
        const { user, system } = process.cpuUsage(begin)
        if ((user + system) / 1000 > mostTime(request.size))
          settle(() => resolve('takes longer to read than a file of its size: it is damaged.'))
      }, 50)
    })
    worker.postMessage(request, 'bytes' in request.source ? [request.source.bytes] : [])
  })
