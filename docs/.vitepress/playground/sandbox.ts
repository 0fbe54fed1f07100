import { withBase } from 'vitepress'
import runnerAddress from './run.worker?worker&url'

/*
 * Where the code of the playground runs: in a worker of a frame that has no origin (public/playground-sandbox.html). It reads nothing
 * that the site keeps, reaches no server and not this page, and sends one text, for which it has a limited time.
 */

/** What came of a script: its text; or that it took too long, or sent what is no text, or too much. */
export type Sent = { readonly text: string } | { readonly fault: 'late' | 'unreadable' }

/** A frame that is ready for a script, or will be. Only when the package is loaded does the time of a script begin. */
interface Sandbox {
  readonly loaded: Promise<void>
  readonly send: (script: string, taken: (data: unknown) => void) => void
  readonly close: () => void
}

let source: Promise<string> | undefined

/** The text of the worker: the frame may not fetch it itself. */
const sourceOfRunner = (): Promise<string> => {
  source ??= fetch(runnerAddress).then((response) => response.text())
  return source
}

const open = (): Sandbox => {
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', 'allow-scripts')
  frame.setAttribute('aria-hidden', 'true')
  frame.hidden = true
  frame.title = 'Where the code runs'
  const { port1, port2 } = new MessageChannel()
  const loaded = new Promise<void>((resolve, reject) => {
    port1.onmessage = ({ data }) => (data === 'loaded' ? resolve() : reject(new Error('the package cannot be loaded')))
    frame.onload = async () => frame.contentWindow?.postMessage(await sourceOfRunner(), '*', [port2])
  })
  frame.src = withBase('/playground-sandbox.html')
  document.body.append(frame)
  return {
    loaded,
    send: (script, taken) => {
      port1.onmessage = ({ data }) => taken(data)
      port1.postMessage(script)
    },
    close: () => {
      port1.close()
      frame.remove()
    },
  }
}

/** The same in a server for development, which has the worker in many files: without the frame, for code that is one's own. */
const openUnprotected = (): Sandbox => {
  const worker = new Worker(runnerAddress, { type: 'module' })
  const loaded = new Promise<void>((resolve) => {
    worker.onmessage = () => resolve()
  })
  return {
    loaded,
    send: (script, taken) => {
      worker.onmessage = ({ data }) => taken(data)
      worker.postMessage(script)
    },
    close: () => worker.terminate(),
  }
}

const opened = import.meta.env.DEV ? openUnprotected : open

let next: Sandbox | undefined
let abandon: (() => void) | undefined

/** Gets a sandbox ready, so that the first script need not wait. */
export const prepare = (): void => {
  next ??= opened()
}

/** Ends what is running. */
export const stop = (): void => abandon?.()

/**
 * Runs a script, each in a sandbox of its own, which ends with the first thing that it sends.
 *
 * @param limit milliseconds that it may take
 * @returns nothing when it was stopped, or another took its place
 */
export const runInSandbox = (script: string, limit: number): Promise<Sent | undefined> => {
  abandon?.()
  prepare()
  const sandbox = next as Sandbox
  next = undefined
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    const end = (sent: Sent | undefined): void => {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      abandon = undefined
      sandbox.close()
      prepare()
      resolve(sent)
    }
    abandon = () => end(undefined)
    sandbox.loaded.then(
      () => {
        if (isOver) return
        sandbox.send(script, (data) => end(typeof data === 'string' ? { text: data } : { fault: 'unreadable' }))
        timer = setTimeout(() => end({ fault: 'late' }), limit)
      },
      () => end({ fault: 'unreadable' }),
    )
  })
}
