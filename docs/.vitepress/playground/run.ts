import RunWorker from './run.worker?worker'
import type { FileFormat, Outcome, Request, Written } from './run.worker.js'

const limit = 10_000

/** A worker, and when it has loaded the package: only then does its time begin, however long that took. */
interface Runner {
  readonly worker: Worker
  readonly loaded: Promise<void>
}

const startRunner = (): Runner => {
  const worker = new RunWorker()
  const loaded = new Promise<void>((resolve) => {
    worker.onmessage = () => resolve()
  })
  return { worker, loaded }
}

let runner: Runner | undefined
let abandon: (() => void) | undefined

/** Asks the worker; a question that is not answered yet is given up, and one that takes too long. */
const ask = <Answer>(request: Request, late: Answer): Promise<Answer | undefined> => {
  abandon?.()
  runner ??= startRunner()
  const asked = runner
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const end = (answer: Answer | undefined, stop: boolean): void => {
      clearTimeout(timer)
      abandon = undefined
      asked.worker.onmessage = null
      if (stop) {
        asked.worker.terminate()
        runner = undefined
      }
      resolve(answer)
    }
    abandon = () => end(undefined, true)
    asked.loaded.then(() => {
      if (runner !== asked) return
      asked.worker.onmessage = ({ data }: MessageEvent<Answer>) => end(data, false)
      asked.worker.postMessage(request)
      timer = setTimeout(() => end(late, true), limit)
    })
  })
}

/** Runs a script beside the page; nothing when another took its place. */
export const run = (script: string): Promise<Outcome | undefined> =>
  ask({ script }, { networks: [], printed: [], thrown: `It ran for ${limit / 1000} seconds and was stopped.` })

/** Gives a network of the last script as a file to the reader; says why where there is none. */
export const download = async (network: string, format: FileFormat): Promise<string> => {
  const written = await ask<Written>({ network, format }, { refused: `It took more than ${limit / 1000} seconds.` })
  if (!written) return ''
  if ('refused' in written) return written.refused
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([written.content]))
  link.download = written.file
  link.click()
  URL.revokeObjectURL(link.href)
  return `${written.file} is downloaded. ${written.note}`.trim()
}
