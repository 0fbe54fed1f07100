import RunWorker from './run.worker?worker'
import type { Outcome } from './run.worker.js'

const limit = 10_000

let worker: Worker | undefined
let abandon: (() => void) | undefined

/** Runs a script beside the page; a run that is not over yet is given up. */
export const run = (script: string): Promise<Outcome | undefined> => {
  abandon?.()
  worker ??= new RunWorker()
  const running = worker
  return new Promise((resolve) => {
    const end = (outcome: Outcome | undefined, stop: boolean): void => {
      clearTimeout(timer)
      abandon = undefined
      running.onmessage = null
      if (stop) {
        running.terminate()
        worker = undefined
      }
      resolve(outcome)
    }
    const late = `It ran for ${limit / 1000} seconds and was stopped.`
    const timer = setTimeout(() => end({ reports: [], printed: [], thrown: late }, true), limit)
    abandon = () => end(undefined, true)
    running.onmessage = ({ data }: MessageEvent<Outcome>) => end(data, false)
    running.postMessage(script)
  })
}
