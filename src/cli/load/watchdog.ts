import { Worker } from 'node:worker_threads'

/** Milliseconds between two looks at the memory. */
const pause = 25

/** Seconds that the command has to end this process itself, before it does so. */
const grace = 5

/** The file descriptor on which the command is told that the memory is full. */
export const memoryChannel = 4

/** What is watched. */
export interface Watched {
  /** Id of the process of the command. */
  readonly parent: number
  /** Seconds that the command lets this process run. */
  readonly timeout: number
  /** Bytes of memory that it may take beyond what it has now: whatever takes it, objects or buffers. */
  readonly memory: number
}

/**
 * Ends this process, and what it has started, when the command that started it is gone, when it has run far beyond its time, or when it
 * takes too much memory. It is a thread of its own: a user's file may keep the main thread busy for ever.
 */
export const watch = ({ parent, timeout, memory }: Watched): void => {
  const latest = Date.now() + (timeout + grace) * 1000
  const most = process.memoryUsage.rss() + memory
  // What stands here is all that the thread runs, so that it starts at once.
  const source = `
    const { writeSync } = require('node:fs')
    const end = () => {
      try { process.kill(-process.pid, 'SIGKILL') } catch {}
      process.kill(process.pid, 'SIGKILL')
    }
    setInterval(() => {
      if (process.ppid !== ${parent} || Date.now() > ${latest}) end()
      if (process.memoryUsage.rss() <= ${most}) return
      try { writeSync(${memoryChannel}, 'full') } catch {}
      end()
    }, ${pause})`
  new Worker(source, { eval: true, env: {}, execArgv: [], argv: [] }).unref()
}
