import { Worker } from 'node:worker_threads'

/** Milliseconds between two looks. */
const pause = 250

/** Seconds that the command has to end this process itself, before it does so. */
const grace = 5

/**
 * Ends this process when the command that started it is gone, or has let it run far beyond its time. It is a thread of its own:
 * a user's file may keep the main thread busy for ever.
 *
 * @param parent id of the process of the command
 * @param timeout seconds that the command lets this process run
 */
export const watch = (parent: number, timeout: number): void => {
  const end = Date.now() + (timeout + grace) * 1000
  // What stands here is all that the thread runs, so that it starts at once.
  const source = `setInterval(() => { if (process.ppid !== ${parent} || Date.now() > ${end}) process.kill(process.pid, 'SIGKILL') }, ${pause})`
  new Worker(source, { eval: true, env: {}, execArgv: [], argv: [] }).unref()
}
