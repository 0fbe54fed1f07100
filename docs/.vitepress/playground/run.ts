import DrawWorker from './draw.worker?worker'
import type { FileFormat, Glance, Outcome, Request, Written } from './draw.worker.js'
import { runInSandbox } from './sandbox.js'

/* Runs code where it can do no harm, and has what it answered drawn by a worker that runs nothing but the package. */

const limit = 10_000
const seconds = `${limit / 1000} seconds`

const failed = (thrown: string): Outcome => ({ networks: [], refused: [], printed: [], thrown })

let drawer: Worker | undefined
let before: Promise<unknown> = Promise.resolve()

/** Asks the worker that draws, once it has answered what it was asked before; a question that takes too long is stopped. */
const ask = <Answer>(request: Request, late: Answer): Promise<Answer> => {
  const asked = before.then(() => askNow(request, late))
  before = asked
  return asked
}

const askNow = <Answer>(request: Request, late: Answer): Promise<Answer> => {
  drawer ??= new DrawWorker()
  const asked = drawer
  return new Promise((resolve) => {
    const end = (answer: Answer, isStopped: boolean): void => {
      clearTimeout(timer)
      asked.onmessage = asked.onerror = null
      if (isStopped) {
        asked.terminate()
        drawer = undefined
      }
      resolve(answer)
    }
    // Far more than anything takes, as the worker may be loading.
    const timer = setTimeout(() => end(late, true), 3 * limit)
    asked.onmessage = ({ data }: MessageEvent<Answer>) => end(data, false)
    asked.onerror = () => end(late, true)
    asked.postMessage(request)
  })
}

/** What a text says, without a compiler and without running it. */
export const glanceAt = (text: string): Promise<Glance> => ask<Glance>({ text }, { networks: [], mistaken: [] })

/** What the last script sent, whose networks can be downloaded. */
let last = ''

/** Runs a script away from the page; nothing when another took its place. */
export const run = async (script: string): Promise<Outcome | undefined> => {
  const sent = await runInSandbox(script, limit)
  if (!sent) return undefined
  if ('fault' in sent) {
    return failed(
      sent.fault === 'late'
        ? `It ran for ${seconds} and was stopped.`
        : 'The code sent something that is no result, or too much of it, and was stopped.',
    )
  }
  last = sent.text
  return ask({ answer: last }, failed('Its networks are too large to be shown.'))
}

/** Gives a network of the last script as a file to the reader; says why where there is none. */
export const download = async (network: string, format: FileFormat): Promise<string> => {
  const written = await ask<Written>({ answer: last, network, format }, { refused: `It took more than ${(3 * limit) / 1000} seconds.` })
  if ('refused' in written) return written.refused
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([written.content]))
  link.download = written.file
  link.click()
  URL.revokeObjectURL(link.href)
  return `${written.file} is downloaded. ${written.note}`.trim()
}
