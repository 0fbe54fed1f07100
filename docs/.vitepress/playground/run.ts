import DrawWorker from './draw.worker?worker'
import type { FileFormat, Outcome, Request, Written } from './draw.worker.js'
import { runInSandbox, stop } from './sandbox.js'

/* Runs code where it can do no harm, and has what it answered drawn by a worker that runs nothing but the package. */

const limit = 10_000
const seconds = `${limit / 1000} seconds`

const failed = (thrown: string): Outcome => ({ networks: [], refused: [], printed: [], thrown })

let drawer: Worker | undefined
let giveUp: (() => void) | undefined

/** Asks the worker that draws; a question that is not answered yet is given up, and one that takes too long. */
const ask = <Answer>(request: Request, late: Answer): Promise<Answer | undefined> => {
  giveUp?.()
  drawer ??= new DrawWorker()
  const asked = drawer
  return new Promise((resolve) => {
    const end = (answer: Answer | undefined, isStopped: boolean): void => {
      clearTimeout(timer)
      giveUp = undefined
      asked.onmessage = asked.onerror = null
      if (isStopped) {
        asked.terminate()
        drawer = undefined
      }
      resolve(answer)
    }
    // Far more than anything takes, as the worker may be loading.
    const timer = setTimeout(() => end(late, true), 3 * limit)
    giveUp = () => end(undefined, true)
    asked.onmessage = ({ data }: MessageEvent<Answer>) => end(data, false)
    asked.onerror = () => end(late, true)
    asked.postMessage(request)
  })
}

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
  return ask({ answer: sent.text }, failed('Its networks are too large to be shown.'))
}

/** Ends what is running. */
export const end = (): void => {
  stop()
  giveUp?.()
}

/** Gives a network of the last script as a file to the reader; says why where there is none. */
export const download = async (network: string, format: FileFormat): Promise<string> => {
  const written = await ask<Written>({ network, format }, { refused: `It took more than ${(3 * limit) / 1000} seconds.` })
  if (!written) return ''
  if ('refused' in written) return written.refused
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([written.content]))
  link.download = written.file
  link.click()
  URL.revokeObjectURL(link.href)
  return `${written.file} is downloaded. ${written.note}`.trim()
}
