import { Worker } from 'node:worker_threads'

/** The interval between memory checks, in milliseconds. */
const interval = 25

/** The extra seconds that the command has to kill this process before it kills itself. */
const grace = 5

/** The file descriptor on which this process reports that its memory is full. */
export const memoryChannel = 4

/** What to watch. */
export interface Watched {
  /** The process id of the command. */
  readonly parent: number
  /** The time limit in seconds. */
  readonly timeout: number
  /** The memory limit in bytes, for objects and buffers, on top of the current use. On Linux the processes that it starts count too. */
  readonly memory: number
}

/**
 * Kills this process, and all processes that it started, if the command has exited, the time limit is long exceeded, or the memory
 * limit is exceeded. It runs in a separate thread, since a user's file may block the main thread forever.
 */
export const watch = ({ parent, timeout, memory }: Watched): void => {
  const deadline = Date.now() + (timeout + grace) * 1000
  const maxMemory = process.memoryUsage.rss() + memory
  // The thread runs only this source, so it starts quickly.
  const source = `
    const { readdirSync, readFileSync, writeSync } = require('node:fs')
    const read = (path) => {
      try { return readFileSync('/proc/' + path, 'latin1') } catch { return '' }
    }
    const threadsOf = (id) => {
      try { return readdirSync('/proc/' + id + '/task') } catch { return [] }
    }
    const childrenOf = (id) => threadsOf(id).flatMap((thread) => read(id + '/task/' + thread + '/children').split(' ').filter(Boolean))
    const usedBy = (id) => Number(/VmRSS:\\s*(\\d+)/.exec(read(id + '/status'))?.[1] ?? 0) * 1024 + usedBelow(id)
    const usedBelow = (id) => childrenOf(id).reduce((sum, child) => sum + usedBy(child), 0)
    // A process that is just being made shares the memory of the one that makes it: so what is too much is too much twice.
    let isTooMuch = false
    const end = () => {
      try { process.kill(-process.pid, 'SIGKILL') } catch {}
      process.kill(process.pid, 'SIGKILL')
    }
    setInterval(() => {
      if (process.ppid !== ${parent} || Date.now() > ${deadline}) end()
      const own = process.memoryUsage.rss()
      const wasTooMuch = isTooMuch
      isTooMuch = own > ${maxMemory} || own + usedBelow(process.pid) > ${maxMemory}
      if (own <= ${maxMemory} && !(isTooMuch && wasTooMuch)) return
      try { writeSync(${memoryChannel}, 'full') } catch {}
      end()
    }, ${interval})`
  new Worker(source, { eval: true, env: {}, execArgv: [], argv: [] }).unref()
}
